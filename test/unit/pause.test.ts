import { describe, expect, it } from 'vitest';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { withWishes } from '../../functions/preferences/preferences.ts';
import { decide, SendRules } from '../../functions/runs/decide.ts';

const now = Date.parse('2026-11-30T04:00:00Z');
const her = newCustomer(CustomerInput.parse({ kind: 'person', name: 'Ana', emails: [{ address: 'ana@example.com' }] }), {
  id: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3',
  via: 'person',
  country: 'PH',
  now: '2026-11-30T04:00:00Z',
});
const consent = {
  customerId: her.id,
  channel: 'email',
  topic: 'news',
  status: 'granted',
  source: 'counter',
  evidence: null,
  at: '2026-11-01T00:00:00Z',
  version: 1,
} as const;
const asked = (pauseDays: number, topic: string, at = now) => {
  const customer = withWishes(her, { topics: [], pauseDays }, now);
  const said = { suppressed: undefined, cap: undefined, lastSentAt: undefined, wasInLastRun: false };
  const known = { customer, consent, ...said, control: false, heldOutUntil: undefined };
  return decide(known, SendRules.parse({ channel: 'email', topic }), { now: at, scheduledAt: at, zone: 'Asia/Manila' });
};

describe('a pause that a recipient asked for', () => {
  it('keeps campaigns from her until it is over', () => {
    expect(asked(30, 'news')).toEqual({ skip: 'opted_out_channel' });
    expect(asked(30, 'news', now + 31 * 86_400_000)).toEqual({ send: 'ana@example.com' });
    expect(asked(0, 'news')).toEqual({ send: 'ana@example.com' });
  });

  it('keeps nothing from her that she needs to know', () => {
    expect(asked(30, 'transactional')).toEqual({ send: 'ana@example.com' });
  });

  it('changes nothing of her where nothing was said', () => {
    expect(withWishes(her, { topics: [] }, now)).toBe(her);
  });
});
