import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../../functions/followups/follow-up.ts';
import { beforeLastTry, dueAgain } from '../../functions/followups/tries.ts';
import { workingDay } from '../../functions/kernel/days.ts';
import { isDueNow, turnOf } from '../../functions/runs/call.ts';

const week = [1, 2, 3, 4, 5];

describe('a call list', () => {
  it('gives every member calls on every day, about as many each', () => {
    const cells = new Map<string, number>();
    for (let n = 0; n < 4_000; n++) {
      const { member, day } = turnOf(`cus_${n}`, { members: 2, days: 4 });
      cells.set(`${member} ${day}`, (cells.get(`${member} ${day}`) ?? 0) + 1);
    }
    expect(cells.size).toBe(8);
    for (const many of cells.values()) expect(Math.abs(many - 500)).toBeLessThan(90);
  });

  it('gives the same customer the same turn', () => {
    expect(turnOf('cus_1', { members: 3, days: 2 })).toEqual(turnOf('cus_1', { members: 3, days: 2 }));
  });

  it('counts working days from the first that is one', () => {
    // 5 December 2026 is a Saturday.
    expect(workingDay('2026-12-05', 0, week)).toBe('2026-12-07');
    expect(workingDay('2026-12-04', 1, week)).toBe('2026-12-07');
    expect(workingDay('2026-12-05', 1, [])).toBe('2026-12-06');
  });

  it('calls again so many hours later, at that wall time of the next working day', () => {
    const friday = Date.parse('2026-12-04T06:30:00Z');
    expect(dueAgain(friday, { afterHours: 24, zone: 'Asia/Manila', workingDays: week })).toEqual({
      on: '2026-12-07',
      at: '14:30',
      zone: 'Asia/Manila',
    });
    expect(dueAgain(friday, { afterHours: 2, zone: 'Asia/Manila', workingDays: week })).toMatchObject({ on: '2026-12-04', at: '16:30' });
  });

  it('is due on its day, or at its time, and not while it is put off', () => {
    const moment = { now: Date.parse('2026-12-04T06:30:00Z'), today: '2026-12-04' };
    const row = (due: object, dueAt: string, snoozedUntil: string | null = null) => ({ due, dueAt, snoozedUntil }) as never;
    expect(isDueNow(row({ on: '2026-12-04', at: null }, '2026-12-04T16:00:00.000Z'), moment)).toBe(true);
    expect(isDueNow(row({ on: '2026-12-05', at: null }, '2026-12-05T01:00:00.000Z'), moment)).toBe(false);
    expect(isDueNow(row({ on: '2026-12-04', at: '15:00' }, '2026-12-04T07:00:00.000Z'), moment)).toBe(false);
    expect(isDueNow(row({ on: '2026-12-04', at: '14:00' }, '2026-12-04T06:00:00.000Z'), moment)).toBe(true);
    expect(isDueNow(row({ on: '2026-12-04', at: null }, '2026-12-04T01:00:00.000Z', '2026-12-04T08:00:00.000Z'), moment)).toBe(false);
  });

  it('takes back only the last try, once', () => {
    const dueBefore = { on: '2026-12-01', at: null, zone: 'UTC' };
    const tried = { state: 'open', due: { on: '2026-12-02', at: '09:00', zone: 'UTC' } };
    const second = { ...tried, tries: { many: 2, at: '2026-12-01T09:00:00.000Z', loggedId: 'int_1', dueBefore } } as unknown as FollowUp;
    const back = beforeLastTry(second);
    expect(back).toMatchObject({ due: dueBefore, tries: { many: 1, loggedId: null } });
    expect(back && beforeLastTry(back)).toBeUndefined();
    expect(beforeLastTry({ ...second, state: 'done' })).toBeUndefined();
  });
});
