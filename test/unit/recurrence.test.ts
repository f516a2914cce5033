import { describe, expect, it } from 'vitest';
import { dueInstant, isOverdue } from '../../functions/followups/due.ts';
import { type FollowUp, following, nextReminder } from '../../functions/followups/follow-up.ts';
import { anchored, nextDay, Recurrence } from '../../functions/followups/recurrence.ts';

const rule = (given: object, on: string) => anchored(Recurrence.parse(given), on);
/** The days on which a rule falls, each done on its day. */
function days(given: object, first: string, many: number): string[] {
  const anchoredRule = rule(given, first);
  const found = [first];
  for (let occurrence = 1; found.length < many; occurrence++) {
    const from = found.at(-1) ?? first;
    const next = nextDay(anchoredRule, { from, notBefore: from, occurrence });
    if (!next) break;
    found.push(next);
  }
  return found;
}

describe('what comes again', () => {
  it('comes every so many days', () => {
    expect(days({ every: 'day', interval: 3 }, '2026-12-30', 3)).toEqual(['2026-12-30', '2027-01-02', '2027-01-05']);
  });

  it('comes on the weekdays of every second week, weeks beginning on Monday', () => {
    expect(days({ every: 'week', interval: 2, weekdays: [5, 1] }, '2026-12-04', 4)).toEqual([
      '2026-12-04',
      '2026-12-14',
      '2026-12-18',
      '2026-12-28',
    ]);
    expect(days({ every: 'week' }, '2026-12-02', 2)).toEqual(['2026-12-02', '2026-12-09']);
  });

  it('comes on the last day of a month that is shorter, and on the 31st again after it', () => {
    expect(days({ every: 'month' }, '2027-01-31', 4)).toEqual(['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30']);
    expect(days({ every: 'month', interval: 6 }, '2026-08-31', 3)).toEqual(['2026-08-31', '2027-02-28', '2027-08-31']);
  });

  it('comes on the 28th of February where there is no 29th, and on the 29th again in a leap year', () => {
    expect(days({ every: 'year' }, '2028-02-29', 5)).toEqual(['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']);
  });

  it('ends after its last day or its last time', () => {
    expect(days({ every: 'day', until: '2026-12-03' }, '2026-12-01', 9)).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
    expect(days({ every: 'day', count: 2 }, '2026-12-01', 9)).toEqual(['2026-12-01', '2026-12-02']);
  });

  it('comes once after it was neglected for weeks, on the next day of its rule', () => {
    const weekly = rule({ every: 'week', weekdays: [1] }, '2026-11-02');
    expect(nextDay(weekly, { from: '2026-11-02', notBefore: '2026-11-25', occurrence: 1 })).toBe('2026-11-30');
    expect(nextDay(weekly, { from: '2026-11-02', notBefore: '2026-10-30', occurrence: 1 })).toBe('2026-11-09');
  });

  it('falls on a day that is later than the last, whatever the rule', () => {
    for (const every of ['day', 'week', 'month', 'year'] as const)
      for (const interval of [1, 2, 7, 99])
        for (const on of ['2026-01-31', '2028-02-29', '2026-12-31']) {
          const found = days({ every, interval }, on, 6);
          expect(found, `${every} ${interval} ${on}`).toEqual([...new Set(found)].sort());
          expect(found, `${every} ${interval} ${on}`).toHaveLength(6);
        }
  });

  it('comes at the same time of the wall across a change of the clock', () => {
    const due = { on: '2027-03-27', at: '02:30', zone: 'Europe/Paris' };
    const followUp = { due, occurrence: 1, recurrence: rule({ every: 'day' }, due.on) } as FollowUp;
    const next = following(followUp, dueInstant(due));
    expect(next).toEqual({ due: { ...due, on: '2027-03-28' }, occurrence: 2 });
    expect(new Date(dueInstant({ ...due, on: '2027-03-28' })).toISOString()).toBe('2027-03-28T01:30:00.000Z');
    expect(new Date(dueInstant({ ...due, on: '2027-03-29' })).toISOString()).toBe('2027-03-29T00:30:00.000Z');
  });
});

describe('a follow-up', () => {
  const manila = { on: '2026-12-01', at: null, zone: 'Asia/Manila' };
  const base = {
    due: manila,
    dueAt: '2026-12-01T01:00:00.000Z',
    reminders: [60, 0],
    snoozedUntil: null,
    state: 'open',
  } as unknown as FollowUp;

  it('of a whole day is due at nine in the morning and late when the day has ended in its zone', () => {
    expect(new Date(dueInstant(manila)).toISOString()).toBe(base.dueAt);
    expect(isOverdue(base, Date.parse('2026-12-01T15:59:00Z'))).toBe(false);
    expect(isOverdue(base, Date.parse('2026-12-01T16:00:00Z'))).toBe(true);
    expect(isOverdue({ ...base, state: 'done' }, Date.parse('2027-01-01T00:00:00Z'))).toBe(false);
  });

  it('reminds at each of its moments, at the end of a snooze instead, and not when it is closed', () => {
    const at = (time: string, more: Partial<FollowUp> = {}) => nextReminder({ ...base, ...more }, Date.parse(time));
    expect(at('2026-11-30T00:00:00Z')).toBe('2026-12-01T00:00:00.000Z');
    expect(at('2026-12-01T00:00:00Z')).toBe('2026-12-01T01:00:00.000Z');
    expect(at('2026-12-01T01:00:00Z')).toBeNull();
    expect(at('2026-11-30T00:00:00Z', { snoozedUntil: '2026-12-03T00:00:00.000Z' })).toBe('2026-12-03T00:00:00.000Z');
    expect(at('2026-11-30T00:00:00Z', { state: 'done' })).toBeNull();
  });
});
