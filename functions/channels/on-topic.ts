import type { Context, SNSEvent } from 'aws-lambda';
import { now as clock } from '../kernel/clock.ts';
import { errorFields, log, metric } from '../kernel/log.ts';

/** When it is dealt with, and by which invocation. */
export type Told = { now: number; requestId: string };

/**
 * Makes the Lambda handler of a topic: the texts of its notifications are given to `run`. A failure is thrown, so that it comes again and at
 * last goes to the dead letters.
 */
export const onTopic =
  (run: (messages: string[], told: Told) => Promise<void>) =>
  async ({ Records }: SNSEvent, { awsRequestId: requestId }: Pick<Context, 'awsRequestId'>): Promise<void> => {
    try {
      await run(
        Records.map(({ Sns }) => Sns.Message),
        { now: clock(), requestId },
      );
    } catch (error) {
      log('error', 'a notification was not dealt with', { requestId, ...errorFields(error) });
      metric('TopicFailure', 1);
      throw error;
    }
  };
