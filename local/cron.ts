import { DateTime } from 'luxon';
import { AwsError } from './http.ts';

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function invalid(expression: string): AwsError {
  return new AwsError('ValidationException', `Invalid Schedule Expression ${expression}.`);
}

/**
 * When a schedule expression of EventBridge fires next after `after` (milliseconds), or undefined for never. `rate` counts from
 * `after` in machine hours; `at` and `cron` are wall-clock times of the zone. A local time that does not exist is skipped.
 * Throws AwsError ValidationException for an expression that is none.
 */
export function nextFiring(expression: string, zone: string, after: number): number | undefined {
  if (!DateTime.local({ zone }).isValid) throw new AwsError('ValidationException', `Invalid ScheduleExpressionTimezone ${zone}.`);
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return after + Number(rate[1]) * (units[rate[2] as string] as number);
  const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(expression);
  if (at) return firstAt(at[1] as string, zone, after);
  const cron = /^cron\(([^)]*)\)$/.exec(expression);
  const fields = cron?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw invalid(expression);
  return nextCron(fields, zone, after);
}

function firstAt(text: string, zone: string, after: number): number | undefined {
  const time = DateTime.fromISO(text, { zone });
  if (!time.isValid) throw invalid(`at(${text})`);
  return time.toMillis() > after ? time.toMillis() : undefined;
}

function numberOf(text: string, names: string[], base: number): number {
  const name = names.indexOf(text.toUpperCase());
  const value = name >= 0 ? name + base : Number(text);
  if (text === '' || !Number.isInteger(value)) throw invalid(text);
  return value;
}

/** The values one field allows: `*`, `?`, lists, ranges, steps and names. */
function valuesOf(field: string, [low, high]: [number, number], names: string[] = []): Set<number> {
  const base = names === monthNames || names === dayNames ? 1 : 0;
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from, to] = range === '*' || range === '?' ? [low, high] : range.split('-').map((text) => numberOf(text, names, base));
    const end = to ?? (part.includes('/') ? high : from);
    if (from === undefined || end === undefined || from < low || end > high || !(Number(step) >= 1)) throw invalid(field);
    for (let value = from; value <= end; value += Number(step)) values.add(value);
  }
  return values;
}

function nextCron(fields: string[], zone: string, after: number): number | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  const minutes = valuesOf(minute, [0, 59]);
  const hours = valuesOf(hour, [0, 23]);
  const days = day === 'L' ? undefined : valuesOf(day, [1, 31]);
  const months = valuesOf(month, [1, 12], monthNames);
  const weekdays = valuesOf(weekday, [1, 7], dayNames);
  const years = valuesOf(year, [1970, 2199]);
  const fits = (date: DateTime) =>
    months.has(date.month) &&
    years.has(date.year) &&
    weekdays.has((date.weekday % 7) + 1) &&
    (days ? days.has(date.day) : date.day === date.daysInMonth);
  const start = DateTime.fromMillis(after, { zone });
  for (let date = start.startOf('day'), tries = 0; tries < 366 * 9; date = date.plus({ days: 1 }), tries++) {
    if (!fits(date)) continue;
    for (const h of [...hours].sort((a, b) => a - b))
      for (const m of [...minutes].sort((a, b) => a - b)) {
        const time = date.set({ hour: h, minute: m });
        if (time.toMillis() > after && time.hour === h && time.minute === m) return time.toMillis();
      }
  }
  return undefined;
}
