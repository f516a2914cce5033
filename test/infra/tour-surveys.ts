import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

/** Asking and answering: the part of the tour that goes through surveys, and a rule that asks a second time. */
export async function tourOfSurveys(world: World, { keys }: SeededWorkspace): Promise<void> {
  const as = async (method: string, path: string, body?: unknown) => (await world.api(keys.admin, method, path, body)).body;
  const questions = [{ key: 'recommend', kind: 'nps', texts: { en: { title: 'Would you recommend us?' } } }];
  const definition = { sections: [{ key: 'main', questions }] };
  const said = { name: 'Tour', languages: ['en'], fallbackLanguage: 'en', definition, coolDownDays: 0 };
  const survey = await as('POST', '/v1/surveys', said);
  await as('POST', `/v1/surveys/${survey.id}/publish`);
  const text = { subject: 'Again', body: 'Say it here: {{links.survey}}' };
  const template = await as('POST', '/v1/message-templates', { name: 'Ask again', texts: { en: text } });
  const does = [{ kind: 'message', templateId: template.id, surveyId: survey.id }];
  const rule = await as('POST', '/v1/rules', { name: 'Ask again', when: { kind: 'response.completed', band: 'detractor' }, does });
  await as('POST', `/v1/rules/${rule.id}/on`, {});
  const her = await as('POST', '/v1/customers', { kind: 'person', name: 'Asked', emails: [{ address: 'asked@tour.example' }] });
  const { url } = await as('POST', `/v1/customers/${her.id}/survey-links`, { surveyId: survey.id });
  const page = `/p/api/s/${url.split('/p/s/')[1]}`;
  await world.api(undefined, 'GET', page);
  const answers = { rev: 0, language: 'en', answers: { recommend: 3 } };
  await world.api(undefined, 'PUT', `${page}/answers`, answers);
  await world.api(undefined, 'POST', `${page}/complete`, { ...answers, rev: 1 });
  await world.drain({ allowFailures: true });
  world.advance('PT1M');
  await world.drain({ allowFailures: true });
  for (const path of ['', `/${survey.id}`, `/${survey.id}/results?by=wave`, `/${survey.id}/responses`])
    await as('GET', `/v1/surveys${path}`);
}
