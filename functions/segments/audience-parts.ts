import type { Item } from '../table/entity.ts';
import { audienceFilter } from './audience.ts';
import { knownBy, planFor, type Reader, whoMeets } from './matching.ts';
import type { Audience } from './segment.ts';

/**
 * For each customer the parts of an audience that she is in now, 0 the first: all that one part has are in it, without a question. Of several
 * parts her own row is asked for nothing more, what lies beside her for 0.5 R each. A part that is no more is left out.
 */
export async function partsMet(reader: Reader, { include }: Pick<Audience, 'include'>, rows: readonly Item[]): Promise<number[][]> {
  if (include.length < 2) return rows.map(() => include.map((_, at) => at));
  const met: number[][] = rows.map(() => []);
  for (const [part, one] of include.entries()) {
    const filter = await audienceFilter(reader, { include: [one], exclude: [] }).catch(() => undefined);
    const answers = filter ? await whoMeets(reader, planFor(reader, filter), rows.map(knownBy)) : [];
    for (const [at, isIn] of answers.entries()) if (isIn) met[at]?.push(part);
  }
  return met;
}
