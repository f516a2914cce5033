import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { now as clock } from '../kernel/clock.ts';
import { errorFields, log, metric } from '../kernel/log.ts';

/** An event of the stage's bus, as a function gets it. */
export type BusEvent = { id: string; source: string; 'detail-type': string; time: string; detail: unknown };
/** When it is dealt with, by which invocation, and whether there is time for one more chunk of work. */
export type Moment = {
  now: number;
  requestId: string;
  hasTime: () => boolean /** Milliseconds until the function's end. */;
  msLeft: () => number;
};
type Handling = { detail: z.ZodType; run: (detail: never, moment: Moment) => Promise<void> };

/** What a chunk of work may take at most; with less left of the function's time no new one is begun. */
const chunkMs = 10_000;

/** Ties a detail's schema to what is done with it. */
export const handling = <T extends z.ZodType>(detail: T, run: (detail: z.output<T>, moment: Moment) => Promise<void>): Handling => ({
  detail,
  run: run as Handling['run'],
});

/**
 * Makes the Lambda handler of a rule on the bus. The key is a detail type, or its beginning with `*`: `due.run`, `customer.*`. An event
 * that is none of these, or malformed, is logged and left; a failure is thrown, so that it comes again and at last goes to the dead letters.
 */
export const onEvents =
  (handlings: Record<string, Handling>) =>
  async (
    event: BusEvent,
    { awsRequestId: requestId, getRemainingTimeInMillis }: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
  ) => {
    const type = event['detail-type'];
    const name = Object.keys(handlings).find((key) => (key.endsWith('*') ? type.startsWith(key.slice(0, -1)) : key === type));
    const found = name === undefined ? undefined : handlings[name];
    const detail = found?.detail.safeParse(event.detail);
    if (!found || !detail?.success) return log('warn', 'an event that nobody handles here', { type });
    try {
      await found.run(detail.data as never, {
        now: clock(),
        requestId,
        hasTime: () => getRemainingTimeInMillis() > chunkMs,
        msLeft: getRemainingTimeInMillis,
      });
    } catch (error) {
      log('error', 'an event was not dealt with', { type, requestId, ...errorFields(error) });
      metric('EventFailure', 1);
      throw error;
    }
  };
