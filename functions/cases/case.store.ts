import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { type Interaction, InteractionInput } from '../interactions/interaction.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import type { Verb } from '../kernel/route.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import type { ServiceLevels } from '../service-levels/service-level.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { caseEntity } from './case.entity.ts';
import { type Case, type CaseInput, type CasePatch, type CaseStep, reasonOf } from './case.ts';
import { mergedInto, placed, reprioritised, stepped } from './course.ts';
import { openCaseActions, tierOf } from './open.ts';
import { raisedActions, themeEntity } from './theme.entity.ts';

const tries = 6;
const mostMerged = 50;
/** A changed case, and what else is written in its commit. */
export type Step = { next: Case; others?: Action[] };
/** What a step may ask of: whose case it is, and what is promised. */
export type Known = { item: Item; customer: Customer; levels: ServiceLevels };

/** What we make of a matter by ourselves came from nobody. */
const outward = new Set(['note', 'other']);

/** The cases of one workspace, as one caller may see and change them. A case follows its customer in permission. */
export const caseStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const permitted = async (customer: Customer, verb: Verb) => {
    const sees = (await ctx.reaches('cases', 'read', customer.ownerId)) && (await ctx.reaches('customers', 'read', customer.ownerId));
    if (!sees) missing();
    if (verb !== 'read' && !(await ctx.reaches('cases', verb, customer.ownerId)))
      throw new CrmError('forbidden', { needs: `cases:${verb}` });
    return customer;
  };

  /** The customer of a case that the caller may do this to. 1 R. */
  const customerFor = async (id: string, verb: Verb) => {
    const item = await table.get(customerEntity.key(tenant, id));
    return permitted(item ? customerEntity.decode(item) : missing(), verb);
  };

  /** A case with its customer. 2 R. */
  const find = async (id: string, verb: Verb): Promise<{ item: Item; theCase: Case; customer: Customer }> => {
    const item = (await table.get(caseEntity.key(tenant, id))) ?? missing();
    const theCase = caseEntity.decode(item);
    return { item, theCase, customer: await customerFor(theCase.customerId, verb) };
  };

  /** Refuses an owner who is no active member. */
  const checkOwner = async (ownerId: string | null | undefined) => {
    const isMember = async () => (await ctx.roster()).some(({ id, status }) => id === ownerId && status === 'active');
    if (!ownerId || ownerId === ctx.actor.memberId || (await isMember())) return;
    await ctx.reread();
    if (!(await isMember())) throw invalid('/ownerId', 'no_such_member', 'no such active member');
  };

  const checkQueue = (queue: string | null | undefined, levels: ServiceLevels) => {
    if (queue && !levels.queues.includes(queue)) throw invalid('/queue', 'no_such_queue', 'no such queue');
  };

  const checkTheme = async (themeId: string | null | undefined) => {
    if (themeId && !(await table.get(themeEntity.key(tenant, themeId)))) throw invalid('/themeId', 'no_such_theme', 'no such theme');
  };

  /** What a new case begins with: the interaction named, or one that is logged with it. */
  const beginning = async (input: CaseInput): Promise<{ item: Item } | { log: Interaction }> => {
    const { customerId, interactionId, channel, subject, body, type } = input;
    if (interactionId) {
      const item = await table.get(interactionEntity.key(tenant, { customerId, id: interactionId }));
      if (!item) throw invalid('/interactionId', 'no_such_interaction', 'this customer has no such interaction');
      if (interactionEntity.decode(item).caseId) throw new CrmError('duplicate', { detail: 'there is a case of this interaction already' });
      return { item };
    }
    const direction = outward.has(channel) ? 'none' : 'in';
    return {
      log: await ctx.interactions.draft(customerId, InteractionInput.parse({ channel, direction, reason: reasonOf[type], subject, body })),
    };
  };

  const create = async (input: CaseInput): Promise<Case> => {
    const customer = await customerFor(input.customerId, 'write');
    if (customer.archivedAt) throw new CrmError('already_archived');
    await checkOwner(input.ownerId);
    const levels = await serviceLevelsOf(ctx);
    checkQueue(input.queue, levels);
    await checkTheme(input.themeId);
    for (let attempt = 0; ; attempt++) {
      const begins = await beginning(input);
      const source = sourceOf(input, begins);
      const { type, subject, priority, queue, ownerId, themeId } = input;
      const opened = await openCaseActions(ctx, {
        ...{ type, subject, priority, queue, ownerId, themeId },
        source,
        customer,
        begins,
        levels,
      });
      if (!opened) throw new CrmError('duplicate', { detail: 'there is a case of this interaction already' });
      try {
        await table.commit(opened.actions);
        return opened.theCase;
      } catch (error) {
        if (!(error instanceof GuardError) || attempt + 1 >= tries) throw error instanceof GuardError ? inConflict(error) : error;
      }
    }
  };

  /** Reads, changes and writes a case until nobody came between; one that the rule gives back unchanged is not written. */
  const change = async (id: string, verb: Verb, rule: (theCase: Case, known: Known) => Step | Promise<Step>): Promise<Case> => {
    for (let attempt = 0; ; attempt++) {
      const { item, theCase, customer } = await find(id, verb);
      const { next, others = [] } = await rule(theCase, { item, customer, levels: await serviceLevelsOf(ctx) });
      if (caseEntity.changedFields(theCase, next).length === 0) return theCase;
      try {
        await table.commit([...caseEntity.update(tenant, id, { from: item, to: next }, ctx.stamp), ...others]);
        return { ...next, version: theCase.version + 1, updatedAt: ctx.iso, via: ctx.stamp.via as Case['via'] };
      } catch (error) {
        if (!(error instanceof GuardError) || attempt + 1 >= tries) throw error instanceof GuardError ? inConflict(error) : error;
      }
    }
  };

  const patch = (id: string, body: CasePatch, seen: number) =>
    change(id, 'write', async (theCase, { item, customer, levels }) => {
      if (theCase.archivedAt) throw new CrmError('already_archived');
      checkFresh(Object.keys(body), { seen, version: theCase.version, versions: caseEntity.fieldVersions(item) });
      if (body.ownerId !== theCase.ownerId) await checkOwner(body.ownerId);
      if (body.queue !== theCase.queue) checkQueue(body.queue, levels);
      if (body.themeId !== theCase.themeId) await checkTheme(body.themeId);
      const next = { ...theCase, ...body };
      const at = { tier: tierOf(customer, levels), at: ctx.now };
      const raised = { kind: 'case' as const, id, customerId: customer.id };
      return {
        next: next.priority === theCase.priority ? next : reprioritised(next, levels, at),
        others: raisedActions(tenant, raised, { from: theCase.themeId, to: next.themeId }),
      };
    });

  /** One case ends in another of the same customer. */
  const merge = (id: string, intoId: string) =>
    change(id, 'write', async (theCase, { levels }) => {
      if (id === intoId) throw invalid('/into', 'itself', 'a case is not merged with itself');
      const other = await find(intoId, 'write').catch(noSuchCase);
      if (other.theCase.customerId !== theCase.customerId) throw invalid('/into', 'other_customer', 'it is another customer’s');
      for (const one of [theCase, other.theCase]) {
        if (one.archivedAt) throw new CrmError('already_archived');
        if (one.mergedIntoId) throw new CrmError('wrong_state', { state: 'merged' });
      }
      if (other.theCase.mergedIds.length + theCase.mergedIds.length >= mostMerged) throw new CrmError('too_many');
      const { ended, kept } = mergedInto(theCase, other.theCase, { at: ctx.now, levels });
      return { next: ended, others: caseEntity.update(tenant, intoId, { from: other.item, to: kept }, ctx.stamp) };
    });

  return {
    create,
    change,
    find,
    customerFor,
    patch,
    merge,
    get: async (id: string) => (await find(id, 'read')).theCase,
    step: (id: string, step: CaseStep) =>
      change(id, 'write', (theCase, { levels }) => ({ next: stepped(theCase, step, { at: ctx.now, levels }) })),
    archive: (id: string) =>
      change(id, 'delete', (theCase) => {
        if (theCase.archivedAt) throw new CrmError('already_archived');
        return { next: placed({ ...theCase, archivedAt: ctx.iso }) };
      }),
    restore: (id: string) =>
      change(id, 'delete', (theCase) => {
        if (!theCase.archivedAt) throw new CrmError('not_archived');
        return { next: placed({ ...theCase, archivedAt: null }) };
      }),
  };
};

/** How a case came that a member opens: of what is on the timeline, which may be an answer to a survey, or as he says. */
function sourceOf({ interactionId, channel }: CaseInput, begins: { item: Item } | { log: Interaction }): Case['source'] {
  if (!('item' in begins)) return { kind: channel === 'call' ? 'phone' : 'person', id: null };
  const { responseId } = interactionEntity.decode(begins.item);
  return responseId ? { kind: 'survey', id: responseId } : { kind: 'interaction', id: interactionId };
}

const inConflict = (error: unknown) => new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
const noSuchCase = (error: unknown): never => {
  if (error instanceof CrmError && error.code === 'not_found') throw invalid('/into', 'no_such_case', 'no such case');
  throw error;
};
