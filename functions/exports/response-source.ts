import type { Ctx } from '../context.ts';
import { missing } from '../kernel/errors.ts';
import { waveNames } from '../responses/cut.ts';
import { seenBy } from '../responses/list.ts';
import { passingBy } from '../responses/passing.ts';
import { versionsOf } from '../responses/read-responses.ts';
import { responseEntity } from '../responses/response.entity.ts';
import { waveOf } from '../responses/response.ts';
import { responseIn, surveysResponses } from '../responses/response-lists.entity.ts';
import { surveyEntity, surveyPartition } from '../surveys/survey.entity.ts';
import { csvRow, guarded } from './cell.ts';
import { type ResponseColumn, responseColumns } from './columns.ts';
import type { NewExport } from './export.ts';
import { answerCell, questionsOf, questionTitle } from './questions.ts';
import { headerOf, responseCells } from './rows.ts';
import type { Source } from './source.ts';

/** The answers to a survey, the newest first, a column a question. 0.5 R each that is looked at, and 0.5 R each customer. */
const pageRows = 200;

type Asked = NonNullable<NewExport['survey']>;

export async function responseSource(ctx: Ctx, { columns, delimiter }: NewExport, { id, reader, ...filter }: Asked): Promise<Source> {
  const { table, tenant } = ctx;
  const survey = surveyEntity.decode((await table.get(surveyEntity.key(tenant, id))) ?? missing());
  const [versions, passing] = [await versionsOf(ctx, survey, filter.surveyVersion), await passingBy(ctx, filter)];
  const roster = new Map((await ctx.roster()).map(({ id: memberId, email }) => [memberId, email]));
  const chosen = (columns ?? responseColumns).filter((column): column is ResponseColumn =>
    responseColumns.includes(column as ResponseColumn),
  );
  const speaking = { language: reader ?? survey.fallbackLanguage, fallback: survey.fallbackLanguage };
  const questions = questionsOf(versions);
  return {
    headers: [...chosen.map(headerOf), ...questions.map(({ newest }) => guarded(questionTitle(newest, speaking)))],
    page: async (after) => {
      const at = { pk: surveyPartition(tenant, id), range: surveysResponses, newestFirst: true, limit: pageRows, after };
      const { items, lastKey } = await table.query(at);
      const rows = await table.getMany(items.map((item) => responseEntity.key(tenant, responseIn(item))));
      const found = (await passing(rows.map((row) => row && responseEntity.decode(row)))).filter((response) => response !== undefined);
      const names = await waveNames(ctx, [...new Set(found.map(waveOf))]);
      const lines = (await seenBy(ctx, found)).map(({ response, customer }) => {
        const owner = (response.ownerId && roster.get(response.ownerId)) ?? '';
        const known = { columns: chosen, customer, wave: names.get(waveOf(response)) ?? '', owner };
        const said = questions.map(({ in: asked }) => answerCell(asked, response, speaking));
        return csvRow([...responseCells(response, known), ...said], delimiter);
      });
      return { lines: lines.join(''), rows: lines.length, next: lastKey };
    },
  };
}
