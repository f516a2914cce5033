import { describe, expect, it } from 'vitest';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { Interaction } from '../../functions/interactions/interaction.ts';
import { idFrom, ulidAt } from '../../functions/kernel/ids.ts';
import { bytesOf } from '../../local/demo/random.ts';
import { story } from '../../local/demo/story.ts';

const start = new Date('2026-11-22T06:30:00Z');
const told = story('batis', start);
const stamp = { by: idFrom('mem', 'x'), via: 'key', requestId: 'a8f1c2d3-0000-4000-8000-0123456789ab', now: start.getTime() };
const tenant = 'batis001';
const idOf = (key: string) => `cus_${ulidAt(start.getTime(), bytesOf(key))}`;

const customers = told.customers.map(({ key, record, companyKey }) => {
  const input = CustomerInput.parse({
    ...record,
    ownerId: stamp.by,
    externalKeys: [{ source: 'batis', id: key }],
    ...(companyKey && { companyId: idOf(companyKey) }),
  });
  return newCustomer(input, { id: idOf(key), via: 'key', country: 'PH', now: start.toISOString() });
});
const itemsOf = (actions: unknown[]) => actions.map((action) => (action as { put: Record<string, unknown> }).put);
const bytes = (item: object) =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(JSON.stringify(value)), 0);

describe('the story as rows', () => {
  it('gives every customer back as she was stored', () => {
    for (const customer of customers) {
      const [row] = itemsOf(customerEntity.create(tenant, customer.id, customer, stamp));
      expect(customerEntity.decode(row as never)).toEqual(customer);
    }
  });

  it('gives every interaction back as it was stored, most of them within 600 bytes', () => {
    const sizes = told.interactions.map(({ customerKey, workspace: _, memberSub: __, ...one }) => {
      const interaction = Interaction.parse({ ...one, customerId: idOf(customerKey), memberId: stamp.by, version: 1 });
      const [row] = itemsOf(interactionEntity.create(tenant, interaction, interaction, stamp));
      expect(interactionEntity.decode(row as never)).toEqual(interaction);
      return bytes(row!);
    });
    const sorted = sizes.sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.8)]).toBeLessThanOrEqual(600);
    expect(sorted.at(-1)).toBeLessThanOrEqual(1024);
  });
});
