import type { Ctx } from '../context.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { InteractionInput } from '../interactions/interaction.ts';
import { CrmError, invalid } from '../kernel/errors.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Action } from '../table/entity.ts';
import { followUpEntity } from './follow-up.entity.ts';
import { followUpStore, type Step } from './follow-up.store.ts';
import { type DoneInput, type FollowUp, following, nextReminder, settled } from './follow-up.ts';
import { unsettled } from './make.ts';
import { beforeLastTry, type Retry } from './tries.ts';

/** What is done with a follow-up: done, reopened, put off, cancelled, restored. Everything that an act writes is one commit. */
const open = (followUp: FollowUp): FollowUp => {
  if (followUp.state !== 'open') throw new CrmError('wrong_state', { state: followUp.state });
  return followUp;
};

/** How an interaction came about that says nothing of its direction: what we did goes out. */
const outward = new Set(['email', 'call', 'fax', 'letter', 'visit', 'chat', 'sms']);

/** The interaction that a follow-up became, and what writes it; none where nothing is said of one. 1 R, 2 W in the transaction. */
async function logged(
  ctx: Ctx,
  followUp: FollowUp,
  { outcome, interaction }: DoneInput,
): Promise<{ id: string | null; actions: Action[] }> {
  if (!outcome && !interaction) return { id: null, actions: [] };
  const { customerId } = followUp;
  if (!customerId) {
    if (interaction) throw invalid('/interaction', 'customer_needed', 'nothing is logged where there is no customer');
    return { id: null, actions: [] };
  }
  await ctx.interactions.writable(customerId, 'write');
  const channel = interaction?.channel ?? followUp.channel ?? 'note';
  const said = {
    subject: followUp.title,
    ...Object.fromEntries(Object.entries(interaction ?? {}).filter(([, value]) => value !== null && value !== undefined)),
  };
  const input = InteractionInput.parse({ direction: outward.has(channel) ? 'out' : 'none', ...said, channel, outcome: outcome ?? 'none' });
  const row = { ...(await ctx.interactions.draft(customerId, input)), followUpId: followUp.id };
  return { id: row.id, actions: ctx.interactions.createActions(row) };
}

/** The one that comes after it, and what writes it. Its id follows from this very version, so the same commit twice makes one. 10 W in the transaction. */
function successor(ctx: Ctx, followUp: FollowUp): { id: string | null; actions: Action[] } {
  const next = followUp.nextId ? undefined : following(followUp, ctx.now);
  if (!next) return { id: followUp.nextId, actions: [] };
  const id = idFrom('fup', ctx.tenant, followUp.id, String(followUp.version));
  const row = settled({ ...followUp, ...unsettled(ctx), ...next, id, seriesId: followUp.seriesId, interactionId: null }, ctx.now);
  return { id, actions: followUpEntity.create(ctx.tenant, id, row, ctx.stamp) };
}

/** The follow-up as it is once it is done, with all that is written beside it. */
async function finished(ctx: Ctx, followUp: FollowUp, input: DoneInput): Promise<Step> {
  const interaction = await logged(ctx, open(followUp), input);
  const after = successor(ctx, followUp);
  return {
    next: {
      ...followUp,
      ...{ state: 'done', closedAt: ctx.iso, outcome: input.outcome ?? null, remindAt: null, snoozedUntil: null },
      ...{ loggedId: interaction.id, nextId: after.id },
    },
    others: [...interaction.actions, ...after.actions],
  };
}

/** Done: the interaction it became and the next of its series are written with it. Throws `wrong_state` where it is not open. */
export const done = (ctx: Ctx, id: string, input: DoneInput): Promise<FollowUp> =>
  followUpStore(ctx).change(id, 'write', (followUp) => finished(ctx, followUp, input));

/**
 * Nobody answered: the try is logged, and the call comes again later; after the last one it is done. `retryOf` says how its call list is
 * worked, and throws where it is in none. 1 R more, 8 to 11 W.
 */
export const tryLater = (
  ctx: Ctx,
  id: string,
  { said, retryOf }: { said: DoneInput['interaction']; retryOf: (followUp: FollowUp) => Promise<Retry> },
): Promise<FollowUp> =>
  followUpStore(ctx).change(id, 'write', async (followUp) => {
    const { tries, again } = await retryOf(open(followUp));
    const input: DoneInput = { outcome: 'no_answer', interaction: said };
    const many = (followUp.tries?.many ?? 0) + 1;
    if (many >= tries) return finished(ctx, followUp, input);
    const interaction = await logged(ctx, followUp, input);
    const last = { many, at: ctx.iso, loggedId: interaction.id, dueBefore: followUp.due };
    return { next: settled({ ...followUp, due: again, snoozedUntil: null, tries: last }, ctx.now), others: interaction.actions };
  });

/** Archives the interaction that a follow-up had become, where nobody has archived it. */
async function unlogged(ctx: Ctx, { customerId, loggedId }: FollowUp): Promise<Action[]> {
  if (!customerId || !loggedId) return [];
  const item = await ctx.table.get(interactionEntity.key(ctx.tenant, { customerId, id: loggedId }));
  if (!item) return [];
  const interaction = interactionEntity.decode(item);
  if (interaction.archivedAt) return [];
  return interactionEntity.update(ctx.tenant, interaction, { from: item, to: { ...interaction, archivedAt: ctx.iso } }, ctx.stamp);
}

/** Takes the next of a series back, where nobody has touched it: then there is none to come, else it stays. */
async function withoutSuccessor(ctx: Ctx, { nextId }: FollowUp): Promise<{ nextId: string | null; actions: Action[] }> {
  const item = nextId ? await ctx.table.get(followUpEntity.key(ctx.tenant, nextId)) : undefined;
  if (!nextId || !item) return { nextId: null, actions: [] };
  if (Number(item.v) > 1) return { nextId, actions: [] };
  return { nextId: null, actions: followUpEntity.expire(ctx.tenant, nextId, item, ctx.stamp) };
}

/**
 * Undoes done: open again, what was logged by it archived, the next of its series taken back. Of a call that is open it undoes the last
 * try. Throws `wrong_state` where there is neither.
 */
export const reopen = (ctx: Ctx, id: string): Promise<FollowUp> =>
  followUpStore(ctx).change(id, 'write', async (followUp) => {
    const before = beforeLastTry(followUp);
    if (before)
      return {
        next: settled(before, ctx.now),
        others: await unlogged(ctx, { ...followUp, loggedId: followUp.tries?.loggedId ?? null }),
      };
    if (followUp.state !== 'done') throw new CrmError('wrong_state', { state: followUp.state });
    const after = await withoutSuccessor(ctx, followUp);
    const next = { ...followUp, state: 'open' as const, closedAt: null, outcome: null, loggedId: null, nextId: after.nextId };
    return {
      next: { ...next, remindAt: nextReminder(next, ctx.now) },
      others: [...(await unlogged(ctx, followUp)), ...after.actions],
    };
  });

/** Puts it off until a time, or wakes it. Its due time stays what it was. */
export const snooze = (ctx: Ctx, id: string, until: string | null): Promise<FollowUp> =>
  followUpStore(ctx).change(id, 'write', (followUp): Step => {
    open(followUp);
    if (until !== null && Date.parse(until) <= ctx.now) throw invalid('/until', 'in_past', 'this time has passed');
    const next = { ...followUp, snoozedUntil: until };
    return { next: { ...next, remindAt: nextReminder(next, ctx.now) } };
  });

/** Cancels it: it is archived, and what it followed from waits again. */
export const cancel = (ctx: Ctx, id: string): Promise<FollowUp> =>
  followUpStore(ctx).change(id, 'delete', async (followUp) => {
    if (followUp.archivedAt) throw new CrmError('already_archived');
    open(followUp);
    const next = { ...followUp, state: 'cancelled' as const, closedAt: ctx.iso, archivedAt: ctx.iso, remindAt: null, snoozedUntil: null };
    return { next, others: await followUpStore(ctx).link(followUp, false) };
  });

/** Brings a cancelled one back. */
export const restore = (ctx: Ctx, id: string): Promise<FollowUp> =>
  followUpStore(ctx).change(id, 'delete', async (followUp) => {
    if (!followUp.archivedAt) throw new CrmError('not_archived');
    const next = { ...followUp, state: 'open' as const, closedAt: null, archivedAt: null };
    return { next: { ...next, remindAt: nextReminder(next, ctx.now) }, others: await followUpStore(ctx).link(next, true) };
  });
