import type { Campaign, Wave } from '../campaigns/campaign.ts';
import { recipientsOf } from '../campaigns/campaign.ts';
import { customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { conversionsOf } from '../reports/conversions.ts';
import { unanswered } from '../responses/by-run.ts';
import { type AudiencePage, audiencePages } from '../segments/audience.ts';
import { estimateAudience } from '../segments/estimate.ts';
import { readMany } from '../segments/matching.ts';
import { campaignActivity, reactionKey } from './activity.ts';
import type { Plan } from './plan.ts';
import { runEntity } from './run.entity.ts';
import type { RunKey } from './run.ts';
import type { Worker } from './run-rows.ts';
import { sendEntity, sendPartition, sendRange } from './send.entity.ts';
import type { Send } from './send.ts';
import type { Sealing } from './snapshot.ts';

/** Whom a run goes to, page after page, from a cursor on: the audience, or those of an earlier run who did not react. */

export type RecipientPage = Omit<AudiencePage, 'customers'> & { customers: Sealing[] };

/** Customers of a page: what is put within a fraction of the driver's lease. */
const pageSize = 500;

/** About how many a run goes to, rather too many: its shards are as many as that asks for. */
export async function expected(worker: Worker, { plan, run }: { plan: Plan; run: RunKey }): Promise<number> {
  const whom = recipientsOf(plan.campaign as unknown as Campaign, run.occurrence);
  if ('audience' in whom) return (await estimateAudience(worker, whom.audience)).high;
  const parent = await worker.table.get(runEntity.key(worker.tenant, { campaignId: run.campaignId, occurrence: whom.of }));
  return parent ? (runEntity.decode(parent).recipients ?? 0) : 0;
}

export function recipientPages(
  worker: Worker,
  { plan, run }: { plan: Plan; run: RunKey },
  cursor: string | null,
): AsyncGenerator<RecipientPage> {
  const campaign = plan.campaign as unknown as Campaign;
  const whom = recipientsOf(campaign, run.occurrence);
  return 'of' in whom
    ? silentOnes(worker, { campaignId: run.campaignId, occurrence: whom.of }, { plan, who: whom.who, cursor })
    : audiencePages(worker, whom.audience, { cursor, pageSize });
}

type Position = { shard: number; after: string | null };
type Asked = { plan: Plan; who: Wave['who']; cursor: string | null };

/** Those whom the earlier run reached and who did not react, shard by shard. */
async function* silentOnes(worker: Worker, parent: RunKey, { plan, who, cursor }: Asked): AsyncGenerator<RecipientPage> {
  const { table, tenant } = worker;
  const item = await table.get(runEntity.key(tenant, parent));
  const shards = item ? runEntity.decode(item).shards : 0;
  let at: Position = cursor ? (JSON.parse(cursor) as Position) : { shard: 0, after: null };
  while (at.shard < shards) {
    const pk = sendPartition(tenant, { run: parent, shard: at.shard });
    const after = at.after === null ? undefined : { pk, sk: at.after };
    const page = await table.query({ pk, range: sendRange, limit: pageSize, after, strong: true });
    const got = page.items.map((row) => sendEntity.decode(row)).filter(reached);
    const reacted = await reactions(worker, got, { campaignId: parent.campaignId, who });
    const silent = got.filter(({ customerId }) => !reacted.has(customerId));
    // The answers themselves are the truth; the fact of an answer comes a moment later.
    const sends = who === 'not_answered' ? await unanswered(worker, { plan, run: parent }, silent) : silent;
    const rows = await table.getMany(sends.map(({ customerId }) => customerEntity.key(tenant, customerId)));
    at = page.lastKey ? { shard: at.shard, after: String(page.lastKey.sk) } : { shard: at.shard + 1, after: null };
    yield {
      customers: rows.flatMap((row, index) => (row ? [{ id: customerIdOf(row), row, parts: sends[index]?.parts ?? null }] : [])),
      examined: page.items.length,
      cursor: at.shard < shards ? JSON.stringify(at) : null,
    };
  }
}

const reached = ({ state }: Send) => state === 'sent' || state === 'delivered';

type Reacting = { campaignId: string; who: Wave['who'] };
/** No answer to a message counts for longer. */
const longestDays = 366;

/** Those who reacted since the message: by a click of it, by anything that came in from them, or by answering what it asked. */
async function reactions(worker: Worker, sends: readonly Send[], { campaignId, who }: Reacting): Promise<Set<string>> {
  if (who === 'not_clicked') return new Set(sends.flatMap(({ customerId, clickedAt }) => (clickedAt === null ? [] : [customerId])));
  const since = sends.map(({ customerId, sentAt, claimedAt }) => ({ customerId, from: Date.parse(sentAt ?? claimedAt ?? '') || 0 }));
  // As a goal measures it: 0.5 R each, and the timeline of whoever did something since.
  if (who === 'not_replied') return conversionsOf(worker, { metric: { kind: 'replied', channel: null }, withinDays: longestDays }, since);
  const rows = await readMany(
    worker,
    sends.map(({ customerId }) => reactionKey(worker.tenant, customerId, campaignId)),
  );
  const answeredAt = (at: number) => Date.parse(campaignActivity(undefined, rows[at]).answeredAt ?? '') || 0;
  return new Set(since.flatMap(({ customerId, from }, at) => (answeredAt(at) >= from ? [customerId] : [])));
}
