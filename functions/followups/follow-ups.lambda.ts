import type * as z from 'zod';
import { eachOperation } from '../batch.ts';
import { type Ctx, serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { historyPage } from '../workflows/history-page.ts';
import { cancel, done, reopen, restore, snooze } from './acts.ts';
import { followUpEntity } from './follow-up.entity.ts';
import { followUpStore } from './follow-up.store.ts';
import type { FollowUp } from './follow-up.ts';
import { followUpRoutes } from './follow-ups.routes.ts';
import { listFollowUps } from './list.ts';

type Operation = z.output<(typeof followUpRoutes)['batchFollowUps']['body']>['operations'][number];

async function operate(ctx: Ctx, operation: Operation): Promise<{ status: number; followUp: FollowUp }> {
  switch (operation.op) {
    case 'create':
      return { status: 201, followUp: await followUpStore(ctx).create(operation.body) };
    case 'done':
      return { status: 200, followUp: await done(ctx, operation.id, operation.body) };
    case 'snooze':
      return { status: 200, followUp: await snooze(ctx, operation.id, operation.body.until) };
    case 'cancel':
      return { status: 200, followUp: await cancel(ctx, operation.id) };
  }
}

export const handler = serve(followUpRoutes, {
  listFollowUps: (ctx, { query }) => listFollowUps(ctx, query),

  createFollowUp: async (ctx, { body }) => {
    const followUp = await followUpStore(ctx).create(body);
    return reply(followUp, { headers: { location: `/v1/follow-ups/${followUp.id}` } });
  },

  batchFollowUps: (ctx, { body }) =>
    eachOperation(ctx, body.operations, async (own, operation) => {
      const { status, followUp } = await operate(own, operation);
      return { status, id: followUp.id, version: followUp.version };
    }),

  getFollowUp: (ctx, { params }) => followUpStore(ctx).get(params.id),
  getFollowUpHistory: async (ctx, { params, query }) => {
    await followUpStore(ctx).get(params.id);
    return historyPage(ctx, followUpEntity.key(ctx.tenant, params.id), query);
  },

  updateFollowUp: (ctx, { params, body, headers }) => followUpStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0),

  finishFollowUp: (ctx, { params, body }) => done(ctx, params.id, body),
  reopenFollowUp: (ctx, { params }) => reopen(ctx, params.id),
  snoozeFollowUp: (ctx, { params, body }) => snooze(ctx, params.id, body.until),
  cancelFollowUp: (ctx, { params }) => cancel(ctx, params.id),
  restoreFollowUp: (ctx, { params }) => restore(ctx, params.id),
});
