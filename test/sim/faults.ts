import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { tableClient } from '../../functions/table/client.ts';
import type { Chance } from '../_util/battery.ts';

/** What may go wrong with one call to the database. */
export const faultKinds = [
  'throttle',
  'error',
  'timeout before',
  'timeout after',
  'conflict',
  'crash before',
  'crash after',
  'partial batch',
] as const;

/** One invocation of a function: its own chance of faults, and whether it has crashed. A dead process calls nobody any more. */
export interface Invocation {
  chance: Chance;
  /** A fault once in so many calls; 0 is never. */
  oneIn: number;
  dead: boolean;
  /** A consumer of the stream: whoever calls it starts it anew at once, so a crash ends this call alone. */
  reborn?: true;
}

// biome-ignore lint/suspicious/noExplicitAny: a request of any operation, as it travels
type Body = Record<string, any>;
/** A defect of the product, played by what reaches the database: changes the body, or gives an answer instead of the database's. */
export type Defect = (
  operation: string,
  body: Body,
  chance: Chance,
) => { body?: Body; answer?: { status: number; body: Body }; after?: { status: number; body: Body } } | undefined;

interface HttpRequest {
  headers: Record<string, string>;
  body?: string | Uint8Array;
}
interface Handler {
  handle(
    request: HttpRequest,
    options?: unknown,
  ): Promise<{ response: { statusCode: number; headers: Record<string, string>; body: unknown } }>;
}

const invocations = new AsyncLocalStorage<Invocation>();
/** Runs a piece of the product within an invocation; without one, calls go through untouched. */
export const within = <T>(invocation: Invocation, work: () => Promise<T>): Promise<T> => invocations.run(invocation, work);

class Crash extends Error {
  override readonly name = 'Crash';
}
const timeout = () => Object.assign(new Error('the connection timed out'), { name: 'TimeoutError' });

const answerOf = (status: number, body: Body) => {
  const text = JSON.stringify(body);
  return {
    response: {
      statusCode: status,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': String(Buffer.byteLength(text)),
        'x-amzn-requestid': 'fault',
      },
      body: Readable.from([Buffer.from(text)]),
    },
  };
};
const failed = (type: string, more: Body = {}, status = 400) =>
  answerOf(status, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: `injected: ${type}`, ...more });

/** How often each fault fired at each operation. */
export class Faults {
  readonly fired = new Map<string, number>();
  defect: Defect | undefined;
  readonly #handler: Handler;
  readonly #real: Handler['handle'];
  #config: { requestHandler: Handler; retryStrategy: () => Promise<unknown> };

  constructor() {
    this.#config = tableClient().config as never;
    this.#handler = this.#config.requestHandler;
    this.#real = this.#handler.handle.bind(this.#handler);
  }

  /** Puts itself between the SDK, with its serialisation and retries, and the wire. */
  async install(): Promise<void> {
    // The client keeps the handler that it was made with: what takes its calls has to be that very object.
    this.#handler.handle = (request, options) => this.#handle(request, options);
    const strategy = (await this.#config.retryStrategy()) as { refreshRetryTokenForRetry: (...all: unknown[]) => Promise<object> };
    const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
    // The same retries, without the wait.
    strategy.refreshRetryTokenForRetry = async (...all) => Object.assign(Object.create(await refresh(...all)), { getRetryDelay: () => 1 });
    this.#config.retryStrategy = async () => strategy;
  }

  remove(): void {
    this.#handler.handle = this.#real;
  }

  async #handle(request: HttpRequest, options: unknown) {
    const invocation = invocations.getStore();
    if (!invocation) return this.#real(request, options);
    if (invocation.dead) throw new Crash('this process is dead');
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const kind = invocation.oneIn > 0 && invocation.chance.oneIn(invocation.oneIn) ? invocation.chance.pick(faultKinds) : undefined;
    if (!kind) return this.#send(operation, request, { options, invocation });
    const name = `${operation} ${kind}`;
    const count = () => this.fired.set(name, (this.fired.get(name) ?? 0) + 1);
    const body = bodyOf(request);
    switch (kind) {
      case 'throttle':
        count();
        return failed('ProvisionedThroughputExceededException');
      case 'error':
        count();
        return failed('InternalServerError', {}, 500);
      case 'timeout before':
        count();
        throw timeout();
      case 'timeout after':
        count();
        await this.#send(operation, request, { options, invocation });
        throw timeout();
      case 'crash before':
        count();
        invocation.dead = !invocation.reborn;
        throw new Crash('crashed before the call');
      case 'crash after':
        count();
        await this.#send(operation, request, { options, invocation });
        invocation.dead = !invocation.reborn;
        throw new Crash('crashed after the call');
      case 'conflict':
        if (operation !== 'TransactWriteItems') return this.#send(operation, request, { options, invocation });
        count();
        return failed('TransactionCanceledException', {
          CancellationReasons: body.TransactItems.map((_: unknown, at: number) =>
            at === 0 ? { Code: 'TransactionConflict' } : { Code: 'None' },
          ),
        });
      case 'partial batch':
        return this.#partially(operation, request, { body, options, invocation, count });
    }
  }

  /** Does a part of a batch and gives the rest back as unprocessed, as DynamoDB may. */
  async #partially(
    operation: string,
    request: HttpRequest,
    { body, options, invocation, count }: { body: Body; options: unknown; invocation: Invocation; count: () => void },
  ) {
    const [table] = Object.keys(body.RequestItems ?? {});
    if (!table || (operation !== 'BatchWriteItem' && operation !== 'BatchGetItem'))
      return this.#send(operation, request, { options, invocation });
    count();
    const all = operation === 'BatchWriteItem' ? body.RequestItems[table] : body.RequestItems[table].Keys;
    const done = all.slice(0, Math.ceil(all.length / 2));
    const rest = all.slice(done.length);
    const part = operation === 'BatchWriteItem' ? done : { ...body.RequestItems[table], Keys: done };
    const sent = { ...request, headers: { ...request.headers }, body: JSON.stringify({ ...body, RequestItems: { [table]: part } }) };
    const answer = JSON.parse(await textOf((await this.#send(operation, sent, { options, invocation })).response.body)) as Body;
    if (rest.length === 0) return answerOf(200, answer);
    return answerOf(200, {
      ...answer,
      ...(operation === 'BatchWriteItem'
        ? { UnprocessedItems: { [table]: rest } }
        : { UnprocessedKeys: { [table]: { ...body.RequestItems[table], Keys: rest } } }),
    });
  }

  async #send(operation: string, request: HttpRequest, { options, invocation }: { options: unknown; invocation: Invocation }) {
    const played = this.defect?.(operation, bodyOf(request), invocation.chance);
    if (played?.answer) return answerOf(played.answer.status, played.answer.body);
    const sent = played?.body ? this.#rewritten(request, played.body) : this.#fitted(request);
    const answer = await this.#real(sent, options);
    return played?.after ? answerOf(played.after.status, played.after.body) : answer;
  }

  #rewritten(request: HttpRequest, body: Body): HttpRequest {
    return this.#fitted(
      Object.assign(Object.create(Object.getPrototypeOf(request) as object), request, {
        headers: { ...request.headers },
        body: JSON.stringify(body),
      }) as HttpRequest,
    );
  }

  /** The local engine does not look at signatures, only at the length. */
  #fitted(request: HttpRequest): HttpRequest {
    if (request.headers['content-length'] !== undefined) request.headers['content-length'] = String(bytesOf(request).length);
    return request;
  }
}

const bytesOf = ({ body = '{}' }: HttpRequest) =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
const bodyOf = (request: HttpRequest) => JSON.parse(bytesOf(request).toString('utf8')) as Body;

async function textOf(body: unknown): Promise<string> {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
