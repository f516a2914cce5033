import type { Ctx } from '../context.ts';
import type { Customer } from '../customers/customer.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import type { Verb } from '../kernel/route.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { followUpEntity } from './follow-up.entity.ts';
import { type FollowUp, type FollowUpInput, type FollowUpPatch, settled } from './follow-up.ts';
import { createFollowUpActions } from './make.ts';

const tries = 6;
/** A changed follow-up, and what else is written in its commit. */
export type Step = { next: FollowUp; others?: Action[] };

/** The follow-ups of one workspace, as one caller may see and change them. What he may not see is absent. */
export const followUpStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const permit = async ({ ownerId }: Pick<FollowUp, 'ownerId'>, verb: Verb) => {
    if (!(await ctx.reaches('followUps', 'read', ownerId))) missing();
    if (verb !== 'read' && !(await ctx.reaches('followUps', verb, ownerId)))
      throw new CrmError('forbidden', { needs: `followUps:${verb}` });
  };

  const row = async (id: string, verb: Verb): Promise<Item> => {
    const item = (await table.get(followUpEntity.key(tenant, id))) ?? missing();
    await permit(followUpEntity.decode(item), verb);
    return item;
  };

  /** Refuses an owner who is no active member, or to whom the caller may not give anything. */
  const checkOwner = async (ownerId: string) => {
    const isMember = async () => (await ctx.roster()).some(({ id, status }) => id === ownerId && status === 'active');
    if (!(await ctx.reaches('followUps', 'write', ownerId))) throw new CrmError('forbidden', { needs: 'followUps:write' });
    if (ownerId !== ctx.actor.memberId && !(await isMember())) await ctx.reread();
    if (ownerId !== ctx.actor.memberId && !(await isMember())) throw invalid('/ownerId', 'no_such_member', 'no such active member');
  };

  /** The customer a follow-up is about: the caller sees her, and she is not archived. 1 R. */
  const checkCustomer = async (id: string): Promise<Customer> => {
    const customer = await ctx.customers.find(id);
    if (!customer) throw invalid('/customerId', 'no_such_customer', 'no such customer');
    if (customer.archivedAt) throw new CrmError('already_archived');
    return customer;
  };

  /** Says on an interaction which follow-up was planned from it, or that this one no longer is. 1 R, 1 W in a transaction. */
  const link = async ({ id, customerId, interactionId }: FollowUp, planned: boolean): Promise<Action[]> => {
    if (!customerId || !interactionId) return [];
    const item = await table.get(interactionEntity.key(tenant, { customerId, id: interactionId }));
    if (!item) return planned ? noInteraction() : [];
    const interaction = interactionEntity.decode(item);
    const isOwn = interaction.nextStepId === id;
    if (isOwn === planned) return [];
    const to = { ...interaction, nextStepId: planned ? id : null };
    return interactionEntity.update(tenant, interaction, { from: item, to }, ctx.stamp);
  };

  const create = async (input: FollowUpInput): Promise<FollowUp> => {
    const { ownerId = ctx.actor.memberId } = input;
    await checkOwner(ownerId);
    if (input.customerId) await checkCustomer(input.customerId);
    const { followUp, actions } = createFollowUpActions(ctx, { ...input, ownerId });
    for (let attempt = 0; ; attempt++) {
      try {
        await table.commit([...actions, ...(await link(followUp, true))]);
        return followUp;
      } catch (error) {
        // Only the interaction that it follows from can have changed in between.
        if (!(error instanceof GuardError) || attempt + 1 >= tries) throw error instanceof GuardError ? inConflict(error) : error;
      }
    }
  };

  /** Reads, changes and writes a follow-up until nobody came between; one that the rule gives back unchanged is not written. */
  const change = async (id: string, verb: Verb, rule: (followUp: FollowUp, item: Item) => Step | Promise<Step>): Promise<FollowUp> => {
    for (let attempt = 0; ; attempt++) {
      const item = await row(id, verb);
      const before = followUpEntity.decode(item);
      const { next, others = [] } = await rule(before, item);
      if (followUpEntity.changedFields(before, next).length === 0) return before;
      try {
        await table.commit([...followUpEntity.update(tenant, id, { from: item, to: next }, ctx.stamp), ...others]);
        return { ...next, version: before.version + 1, updatedAt: ctx.iso, via: ctx.stamp.via as FollowUp['via'] };
      } catch (error) {
        if (!(error instanceof GuardError) || attempt + 1 >= tries) throw error instanceof GuardError ? inConflict(error) : error;
      }
    }
  };

  const patch = (id: string, body: FollowUpPatch, seen: number) =>
    change(id, 'write', async (followUp, item) => {
      if (followUp.state !== 'open') throw new CrmError('wrong_state', { state: followUp.state });
      checkFresh(Object.keys(body), { seen, version: followUp.version, versions: followUpEntity.fieldVersions(item) });
      if (body.ownerId && body.ownerId !== followUp.ownerId) await checkOwner(body.ownerId);
      if (body.customerId && body.customerId !== followUp.customerId) await checkCustomer(body.customerId);
      if (followUp.interactionId && body.customerId !== undefined && body.customerId !== followUp.customerId)
        throw invalid('/customerId', 'has_interaction', 'it follows from an interaction with this customer');
      const due = body.due ? { ...body.due, zone: body.due.zone ?? followUp.due.zone } : followUp.due;
      // Another time ends a snooze.
      const snoozedUntil = body.due ? null : followUp.snoozedUntil;
      return { next: settled({ ...followUp, ...body, due, snoozedUntil }, ctx.now) };
    });

  return {
    create,
    change,
    link,
    patch,
    permit,
    get: async (id: string) => followUpEntity.decode(await row(id, 'read')),
  };
};

const inConflict = (error: unknown) => new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
const noInteraction = (): never => {
  throw invalid('/interactionId', 'no_such_interaction', 'this customer has no such interaction');
};
