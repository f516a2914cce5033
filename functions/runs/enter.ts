import { campaignEntity } from '../campaigns/campaign.entity.ts';
import { CrmError } from '../kernel/errors.ts';
import type { Action, Item } from '../table/entity.ts';
import { type EntryKey, entryEntity } from './entry.entity.ts';
import { joinCampaign } from './join.ts';
import type { Worker } from './run-rows.ts';
import type { Time } from './walk.ts';

/**
 * How a customer enters a triggered campaign: an entry is written with what leads to it, is due at once, and goes when she has joined the
 * campaign's open run. Whoever dies in between leaves an entry that the sweep finds; whoever comes twice finds her there.
 */

const tries = 6;
/** What led to an entry is no older than this when she joins. */
const latestMs = 48 * 3_600_000;

type Entering = EntryKey & { since: string };

/** The action that has her wait to enter, for somebody's own commit; `there` is the entry's row as it was read. 2 W. */
export function entryActions({ tenant, stamp, iso }: Pick<Worker, 'tenant' | 'stamp' | 'iso'>, entering: Entering, there?: Item): Action[] {
  if (!there) return entryEntity.create(tenant, entering, { ...entering, at: iso, version: 1 }, stamp);
  const before = entryEntity.decode(there);
  const since = before.since > entering.since ? before.since : entering.since;
  return since === before.since ? [] : entryEntity.update(tenant, entering, { from: there, to: { ...before, since } }, stamp);
}

/** Has her wait to enter, once for all that leads to it meanwhile. 1 R and 2 W. */
export async function waitToEnter(worker: Pick<Worker, 'table' | 'tenant' | 'stamp' | 'iso'>, entering: Entering): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const there = await worker.table.get(entryEntity.key(worker.tenant, entering));
    if ((await worker.table.attempt(entryActions(worker, entering, there))).length === 0) return;
  }
  throw new Error('an entry is written by others again and again');
}

/** An entry that is due: she joins, or does not belong there. One whose run is just being opened stays due, and is told again by the sweep. */
export async function enter(worker: Worker, key: EntryKey, time: Time): Promise<void> {
  const { table, tenant, now } = worker;
  const [item, row] = await table.getMany([entryEntity.key(tenant, key), campaignEntity.key(tenant, key.campaignId)], { strong: true });
  if (!item) return;
  const { since, version } = entryEntity.decode(item);
  const isLate = Date.parse(since) < now - latestMs;
  const joining = row && !isLate ? { campaign: campaignEntity.decode(row), customerId: key.customerId, since } : undefined;
  const joined = joining ? await joinCampaign(worker, joining, time).catch(nobodyAsked) : 'outside';
  if (joined === 'not_open') return;
  // Where another event came meanwhile, the entry stays for it.
  await table.attempt([{ remove: entryEntity.key(tenant, key), guard: { version } }]);
}

/** A segment or a field that is no more: nobody is of such an audience. */
function nobodyAsked(error: unknown): 'outside' {
  if (error instanceof CrmError && (error.code === 'not_found' || error.code === 'filter_not_served')) return 'outside';
  throw error;
}
