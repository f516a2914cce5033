import { TenantId } from '../admin/workspace.ts';
import { agentIn } from '../agent.ts';
import type { Told } from '../channels/on-topic.ts';
import type { ProviderEvent } from '../channels/provider-event.ts';
import { tableOf } from '../table/tenant.ts';
import { digestOf, over } from './digest-claim.ts';
import { written, zoneOf } from './digest-row.ts';
import { preferencesEntity } from './notification.entity.ts';

/** What readers do later tells nothing new. */
const proves = new Set<ProviderEvent['kind']>(['sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed']);

/**
 * A daily mail whose sender died before he could say that it was sent is settled by the provider's own event. 1 R where it was settled
 * before; 3 R and 3 W where not.
 */
export async function settleDigests(events: readonly ProviderEvent[], told: Told): Promise<void> {
  for (const event of events) {
    const digest = digestOf(event.tags);
    const tenant = TenantId.safeParse(event.tags.tenant);
    if (digest && tenant.success && proves.has(event.kind))
      await settle(tenant.data, { ...digest, wasTaken: event.kind !== 'failed' }, told);
  }
}

type Settling = { memberId: string; token: string; wasTaken: boolean };

async function settle(tenant: string, { memberId, token, wasTaken }: Settling, told: Told): Promise<void> {
  const item = await tableOf(tenant, told.now).get(preferencesEntity.key(tenant, memberId));
  const row = item && preferencesEntity.decode(item);
  if (row?.claim?.token !== token) return;
  const agent = await agentIn(tenant, told);
  if (!agent) return;
  const moment = { zone: zoneOf(agent, await agent.member(memberId)), now: told.now };
  const to = over(row, moment, wasTaken ? row.claim.upTo : row.toldUntil);
  if (!(await written(agent, item, to))) throw new Error('somebody else writes the same preferences');
}
