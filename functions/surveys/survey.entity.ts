import { isoOf } from '../kernel/clock.ts';
import { timeOf } from '../kernel/ids.ts';
import { defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Survey, SurveyListRow, SurveyVersion } from './survey.ts';

const names = {
  name: 'n',
  languages: 'la',
  fallbackLanguage: 'fl',
  definition: 'df',
  coolDownDays: 'cd',
  linkDays: 'ld',
  state: 's',
  publishedVersion: 'pv',
  publishedAs: 'pa',
  publishedAt: 'pt',
  closedAt: 'ct',
  ownerId: 'o',
  openLinks: 'ol',
  archivedAt: 'a',
  createdAt: 'ca',
  questions: 'q',
} as const;

export const surveyPartition = (tenant: string, id: string) => `T#${tenant}#SVY#${id}`;
export const surveyDirectory = (tenant: string, archived = false) => `T#${tenant}#${archived ? 'SVYARC' : 'SVY'}`;

const idIn = (key: Pick<Key, 'pk'>) => key.pk.slice(key.pk.lastIndexOf('#') + 1);

/** pk T#<tenant>#SVY#<id>  sk ~                  the survey
 *  gsi1 T#<tenant>#SVY     <id>                  all of them, by creation; T#<tenant>#SVYARC for the archived */
export const surveyEntity = defineEntity<Survey>({
  type: 'survey',
  schema: Survey,
  names,
  key: (tenant, id) => ({ pk: surveyPartition(tenant, id), sk: '~' }),
  gsi1: (tenant, survey) => ({ pk: surveyDirectory(tenant, survey.archivedAt !== null), sk: survey.id }),
  directory: ['name', 'state', 'languages', 'publishedVersion', 'publishedAt', 'archivedAt'],
  directoryExtras: ({ definition }) => ({ questions: definition.sections.reduce((sum, { questions }) => sum + questions.length, 0) }),
  fromKey: { fields: ['id', 'createdAt'], read: (key) => ({ id: idIn(key), createdAt: isoOf(timeOf(idIn(key))) }) },
});

/** The row that the list shows, from an index entry. */
export function surveyRow(item: Item): SurveyListRow {
  const id = idIn(item);
  const none = { publishedVersion: null, publishedAt: null, archivedAt: null };
  return SurveyListRow.parse({ ...none, ...surveyEntity.directoryOf(item), id, createdAt: isoOf(timeOf(id)) });
}

export type VersionKey = { surveyId: string; number: number };
const digits = (number: number) => String(number).padStart(4, '0');

/** pk T#<tenant>#SVY#<id>  sk V#<number, 4 digits>     what was published, never changed */
export const surveyVersionEntity = defineEntity<SurveyVersion, VersionKey>({
  type: 'surveyVersion',
  schema: SurveyVersion,
  names,
  silent: true,
  whole: true,
  key: (tenant, { surveyId, number }) => ({ pk: surveyPartition(tenant, surveyId), sk: `V#${digits(number)}` }),
  fromKey: { fields: ['surveyId', 'number'], read: (key) => ({ surveyId: idIn(key), number: Number(key.sk.slice(2)) }) },
});

showsAt('survey', (item) => `/v1/surveys/${idIn(item)}`);
