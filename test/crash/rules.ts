import type { Body, Defect } from './injector.ts';
import type { Setting } from './stories.ts';

/**
 * The rules of the design, each switched off by itself: the test must see what then goes wrong, or it would not see it in the product
 * either. Played on the wire, so that the product's code stays as it is.
 */
export type Rule = {
  rule: string;
  /** What its absence has to bring about. */
  shows: 'doubled' | 'unwanted' | 'lost' | 'wrong';
  defect?: Defect;
  setting?: Partial<Setting>;
};

type Attributes = Record<string, { S?: string; N?: string }>;
const isSend = (item: Attributes | undefined) => item?.sk?.S?.startsWith('TO#') === true;
/** A put of a send or of its cap that does not ask what is there. */
const unguarded = (put: Body): Body =>
  isSend(put.Item as Attributes) || (put.Item as Attributes).sk?.S?.startsWith('CAP#')
    ? { ...without(put), ExpressionAttributeNames: undefined, ExpressionAttributeValues: undefined }
    : put;
const without = ({ ConditionExpression: _, ...body }: Body): Body => body;

export const rules: readonly Rule[] = [
  {
    rule: 'the provider is called once: the client does not try again by itself',
    shows: 'doubled',
    defect: { retriesMail: true },
    setting: { faultsOneIn: 6 },
  },
  {
    rule: 'a claim is its owner’s until its lease is over, and then it is unknown',
    shows: 'doubled',
    defect: {
      answer: ({ operation }, answer) =>
        operation === 'Query' && (answer.Items as Attributes[] | undefined)?.some((item) => isSend(item) && item.st?.S === 'claimed')
          ? {
              ...answer,
              Items: (answer.Items as Attributes[]).map((item) => (item.st?.S === 'claimed' ? { ...item, st: { S: 'pending' } } : item)),
            }
          : undefined,
    },
  },
  {
    rule: 'the snapshot puts what is not there yet',
    shows: 'doubled',
    defect: {
      request: ({ operation, body }) =>
        operation === 'PutItem' && isSend(body.Item as Attributes) && String(body.ConditionExpression).startsWith('attribute_not_exists')
          ? { ...without(body), ExpressionAttributeNames: undefined, ExpressionAttributeValues: undefined }
          : undefined,
    },
    setting: { sleepOneIn: 2, crashPercent: 20, retry: false },
  },
  {
    rule: 'the grace outlasts the provider’s latest word',
    shows: 'doubled',
    defect: {
      request: ({ operation, body }) =>
        operation === 'PutItem' && isSend(body.Item as Attributes) && (body.Item as Attributes).st?.S === 'unknown'
          ? { ...body, Item: { ...body.Item, ca: { S: '2020-01-01T00:00:00.000Z' } } }
          : undefined,
    },
    // Words so late that most come after the lease, which is when a grace cut short sends again.
    setting: { retry: true, faultsOneIn: 12, lateOneIn: 1, latest: 30 },
  },
  {
    rule: 'a later word of the provider’s stands above an earlier one',
    shows: 'lost',
    defect: {
      answer: ({ operation, invocation }, answer) =>
        operation === 'GetItem' && invocation.name === 'providerEvents' && isSend(answer.Item as Attributes | undefined)
          ? { ...answer, Item: { ...answer.Item, st: { S: 'claimed' } } }
          : undefined,
    },
  },
  {
    rule: 'counts are recounts',
    shows: 'wrong',
    defect: {
      instead: ({ operation, body }) =>
        operation === 'PutItem' && (body.Item as Attributes).sk?.S?.startsWith('COUNT#') && String(body.ConditionExpression) === '#v = :v'
          ? {}
          : undefined,
    },
  },
  {
    rule: 'suppression is asked at the claim',
    shows: 'unwanted',
    defect: {
      answer: ({ operation }, answer) => {
        const [table, found] = Object.entries((answer.Responses ?? {}) as Record<string, Attributes[]>)[0] ?? [];
        return operation === 'BatchGetItem' && table && found?.some(({ pk }) => pk?.S?.includes('#SUP#'))
          ? { ...answer, Responses: { [table]: found.filter(({ pk }) => !pk?.S?.includes('#SUP#')) } }
          : undefined;
      },
    },
  },
  ...(['sms', 'direct'] as const).map(
    (kind): Rule => ({
      rule: `the provider is called once: also by ${kind}`,
      shows: 'doubled',
      defect: { retriesMail: true },
      setting: { kinds: [kind], faultsOneIn: 6 },
    }),
  ),
  {
    rule: 'a call is planned in the commit that says so, of what was read',
    shows: 'doubled',
    defect: {
      request: ({ operation, body }) =>
        operation === 'TransactWriteItems'
          ? {
              ...body,
              TransactItems: (body.TransactItems as { Put?: Body }[]).map((one) => (one.Put ? { ...one, Put: unguarded(one.Put) } : one)),
            }
          : undefined,
    },
    setting: { kinds: ['call'], sleepOneIn: 4 },
  },
  { rule: 'what was forgotten is found by the sweep', shows: 'wrong', setting: { noSweep: true } },
];
