import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import { templateEntity } from '../messages/message.entity.ts';
import { parseWhere } from '../segments/fields.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import { surveyEntity } from '../surveys/survey.entity.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import type { FiringView } from './firing.ts';
import { rulePartition } from './partition.entity.ts';
import { readyNeeds } from './ready-needs.ts';
import { countsOf, countsPartition, firingEntity, keptFirings, problemKey, ruleEntity, rulesOwn, walkEntity } from './rule.entity.ts';
import {
  campaignFault,
  changedRule,
  mostRules,
  newRule,
  noCounts,
  type Rule,
  type RuleInput,
  type RulePatch,
  type RuleView,
  ruleErrors,
  turnedOn,
  walkFor,
} from './rule.ts';
import { isMoment } from './when.ts';

const tries = 6;

/** The rules of one workspace, as its members make and read them. */
export const ruleStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const all = async (): Promise<Rule[]> => {
    const rows = await table.queryAll({ pk: rulePartition(tenant), range: startingWith('rul_'), strong: true });
    return rows.map((row) => ruleEntity.decode(row));
  };

  /** Rules with what they have come to: one Query for the counts of all, or of one. */
  const shown = async (rules: readonly Rule[]): Promise<RuleView[]> => {
    const only = rules.length === 1 ? startingWith(`${rules[0]?.id}#`) : undefined;
    const waiting = rules.filter(({ on, when }) => on && isMoment(when));
    const [rows, walks] = await Promise.all([
      table.queryAll({ pk: countsPartition(tenant), ...(only && { range: only }) }),
      table.getMany(waiting.map(({ id }) => walkEntity.key(tenant, id))),
    ]);
    const sums = countsOf(rows);
    const planning = new Map(walks.flatMap((row, at) => (row ? [[waiting[at]?.id, walkEntity.decode(row).done] as const] : [])));
    return rules.map((rule) => {
      const { counts, lastProblem } = sums.get(rule.id) ?? { counts: noCounts, lastProblem: null };
      return { ...rule, counts, lastProblem, planning: planning.get(rule.id) ?? null };
    });
  };

  const one = async (rule: Rule): Promise<RuleView> => (await shown([rule]))[0] ?? missing();

  /** Everything that is wrong with a rule, after another look at what may have changed half a minute ago. `needs` will be made with it. */
  const check = async (rule: Pick<Rule, 'when' | 'does' | 'where'>, needs: ReadonlySet<string> = new Set()) => {
    const errors = async () => ruleErrors(rule, { workspace: ctx.workspace, members: await ctx.roster() });
    if ((await errors()).length > 0) await ctx.reread();
    const found = await errors();
    if (found.length > 0) throw new CrmError('invalid_input', { errors: found });
    await checkTemplates(rule, needs);
    await checkQueues(rule);
    await checkCampaigns(rule);
    await checkSurveys(rule, needs);
    if (rule.where) parseWhere(rule.where, ctx.workspace);
  };

  /** A queue is one of the workspace's. 0.5 R where a rule names one. */
  const checkQueues = async ({ does }: Pick<Rule, 'does'>) => {
    const asked = does.flatMap((effect, at) =>
      (effect.kind === 'case' || effect.kind === 'escalate') && effect.queue !== null ? [{ at, queue: effect.queue }] : [],
    );
    if (asked.length === 0) return;
    const { queues } = await serviceLevelsOf(ctx);
    const errors = asked
      .filter(({ queue }) => !queues.includes(queue))
      .map(({ at }) => ({ pointer: `/does/${at}/queue`, code: 'no_such_queue', detail: 'no such queue' }));
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  };

  /** The texts that a rule writes with have to be there. 0.5 R each. */
  const checkTemplates = async ({ does }: Pick<Rule, 'does'>, needs: ReadonlySet<string>) => {
    const named = does.flatMap((effect, at) => (effect.kind === 'message' ? [{ at, id: effect.templateId }] : []));
    const asked = named.filter(({ id }) => !needs.has(id));
    const rows = await table.getMany(asked.map(({ id }) => templateEntity.key(tenant, id)));
    const gone = asked.filter((_, at) => !rows[at] || templateEntity.decode(rows[at]).archivedAt);
    const errors = gone.map(({ at }) => ({ pointer: `/does/${at}/templateId`, code: 'no_such_template', detail: 'no such template' }));
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  };

  /** The surveys that it waits for or asks. 0.5 R each. */
  const checkSurveys = async ({ when, does }: Pick<Rule, 'when' | 'does'>, needs: ReadonlySet<string>) => {
    const asked = does.flatMap((effect, at) =>
      effect.kind === 'message' && effect.surveyId && !needs.has(effect.surveyId)
        ? [{ pointer: `/does/${at}/surveyId`, id: effect.surveyId }]
        : [],
    );
    if (when.kind === 'response.completed' && when.surveyId) asked.push({ pointer: '/when/surveyId', id: when.surveyId });
    const rows = await table.getMany(asked.map(({ id }) => surveyEntity.key(tenant, id)));
    const gone = asked.filter((_, at) => !rows[at] || surveyEntity.decode(rows[at]).archivedAt);
    const errors = gone.map(({ pointer }) => ({ pointer, code: 'no_such_survey', detail: 'no such survey' }));
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  };

  /** The campaigns that it has customers enter have to wait for them. 1 R each. */
  const checkCampaigns = async ({ does }: Pick<Rule, 'does'>) => {
    const asked = does.flatMap((effect, at) => (effect.kind === 'campaign' ? [{ at, id: effect.campaignId }] : []));
    const rows = await table.getMany(
      asked.map(({ id }) => campaignEntity.key(tenant, id)),
      { strong: true },
    );
    const errors = asked.flatMap(({ at }, index) => {
      const row = rows[index];
      const fault = campaignFault(row && campaignEntity.decode(row));
      return fault ? [{ pointer: `/does/${at}/campaignId`, ...fault }] : [];
    });
    if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  };

  const create = async (input: RuleInput): Promise<RuleView> => {
    const needs = await readyNeeds(ctx, input);
    await check(input, needs.ids);
    if ((await all()).filter(({ archivedAt }) => !archivedAt).length >= mostRules)
      throw new CrmError('too_many', { detail: `${mostRules} rules at most` });
    const rule = newRule(input, { id: ctx.newId('rul'), makerId: ctx.actor.memberId, now: ctx.iso });
    try {
      await table.commit([...ruleEntity.create(tenant, rule.id, rule, ctx.stamp), ...needs.actions]);
    } catch (error) {
      // Somebody made the same text or survey at the same time.
      throw error instanceof GuardError ? new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error) : error;
    }
    return one(rule);
  };

  type Change = (rule: Rule, item: Item) => Rule | Promise<Rule>;
  /** Changes a rule until nobody came between. What it needs besides is in the same commit. */
  const change = async (id: string, step: Change, besides: (before: Rule, after: Rule) => Promise<Action[]> = async () => []) => {
    for (let attempt = 0; ; attempt++) {
      const item = (await table.get(ruleEntity.key(tenant, id))) ?? missing();
      const before = ruleEntity.decode(item);
      const after = await step(before, item);
      const actions =
        ruleEntity.changedFields(before, after).length > 0 ? ruleEntity.update(tenant, id, { from: item, to: after }, ctx.stamp) : [];
      try {
        const others = await besides(before, after);
        await table.commit([...actions, ...others]);
        return one(actions.length > 0 ? { ...after, version: before.version + 1, updatedAt: ctx.iso } : before);
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
        if (attempt + 1 >= tries) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
      }
    }
  };

  /** The way through all customers, begun anew. */
  const walkActions = async (rule: Rule, passed: boolean): Promise<Action[]> => {
    const walk = walkFor(rule, ctx.iso, passed);
    const item = await table.get(walkEntity.key(tenant, rule.id));
    if (!walk) return item ? [{ remove: walkEntity.key(tenant, rule.id), guard: { version: Number(item.v) } }] : [];
    return item
      ? walkEntity.update(tenant, rule.id, { from: item, to: walk }, ctx.stamp)
      : walkEntity.create(tenant, rule.id, walk, ctx.stamp);
  };

  const turnOn = (id: string, passed: boolean) =>
    change(
      id,
      async (rule) => {
        const on = turnedOn(rule, ctx.iso);
        await check(rule);
        return on;
      },
      async (_, rule) => [
        ...(await walkActions(rule, passed)),
        { remove: problemKey(tenant, id), guard: { always: 'what went wrong before is over' } },
      ],
    );

  const patch = (id: string, body: RulePatch, seen: number) =>
    change(
      id,
      async (rule, item) => {
        checkFresh(Object.keys(body), { seen, version: rule.version, versions: ruleEntity.fieldVersions(item) });
        const next = changedRule(rule, body, ctx.iso);
        await check(next);
        return next;
      },
      async (before, after) => (after.on && before.onSince !== after.onSince ? walkActions(after, false) : []),
    );

  /** What a rule did, newest first, with those customers whom the caller may see; of the others nothing is told. */
  const firings = async (
    id: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<{ data: FiringView[]; page: Page }> => {
    if (!(await table.get(ruleEntity.key(tenant, id), { strong: false }))) missing();
    const pk = rulesOwn(tenant, id);
    const expected = { tenant, list: listHash('firings', id), at: ctx.now };
    const after = await openCursor(cursor, expected);
    const { items, lastKey, examined } = await table.query({
      index: 'gsi3',
      pk,
      range: keptFirings(ctx.now),
      newestFirst: true,
      limit,
      after,
    });
    const rows = (await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })))).flatMap((row) => (row ? [firingEntity.decode(row)] : []));
    const customers = await table.getMany(rows.flatMap(({ customerId }) => (customerId ? [customerEntity.key(tenant, customerId)] : [])));
    const names = new Map<string, string>();
    for (const item of customers) {
      const customer = item && customerEntity.decode(item);
      if (customer && (await ctx.reaches('customers', 'read', customer.ownerId))) names.set(customer.id, customer.name);
    }
    const data = rows.flatMap(({ version: _, ruleId: __, ...row }): FiringView[] => {
      const customerName = names.get(row.customerId ?? '');
      return customerName === undefined ? [] : [{ ...row, customerName }];
    });
    return {
      data,
      page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
    };
  };

  return {
    create,
    change,
    patch,
    turnOn,
    firings,
    check,
    list: async (archived: boolean) => {
      const rules = (await all()).filter(({ archivedAt }) => (archivedAt !== null) === archived);
      return shown(rules);
    },
    get: async (id: string) => one(ruleEntity.decode((await table.get(ruleEntity.key(tenant, id))) ?? missing())),
  };
};
