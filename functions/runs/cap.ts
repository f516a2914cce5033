import * as z from 'zod';
import { StoredInstant } from '../kernel/values.ts';
import { wallAt } from '../kernel/wall-time.ts';

/** The cap: how many messages of a channel a customer got today and this week, by the calendar of her own zone. Pure. */
const count = z.int().nonnegative();

const Asked = z.strictObject({ at: StoredInstant, by: z.string().max(80) });

export const Cap = z
  .strictObject({
    /** `2026-11-30`, and how many that day. */
    day: z.string().max(10),
    today: count,
    /** `2026-W49`, and how many that week. */
    week: z.string().max(8),
    thisWeek: count,
    /** When she was last asked to answer a survey, and by which run or rule. */
    invited: Asked.nullable().default(null),
    /** When she is, or was, to be asked by a message that was written days before. */
    asking: Asked.nullable().default(null),
    version: z.int().positive(),
  })
  .meta({ id: 'CapRow' });
export type Cap = z.output<typeof Cap>;

/** How many messages of a channel one customer may get. Null: no limit. */
export const CapLimits = z.strictObject({
  perDay: z.int().min(1).max(100).nullable().default(null),
  perWeek: z.int().min(1).max(500).nullable().default(null),
});
export type CapLimits = z.output<typeof CapLimits>;

const dayMs = 86_400_000;
/** The ISO week of a calendar date: that of its Thursday. */
function weekOf(on: string): string {
  const date = Date.parse(`${on}T00:00:00Z`);
  const thursday = new Date(date + (3 - ((new Date(date).getUTCDay() + 6) % 7)) * dayMs);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return `${thursday.getUTCFullYear()}-W${String(Math.floor((thursday.getTime() - first) / dayMs / 7) + 1).padStart(2, '0')}`;
}

const windows = new Map<string, { day: string; week: string }>();
/** The day and the ISO week of a moment in a zone. */
export function windowOf(now: number, zone: string): { day: string; week: string } {
  const name = `${Math.floor(now / 60_000)}${zone}`;
  const known = windows.get(name);
  if (known) return known;
  const { on } = wallAt(now, zone);
  const found = { day: on, week: weekOf(on) };
  if (windows.size > 1_000) windows.clear();
  windows.set(name, found);
  return found;
}

type Window = ReturnType<typeof windowOf>;
const inWindow = (cap: Cap | undefined, { day, week }: Window) => ({
  today: cap?.day === day ? cap.today : 0,
  thisWeek: cap?.week === week ? cap.thisWeek : 0,
});

/** Whether one more would be too many. */
export function isCapped(cap: Cap | undefined, limits: CapLimits, window: Window): boolean {
  const { today, thisWeek } = inWindow(cap, window);
  return (limits.perDay !== null && today >= limits.perDay) || (limits.perWeek !== null && thisWeek >= limits.perWeek);
}

/** One more today and this week. A window that is over begins anew. */
export function countedUp(cap: Cap | undefined, window: Window): Cap {
  const { today, thisWeek } = inWindow(cap, window);
  return {
    ...window,
    today: today + 1,
    thisWeek: thisWeek + 1,
    invited: cap?.invited ?? null,
    asking: cap?.asking ?? null,
    version: cap?.version ?? 1,
  };
}

/** One given back, which was counted at that window: what has begun anew since then keeps its count. */
export const countedDown = (cap: Cap, window: Window): Cap => ({
  ...cap,
  today: cap.day === window.day ? Math.max(0, cap.today - 1) : cap.today,
  thisWeek: cap.week === window.week ? Math.max(0, cap.thisWeek - 1) : cap.thisWeek,
});
