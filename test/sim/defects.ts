import type { Defect } from './faults.ts';

// biome-ignore lint/suspicious/noExplicitAny: a request of any operation, as it travels
type Body = Record<string, any>;
const items = (body: Body): Body[] => body.TransactItems ?? [];
const pkOf = (item: Body): string =>
  String((item.Put?.Item ?? item.Update?.Key ?? item.Delete?.Key ?? item.ConditionCheck?.Key)?.pk?.S ?? '');
const skOf = (item: Body): string =>
  String((item.Put?.Item ?? item.Update?.Key ?? item.Delete?.Key ?? item.ConditionCheck?.Key)?.sk?.S ?? '');
const without = (body: Body, drop: (item: Body) => boolean) => {
  const kept = items(body).filter((item) => !drop(item));
  return kept.length < items(body).length && kept.length > 0 ? { body: { ...body, TransactItems: kept } } : undefined;
};
const unguarded = (write: Body) => {
  const { ConditionExpression: _c, ReturnValuesOnConditionCheckFailure: _r, ...rest } = write;
  const used = (name: string) => JSON.stringify(rest.UpdateExpression ?? '').includes(name);
  const names = Object.fromEntries(Object.entries(rest.ExpressionAttributeNames ?? {}).filter(([name]) => used(name)));
  const values = Object.fromEntries(Object.entries(rest.ExpressionAttributeValues ?? {}).filter(([name]) => used(name)));
  const { ExpressionAttributeNames: _n, ExpressionAttributeValues: _v, ...bare } = rest;
  return {
    ...bare,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
};
const withPuts = (body: Body, change: (put: Body) => Body | undefined) => {
  let changed = false;
  const TransactItems = items(body).map((item) => {
    const put = item.Put && change(item.Put);
    changed ||= put !== undefined && item.Put !== undefined && put !== item.Put;
    return put ? { Put: put } : item;
  });
  return changed ? { body: { ...body, TransactItems } } : undefined;
};
const isCustomer = (put: Body) => put.Item?.e?.S === 'customer';

/** Mistakes that a change of the product could bring, played between the product and its database. Every one must be seen by an invariant. */
export const defects: Record<string, Defect> = {
  'an acknowledged write never happens': (operation, body) =>
    operation === 'PutItem' && body.Item?.e ? { answer: { status: 200, body: {} } } : undefined,
  'a change is written without looking at the version': (operation, body) => {
    const isChange = (put: Body) => isCustomer(put) && put.Item.v?.N !== '1';
    if (operation === 'TransactWriteItems') return withPuts(body, (put) => (isChange(put) ? unguarded(put) : put));
    return operation === 'PutItem' && isChange(body) ? { body: unguarded(body) } : undefined;
  },
  'an e-mail is claimed without looking who has it': (operation, body) =>
    operation === 'TransactWriteItems'
      ? withPuts(body, (put) => (String(put.Item.pk.S).includes('#UNIQ#') && put.ConditionExpression ? unguarded(put) : put))
      : undefined,
  'an e-mail is not claimed at all': (operation, body) =>
    operation === 'TransactWriteItems' ? without(body, (item) => item.Put && pkOf(item).includes('#email#')) : undefined,
  'an e-mail that was given up stays claimed': (operation, body) =>
    operation === 'TransactWriteItems' ? without(body, (item) => item.Delete && pkOf(item).includes('#UNIQ#')) : undefined,
  'the record of an Idempotency-Key is not written': (operation, body) =>
    operation === 'TransactWriteItems' ? without(body, (item) => pkOf(item).includes('#IDEM#')) : undefined,
  'a change is told as refused': (operation, body, chance) =>
    operation === 'PutItem' && isCustomer(body) && chance.oneIn(3)
      ? {
          after: {
            status: 400,
            body: {
              __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
              message: 'The conditional request failed',
              Item: { ...body.Item, rq: { S: 'somebody' }, v: { N: '99' } },
            },
          },
        }
      : undefined,
  'a history row is forgotten': (operation, body) =>
    operation === 'TransactWriteItems' ? without(body, (item) => item.Put && skOf(item).startsWith('H#~')) : undefined,
  'a history row is put again and counted again': (operation, body) =>
    operation === 'TransactWriteItems'
      ? withPuts(body, (put) => (String(put.Item.sk.S).startsWith('H#') && put.ConditionExpression ? unguarded(put) : put))
      : undefined,
  'the counter is forgotten': (operation, body) =>
    operation === 'TransactWriteItems' ? without(body, (item) => item.Update && pkOf(item).endsWith('#CNT')) : undefined,
  'the activity of a customer is forgotten': (operation, body) =>
    operation === 'TransactWriteItems' ? without(body, (item) => item.Put && skOf(item) === 'A#SUM') : undefined,
  'old search words stay': (operation, body) => {
    const [table] = Object.keys(body.RequestItems ?? {});
    if (operation !== 'BatchWriteItem' || !table) return undefined;
    const kept = body.RequestItems[table].filter((one: Body) => !one.DeleteRequest);
    if (kept.length === body.RequestItems[table].length) return undefined;
    return kept.length > 0
      ? { body: { ...body, RequestItems: { [table]: kept } } }
      : { answer: { status: 200, body: { UnprocessedItems: {} } } };
  },
  'what a batch did not process is forgotten': (operation, body) => {
    const [table] = Object.keys(body.RequestItems ?? {});
    if (operation !== 'BatchWriteItem' || !table || body.RequestItems[table].length < 2) return undefined;
    return { body: { ...body, RequestItems: { [table]: body.RequestItems[table].slice(1) } } };
  },
  'a customer is missing from the list of her owner': (operation, body) => {
    const hidden = (put: Body) => {
      if (!isCustomer(put) || !put.Item.gsi2pk) return put;
      const { gsi2pk: _pk, gsi2sk: _sk, ...Item } = put.Item;
      return { ...put, Item };
    };
    if (operation === 'TransactWriteItems') return withPuts(body, hidden);
    return operation === 'PutItem' && isCustomer(body) && body.Item.gsi2pk ? { body: hidden(body) } : undefined;
  },
  'an archived customer stays in the directory': (operation, body) =>
    operation === 'PutItem' && isCustomer(body) && body.Item.d?.M?.a
      ? { body: { ...body, Item: { ...body.Item, gsi1pk: { S: String(body.Item.gsi1pk.S).replace('#ARC', '#CUS#0') } } } }
      : undefined,
};

/** Reads of one workspace answered from another: made for two workspaces that are known. */
export const leak =
  (from: string, to: string): Defect =>
  (operation, body) => {
    const text = JSON.stringify(body);
    if (operation !== 'Query' || !text.includes(`T#${from}#CUS#0`)) return undefined;
    return { body: JSON.parse(text.replaceAll(`T#${from}#CUS#0`, `T#${to}#CUS#0`)) as Body };
  };
