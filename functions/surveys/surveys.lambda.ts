import { type Ctx, serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { addOpenLink, closeOpenLink, openLinks } from './open-links.ts';
import { surveyStore } from './survey.store.ts';
import { shownSurvey } from './survey.ts';
import { surveyRoutes } from './surveys.routes.ts';
import { surveyTemplates } from './templates.ts';

type Store = ReturnType<typeof surveyStore>;
/** What a step of a survey's life answers: the survey as it is then. */
const step =
  (does: (store: Store, id: string) => Promise<Parameters<typeof shownSurvey>[0]>) =>
  async (ctx: Ctx, { params }: { params: { id: string } }) =>
    shownSurvey(await does(surveyStore(ctx), params.id));

export const handler = serve(surveyRoutes, {
  listSurveyTemplates: async () => ({ data: surveyTemplates() }),
  listSurveyLinks: async (ctx, { params }) => ({ data: await openLinks(ctx, params.id) }),
  addSurveyLink: (ctx, { params, body }) => addOpenLink(ctx, params.id, body.name),
  closeSurveyLink: (ctx, { params }) => closeOpenLink(ctx, params.id, params.linkId),

  listSurveys: (ctx, { query }) => surveyStore(ctx).page(query),
  createSurvey: async (ctx, { body }) => {
    const survey = await surveyStore(ctx).create(body);
    return reply(shownSurvey(survey), { headers: { location: `/v1/surveys/${survey.id}` } });
  },
  getSurvey: step((store, id) => store.get(id)),
  updateSurvey: async (ctx, { params, body, headers }) =>
    shownSurvey(await surveyStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0)),
  publishSurvey: step((store, id) => store.publish(id)),
  closeSurvey: step((store, id) => store.close(id)),
  reopenSurvey: step((store, id) => store.reopen(id)),
  archiveSurvey: step((store, id) => store.archive(id)),
  restoreSurvey: step((store, id) => store.restore(id)),
});
