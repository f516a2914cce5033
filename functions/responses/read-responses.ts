import type { Agent } from '../agent.ts';
import { surveyVersionEntity } from '../surveys/survey.entity.ts';
import type { Survey, SurveyVersion } from '../surveys/survey.ts';
import { partialResponseEntity, responsePartitions, responseRange } from './response.entity.ts';
import type { Response } from './response.ts';

/** Responses of one report that are read at most; what is beyond is left out, and it is said so. */
export const mostRead = 50_000;
const perPartition = 2_000;

type Reader = Pick<Agent, 'table' | 'tenant'>;
export type Read = { response: Response; version: SurveyVersion };

/** The versions that were published, or the one that is asked for. 1 R for each 4 KiB. */
export async function versionsOf({ table, tenant }: Reader, survey: Survey, only?: number): Promise<SurveyVersion[]> {
  const numbers = Array.from({ length: survey.publishedVersion ?? 0 }, (_, at) => at + 1).filter((number) => !only || number === only);
  const rows = await table.getMany(numbers.map((number) => surveyVersionEntity.key(tenant, { surveyId: survey.id, number })));
  return rows.flatMap((row) => (row ? [surveyVersionEntity.decode(row)] : []));
}

/** Every response of some versions, partial ones too, in no order. 0.5 R ten, from 16 partitions at once. */
export async function readResponses(
  { table, tenant }: Reader,
  versions: readonly SurveyVersion[],
): Promise<{ rows: Read[]; complete: boolean }> {
  const rows: Read[] = [];
  let complete = true;
  for (const version of versions) {
    const survey = { surveyId: version.surveyId, surveyVersion: version.number };
    const parts = await Promise.all(
      responsePartitions(tenant, survey).map(async (pk) => {
        const found: Response[] = [];
        let after: Record<string, unknown> | undefined;
        do {
          const page = await table.query({ pk, range: responseRange, limit: perPartition, after });
          for (const item of page.items) found.push(partialResponseEntity.decode(item));
          after = page.lastKey;
        } while (after && rows.length + found.length < mostRead);
        return { found, isAll: after === undefined };
      }),
    );
    for (const { found, isAll } of parts) {
      complete &&= isAll;
      for (const response of found) rows.push({ response, version });
    }
    if (rows.length >= mostRead) return { rows, complete: complete && version === versions.at(-1) };
  }
  return { rows, complete };
}
