import type * as z from 'zod';
import type { Ctx } from '../context.ts';
import { CrmError, invalid } from '../kernel/errors.ts';
import { GuardError } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { collection, consentEntity } from './customer.entity.ts';
import type { Consent, ConsentInput } from './customer.ts';

/** What a customer has permitted, per channel and topic: the newest word with its evidence; earlier ones are in the history. */
export async function consentsOf(ctx: Ctx, customerId: string): Promise<Consent[]> {
  await ctx.customers.get(customerId);
  const rows = await ctx.table.queryAll({ pk: collection(ctx.tenant, customerId), range: startingWith('CON#'), strong: true });
  return rows.map((row) => consentEntity.decode(row));
}

/** Records that a customer grants or withdraws permission. An older word never replaces a newer one. */
export async function recordConsent(
  ctx: Ctx,
  id: Pick<Consent, 'customerId' | 'channel' | 'topic'>,
  input: z.output<typeof ConsentInput>,
): Promise<Consent> {
  const customer = await ctx.customers.get(id.customerId, 'write');
  if (customer.archivedAt) throw new CrmError('already_archived');
  const isTopic = () => id.topic === 'transactional' || ctx.workspace.consentTopics.includes(id.topic);
  if (!isTopic()) await ctx.reread();
  if (!isTopic()) throw invalid('/params/topic', 'unknown_topic', 'not a topic of this workspace');
  const { at = ctx.iso, ...said } = input;
  if (Date.parse(at) > ctx.now + 60_000) throw invalid('/at', 'in_future', 'a consent has been given or withdrawn');
  return keepConsent(ctx, id, { ...said, at });
}

/** Writes a word that was said, unless a newer one is there. 1 W after 1 R. */
export async function keepConsent(
  { table, tenant, stamp }: Pick<Ctx, 'table' | 'tenant' | 'stamp'>,
  id: Pick<Consent, 'customerId' | 'channel' | 'topic'>,
  said: Pick<Consent, 'status' | 'source' | 'evidence' | 'at'>,
): Promise<Consent> {
  for (let attempt = 0; attempt < 6; attempt++) {
    const item = await table.get(consentEntity.key(tenant, id));
    const before = item && consentEntity.decode(item);
    if (before && before.at > said.at) return before;
    const next: Consent = { ...id, ...said, version: (before?.version ?? 0) + 1 };
    const actions = item
      ? consentEntity.update(tenant, id, { from: item, to: next }, stamp)
      : consentEntity.create(tenant, id, next, stamp);
    try {
      await table.commit(actions);
      return next;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}
