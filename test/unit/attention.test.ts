import { describe, expect, it } from 'vitest';
import type { Interaction } from '../../functions/interactions/interaction.ts';
import { medianOf } from '../../functions/team/team-activity.ts';
import { mattersOf, responsesOf } from '../../functions/today/attention.ts';

let made = 0;
/** An interaction so many hours after midnight. */
const at = (hours: number, more: Partial<Interaction>): Interaction =>
  ({
    id: `int_${String(++made).padStart(26, '0')}`,
    customerId: 'cus_00000000000000000000000001',
    occurredAt: new Date(Date.UTC(2026, 11, 1, 0, hours * 60)).toISOString(),
    ...{ channel: 'email', direction: 'in', reason: 'other', outcome: 'none', subject: null, memberId: 'mem_1' },
    ...{ answeredAt: null, nextStepId: null, archivedAt: null, ...more },
  }) as Interaction;
const kinds = (...interactions: Interaction[]) => mattersOf(interactions).map(({ kind }) => kind);

describe('what waits of a customer', () => {
  it('is a complaint until something goes out after it, an answer is noted or a step is planned', () => {
    const complaint = at(1, { reason: 'complaint' });
    expect(kinds(complaint)).toEqual(['complaint']);
    expect(kinds(complaint, at(2, { direction: 'out' }))).toEqual([]);
    expect(kinds(at(0.5, { direction: 'out' }), complaint)).toEqual(['complaint']);
    expect(kinds({ ...complaint, answeredAt: complaint.occurredAt })).toEqual([]);
    expect(kinds({ ...complaint, nextStepId: 'fup_1' })).toEqual([]);
    expect(kinds({ ...complaint, archivedAt: complaint.occurredAt })).toEqual([]);
  });

  it('is the oldest thing that she wrote since we wrote last; a call was answered by being taken', () => {
    const [first, second] = [at(2, { subject: 'first' }), at(3, { subject: 'second' })];
    expect(mattersOf([second, at(1, { direction: 'out' }), first])).toMatchObject([{ kind: 'reply', subject: 'first' }]);
    expect(kinds(at(2, { channel: 'call' }))).toEqual([]);
    expect(kinds(at(2, { channel: 'call', outcome: 'no_answer' }))).toEqual(['reply']);
    expect(kinds(at(2, { outcome: 'resolved' }))).toEqual([]);
  });

  it('is a promise until something goes out after it, and a complaint only once', () => {
    expect(kinds(at(1, { direction: 'out', channel: 'call', outcome: 'promised' }))).toEqual(['promise']);
    expect(kinds(at(1, { direction: 'out', outcome: 'promised' }), at(2, { direction: 'out' }))).toEqual([]);
    expect(kinds(at(1, { reason: 'complaint', outcome: 'promised' }))).toEqual(['complaint']);
  });
});

describe('how quickly was answered', () => {
  it('is the time from what came in first to what a member sent then, once for each wait', () => {
    const { responses, waitingSince } = responsesOf([
      at(1, {}),
      at(2, {}),
      at(3, { direction: 'out', memberId: null }),
      at(4, { direction: 'out', memberId: 'mem_2' }),
      at(5, { direction: 'out' }),
      at(6, {}),
    ]);
    expect(responses.map(({ memberId, minutes }) => [memberId, minutes])).toEqual([['mem_2', 180]]);
    expect(waitingSince).toBe('2026-12-01T06:00:00.000Z');
  });

  it('has a middle, of none there is none', () => {
    expect([medianOf([]), medianOf([7]), medianOf([9, 1, 5]), medianOf([1, 2, 3, 10])]).toEqual([null, 7, 5, 2.5]);
  });
});
