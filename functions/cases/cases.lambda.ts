import { serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { caseStore } from './case.store.ts';
import { caseRoutes } from './cases.routes.ts';
import { caseEntries, logOnCase } from './entries.ts';
import { listCases } from './list.ts';
import { caseReport } from './report.ts';
import { themeStore } from './theme.store.ts';
import { themeRoutes } from './themes.routes.ts';

const seenBy = (headers: Record<string, string | undefined>) => versionOf(headers['if-match'] ?? '') ?? 0;

export const handler = serve(
  { ...caseRoutes, ...themeRoutes },
  {
    listCases: (ctx, { query }) => listCases(ctx, query),

    getCaseReport: (ctx, { query }) => caseReport(ctx, query),

    createCase: async (ctx, { body }) => {
      const made = await caseStore(ctx).create(body);
      return reply(made, { headers: { location: `/v1/cases/${made.id}` } });
    },

    getCase: (ctx, { params }) => caseStore(ctx).get(params.id),
    updateCase: (ctx, { params, body, headers }) => caseStore(ctx).patch(params.id, body, seenBy(headers)),
    moveCase: (ctx, { params, body }) => caseStore(ctx).step(params.id, body),
    mergeCase: (ctx, { params, body }) => caseStore(ctx).merge(params.id, body.into),
    listCaseEntries: (ctx, { params, query }) => caseEntries(ctx, params.id, query),
    logOnCase: async (ctx, { params, body }) => {
      const entry = await logOnCase(ctx, params.id, body);
      return reply(entry, { headers: { location: `/v1/customers/${entry.customerId}/interactions/${entry.id}` } });
    },
    archiveCase: (ctx, { params }) => caseStore(ctx).archive(params.id),
    restoreCase: (ctx, { params }) => caseStore(ctx).restore(params.id),

    listThemes: (ctx) => themeStore(ctx).list(),
    createTheme: async (ctx, { body }) => {
      const theme = await themeStore(ctx).create(body);
      return reply(theme, { headers: { location: `/v1/themes/${theme.id}` } });
    },
    getTheme: (ctx, { params }) => themeStore(ctx).get(params.id),
    listRaised: async (ctx, { params }) => ({ data: await themeStore(ctx).raised(params.id) }),
    updateTheme: (ctx, { params, body, headers }) => themeStore(ctx).patch(params.id, body, seenBy(headers)),
    moveTheme: (ctx, { params, body }) => themeStore(ctx).step(params.id, body),
    archiveTheme: (ctx, { params }) => themeStore(ctx).archive(params.id),
  },
);
