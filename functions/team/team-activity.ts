import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { CalendarDate, StoredInstant, TimeZone } from '../kernel/values.ts';

/** What the members of a team did, and what waits for them. Counts, never names of customers. */
export const MemberActivity = z
  .strictObject({
    id: MemberId,
    name: z.string(),
    interactions: z.strictObject({
      thisWeek: z.int(),
      /** Last week up to the same weekday, which is what this week can be held against. */
      lastWeekSoFar: z.int(),
      lastWeek: z.int(),
    }),
    /** Follow-ups whose time has passed; `more` where there are more than were counted. */
    overdue: z.strictObject({ count: z.int(), more: z.boolean() }),
    /** The middle of the minutes until a customer who wrote had the first answer, of the last seven days' answers. */
    firstResponse: z.strictObject({ medianMinutes: z.number().nullable(), answers: z.int(), more: z.boolean() }),
    /** Customers with whom nothing happened for 60 days, of all of the member's; null until it was counted. */
    unseen: z.strictObject({ count: z.int(), of: z.int(), asOf: StoredInstant }).nullable(),
  })
  .meta({ id: 'MemberActivity' });
export type MemberActivity = z.output<typeof MemberActivity>;

export const TeamActivity = z
  .strictObject({
    data: z.array(MemberActivity),
    week: z.strictObject({ from: CalendarDate, zone: TimeZone }),
    /** When the oldest count of unseen customers was made; null where one is missing. */
    unseenAsOf: StoredInstant.nullable(),
  })
  .meta({ id: 'TeamActivity' });
export type TeamActivity = z.output<typeof TeamActivity>;

/** Days without an interaction after which a customer counts as unseen. */
export const unseenDays = 60;

/** The middle of some numbers; of an even number the mean of the two in the middle. Null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
