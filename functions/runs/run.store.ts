import { auditAction } from '../admin/audit.ts';
import type { Ctx } from '../context.ts';
import { customerEntity, directoryRow } from '../customers/customer.entity.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { filteredPage } from '../table/walk.ts';
import { reopenRun } from './moves.ts';
import { countsAndRun, planEntity, progressEntity, runEntity, runOfKey, runPartition, runsOf, tallyEntity } from './run.entity.ts';
import { type RunKey, runIdOf } from './run.ts';
import { replacing } from './run-rows.ts';
import { type RunView, type SendView, shownRun, shownSend } from './run-view.ts';
import { sendEntity } from './send.entity.ts';
import { placeOf, resent, type Send, type SendState } from './send.ts';
import { pageOfShard, type SendPosition } from './send-pages.ts';
import { wakeShard } from './wake.ts';

/** Runs and their sends, as a member sees and moves them. */
type Reader = Pick<Ctx, 'table' | 'tenant' | 'now'>;

/** A run with its counts: 1 R for ten shards, 2 R for the rest. Throws `not_found`. */
export async function runView({ table, tenant, now }: Reader, key: RunKey): Promise<RunView> {
  const [items, [plan, progress]] = await Promise.all([
    table.queryAll({ pk: runPartition(tenant, key), range: countsAndRun, strong: true }),
    table.getMany([planEntity.key(tenant, key), progressEntity.key(tenant, key)]),
  ]);
  const run = items.find(({ sk }) => sk === 'META');
  if (!run || !plan) return missing();
  return shownRun(
    {
      run: runEntity.decode(run),
      plan: planEntity.decode(plan),
      progress: progress && progressEntity.decode(progress),
      tallies: items.filter(({ sk }) => sk.startsWith('COUNT#')).map((item) => tallyEntity.decode(item)),
    },
    now,
  );
}

type Listed = { limit: number; cursor?: string | undefined };

/** One page of a campaign's runs, the newest first. */
export async function runPage(ctx: Ctx, campaignId: string, { limit, cursor }: Listed) {
  const expected = { tenant: ctx.tenant, list: listHash('runs', campaignId), at: ctx.now };
  const pk = runsOf(ctx.tenant, campaignId);
  const { data, examined, lastKey } = await filteredPage<RunView>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => ctx.table.query({ index: 'gsi3', pk, newestFirst: true, limit: atMost, after }),
    rowsOf: (items) => Promise.all(items.map((item) => runView(ctx, runOfKey(item)))),
    keyOf: ({ pk: ownPk, sk, gsi3pk, gsi3sk }) => ({ pk: ownPk, sk, gsi3pk, gsi3sk }),
  });
  return {
    data,
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}

type Asked = Listed & { state?: SendState | undefined; reason?: string | undefined };

/** One page of a run's sends, shard by shard; what the filter leaves out was looked at. */
export async function sendPage(ctx: Ctx, key: RunKey, asked: Asked) {
  const { limit, cursor, state, reason } = asked;
  const row = (await ctx.table.get(runEntity.key(ctx.tenant, key))) ?? missing();
  const { shards } = runEntity.decode(row);
  const expected = { tenant: ctx.tenant, list: listHash('sends', key, state, reason), at: ctx.now };
  const passes = (send: Send) => (!state || send.state === state) && (!reason || send.reason === reason);
  const { data, examined, lastKey } = await filteredPage<Item>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => pageOfShard(ctx, key, { shards, atMost, from: (after as SendPosition | undefined) ?? { shard: 0 } }),
    rowsOf: async (items) => items.map((item) => (passes(sendEntity.decode(item)) ? item : undefined)),
    keyOf: ({ pk, sk }) => ({ shard: Number(pk.slice(-2)), pk, sk }) satisfies SendPosition,
  });
  return {
    data: await named(ctx, data),
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}

/** Sends with their customers' names, as far as the caller may see these. */
async function named(ctx: Ctx, items: readonly Item[]): Promise<SendView[]> {
  const sends = items.map((item) => ({ send: sendEntity.decode(item), shard: Number(item.pk.slice(-2)) }));
  const rows = await ctx.table.getMany(sends.map(({ send }) => customerEntity.key(ctx.tenant, send.customerId)));
  return Promise.all(
    sends.map(async ({ send, shard }, at) => {
      const row = rows[at];
      const customer = row && directoryRow({ ...row, pk: row.pk });
      const seen = customer !== undefined && (await ctx.reaches('customers', 'read', customer.ownerId));
      return shownSend(send, { shard, name: seen ? customer.name : null });
    }),
  );
}

/** Has an unresolved message sent again: it waits, its shard is woken, a run that was over goes on. Throws `not_found`, `wrong_state`. */
export async function resend(ctx: Ctx, key: RunKey, sendId: string): Promise<SendView> {
  const { table, tenant } = ctx;
  const place = placeOf({ run: `${key.campaignId}-${key.occurrence}`, shard: sendId.slice(0, 2), send: sendId.slice(3) });
  if (!place || !('run' in place)) return missing();
  const item = (await table.get(sendEntity.key(tenant, place))) ?? missing();
  const to = resent(sendEntity.decode(item));
  const { action, held } = replacing(ctx, sendEntity, { id: place, from: item, to });
  const { memberId, via } = ctx.actor;
  const act = auditAction(tenant, {
    at: ctx.now,
    entity: 'run',
    rowId: runIdOf(tenant, key),
    actorId: memberId,
    via,
    requestId: ctx.requestId,
    action: 'changed',
    changes: [{ field: 'send', from: 'unresolved', to: sendId }],
    what: sendId,
  });
  try {
    await table.commit([action, act]);
  } catch (error) {
    throw error instanceof GuardError ? new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error) : error;
  }
  await wakeShard(ctx, key, place.shard);
  await reopenRun(ctx, key);
  const [shown] = await named(ctx, [held.item]);
  return shown ?? missing();
}
