import { describe, expect, it } from 'vitest';
import { idMaker } from '../../functions/kernel/ids.ts';
import { countedDown, countedUp, isCapped, windowOf } from '../../functions/runs/cap.ts';
import {
  accepted,
  afterEvent,
  claimed,
  givenUp,
  graceMs,
  lapsed,
  newSend,
  placeOf,
  putBack,
  refused,
  resent,
  type Send,
  type SendEvent,
  sendLeaseMs,
  skipped,
  tagsOf,
} from '../../functions/runs/send.ts';
import { chanceOf } from '../_util/battery.ts';

const now = Date.parse('2026-11-30T09:00:00Z');
const at = (ms: number) => new Date(now + ms).toISOString();
const customerId = idMaker(() => now)('cus');
const hash = 'abcdefghijklmnopqrst-_';
const waiting = newSend({ channel: 'email', hash, customerId });
const taken = claimed(waiting, { token: 'a', now });

describe('a send', () => {
  it('is claimed once, and not before it is due', () => {
    expect(taken).toMatchObject({ state: 'claimed', attempt: 1, token: 'a', leaseUntil: at(sendLeaseMs) });
    expect(() => claimed(taken, { token: 'b', now })).toThrow();
    expect(() => claimed({ ...waiting, dueAt: at(1) }, { token: 'b', now })).toThrow();
  });

  it('is what its claim’s owner says, and nobody else', () => {
    expect(accepted(taken, { token: 'a', messageId: 'm', now })).toMatchObject({ state: 'sent', messageId: 'm', token: null });
    expect(accepted(taken, { token: 'b', messageId: 'm', now })).toBe(taken);
    expect(refused(taken, { token: 'a', code: 'MessageRejected', now })).toMatchObject({ state: 'failed', reason: 'MessageRejected' });
    expect(putBack(taken, { token: 'a', dueAt: now + 5 })).toMatchObject({ state: 'pending', attempt: 0, dueAt: at(5), claimedAt: null });
    expect(putBack(taken, { token: 'b', dueAt: now + 5 })).toBe(taken);
  });

  it('is unknown once the lease is over, and its late owner may still say what he knows', () => {
    expect(lapsed(taken, now + sendLeaseMs - 1)).toBe(taken);
    const unknown = lapsed(taken, now + sendLeaseMs);
    expect(unknown.state).toBe('unknown');
    expect(accepted(unknown, { token: 'a', messageId: 'm', now }).state).toBe('sent');
    expect(refused(unknown, { token: 'a', code: 'x', now })).toBe(unknown);
  });

  it('stays unresolved after the grace, or waits again where the campaign says so', () => {
    const unknown = lapsed(taken, now + sendLeaseMs);
    const skip = (when: number) => givenUp(unknown, { onUnknown: 'skip', now: when });
    expect(skip(now + graceMs - 1)).toBe(unknown);
    expect(skip(now + graceMs).state).toBe('unresolved');
    expect(givenUp(unknown, { onUnknown: 'retry', now: now + graceMs })).toMatchObject({ state: 'pending', token: null, attempt: 1 });
    expect(resent(skip(now + graceMs)).state).toBe('pending');
    expect(() => resent(taken)).toThrow();
    const waitsAgain = givenUp(unknown, { onUnknown: 'retry', now: now + graceMs });
    expect(skipped(waitsAgain, 'bounced', now)).toMatchObject({ state: 'unresolved', reason: 'bounced' });
    expect(() => skipped(taken, 'suppressed', now)).toThrow();
  });

  it('is sent, whatever we believed, once the provider tells of it', () => {
    const told: SendEvent = { kind: 'sent', at: at(9), messageId: 'm' };
    const unknown = lapsed(taken, now + sendLeaseMs);
    const again = givenUp(unknown, { onUnknown: 'retry', now: now + graceMs });
    for (const before of [taken, unknown, again, givenUp(unknown, { onUnknown: 'skip', now: now + graceMs })])
      expect(afterEvent(before, told)).toMatchObject({
        ...{ state: 'sent', messageId: 'm', token: null, leaseUntil: null, dueAt: null },
        // Its entry on the timeline is named by the claim, whoever writes it.
        sentAt: taken.claimedAt,
      });
  });

  it('is the same after the provider’s events in any order, doubled or not', () => {
    const events: SendEvent[] = [
      { kind: 'sent', at: at(1), messageId: 'm' },
      { kind: 'delivered', at: at(2), messageId: 'm' },
      { kind: 'delayed', at: at(3), messageId: 'm' },
      { kind: 'bounced', at: at(4), messageId: 'm', bounce: 'soft' },
      { kind: 'bounced', at: at(5), messageId: 'm', bounce: 'hard' },
      { kind: 'complained', at: at(6), messageId: 'm' },
      { kind: 'opened', at: at(7), messageId: 'm' },
      { kind: 'opened', at: at(8), messageId: 'm' },
      { kind: 'clicked', at: at(9), messageId: 'm' },
      { kind: 'unsubscribed', at: at(10), messageId: 'm' },
    ];
    const chance = chanceOf(7);
    const apply = (list: readonly SendEvent[]) => list.reduce<Send>(afterEvent, taken);
    const whole = apply(events);
    expect(whole).toMatchObject({
      state: 'complained',
      bounce: 'hard',
      openedAt: at(7),
      clickedAt: at(9),
      deliveredAt: at(2),
      bouncedAt: at(4),
    });
    for (let n = 0; n < 500; n++) {
      const some = events.filter(() => !chance.oneIn(3));
      const mixed = chance.shuffled([...some, ...some.filter(() => chance.oneIn(2))]);
      expect(apply(mixed)).toEqual(apply(some));
    }
  });

  it('is found again by the tags that the provider gives back', () => {
    const run = { campaignId: idMaker(() => now)('cmp'), occurrence: 'wave-2' };
    const places = [
      { run, shard: 7, channel: 'email', hash },
      { run: { ...run, occurrence: '20261130T0900Z' }, shard: 0, channel: 'sms', hash },
      { messagesTo: customerId, channel: 'email', hash },
    ] as const;
    for (const place of places) {
      const tags = tagsOf('abcdefgh', place);
      expect(placeOf(tags)).toEqual(place);
      for (const value of Object.values(tags)) expect(value).toMatch(/^[\w-]{1,256}$/);
    }
    expect(placeOf({ run: 'test', shard: '0', send: 'test' })).toBeUndefined();
    expect(placeOf({ run: 'cmp_x', shard: '99', send: `email-${hash}` })).toBeUndefined();
  });
});

describe('a cap', () => {
  it('counts by the day and the week of the recipient’s zone, and begins anew with them', () => {
    const manila = windowOf(Date.parse('2026-11-29T16:30:00Z'), 'Asia/Manila');
    expect(manila).toEqual({ day: '2026-11-30', week: '2026-W49' });
    const limits = { perDay: 1, perWeek: 2 };
    const first = countedUp(undefined, manila);
    expect(isCapped(first, limits, manila)).toBe(true);
    const tuesday = windowOf(Date.parse('2026-11-30T16:30:00Z'), 'Asia/Manila');
    expect(isCapped(first, limits, tuesday)).toBe(false);
    const second = countedUp(first, tuesday);
    expect(isCapped(second, limits, windowOf(Date.parse('2026-12-02T12:00:00Z'), 'Asia/Manila'))).toBe(true);
    expect(isCapped(second, limits, windowOf(Date.parse('2026-12-07T12:00:00Z'), 'Asia/Manila'))).toBe(false);
  });

  it('is given back to the window it was counted in', () => {
    const monday = windowOf(Date.parse('2026-11-30T12:00:00Z'), 'UTC');
    const tuesday = windowOf(Date.parse('2026-12-01T12:00:00Z'), 'UTC');
    const both = countedUp(countedUp(undefined, monday), tuesday);
    expect(countedDown(both, monday)).toMatchObject({ today: 1, thisWeek: 1 });
    expect(countedDown(both, tuesday)).toMatchObject({ today: 0, thisWeek: 1 });
  });
});
