import type { Ctx } from '../context.ts';
import { membersAmong, segmentsFor } from './by-segment.ts';
import { passesBy, type ResponsesFilter } from './filter.ts';
import type { Response } from './response.ts';

/** Which of some responses are meant, in their order. Of a segment 0.5 R a customer, and what the segment asks beside. */
export type Passing = (responses: readonly (Response | undefined)[]) => Promise<(Response | undefined)[]>;

export async function passingBy(ctx: Ctx, filter: ResponsesFilter): Promise<Passing> {
  const passes = passesBy(filter);
  const [segment] = filter.segmentId === undefined ? [] : await segmentsFor(ctx, [filter.segmentId], '/query/segmentId');
  return async (responses) => {
    const found = responses.map((response) => (response && passes(response) ? response : undefined));
    if (!segment) return found;
    const inside = await membersAmong(
      ctx,
      segment,
      found.flatMap((response) => response?.customerId ?? []),
    );
    return found.map((response) => (response?.customerId && inside.has(response.customerId) ? response : undefined));
  };
}
