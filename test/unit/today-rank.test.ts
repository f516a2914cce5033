import { describe, expect, it } from 'vitest';
import { rankOf, reasonsOf, type Terms } from '../../functions/today/rank.ts';

const hour = 60;
const base: Terms = {
  kind: 'followUp',
  lateAt: '2026-12-01T07:00:00.000Z',
  day: null,
  since: '2026-12-01T07:00:00.000Z',
  channel: null,
  minutesToBreach: 4 * hour,
  promiseBroken: false,
  worth: 0,
  silenceDays: 3,
  priority: 'normal',
};
const of = (more: Partial<Terms>): Terms => ({ ...base, ...more });

/** Twelve things of one day, in the order in which they are to be done, each with the first words of its reason. */
const day: [string, string, Terms][] = [
  [
    'a complaint of a good customer that is two days late',
    'complaintLate',
    of({ kind: 'complaint', channel: 'fax', minutesToBreach: -48 * hour, promiseBroken: true, worth: 5 }),
  ],
  [
    'a call that was promised for yesterday',
    'promisedChannel',
    of({ channel: 'call', minutesToBreach: -16 * hour, promiseBroken: true, worth: 1 }),
  ],
  [
    'a promise that was not kept',
    'promiseBroken',
    of({ kind: 'promise', channel: 'call', minutesToBreach: -2 * hour, promiseBroken: true }),
  ],
  ['a reply that has waited for three days', 'replyLate', of({ kind: 'reply', channel: 'email', minutesToBreach: -48 * hour, worth: 2 })],
  ['something important that is an hour late', 'overdue', of({ minutesToBreach: -1 * hour, priority: 'high' })],
  ['a day that is over', 'dayOver', of({ day: '2026-11-30', minutesToBreach: -9 * hour })],
  ['a complaint that has an hour left', 'complaint', of({ kind: 'complaint', channel: 'email', minutesToBreach: 1 * hour, worth: 4 })],
  ['a call in half an hour', 'due', of({ channel: 'call', minutesToBreach: 0.5 * hour })],
  ['a reply that came this morning', 'reply', of({ kind: 'reply', channel: 'chat', minutesToBreach: 4 * hour, worth: 1 })],
  [
    'a visit this evening with somebody not seen for half a year',
    'due',
    of({ channel: 'visit', minutesToBreach: 9 * hour, silenceDays: 190 }),
  ],
  ['a whole day without a time', 'day', of({ day: '2026-12-01', minutesToBreach: 15 * hour })],
  ['something that can wait', 'due', of({ minutesToBreach: 10 * hour, priority: 'low', silenceDays: null })],
];

describe('the rank of the queue', () => {
  it('puts a day in the order in which it is to be done', () => {
    const shuffled = [...day].sort(([a], [b]) => (a < b ? -1 : 1));
    const ranked = shuffled.sort(([, , a], [, , b]) => rankOf(b) - rankOf(a));
    expect(ranked.map(([name]) => name)).toEqual(day.map(([name]) => name));
  });

  it('says of each what it is', () => {
    expect(day.map(([, , terms]) => reasonsOf(terms)[0]?.code)).toEqual(day.map(([, code]) => code));
  });

  it('rises with each of its terms alone', () => {
    const higher: Partial<Terms>[] = [
      { minutesToBreach: 3 * hour },
      { promiseBroken: true },
      { worth: 1 },
      { silenceDays: 60 },
      { priority: 'high' },
    ];
    for (const more of higher) expect(rankOf(of(more)), JSON.stringify(more)).toBeGreaterThan(rankOf(base));
  });

  it('never falls while time passes', () => {
    let last = 0;
    for (let minutes = 14 * 24 * hour; minutes > -30 * 24 * hour; minutes -= 10) {
      const rank = rankOf(of({ minutesToBreach: minutes }));
      expect(rank, `${minutes} minutes left`).toBeGreaterThanOrEqual(last);
      last = rank;
    }
  });

  it('gives its other reasons only where they carry weight', () => {
    const codes = (more: Partial<Terms>) =>
      reasonsOf(of(more))
        .slice(1)
        .map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ silenceDays: 59 })).toEqual([]);
    expect(codes({ silenceDays: 60, priority: 'high', worth: 4 })).toEqual(['silence', 'high', 'worth']);
    expect(reasonsOf(of({ silenceDays: 75 }))[1]).toEqual({ code: 'silence', values: { days: 75 } });
  });
});
