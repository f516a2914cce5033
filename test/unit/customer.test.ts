import { expect, it } from 'vitest';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer, patched } from '../../functions/customers/make.ts';

const defaults = { country: 'PH', now: '2026-01-01T00:00:00.000Z' };
const id = 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3';
const ana = newCustomer(CustomerInput.parse({ kind: 'person', name: 'Ana', emails: [{ address: 'ana@batis.example' }] }), {
  ...defaults,
  id,
  via: 'person',
});

it('an address that bounced is one that bounced, in whatever capitals it is written anew', () => {
  const bounced = { ...ana, emails: [{ ...ana.emails[0]!, state: 'bounced' as const }] };
  const [email] = patched(bounced, { emails: [{ address: 'Ana@Batis.example', label: 'home', primary: false }] }, defaults).emails;
  expect(email).toEqual({ address: 'Ana@Batis.example', label: 'home', primary: false, state: 'bounced' });
});

it('the same mailbox stands once in a customer', () => {
  const twice = {
    emails: ['ana@xn--bcher-kva.example', 'ANA@bücher.example'].map((address) => ({ address, label: null, primary: false })),
  };
  expect(() => patched(ana, twice, defaults)).toThrow(
    expect.objectContaining({ details: { errors: [expect.objectContaining({ pointer: '/emails/1' })] } }),
  );
});
