import { isoOf } from '../kernel/clock.ts';
import type { Item, Key } from '../table/entity.ts';

/**
 * Derived counters of the members of a workspace, beside those of the workspace itself:
 * pk T#<tenant>#CNT  sk W#<monday>    <weekday>:<member> = interactions of that day in the workspace's zone; 60 days
 * pk T#<tenant>#CNT  sk U#<member>    n customers unseen for 60 days, of all `m`, counted at `u`
 */
const partition = (tenant: string) => `T#${tenant}#CNT`;
export const weekKey = (tenant: string, monday: string): Key => ({ pk: partition(tenant), sk: `W#${monday}` });
export const unseenKey = (tenant: string, memberId: string): Key => ({ pk: partition(tenant), sk: `U#${memberId}` });

const dayMs = 86_400_000;
/** ISO: 1 is Monday. */
export const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
/** The Monday of a day's week. */
export const mondayOf = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - (weekdayOf(day) - 1) * dayMs).toISOString().slice(0, 10);
/** The Monday before a Monday. */
export const weekBefore = (monday: string) => mondayOf(new Date(Date.parse(`${monday}T00:00:00Z`) - dayMs).toISOString().slice(0, 10));

export const weekName = (weekday: number, memberId: string) => `${weekday}:${memberId}`;

/** A member's interactions in a week, up to a weekday. */
export function interactionsIn(week: Item | undefined, memberId: string, until = 7): number {
  let sum = 0;
  for (let weekday = 1; weekday <= until; weekday++) sum += Number(week?.[weekName(weekday, memberId)] ?? 0);
  return sum;
}

/** How many customers of a member were not seen; null where nobody has counted. */
export const unseenOf = (item: Item | undefined) =>
  item ? { count: Number(item.n), of: Number(item.m), asOf: isoOf(Number(item.u)) } : null;
/** The row of such a count, made at a moment in milliseconds. */
export const unseenItem = (tenant: string, memberId: string, { count, of, at }: { count: number; of: number; at: number }): Item => ({
  ...unseenKey(tenant, memberId),
  ...{ n: count, m: of, u: at },
});
