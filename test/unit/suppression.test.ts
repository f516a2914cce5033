import { describe, expect, it } from 'vitest';
import { readContent, writeContent } from '../../functions/preferences/link.ts';
import { withEmailState } from '../../functions/suppressions/holders.ts';
import { addressHash, isSuppressed, suppressAction, suppressionEntity } from '../../functions/suppressions/suppression.entity.ts';
import { again, bars, hintOf, lifted, type Suppression } from '../../functions/suppressions/suppression.ts';

const stamp = { by: null, via: 'rule', requestId: 'r1', now: Date.parse('2026-11-30T04:00:00Z') };
const suppression: Suppression = {
  id: 'sup_0000000000000000000000',
  channel: 'email',
  reason: 'complaint',
  hint: 'a…@example.com',
  note: null,
  at: '2026-11-30T04:00:00.000Z',
  liftedAt: null,
  liftReason: null,
  version: 1,
};

describe('a suppressed address', () => {
  it('is the same in every spelling that reaches the same mailbox or phone', () => {
    const same = [' Ana@Example.COM', 'ana@example.com', 'ANA@EXAMPLE.com '].map((address) => addressHash('email', address));
    expect(new Set(same).size).toBe(1);
    expect(addressHash('email', 'ana@bücher.example')).toBe(addressHash('email', 'ana@xn--bcher-kva.example'));
    expect(addressHash('sms', '+63 917 555-0100')).toBe(addressHash('sms', '+639175550100'));
    expect(addressHash('email', 'anna@example.com')).not.toBe(same[0]);
  });

  it('is shown by a hint that nobody can write to', () => {
    expect(hintOf('ana@example.com')).toBe('a…@example.com');
    expect(hintOf('+639175550100')).toBe('…0100');
  });

  it('bars until it is lifted, and again when it is suppressed anew', () => {
    const free = lifted(suppression, { at: '2026-12-01T00:00:00.000Z', reason: 'She wrote that it was a mistake' });
    expect([bars(suppression), bars(free), bars(undefined)]).toEqual([true, false, false]);
    const next = again(free, { reason: 'hard_bounce', note: null, at: '2026-12-02T00:00:00.000Z', hint: free.hint });
    expect(next).toMatchObject({ reason: 'hard_bounce', liftedAt: null, liftReason: null });
    expect(() => lifted(free, { at: free.at, reason: 'twice' })).toThrow(/lifted before/);
  });

  it('is written without a read, and never holds the address', () => {
    const action = suppressAction('batis001', {
      channel: 'email',
      address: 'Ana.Trujillo@example.com',
      reason: 'hard_bounce',
      at: suppression.at,
      stamp,
    });
    expect(JSON.stringify(action)).not.toMatch(/trujillo/i);
    expect(action).toMatchObject({ add: { v: 1 }, set: { e: 'suppression', r: 'hard_bounce', vi: 'rule', li: null, lr: null } });
  });

  it('reads as barring exactly while it is not lifted', () => {
    const rowOf = (row: Suppression) => (suppressionEntity.create('batis001', row, row, stamp)[0] as unknown as { put: never }).put;
    expect(isSuppressed(rowOf(suppression))).toBe(true);
    expect(isSuppressed(rowOf(lifted(suppression, { at: suppression.at, reason: 'by mistake' })))).toBe(false);
    expect(isSuppressed(undefined)).toBe(false);
  });
});

describe('the state of an e-mail', () => {
  const hash = (address: string) => addressHash('email', address);
  const customer = {
    emails: [
      { address: 'Ana@Example.com', label: null, primary: true, state: 'ok' },
      { address: 'other@example.com', label: null, primary: false, state: 'ok' },
    ],
  } as never;

  it('changes for the address that bounced and no other', () => {
    expect(withEmailState(customer, hash('ana@example.com'), 'bounced').emails.map(({ state }) => state)).toEqual(['bounced', 'ok']);
  });

  it('makes no new version where nothing changes', () => {
    expect(withEmailState(customer, hash('ana@example.com'), 'ok')).toBe(customer);
    expect(withEmailState(customer, hash('nobody@example.com'), 'bounced')).toBe(customer);
  });
});

describe('the content of an unsubscribe link', () => {
  const link = {
    customerId: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
    channel: 'email' as const,
    addressHash: addressHash('email', 'ana@example.com'),
    topic: 'ข่าวสาร',
    send: { run: 'cmp_01J9Z3T8Q4V6N2K7M5R0B1C2D3-20261130T0400Z', shard: '3', send: 'email-abcdefghijklmnopqrstuvwxyz' },
  };

  it('says the same after a round trip, whatever the language of the topic', () => {
    for (const each of [link, { ...link, topic: null, send: null }, { ...link, channel: 'sms' as const }])
      expect(readContent(writeContent(each))).toEqual(each);
  });

  it('is nothing where it was made up', () => {
    for (const made of ['', 'AAAA', 'x'.repeat(600), Buffer.from(`e${'A'.repeat(52)}`).toString('base64url')])
      expect(readContent(made)).toBeUndefined();
  });
});
