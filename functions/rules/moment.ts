import { isoOf } from '../kernel/clock.ts';
import { instantAt, wallAt } from '../kernel/wall-time.ts';
import type { MomentWhen, WhenOf } from './when.ts';

/**
 * When a rule that waits for a moment has one with a customer. Pure: what is known of her comes in, and the time. A moment has an
 * occurrence, which stays the same however often it is asked for, so that a rule acts on it once.
 */
export type Moment = {
  occurrence: string;
  at: number;
  /** The date that it warned of is over as well. */
  over?: boolean;
};
/** The latest moment that has passed, and the first to come. */
export type Moments = { passed?: Moment | undefined; next?: Moment | undefined };

/** What is known of a customer, or of one complaint or follow-up of hers. */
export type Facts = {
  /** Hers, or the workspace's. */
  zone: string;
  createdAt: string;
  custom: Record<string, unknown>;
  /** Her last interaction of all. */
  lastAt: string | null;
  /** Her last one with the reason that the rule names. */
  lastWithReason: string | null;
  /** The complaint or follow-up, while it is open: since when it waits. */
  open: { id: string; since: string } | null;
};

const hour = 3_600_000;
const day = 24 * hour;
const pad = (value: number, length = 2) => String(value).padStart(length, '0');

/** Calendar days on from a day: `2026-03-01` and -1 gives `2026-02-28`. */
export const plusDays = (from: string, days: number): string => isoOf(Date.parse(`${from}T00:00:00Z`) + days * day).slice(0, 10);

/** A day of a month, or the month's last where it has not so many: 29 February becomes the 28th. */
function dayIn(year: number, month: number, wanted: number): string {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const first = new Date(Date.UTC(year, month, 1)).toISOString();
  return `${first.slice(0, 8)}${pad(Math.min(wanted, last))}`;
}

/** A day moved by calendar months, each counted from the first one, so that the 31st does not wear down to the 28th. */
export function plusCalendarMonths(from: string, months: number): string {
  const [year = 0, month = 1, date = 1] = from.split('-').map(Number);
  return dayIn(year, month - 1 + months, date);
}

/** The same day in another year. */
const inYear = (date: string, year: number) => dayIn(year, Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));

/** Splits moments in order into the last that has passed and the first to come. */
function around(moments: readonly Moment[], now: number): Moments {
  return { passed: moments.findLast(({ at }) => at <= now), next: moments.find(({ at }) => at > now) };
}

function dateOf(field: string, { createdAt, custom, zone }: Facts): string | undefined {
  if (field === 'createdAt') return wallAt(Date.parse(createdAt), zone).on;
  const value = custom[field.slice('custom.'.length)];
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

function dateMoments(when: WhenOf<'date'>, facts: Facts, now: number): Moments {
  const date = dateOf(when.field, facts);
  if (!date) return {};
  const today = wallAt(now, facts.zone).on;
  const momentOf = (target: string): Moment => ({
    occurrence: target,
    at: instantAt({ on: plusDays(target, -when.daysBefore), at: when.at }, facts.zone),
    over: target < today,
  });
  const thisYear = Number(plusDays(today, when.daysBefore).slice(0, 4));
  const years = [thisYear - 1, thisYear, thisYear + 1, thisYear + 2].map((year) => inYear(date, year));
  const targets = when.yearly ? [date, ...years.filter((target) => target > date)] : [date];
  return around(targets.map(momentOf), now);
}

function everyMoments(when: WhenOf<'every'>, facts: Facts, now: number): Moments {
  const since = 'field' in when.since ? dateOf(when.since.field, facts) : facts.lastWithReason;
  if (!since) return {};
  const base = since.length > 10 ? wallAt(Date.parse(since), facts.zone).on : since;
  const today = wallAt(now, facts.zone).on;
  const months = (Number(today.slice(0, 4)) - Number(base.slice(0, 4))) * 12 + Number(today.slice(5, 7)) - Number(base.slice(5, 7));
  const times = Math.floor(months / when.months);
  const moments = [times - 1, times, times + 1, times + 2]
    .filter((count) => count >= 1)
    .map((count) => ({
      occurrence: `${base}+${count * when.months}`,
      at: instantAt({ on: plusCalendarMonths(base, count * when.months), at: when.at }, facts.zone),
    }));
  return around(moments.length > 0 ? moments : [firstOf(base, when, facts.zone)], now);
}

const firstOf = (base: string, { months, at }: WhenOf<'every'>, zone: string): Moment => ({
  occurrence: `${base}+${months}`,
  at: instantAt({ on: plusCalendarMonths(base, months), at }, zone),
});

/** The first time of day that comes when the days are full. */
function silenceMoments(when: WhenOf<'silence'>, { lastAt, createdAt, zone }: Facts, now: number): Moments {
  const since = lastAt ?? createdAt;
  const full = Date.parse(since) + when.days * day;
  const { on } = wallAt(full, zone);
  const onTheDay = instantAt({ on, at: when.at }, zone);
  const at = onTheDay >= full ? onTheDay : instantAt({ on: plusDays(on, 1), at: when.at }, zone);
  return around([{ occurrence: since, at }], now);
}

function hoursAfter({ open }: Facts, hours: number, now: number): Moments {
  return open ? around([{ occurrence: open.since, at: Date.parse(open.since) + hours * hour }], now) : {};
}

/** The moments of a rule with a customer, or with one complaint or follow-up of hers. */
export function momentsOf(when: MomentWhen, facts: Facts, now: number): Moments {
  switch (when.kind) {
    case 'date':
      return dateMoments(when, facts, now);
    case 'every':
      return everyMoments(when, facts, now);
    case 'silence':
      return silenceMoments(when, facts, now);
    default:
      return hoursAfter(facts, when.hours, now);
  }
}

/** What waits for a customer: to act on an occurrence at a time, or only to look whether there is a new one. */
export type Waiting = { occurrence: string; at: string; look: boolean };

/** Nothing older than this sets a rule off. A date that is over for longer is missed; what still holds is acted on, however late. */
export const latest = 48 * hour;

/** When to look again for a rule that has acted on somebody's silence, or may not yet: an interaction until then cannot be due before. */
const lookAgain = (when: MomentWhen, occurrence: string | undefined, now: number): Waiting | undefined =>
  when.kind === 'silence' && occurrence ? { occurrence, at: isoOf(now + when.days * day), look: true } : undefined;

/**
 * What is to wait for a customer from now on. A moment that has passed counts if it is no older than 48 hours and no older than the
 * rule's being on; with `passed` whenever it was, unless the date that it warned of is over as well. It is due at `turn`.
 */
export function waitingFor(
  when: MomentWhen,
  { passed, next }: Moments,
  { now, since, passed: wanted, turn = now }: { now: number; since: number; passed: boolean; turn?: number },
): Waiting | undefined {
  if (passed && ((wanted && !passed.over) || (passed.at >= since && now - passed.at <= latest)))
    return { occurrence: passed.occurrence, at: isoOf(turn), look: false };
  if (next) return { occurrence: next.occurrence, at: isoOf(next.at), look: false };
  return lookAgain(when, passed?.occurrence, now);
}

/** What a row that is due comes to: to act on an occurrence, or not, and what waits after it. */
export type Step = { act: Moment | undefined; missed: boolean; after: Waiting | undefined };

/** Decides what to do with what waited until `now`, by what is known of the customer now. */
export function stepOf(when: MomentWhen, waiting: Waiting, { moments: { passed, next }, now }: { moments: Moments; now: number }): Step {
  const own = passed?.occurrence === waiting.occurrence && !waiting.look;
  const came = passed !== undefined && passed.at >= Date.parse(waiting.at) && passed.occurrence !== waiting.occurrence;
  const after = next ? { occurrence: next.occurrence, at: isoOf(next.at), look: false } : lookAgain(when, passed?.occurrence, now);
  if (!passed || !(own || came)) return { act: undefined, missed: false, after };
  return { act: passed, missed: passed.over === true && now - passed.at > latest, after };
}
