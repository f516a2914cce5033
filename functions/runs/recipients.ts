import type { Campaign } from '../campaigns/campaign.ts';
import { recipientsOf } from '../campaigns/campaign.ts';
import { creationPartition, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import type { Item } from '../table/entity.ts';
import type { Plan } from './plan.ts';
import { runEntity } from './run.entity.ts';
import type { RunKey } from './run.ts';
import type { Worker } from './run-rows.ts';
import { sendEntity, sendPartition, sendRange } from './send.entity.ts';
import type { Send } from './send.ts';

/** Whom a run goes to, page after page, from a cursor on: the audience, or those of an earlier run who did not react. */
export type Page = { customers: { id: string; row: Item }[]; examined: number; cursor: string | null };

/** Customers of a page: what is put within a fraction of the driver's lease. */
const pageSize = 500;

export function recipientPages(worker: Worker, { plan, run }: { plan: Plan; run: RunKey }, cursor: string | null): AsyncGenerator<Page> {
  const campaign = plan.campaign as unknown as Campaign;
  const whom = recipientsOf(campaign, run.occurrence);
  return 'of' in whom
    ? silentOnes(worker, { campaignId: run.campaignId, occurrence: whom.of }, { who: whom.who, cursor })
    : everybody(worker, cursor);
}

async function* everybody(worker: Worker, from: string | null): AsyncGenerator<Page> {
  const { table, tenant } = worker;
  let after = from === null ? undefined : (JSON.parse(from) as Record<string, unknown>);
  do {
    const page = await table.query({ index: 'gsi3', pk: creationPartition(tenant), limit: pageSize, after });
    const rows = await table.getMany(page.items.map((item) => customerEntity.key(tenant, customerIdOf(item))));
    after = page.lastKey;
    yield {
      customers: rows.flatMap((row) => (row ? [{ id: customerIdOf(row), row }] : [])),
      examined: page.items.length,
      cursor: after ? JSON.stringify(after) : null,
    };
  } while (after);
}

type Position = { shard: number; after: string | null };
type Asked = { who: 'not_clicked' | 'not_replied' | 'not_answered'; cursor: string | null };

/** Those whom the earlier run reached and who did not react, shard by shard. */
async function* silentOnes(worker: Worker, parent: RunKey, { who, cursor }: Asked): AsyncGenerator<Page> {
  const { table, tenant } = worker;
  const item = await table.get(runEntity.key(tenant, parent));
  const shards = item ? runEntity.decode(item).shards : 0;
  let at: Position = cursor ? (JSON.parse(cursor) as Position) : { shard: 0, after: null };
  while (at.shard < shards) {
    const pk = sendPartition(tenant, { run: parent, shard: at.shard });
    const after = at.after === null ? undefined : { pk, sk: at.after };
    const page = await table.query({ pk, range: sendRange, limit: pageSize, after, strong: true });
    const sends = page.items.map((row) => sendEntity.decode(row)).filter((send) => reached(send) && !reacted(send, who));
    const rows = await table.getMany(sends.map(({ customerId }) => customerEntity.key(tenant, customerId)));
    at = page.lastKey ? { shard: at.shard, after: String(page.lastKey.sk) } : { shard: at.shard + 1, after: null };
    yield {
      customers: rows.flatMap((row) => (row ? [{ id: customerIdOf(row), row }] : [])),
      examined: page.items.length,
      cursor: at.shard < shards ? JSON.stringify(at) : null,
    };
  }
}

const reached = ({ state }: Send) => state === 'sent' || state === 'delivered';
const reacted = (send: Send, who: Asked['who']) => (who === 'not_clicked' ? send.clickedAt !== null : false);
