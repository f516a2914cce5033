import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { Campaign, type Schedule } from '../../functions/campaigns/campaign.ts';
import { scheduleName } from '../../functions/campaigns/run-schedules.ts';
import {
  localTimeOf,
  nextOccurrence,
  nextRuns,
  occurrenceAt,
  scheduleErrors,
  timeOfOccurrence,
} from '../../functions/campaigns/schedule.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
const recurring = (cron: string, zone: string, until: string | null = null): Schedule => ({ kind: 'recurring', cron, zone, until });
const once = (time: string, zone = 'Asia/Manila'): Schedule => ({ kind: 'once', at: time, zone });
const next = (schedule: Schedule, after: string, sendAtLocal = false) => iso(nextOccurrence({ schedule, sendAtLocal }, at(after)));

describe('the next run', () => {
  it('is the one moment of a once, and nothing after it', () => {
    expect(next(once('2026-12-01T01:00:00Z'), '2026-11-30T00:00:00Z')).toBe('2026-12-01T01:00:00.000Z');
    expect(next(once('2026-12-01T01:00:00Z'), '2026-12-01T01:00:00Z')).toBeNull();
  });

  it('is by the clock of its zone, whatever the clock does there', () => {
    const daily = recurring('30 9 * * *', 'Europe/Paris');
    expect(next(daily, '2027-03-27T12:00:00Z')).toBe('2027-03-28T07:30:00.000Z');
    expect(next(daily, '2026-10-24T12:00:00Z')).toBe('2026-10-25T08:30:00.000Z');
  });

  it('comes once where a local minute does not exist, and once where it comes twice', () => {
    const daily = recurring('30 2 * * *', 'Europe/Paris');
    const list = (from: string, days: number) => {
      const times: string[] = [];
      for (let time = at(from); times.length < days; ) {
        time = nextOccurrence({ schedule: daily, sendAtLocal: false }, time) as number;
        times.push(DateTime.fromMillis(time, { zone: 'Europe/Paris' }).toISODate() as string);
      }
      return times;
    };
    expect(list('2027-03-26T12:00:00Z', 3)).toEqual(['2027-03-27', '2027-03-28', '2027-03-29']);
    expect(list('2026-10-23T12:00:00Z', 3)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
  });

  it('is none after the day until which it recurs, and none of a triggered one', () => {
    expect(next(recurring('0 9 * * *', 'UTC', '2026-12-01T09:00:00Z'), '2026-11-30T10:00:00Z')).toBe('2026-12-01T09:00:00.000Z');
    expect(next(recurring('0 9 * * *', 'UTC', '2026-12-01T08:59:00Z'), '2026-11-30T10:00:00Z')).toBeNull();
    expect(next({ kind: 'triggered', event: null }, '2026-11-30T00:00:00Z')).toBeNull();
  });

  it('begins with the first zone to come to the hour, and reaches each recipient at her own', () => {
    const begins = at(next(once('2026-12-01T01:00:00Z'), '2026-11-30T00:00:00Z', true) as string);
    expect(iso(begins)).toBe('2026-11-30T19:00:00.000Z');
    for (const zone of ['Asia/Manila', 'Asia/Karachi', 'Europe/Paris', 'America/New_York', 'Pacific/Pago_Pago']) {
      const hers = localTimeOf({ schedule: once('2026-12-01T01:00:00Z'), sendAtLocal: true }, begins, zone);
      expect(DateTime.fromMillis(hers, { zone }).toFormat('yyyy-MM-dd HH:mm')).toBe('2026-12-01 09:00');
      expect(hers).toBeGreaterThanOrEqual(begins);
    }
  });

  it('is a wave where that is sooner, and both where they fall together', () => {
    const campaign = Campaign.parse({
      id: 'cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
      name: 'x',
      state: 'active',
      schedule: recurring('0 9 * * *', 'UTC'),
      waves: [
        { number: 1, of: '20261130T0900Z', who: 'not_clicked', at: '2026-12-01T08:00:00Z' },
        { number: 2, of: '20261130T0900Z', who: 'not_clicked', at: '2026-12-02T09:00:00Z' },
      ],
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      version: 1,
    });
    const runs = (after: string) => nextRuns(campaign, at(after)).map(({ occurrence }) => occurrence);
    expect(runs('2026-11-30T09:00:00Z')).toEqual(['wave-1']);
    expect(runs('2026-12-01T08:00:00Z')).toEqual(['20261201T0900Z']);
    expect(runs('2026-12-01T09:00:00Z')).toEqual(['wave-2', '20261202T0900Z']);
  });
});

describe('a schedule is refused', () => {
  const codes = (schedule: Schedule) =>
    scheduleErrors(schedule, at('2026-11-30T00:00:00Z')).map(({ pointer, code }) => `${pointer} ${code}`);

  it.each([
    ['30 February', recurring('0 9 30 2 *', 'UTC'), '/schedule/cron never_fires'],
    ['no cron', recurring('soon', 'UTC'), '/schedule/cron invalid_cron'],
    ['a cron with seconds', recurring('0 0 9 * * *', 'UTC'), '/schedule/cron invalid_cron'],
    ['minute 61', recurring('61 9 * * *', 'UTC'), '/schedule/cron invalid_cron'],
    ['every five minutes', recurring('*/5 * * * *', 'UTC'), '/schedule/cron too_often'],
    ['an end before the first', recurring('0 9 1 1 *', 'UTC', '2026-12-31T00:00:00Z'), '/schedule/until never_fires'],
  ])('for %s', (_, schedule, code) => {
    expect(codes(schedule)).toEqual([code]);
  });

  it('for nothing else: every hour, each 29 February and the last day of a month are fine', () => {
    for (const cron of ['0 * * * *', '0 9 29 2 *', '0 9 L * *', '0 9 * * MON-FRI'])
      expect(codes(recurring(cron, 'Asia/Karachi')), cron).toEqual([]);
  });
});

describe('a run’s name', () => {
  it('is its minute in UTC, there and back', () => {
    const time = at('2026-12-01T01:00:00Z');
    expect(occurrenceAt(time)).toBe('20261201T0100Z');
    expect(timeOfOccurrence('20261201T0100Z')).toBe(time);
    expect(timeOfOccurrence('wave-1')).toBeUndefined();
  });

  it('gives its schedule a name of 44 characters that is the same for the same run alone', () => {
    const run = { tenant: 'abcd1234', id: 'cmp_1', at: '2026-12-01T01:00:00.000Z' };
    expect(scheduleName(run)).toMatch(/^run-[0-9a-f]{40}$/);
    expect(scheduleName({ ...run })).toBe(scheduleName(run));
    for (const other of [{ tenant: 'abcd1235' }, { id: 'cmp_2' }, { at: '2026-12-02T01:00:00.000Z' }])
      expect(scheduleName({ ...run, ...other })).not.toBe(scheduleName(run));
  });
});
