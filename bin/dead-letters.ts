/** A message that lies in a dead-letter queue, as SQS gives it. */
export type Letter = { body: string; attributes: Record<string, string>; receipt: string };
/** Whom it was for, and what it was given: a function by its ARN, or whoever listens to a topic. */
export type Addressed = { event: unknown } & ({ functionArn: string } | { topicArn: string });

type Destination = { requestContext?: { functionArn?: string }; requestPayload?: unknown };
type Notification = { Type?: string; TopicArn?: string };

/** An ARN of a function without version or alias, as it may be invoked. */
const plainArn = (arn: string) => arn.split(':').slice(0, 7).join(':');

/**
 * Whom a dead letter was for. There are three hands: Lambda's failure destination, which writes function and event; a rule of the bus, which
 * leaves the event as it was and names its target beside it; and SNS, which leaves its own notification. Undefined for anything else.
 */
export function addressedBy({ body, attributes }: Pick<Letter, 'body' | 'attributes'>): Addressed | undefined {
  let told: unknown;
  try {
    told = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof told !== 'object' || told === null) return undefined;
  const { requestContext, requestPayload } = told as Destination;
  if (requestContext?.functionArn && requestPayload !== undefined)
    return { functionArn: plainArn(requestContext.functionArn), event: requestPayload };
  const target = attributes.TARGET_ARN;
  if (target?.split(':')[2] === 'lambda') return { functionArn: plainArn(target), event: told };
  const { Type, TopicArn } = told as Notification;
  if (Type === 'Notification' && TopicArn)
    return { topicArn: TopicArn, event: { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: told }] } };
  return undefined;
}

/** What giving letters out again needs of the world; the rest is a plain loop. */
export type Post = {
  /** The next letters, hidden from now on; none when all were seen. */
  receive: () => Promise<Letter[]>;
  /** The functions that listen to a topic. */
  listeners: (topicArn: string) => Promise<string[]>;
  invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  remove: (receipt: string) => Promise<void>;
};

/**
 * Gives every dead letter to its function again. What is taken leaves the queue; what fails again, or has no address, stays. Every function
 * is idempotent by its rows, so a letter that was half done, or is given twice, does no harm.
 */
export async function redeliver({ receive, listeners, invoke, remove }: Post): Promise<{ taken: number; left: number }> {
  let [taken, left] = [0, 0];
  for (let letters = await receive(); letters.length > 0; letters = await receive())
    for (const letter of letters) {
      const to = addressedBy(letter);
      const functions = !to ? [] : 'functionArn' in to ? [to.functionArn] : await listeners(to.topicArn);
      const answers = await Promise.allSettled(functions.map((one) => invoke(one, to?.event)));
      if (answers.length > 0 && answers.every(({ status }) => status === 'fulfilled')) {
        await remove(letter.receipt);
        taken++;
      } else left++;
    }
  return { taken, left };
}
