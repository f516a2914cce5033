import { type Ctx, serve } from '../context.ts';
import { callLists, tryAgain } from './call-list.ts';
import { callRoutes } from './calls.routes.ts';
import { approveRun, cancelRun, pauseRun, resumeRun } from './moves.ts';
import { resend, runPage, runView, sendPage } from './run.store.ts';
import type { RunKey } from './run.ts';
import { runRoutes } from './runs.routes.ts';

const keyIn = ({ id, occurrence }: { id: string; occurrence: string }): RunKey => ({ campaignId: id, occurrence });

const moved = async (ctx: Ctx, params: { id: string; occurrence: string }, move: (key: RunKey) => Promise<unknown>) => {
  const key = keyIn(params);
  await move(key);
  return runView(ctx, key);
};

export const handler = serve(
  { ...runRoutes, ...callRoutes },
  {
    listRuns: (ctx, { params, query }) => runPage(ctx, params.id, query),
    getRun: (ctx, { params }) => runView(ctx, keyIn(params)),
    pauseRun: (ctx, { params }) => moved(ctx, params, (key) => pauseRun(ctx, key)),
    resumeRun: (ctx, { params }) => moved(ctx, params, (key) => resumeRun(ctx, key)),
    cancelRun: (ctx, { params }) => moved(ctx, params, (key) => cancelRun(ctx, key)),
    approveRun: (ctx, { params }) => moved(ctx, params, (key) => approveRun(ctx, key, ctx.actor.memberId)),
    listSends: (ctx, { params, query }) => sendPage(ctx, keyIn(params), query),
    resendSend: (ctx, { params }) => resend(ctx, keyIn(params), params.sendId),

    getCallLists: (ctx, { query }) => callLists(ctx, query),
    tryCallAgain: (ctx, { params, body }) => tryAgain(ctx, params.id, { ...body, subject: null }),
  },
);
