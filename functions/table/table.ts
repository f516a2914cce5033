import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { pauseBefore } from '../kernel/backoff.ts';
import { CrmError } from '../kernel/errors.ts';
import { hashOf } from '../kernel/ids.ts';
import { type Attributes, attributesOf, fieldsOf } from './attributes.ts';
import { type Action, GuardError, type IndexName, type Item, type Key } from './entity.ts';
import { conditionOf, updateOf } from './expressions.ts';

export type Range = { from: string; to: string } | { is: string };
export type QueryInput = {
  index?: IndexName;
  pk: string;
  /** Sort keys from `from` to `to`, both included. */
  range?: Range;
  limit?: number;
  newestFirst?: boolean;
  /** The last examined key of the page before. */
  after?: Record<string, unknown> | undefined;
  strong?: boolean;
};
export type Consumed = { operation: string; capacity: unknown };
export type TableOptions = {
  client: DynamoDBClient;
  name: string;
  /** `T#<tenant>#`, or another prefix that every key must begin with. */
  space: string;
  now: number;
  /** Told of the capacity that each call consumed. */
  meter?: (consumed: Consumed) => void;
};

const maxActions = 100;
const attempts = 8;
const batchesAbreast = 3;

/** The single table, bound to one space of keys: a key outside it is refused before any call. All reads and writes of the product go through here. */
export class Table {
  readonly #options: TableOptions;
  /** Added to the first commit: the record of an Idempotency-Key. */
  #rider: ((main: Item | undefined) => Action) | undefined;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  /** Adds one more action to the next commit, made from its first row. */
  ride(rider: (main: Item | undefined) => Action) {
    this.#rider = rider;
  }

  /** Reads one row, strongly consistent unless told otherwise. 1 or 0.5 read units per 4 KiB. */
  async get(key: Key, { strong = true } = {}): Promise<Item | undefined> {
    const Key = attributesOf(this.#own(key));
    const answer = await this.#send('GetItem', new GetItemCommand({ ...this.#base(), Key, ConsistentRead: strong }));
    return this.#alive(itemOf(answer.Item));
  }

  /** Reads up to any number of rows, 100 a call, in the order asked; undefined where there is none. `ended` gives rows too whose ttl has passed. */
  async getMany(keys: Key[], { strong = false, ended = false } = {}): Promise<(Item | undefined)[]> {
    const found = new Map<string, Item>();
    const nameOf = (key: Key) => `${key.pk}\n${key.sk}`;
    const distinct = [...new Map(keys.map((key) => [nameOf(key), { pk: key.pk, sk: key.sk }])).values()];
    for (let start = 0; start < distinct.length; start += 100) {
      let pending: Attributes[] = distinct.slice(start, start + 100).map((key) => attributesOf(this.#own(key)));
      for (let attempt = 0; pending.length > 0; attempt++) {
        if (attempt > 0) await pauseBefore(attempt);
        if (attempt > attempts) throw new CrmError('unavailable');
        const { name } = this.#options;
        const answer = await this.#send(
          'BatchGetItem',
          new BatchGetItemCommand({ RequestItems: { [name]: { Keys: pending, ConsistentRead: strong } }, ...this.#metered() }),
        );
        for (const item of itemsOf(answer.Responses?.[name])) found.set(nameOf(item), item);
        pending = answer.UnprocessedKeys?.[name]?.Keys ?? [];
      }
    }
    return keys.map((key) => (ended ? found.get(nameOf(key)) : this.#alive(found.get(nameOf(key)))));
  }

  /** One page of one partition. `lastKey` is the last examined key, absent at the end; `examined` counts what was read. */
  async query({ index, pk, range, limit, newestFirst = false, after, strong = false }: QueryInput) {
    this.#own({ pk, sk: '' });
    const [pkName, skName] = index ? [`${index}pk`, `${index}sk`] : ['pk', 'sk'];
    const names: Record<string, string> = { '#p': pkName };
    const values: Record<string, unknown> = { ':p': pk };
    let condition = '#p = :p';
    if (range) {
      names['#s'] = skName;
      condition += 'is' in range ? ' AND #s = :a' : ' AND #s BETWEEN :a AND :b';
      Object.assign(values, 'is' in range ? { ':a': range.is } : { ':a': range.from, ':b': range.to });
    }
    const answer = await this.#send(
      'Query',
      new QueryCommand({
        ...this.#base(),
        ...(index && { IndexName: index }),
        KeyConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: attributesOf(values),
        ScanIndexForward: !newestFirst,
        ...(limit && { Limit: limit }),
        ...(after && { ExclusiveStartKey: attributesOf(after) }),
        ConsistentRead: strong && !index,
      }),
    );
    const items = itemsOf(answer.Items);
    const lastKey = answer.LastEvaluatedKey && fieldsOf(answer.LastEvaluatedKey);
    return { items: items.filter((item) => this.#alive(item)), lastKey, examined: items.length };
  }

  /** Every row of a range, page after page. For small collections: the caller knows the bound. */
  async queryAll(input: QueryInput): Promise<Item[]> {
    const rows: Item[] = [];
    let after = input.after;
    do {
      const page = await this.query({ ...input, after });
      rows.push(...page.items);
      after = page.lastKey;
    } while (after);
    return rows;
  }

  /**
   * Writes all of it or nothing: one Put, Update or Delete, or one transaction with a token. A failed guard throws what its
   * action says, or a GuardError; conflicts are tried again with jitter, then thrown as `conflict`.
   */
  async commit(actions: Action[]): Promise<void> {
    const [failed] = await this.attempt(actions);
    if (failed) throw failed.action.onGuard?.(failed.row) ?? new GuardError(failed.row);
  }

  /** As `commit`, but gives back every action whose guard failed (and then nothing was written) instead of throwing for the first. */
  async attempt(actions: Action[]): Promise<Failed[]> {
    const first = actions[0];
    if (!first) return [];
    const ride = this.#rider;
    this.#rider = undefined;
    const rider = ride?.('put' in first ? first.put : undefined);
    // The rider stands first: a replay is a replay, whatever else no longer holds.
    const all = rider ? [rider, ...actions] : actions;
    if (all.length > maxActions) throw new CrmError('too_many', { detail: `${all.length} rows in one commit; ${maxActions} at most` });
    for (const action of all) this.#own(keyOf(action));
    const failed = await (all.length === 1 && !('check' in first) ? this.#single(first) : this.#transaction(all));
    // Whoever reads again and tries again still has the request's record to write.
    if (failed.length > 0) this.#rider = ride;
    return failed;
  }

  /**
   * Adds to an attribute, one unless told otherwise, and gives what it is then: numbers that nobody else is given. 1 W, by itself: whoever
   * does not use them after all leaves a gap, and nobody waits for anybody.
   */
  async next(key: Key, attribute: string, count = 1): Promise<number> {
    const answer = await this.#send(
      'UpdateItem',
      new UpdateItemCommand({
        ...this.#base(),
        Key: attributesOf(this.#own(key)),
        UpdateExpression: 'ADD #n :count',
        ExpressionAttributeNames: { '#n': attribute },
        ExpressionAttributeValues: attributesOf({ ':count': count }),
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return Number(fieldsOf(answer.Attributes)[attribute]);
  }

  /** Puts and removes derived rows without a guard, 25 a call and a few calls at once: in no order, and each key once. */
  async writeMany(rows: ({ put: Item } | { remove: Key })[]): Promise<void> {
    const requests = rows.map((row) =>
      'put' in row
        ? { PutRequest: { Item: attributesOf(this.#own(row.put)) } }
        : { DeleteRequest: { Key: attributesOf(this.#own(row.remove)) } },
    );
    const chunks = Array.from({ length: Math.ceil(requests.length / 25) }, (_, at) => requests.slice(at * 25, at * 25 + 25)).values();
    const writers = Array.from({ length: batchesAbreast }, async () => {
      for (const chunk of chunks) await this.#batch(chunk);
    });
    // Whoever tries again must not meet writes that are still on their way.
    const failed = (await Promise.allSettled(writers)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  async #batch(chunk: WriteRequest[]): Promise<void> {
    const { name } = this.#options;
    let pending = chunk;
    for (let attempt = 0; pending.length > 0; attempt++) {
      if (attempt > 0) await pauseBefore(attempt);
      if (attempt > attempts) throw new CrmError('unavailable');
      const answer = await this.#send(
        'BatchWriteItem',
        new BatchWriteItemCommand({ RequestItems: { [name]: pending }, ...this.#metered() }),
      );
      pending = answer.UnprocessedItems?.[name] ?? [];
    }
  }

  async #single(action: Action): Promise<Failed[]> {
    const common = {
      ...this.#base(),
      ...conditionOf(action.guard, this.#seconds()),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    try {
      if ('put' in action) await this.#send('PutItem', new PutItemCommand({ ...common, Item: attributesOf(action.put) }));
      else if ('remove' in action) await this.#send('DeleteItem', new DeleteItemCommand({ ...common, Key: attributesOf(action.remove) }));
      else if ('update' in action) await this.#send('UpdateItem', new UpdateItemCommand({ ...common, ...updateOf(action, common) }));
      return [];
    } catch (error) {
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw unshaped(error);
      return failures([action], [{ Code: 'ConditionalCheckFailed', Item: (error as { Item?: Attributes }).Item }]);
    }
  }

  async #transaction(actions: Action[]): Promise<Failed[]> {
    const TransactItems = actions.map((action) => {
      const common = {
        TableName: this.#options.name,
        ...conditionOf(action.guard, this.#seconds()),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      };
      if ('put' in action) return { Put: { ...common, Item: attributesOf(action.put) } };
      if ('remove' in action) return { Delete: { ...common, Key: attributesOf(action.remove) } };
      if ('check' in action)
        return {
          ConditionCheck: {
            ...common,
            ConditionExpression: common.ConditionExpression ?? 'attribute_exists(pk)',
            Key: attributesOf(action.check),
          },
        };
      return { Update: { ...common, ...updateOf(action, common) } };
    });
    const content = JSON.stringify(TransactItems);
    for (let attempt = 0; ; attempt++) {
      try {
        // The token makes the SDK's own retry after a lost answer harmless; it names this very write.
        await this.#send(
          'TransactWriteItems',
          new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: hashOf(`${attempt}${content}`, 36), ...this.#metered() }),
        );
        return [];
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw unshaped(error);
        const failed = failures(actions, error.CancellationReasons ?? []);
        if (failed.length) return failed;
        if (attempt + 1 >= attempts) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
        await pauseBefore(attempt);
      }
    }
  }

  #base() {
    return { TableName: this.#options.name, ...this.#metered() };
  }

  #metered() {
    return this.#options.meter ? { ReturnConsumedCapacity: 'INDEXES' as const } : {};
  }

  #seconds() {
    return Math.floor(this.#options.now / 1_000);
  }

  #own<K extends Key>(key: K): K {
    if (!key.pk.startsWith(this.#options.space)) throw new Error(`a key outside ${this.#options.space}`);
    return key;
  }

  /** Expired rows linger until the engine sweeps them; to us they are gone. */
  #alive(item: Item | undefined): Item | undefined {
    return item && typeof item.ttl === 'number' && item.ttl <= this.#seconds() ? undefined : item;
  }

  // biome-ignore lint/suspicious/noExplicitAny: the SDK types each command's answer by overloads that a shared wrapper cannot name
  async #send(operation: string, command: any): Promise<any> {
    const answer = (await this.#options.client.send(command)) as { ConsumedCapacity?: unknown };
    if (this.#options.meter) this.#options.meter({ operation, capacity: answer.ConsumedCapacity });
    return answer;
  }
}

const itemOf = (attributes: Attributes | undefined) => attributes && (fieldsOf(attributes) as Item);
const itemsOf = (rows: Attributes[] | undefined) => (rows ?? []).map((attributes) => fieldsOf(attributes) as Item);

/** An action whose guard failed, and the row that is there. */
export type Failed = { action: Action; row: Item | undefined };

const keyOf = (action: Action): Key =>
  'put' in action ? action.put : 'remove' in action ? action.remove : 'check' in action ? action.check : action.update;

/** A put whose answer was lost is tried again by the SDK and then finds its own row: the same request, version and time is our own write. */
const isOwnWrite = (action: Action, row: Item | undefined) =>
  'put' in action &&
  row !== undefined &&
  action.put.rq !== undefined &&
  row.rq === action.put.rq &&
  row.v === action.put.v &&
  row.u === action.put.u;

const failures = (actions: Action[], reasons: { Code?: string | undefined; Item?: Attributes | undefined }[]): Failed[] =>
  actions.flatMap((action, at) => {
    const reason = reasons[at];
    if (reason?.Code !== 'ConditionalCheckFailed') return [];
    const row = itemOf(reason.Item);
    return isOwnWrite(action, row) ? [] : [{ action, row }];
  });

/** What may be over in a moment, after the SDK's own retries: throttling, a failure of the database's own, no answer in time. */
const passing = new Set([
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionInProgressException',
]);
const unshaped = (error: unknown) =>
  passing.has((error as Error).name) ? new CrmError('unavailable', { headers: { 'Retry-After': '1' } }, error) : (error as Error);
