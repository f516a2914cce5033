import { isoOf } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { responseEntity, responseIdOf } from '../../functions/responses/response.entity.ts';
import { completed, Response } from '../../functions/responses/response.ts';
import { SurveyDefinition } from '../../functions/surveys/definition.ts';
import { surveyEntity, surveyVersionEntity } from '../../functions/surveys/survey.entity.ts';
import { publishedAsOf, Survey } from '../../functions/surveys/survey.ts';
import { tableOf } from '../../functions/table/tenant.ts';

/** One NPS question with a reason, published, written through the entities: for tests of who is asked and what comes of it. */
export const oneQuestion = SurveyDefinition.parse({
  sections: [
    {
      key: 'main',
      questions: [
        { key: 'recommend', kind: 'nps', required: true, texts: { en: { title: 'Would you recommend us?' } } },
        { key: 'why', kind: 'text', texts: { en: { title: 'Why?' } } },
      ],
    },
  ],
});

export async function surveyIn({ tenant, now }: { tenant: string; now: number }, said: Partial<Survey> = {}): Promise<Survey> {
  const at = isoOf(now);
  const asked = { name: 'After a visit', languages: ['en'], fallbackLanguage: 'en', definition: oneQuestion };
  const survey = Survey.parse({
    ...{ id: idMaker(() => now)('svy'), ...asked, coolDownDays: 0, linkDays: 60, state: 'published', publishedVersion: 1 },
    ...{ publishedAt: at, createdAt: at, updatedAt: at, version: 1, ...said },
    publishedAs: publishedAsOf({ ...asked, ...said }),
  });
  const { name, languages, fallbackLanguage, definition } = survey;
  const key = { surveyId: survey.id, number: 1 };
  const stamp = { by: null, via: 'key', requestId: null, now };
  await tableOf(tenant, now).commit([
    ...surveyEntity.create(tenant, survey.id, survey, stamp),
    ...surveyVersionEntity.create(
      tenant,
      key,
      { ...key, name, languages, fallbackLanguage, definition, publishedAt: at, version: 1 },
      stamp,
    ),
  ]);
  return survey;
}

/** So many answers to a survey in its first version, with a reason each, in the same partitions whatever the survey; nobody is told of them. */
export async function answersIn({ tenant, now }: { tenant: string; now: number }, surveyId: string, many: number): Promise<void> {
  const asked = { surveyId, surveyVersion: 1 };
  const stamp = { by: null, via: 'link', requestId: null, now };
  const rows = Array.from({ length: many }, (_unused, n) => {
    const source = { kind: 'member', memberId: idFrom('mem', 'asks') };
    const id = responseIdOf(asked, idFrom('inv', String(n)));
    const answers = { recommend: n % 11, why: 'They came on time and knew what they did.' };
    const begun = Response.parse({ ...asked, id, source, answers, channel: 'link', language: 'en', startedAt: isoOf(now), version: 1 });
    const done = completed(begun, oneQuestion, { at: isoOf(now), ownerId: null });
    const [action] = responseEntity.create(tenant, id, done, stamp);
    if (!action || !('put' in action)) throw new Error('an answer is one row');
    const { e: _, ...quiet } = action.put;
    return { put: quiet as typeof action.put };
  });
  await tableOf(tenant, now).writeMany(rows);
}
