import { type Ctx, serve } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { canonical } from '../kernel/filter.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import type { Cursor } from './customers-walk.ts';
import { dryRun } from './dry-run.ts';
import type { DryRun } from './firing.ts';
import { readyRules } from './ready.ts';
import { readyNeeds } from './ready-needs.ts';
import { ruleStore } from './rule.store.ts';
import { archivedRule, type RuleInput, restoredRule, turnedOff } from './rule.ts';
import { ruleRoutes } from './rules.routes.ts';

async function tried(ctx: Ctx, rule: RuleInput, cursor: string | undefined): Promise<DryRun> {
  await ruleStore(ctx).check(rule, (await readyNeeds(ctx, rule)).ids);
  const list = listHash('dry run', rule.when, rule.where && canonical(rule.where));
  const expected = { tenant: ctx.tenant, list, at: ctx.now };
  const { next, ...found } = await dryRun(ctx, rule, {
    cursor: ((await openCursor(cursor, expected)) as Cursor | undefined) ?? null,
    sees: (item) => ctx.reaches('customers', 'read', customerEntity.decode(item).ownerId),
  });
  return { ...found, nextCursor: next && (await sealCursor({ ...expected, key: next })) };
}

export const handler = serve(ruleRoutes, {
  listRules: async (ctx, { query }) => ({ data: await ruleStore(ctx).list(query.archived === 'true') }),

  listReadyRules: async (ctx) => ({ data: readyRules(ctx.workspace) }),

  createRule: async (ctx, { body }) => {
    const rule = await ruleStore(ctx).create(body);
    return reply(rule, { headers: { location: `/v1/rules/${rule.id}` } });
  },

  dryRunRule: (ctx, { body }) => tried(ctx, body.rule, body.cursor),

  getRule: (ctx, { params }) => ruleStore(ctx).get(params.id),

  updateRule: (ctx, { params, body, headers }) => ruleStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0),

  turnRuleOn: (ctx, { params, body }) => ruleStore(ctx).turnOn(params.id, body.passed),

  turnRuleOff: (ctx, { params }) => ruleStore(ctx).change(params.id, turnedOff),

  archiveRule: (ctx, { params }) => ruleStore(ctx).change(params.id, (rule) => archivedRule(rule, ctx.iso)),

  restoreRule: (ctx, { params }) => ruleStore(ctx).change(params.id, restoredRule),

  listRuleFirings: (ctx, { params, query }) => ruleStore(ctx).firings(params.id, query),
});
