import { agentIn } from '../../functions/agent.ts';
import { campaignEntity } from '../../functions/campaigns/campaign.entity.ts';
import { Campaign } from '../../functions/campaigns/campaign.ts';
import { consentEntity, customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { occurrenceAt } from '../../functions/runs/run.ts';
import { startRun } from '../../functions/runs/start.ts';
import type { Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';

/** Customers with an e-mail and consent, and a campaign to them, written through the entities: for tests of what a run does. */
type Place = { tenant: string; now: number };

const text = { subject: 'News for {{customer.name}}', body: 'Dear {{customer.name}}\n\nThere is news.' };

/** `many` customers; the address of each is `<prefix><n>@people.example` unless `addressOf` says otherwise. */
export async function peopleIn(
  { tenant, now }: Place,
  many: number,
  said: { addressOf?: (n: number) => string; phoneOf?: (n: number) => string; topic?: string; timeZone?: string } = {},
): Promise<string[]> {
  const { addressOf = (n: number) => `reader${n}@people.example`, phoneOf, topic = 'news', timeZone = 'UTC' } = said;
  const table = tableOf(tenant, now);
  const newId = idMaker(() => now);
  const stamp = { by: null, via: 'key', requestId: null, now };
  const ids: string[] = [];
  for (let start = 0; start < many; start += 500) {
    const rows: Item[] = [];
    for (let n = start; n < Math.min(many, start + 500); n++) {
      const id = newId('cus', now - many + n);
      ids.push(id);
      const input = CustomerInput.parse({
        kind: 'person',
        name: `Reader ${n}`,
        tags: ['readers'],
        timeZone,
        emails: [{ address: addressOf(n), primary: true }],
        ...(phoneOf && { phones: [{ number: phoneOf(n), type: 'mobile', primary: true }] }),
      });
      const customer = newCustomer(input, { id, via: 'key', country: 'PH', now: isoOf(now) });
      const consent = {
        customerId: id,
        channel: 'email' as const,
        topic,
        status: 'granted' as const,
        source: 'form',
        evidence: null,
        at: isoOf(now),
        version: 1,
      };
      const made = [...customerEntity.create(tenant, id, customer, stamp), ...consentEntity.create(tenant, consent, consent, stamp)];
      for (const action of made) if ('put' in action) rows.push(quiet(action.put));
    }
    await table.writeMany(rows.map((put) => ({ put })));
  }
  return ids;
}

/** Without its type no consumer of the stream wakes: thousands of customers need no search words here. */
const quiet = ({ e: _, ...item }: Item): Item => item as Item;

/** An active campaign by e-mail, to everybody unless `said` says otherwise. */
export async function campaignIn({ tenant, now }: Place, name: string, said: Partial<Campaign> = {}): Promise<Campaign> {
  const table = tableOf(tenant, now);
  const id = idMaker(() => now)('cmp');
  const campaign = Campaign.parse({
    id,
    name,
    state: 'active',
    channel: 'email',
    audience: { include: [{ where: { field: 'createdAt', op: 'exists', value: true } }] },
    content: { topic: 'news', fallbackLanguage: 'en', variants: [{ key: 'A', texts: { en: text } }] },
    schedule: { kind: 'once', at: isoOf(now), zone: 'UTC' },
    budget: { planned: { amount: '1000', currency: 'PHP' } },
    quietHours: { from: '00:00', to: '00:00' },
    createdAt: isoOf(now),
    updatedAt: isoOf(now),
    version: 1,
    ...said,
  });
  await table.commit(campaignEntity.create(tenant, id, campaign, { by: null, via: 'key', requestId: null, now }));
  return campaign;
}

/** Begins a run of a campaign now. */
export async function runOf({ tenant, now }: Place, campaign: Campaign, occurrence = occurrenceAt(now)) {
  const agent = await agentIn(tenant, { now, requestId: 'test' });
  if (!agent) throw new Error('the workspace is not active');
  return startRun(agent, { campaign, occurrence, at: now });
}
