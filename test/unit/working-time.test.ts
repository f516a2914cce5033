import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { WorkCalendar } from '../../functions/service-levels/calendar.ts';
import { workingAfter, workingBetween } from '../../functions/service-levels/working-time.ts';
import { chanceOf, full as isFull, seed, told } from '../_util/battery.ts';
import { allZones, changesOf } from '../_util/zones.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const [from, to] = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2031-01-01T00:00:00Z')];
const iso = (instant: number) => new Date(instant).toISOString();
const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Calendars of every kind: office hours, shops with a break, nights, all day, odd minutes. */
const kinds: Pick<WorkCalendar, 'hours'>[] = [
  { hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '18:00' })) },
  {
    hours: weekdays.flatMap((weekday) => [
      { weekday, from: '08:30', to: '12:15' },
      { weekday, from: '13:00', to: '19:45' },
    ]),
  },
  {
    hours: weekdays.flatMap((weekday) => [
      { weekday, from: '00:00', to: '06:00' },
      { weekday, from: '22:00', to: '24:00' },
    ]),
  },
  { hours: weekdays.map((weekday) => ({ weekday, from: '00:00', to: '24:00' })) },
  {
    hours: weekdays.flatMap((weekday) => [
      { weekday, from: '01:37', to: '02:13' },
      { weekday, from: '23:10', to: '23:50' },
    ]),
  },
  { hours: [6, 7].map((weekday) => ({ weekday, from: '00:01', to: '23:59' })) },
];

/**
 * Working minutes before each minute of a window, counted one by one by the wall clock that luxon shows: another implementation, with no
 * span, no midnight and no search in it.
 */
function countedOneByOne(calendar: Pick<WorkCalendar, 'zone' | 'hours' | 'holidays'>, start: number, end: number): Uint32Array {
  const zone = IANAZone.create(calendar.zone);
  const counts = new Uint32Array((end - start) / minute + 1);
  for (let at = 0; at < counts.length - 1; at++) {
    const instant = start + at * minute;
    const wall = new Date(instant + zone.offset(instant) * minute);
    const date = wall.toISOString().slice(0, 10);
    const clock = wall.getUTCHours() * 60 + wall.getUTCMinutes();
    const weekday = wall.getUTCDay() === 0 ? 7 : wall.getUTCDay();
    const isOpen =
      !calendar.holidays.includes(date) &&
      calendar.hours.some((one) => {
        const [first, last] = [one.from, one.to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
        return one.weekday === weekday && (first ?? 0) <= clock && clock < (last ?? 0);
      });
    counts[at + 1] = (counts[at] ?? 0) + (isOpen ? 1 : 0);
  }
  return counts;
}

/** Compares both for a window, at places that chance picks; gives how many. */
function compare(
  calendar: Pick<WorkCalendar, 'zone' | 'hours' | 'holidays'>,
  { start, end, next }: { start: number; end: number; next: () => number },
) {
  const counts = countedOneByOne(calendar, start, end);
  const last = counts.length - 1;
  const name = `${calendar.zone} ${iso(start)} ${JSON.stringify(calendar.hours[0])}`;
  expect(workingBetween(calendar, start, end), name).toBe((counts[last] ?? 0) * minute);
  for (let pick = 0; pick < 6; pick++) {
    const [low, high] = [Math.floor(next() * last), Math.floor(next() * last)].sort((a, b) => a - b) as [number, number];
    const passed = (counts[high] ?? 0) - (counts[low] ?? 0);
    expect(workingBetween(calendar, start + low * minute, start + high * minute), `${name} ${low} to ${high}`).toBe(passed * minute);
    if (passed === 0) continue;
    const wanted = 1 + Math.floor(next() * passed);
    const due = counts.findIndex((count) => count === (counts[low] ?? 0) + wanted);
    expect(iso(workingAfter(calendar, start + low * minute, wanted * minute) ?? 0), `${name}: ${wanted} after ${low}`).toBe(
      iso(start + due * minute),
    );
  }
  return last;
}

describe('working time', () => {
  it('is that of the calendar: nine to six, no weekend, no holiday', () => {
    const calendar = { zone: 'Asia/Manila', holidays: ['2026-12-25'], ...(kinds[0] as Pick<WorkCalendar, 'hours'>) };
    const at = (wall: string) => Date.parse(`${wall}:00+08:00`);
    expect(workingBetween(calendar, at('2026-12-24T17:00'), at('2026-12-28T10:00'))).toBe(120 * minute);
    expect(iso(workingAfter(calendar, at('2026-12-24T17:00'), 61 * minute) ?? 0)).toBe(iso(at('2026-12-28T09:01')));
    expect(iso(workingAfter(calendar, at('2026-12-24T17:00'), 60 * minute) ?? 0)).toBe(iso(at('2026-12-24T18:00')));
    expect(iso(workingAfter(calendar, at('2026-12-26T03:00'), 1) ?? 0)).toBe(iso(at('2026-12-28T09:00') + 1));
  });

  it('counts an hour that comes twice twice, and one that is skipped not at all', () => {
    const nights = { zone: 'Europe/Paris', holidays: [], hours: weekdays.map((weekday) => ({ weekday, from: '01:30', to: '03:30' })) };
    const on = (date: string) => workingBetween(nights, Date.parse(`${date}T00:00:00Z`) - 3_600_000, Date.parse(`${date}T12:00:00Z`));
    expect([on('2027-03-27'), on('2027-03-28'), on('2027-10-31')].map((ms) => ms / minute)).toEqual([120, 60, 180]);
  });

  it('is never where nobody ever works', () => {
    const never = { zone: 'UTC', holidays: [], hours: [] };
    expect(workingAfter(never, from, minute)).toBeUndefined();
    expect(workingBetween(never, from, to)).toBe(0);
  });

  it('equals a count minute by minute over every zone, holiday and change of the clock from 2026 to 2030', { timeout: 1_800_000 }, () => {
    const { next } = chanceOf(seed);
    let [minutes, windows] = [0, 0];
    for (const [at, zone] of allZones.entries()) {
      const changes = changesOf(zone, from + 2 * day, to - 2 * day);
      const picked = isFull ? changes : changes.length > 0 ? [changes[Math.floor(next() * changes.length)]] : [];
      const middles = [...picked.flatMap((change) => (change ? [change.instant] : [])), from + Math.floor(next() * (to - from - 9 * day))];
      for (const [nth, middle] of middles.entries()) {
        const span = isFull ? 2 * day : nth === 0 ? 15 * 60 * minute : 6 * 60 * minute;
        const start = Math.floor((middle - span) / minute) * minute;
        // A day of the window itself is a holiday in one of three.
        const holidays = (at + nth) % 3 === 0 ? [iso(middle).slice(0, 10)] : [];
        const chosen = isFull ? kinds : [kinds[(at + nth) % kinds.length] as Pick<WorkCalendar, 'hours'>];
        for (const kind of chosen) {
          minutes += compare({ zone, holidays, ...kind }, { start, end: start + 2 * span, next });
          windows++;
        }
      }
    }
    told('working time', { zones: allZones.length, windows, minutes });
    expect(windows).toBeGreaterThan(allZones.length);
  });

  it('equals the count over weeks, where a target spans weekends, holidays and a change of the clock', { timeout: 600_000 }, () => {
    const { next } = chanceOf(seed);
    let minutes = 0;
    const zones = isFull ? allZones : ['Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Karachi'];
    for (const zone of zones) {
      const change = changesOf(zone, from + 30 * day, to - 30 * day)[0]?.instant ?? from + 300 * day;
      const start = Math.floor((change - 8 * day) / minute) * minute;
      const holidays = [iso(change + 2 * day).slice(0, 10), iso(change - 3 * day).slice(0, 10)];
      minutes += compare({ zone, holidays, ...(kinds[0] as Pick<WorkCalendar, 'hours'>) }, { start, end: start + 16 * day, next });
    }
    told('working time over weeks', { zones: zones.length, minutes });
  });
});
