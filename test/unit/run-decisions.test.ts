import { describe, expect, it } from 'vitest';
import { noSending } from '../../functions/admin/sending.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { decide, type Known, SendRules } from '../../functions/runs/decide.ts';
import { nextWallTime } from '../../functions/runs/local-time.ts';
import { guard, releases } from '../../functions/runs/release.ts';
import { Counts, looked, Progress, Shard, type Tally, walked, woken } from '../../functions/runs/shard.ts';

const now = Date.parse('2026-11-30T09:00:00Z');
const iso = (time: number) => new Date(time).toISOString();
const id = idMaker(() => now)('cus');
const campaignId = idMaker(() => now)('cmp');

const customerWith = (said: Record<string, unknown> = {}) =>
  newCustomer(CustomerInput.parse({ kind: 'person', name: 'Ana', timeZone: 'UTC', emails: [{ address: 'ana@example.com' }], ...said }), {
    id,
    via: 'key',
    country: 'PH',
    now: iso(now),
  });
const consent = {
  customerId: id,
  channel: 'email',
  topic: 'news',
  status: 'granted',
  source: 'form',
  evidence: null,
  at: iso(now),
  version: 1,
} as const;
const known = (said: Partial<Known> = {}): Known => ({
  customer: customerWith(),
  consent,
  suppressed: undefined,
  cap: undefined,
  lastSentAt: undefined,
  wasInLastRun: false,
  control: false,
  heldOutUntil: undefined,
  ...said,
});
const asks = { closed: false, answered: false, coolDownDays: 30, invitedAt: null };
const rules = (said: object = {}) => SendRules.parse({ channel: 'email', topic: 'news', ...said });
const asked = (about: Known, said: object = {}, at = now) => decide(about, rules(said), { now: at, scheduledAt: now, zone: 'UTC' });

describe('what becomes of a recipient', () => {
  it('is a message where nothing speaks against it', () => {
    expect(asked(known())).toEqual({ send: 'ana@example.com' });
  });

  it.each([
    ['archived', known({ customer: { ...customerWith(), archivedAt: iso(now) } }), {}],
    ['no_address', known({ customer: customerWith({ emails: [] }) }), {}],
    ['no_address', known({ customer: customerWith() }), { channel: 'sms' }],
    ['bounced', known({ suppressed: 'hard_bounce' }), {}],
    ['opted_out_channel', known({ suppressed: 'unsubscribe_all' }), {}],
    ['suppressed', known({ suppressed: 'complaint' }), { topic: 'transactional' }],
    ['no_consent', known({ consent: undefined }), {}],
    ['consent_withdrawn', known({ consent: { ...consent, status: 'withdrawn' } }), {}],
    ['re_entry', known({ lastSentAt: iso(now - 1) }), { reentry: 'never' }],
    ['re_entry', known({ lastSentAt: iso(now - 1), wasInLastRun: true }), { reentry: 'afterExit' }],
    ['excluded', known({ heldOutUntil: iso(now + 1) }), {}],
    [
      'cap_reached',
      known({ cap: { day: '2026-11-30', today: 1, week: '2026-W49', thisWeek: 1, invited: null, asking: null, version: 1 } }),
      { caps: { perDay: 1 } },
    ],
    ['survey_closed', known({ survey: { ...asks, closed: true } }), {}],
    ['already_answered', known({ survey: { ...asks, answered: true } }), {}],
    [
      'no_caller',
      known({ customer: customerWith({ phones: [{ number: '+63 917 555 0101' }] }) }),
      { channel: 'call', topic: 'transactional', ownersCall: true },
    ],
    ['cool_down', known({ survey: { ...asks, invitedAt: now - 29 * 86_400_000 } }), {}],
  ] as const)('is nothing because of %s', (reason, about, said) => {
    expect(asked(about, said)).toEqual({ skip: reason });
  });

  it('is the same for control and treated, in a goal group too, until the very last', () => {
    expect(asked(known({ control: true, heldOutUntil: iso(now + 1) }))).toEqual({ send: 'ana@example.com' });
    expect(asked(known({ control: true, consent: undefined }))).toEqual({ skip: 'no_consent' });
    expect(asked(known({ heldOutUntil: iso(now) }))).toEqual({ send: 'ana@example.com' });
  });

  it('needs no consent for what somebody has to know, and lets those in again who left', () => {
    expect(asked(known({ consent: undefined }), { topic: 'transactional' })).toEqual({ send: 'ana@example.com' });
    expect(asked(known({ lastSentAt: iso(now - 1) }), { reentry: 'afterExit' })).toEqual({ send: 'ana@example.com' });
    expect(asked(known({ lastSentAt: iso(now - 1) }), { reentry: 'always' })).toEqual({ send: 'ana@example.com' });
  });

  it('waits for the end of quiet hours in her own zone, and for the hours that she prefers', () => {
    const inManila = known({ customer: customerWith({ timeZone: 'Asia/Manila' }) });
    const evening = Date.parse('2026-11-30T14:00:00Z');
    expect(asked(inManila, { quietHours: { from: '21:00', to: '08:00' } }, evening)).toEqual({ later: Date.parse('2026-12-01T00:00:00Z') });
    const picky = known({ customer: customerWith({ preferences: { hours: { from: '12:00', to: '13:00' } } }) });
    expect(asked(picky)).toEqual({ later: Date.parse('2026-11-30T12:00:00Z') });
  });

  it('is due at the same wall time everywhere, and missed where that is too long ago', () => {
    const at = { localTime: '10:00', maxLatenessMinutes: 60 };
    const where = (timeZone: string) => known({ customer: customerWith({ timeZone }) });
    expect(asked(where('America/New_York'), at)).toEqual({ later: Date.parse('2026-11-30T15:00:00Z') });
    expect(asked(where('Asia/Tokyo'), at)).toEqual({ later: Date.parse('2026-12-01T01:00:00Z') });
    expect(asked(where('UTC'), at, now + 3_600_000)).toEqual({ send: 'ana@example.com' });
    expect(asked(where('UTC'), at, now + 2 * 3_600_000 + 60_000)).toEqual({ skip: 'missed' });
  });
});

it('moves a wall time that does not exist forward, and takes the first of one that comes twice', () => {
  expect(iso(nextWallTime(Date.parse('2026-03-28T12:00:00Z'), '02:30', 'Europe/Berlin'))).toBe('2026-03-29T01:30:00.000Z');
  expect(iso(nextWallTime(Date.parse('2026-10-24T12:00:00Z'), '02:30', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z');
});

const shard = (number: number, said: Partial<Shard> = {}): Shard =>
  Shard.parse({ campaignId, occurrence: 'wave-1', number, state: 'idle', released: 0, version: 1, ...said });
const tally = (number: number, states: Counts['states']): Tally => ({
  campaignId,
  occurrence: 'wave-1',
  number,
  counts: Counts.parse({ total: Object.values(states).reduce((sum, n) => sum + (n ?? 0), 0), states }),
  lastDueAt: null,
  asOf: iso(now),
  seen: 1,
  version: 1,
});

describe('the driver', () => {
  it('lets a few shards go at once', () => {
    const seen = [0, 1, 2, 3].map((number) => ({ shard: shard(number), tally: tally(number, { pending: 10 }) }));
    expect(releases(seen, { covered: null, lanes: 2, now })).toEqual({
      wake: [
        { number: 0, released: null },
        { number: 1, released: null },
      ],
      exhausted: false,
    });
  });

  it('releases what the budget covers and no more, and says when it is used up', () => {
    const seen = [0, 1].map((number) => ({ shard: shard(number), tally: tally(number, { pending: 8, skipped: 2 }) }));
    expect(releases(seen, { covered: 11, lanes: 8, now }).wake).toEqual([
      { number: 0, released: null },
      { number: 1, released: 3 },
    ]);
    const spent = [
      { shard: shard(0, { state: 'done', released: null }), tally: tally(0, { sent: 8, skipped: 2 }) },
      { shard: shard(1, { released: 3 }), tally: tally(1, { sent: 3, pending: 5, skipped: 2 }) },
    ];
    expect(releases(spent, { covered: 11, lanes: 8, now })).toEqual({ wake: [], exhausted: true });
    expect(releases(spent, { covered: 16, lanes: 8, now })).toEqual({ wake: [{ number: 1, released: null }], exhausted: false });
  });

  it('stops at the shares of bounces, complaints and errors, from as many messages on as the workspace says', () => {
    const counts = (said: Partial<Counts>) => Counts.parse(said);
    const { guards } = noSending;
    expect(guard(counts({ accepted: 99, bounced: 50 }), null, guards)).toBe(null);
    expect(guard(counts({ accepted: 100, bounced: 5 }), null, guards)).toBe(null);
    expect(guard(counts({ accepted: 100, bounced: 6 }), null, guards)).toBe('bounces');
    expect(guard(counts({ accepted: 999, complained: 5 }), null, guards)).toBe(null);
    expect(guard(counts({ accepted: 1_000, complained: 2 }), null, guards)).toBe('complaints');
    expect(guard(counts({ accepted: 70, states: { failed: 30 } }), null, guards)).toBe('errors');
    const excused = { accepted: 100, failed: 0, bounced: 6, complained: 0 };
    expect(guard(counts({ accepted: 150, bounced: 6 }), excused, guards)).toBe(null);
  });

  it('lets a shard rest until the next thing in it is due, and be done when nothing is left', () => {
    const live = woken(shard(0, { released: null }), now);
    expect(walked(live, { cursor: 'TO#x', passed: 50, left: 0, nextAt: null }, now)).toMatchObject({ state: 'live', passed: 50 });
    expect(walked(live, { cursor: null, passed: 50, left: 2, nextAt: iso(now + 5) }, now)).toMatchObject({
      state: 'idle',
      wakeAt: iso(now + 5),
      unfinished: 2,
    });
    expect(walked(live, { cursor: null, passed: 50, left: 0, nextAt: null }, now)).toMatchObject({ state: 'done', leaseUntil: null });
  });

  it('counts a run that ended each minute while deliveries pour in, then less and less often', () => {
    const progress = Progress.parse({ campaignId: `cmp_${'0'.repeat(26)}`, occurrence: '20261201T0100Z', aftercare: 1, version: 1 });
    const minutes = (count: number) => now + count * 60_000;
    expect(looked(progress, { changed: true, endedAt: now, now: minutes(3) })).toEqual({ progress, wakeAt: minutes(4) });
    const next = { ...progress, aftercare: 2 };
    expect(looked(progress, { changed: false, endedAt: now, now: minutes(3) })).toEqual({ progress: next, wakeAt: minutes(10) });
    expect(looked(progress, { changed: true, endedAt: now, now: minutes(11) })).toMatchObject({ progress: next });
    expect(looked({ ...progress, aftercare: 7 }, { changed: false, endedAt: now, now: minutes(20_000) })).toMatchObject({ wakeAt: null });
  });
});
