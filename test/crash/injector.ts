import { AsyncLocalStorage } from 'node:async_hooks';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { tableClient } from '../../functions/table/client.ts';
import type { Chance } from '../_util/battery.ts';

/**
 * Stands between the SDK's clients and the wire, where real serialisation, time-outs and retries run: a process dies before a call or after
 * its effect, a call is throttled, its answer is lost, or it takes minutes while the world goes on.
 */
export interface Invocation {
  chance: Chance;
  /** The function at work. */
  name: string;
  /** At which of its calls the process dies, counted from 1; 0 for never. */
  dieAt: number;
  /** Whether the call at which it dies takes effect. */
  after: boolean;
  /** At which call it stands still for a while; 0 for never. */
  sleepAt: number;
  /** Ends when it may go on. */
  sleep: () => Promise<void>;
  /** Passing faults, once in so many calls; 0 for none. */
  faultsOneIn: number;
  calls: number;
  dead: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: a request of any operation, as it travels
export type Body = Record<string, any>;
export type Call = { service: 'table' | 'mail' | 'bus'; operation: string; body: Body; invocation: Invocation };
/** A rule of the product switched off, played on the wire: another body, an answer instead of the call, or another answer. */
export type Defect = {
  request?: (call: Call) => Body | undefined;
  instead?: (call: Call) => Body | undefined;
  answer?: (call: Call, answer: Body) => Body | undefined;
  /** The provider's client tries again by itself. */
  retriesMail?: true;
};

interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}
type Answer = { response: { statusCode: number; headers: Record<string, string>; body: Uint8Array } };
interface Handler {
  handle(request: WireRequest, options?: unknown): Promise<Answer>;
}
interface Configured {
  requestHandler: Handler;
  retryStrategy: () => Promise<unknown>;
}

export class Crash extends Error {
  override readonly name = 'Crash';
}
const timeout = () => Object.assign(new Error('the connection timed out'), { name: 'TimeoutError' });
const answerOf = (statusCode: number, body: Body): Answer => ({
  response: {
    statusCode,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': String(body.__type ?? ''), 'x-amzn-requestid': 'injected' },
    body: Buffer.from(JSON.stringify(body)),
  },
});

const invocations = new AsyncLocalStorage<Invocation>();
/** Runs a function as one process that may die; without one, calls go through untouched. */
export const within = <T>(invocation: Invocation, work: () => Promise<T>): Promise<T> => invocations.run(invocation, work);

export class Injector {
  /** How many processes died. */
  crashes = 0;
  /** Where they died: function, operation, before or after its effect. */
  readonly places = new Map<string, number>();
  /** Passing faults, by kind. */
  readonly faults = new Map<string, number>();
  defect: Defect | undefined;

  async install(): Promise<void> {
    await this.#take(tableClient() as never, 'table');
    for (const [Client, service] of [
      [SESv2Client, 'mail'],
      [PinpointSMSVoiceV2Client, 'mail'],
      [EventBridgeClient, 'bus'],
    ] as const) {
      const { prototype } = Client as unknown as { prototype: { send: (this: object, ...all: unknown[]) => unknown } };
      const { send } = prototype;
      const known = new WeakSet<object>();
      const take = this.#take.bind(this);
      // The product makes its clients when they are first needed.
      prototype.send = async function patched(this: object, ...all: unknown[]) {
        if (!known.has(this)) {
          known.add(this);
          await take(this as never, service);
        }
        return send.apply(this, all);
      };
    }
  }

  async #take({ config }: { config: Configured }, service: Call['service']): Promise<void> {
    const handler = config.requestHandler;
    const real = handler.handle.bind(handler);
    handler.handle = (request, options) => this.#handle({ request, options, service, real });
    const strategy = (await config.retryStrategy()) as { refreshRetryTokenForRetry: (...all: unknown[]) => Promise<object> };
    const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
    // The same retries, without the wait.
    strategy.refreshRetryTokenForRetry = async (...all) => Object.assign(Object.create(await refresh(...all)), { getRetryDelay: () => 1 });
    config.retryStrategy = async () => strategy;
  }

  async #handle(at: { request: WireRequest; options: unknown; service: Call['service']; real: Handler['handle'] }): Promise<Answer> {
    const invocation = invocations.getStore();
    if (!invocation) return at.real(at.request, at.options);
    if (invocation.dead) throw new Crash('this process is dead');
    const operation = operationOf(at.request);
    const number = ++invocation.calls;
    if (number === invocation.sleepAt) await invocation.sleep();
    if (invocation.dead) throw new Crash('this process is dead');
    const send = () => this.#send(at, operation, invocation);
    if (number === invocation.dieAt) {
      this.crashes++;
      const place = `${invocation.name} ${operation} ${invocation.after ? 'after' : 'before'}`;
      this.places.set(place, (this.places.get(place) ?? 0) + 1);
      if (!invocation.after) invocation.dead = true;
      if (invocation.after) await send();
      invocation.dead = true;
      throw new Crash(place);
    }
    return invocation.faultsOneIn > 0 && invocation.chance.oneIn(invocation.faultsOneIn)
      ? this.#fault(at.service, invocation, send)
      : send();
  }

  async #fault(service: Call['service'], { chance }: Invocation, send: () => Promise<Answer>): Promise<Answer> {
    const kind = chance.pick(['throttle', 'error before', 'error after', 'timeout before', 'timeout after'] as const);
    const name = `${service} ${kind}`;
    this.faults.set(name, (this.faults.get(name) ?? 0) + 1);
    if (kind === 'throttle') {
      const type =
        service === 'table' ? 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException' : 'TooManyRequestsException';
      return answerOf(service === 'table' ? 400 : 429, { __type: type, message: 'injected' });
    }
    if (kind.endsWith('after')) await send();
    if (service === 'mail' && this.defect?.retriesMail) return send();
    if (kind.startsWith('timeout')) throw timeout();
    return answerOf(500, {
      __type: service === 'table' ? 'com.amazonaws.dynamodb.v20120810#InternalServerError' : 'InternalFailure',
      message: 'injected',
    });
  }

  async #send(
    { request, options, service, real }: { request: WireRequest; options: unknown; service: Call['service']; real: Handler['handle'] },
    operation: string,
    invocation: Invocation,
  ): Promise<Answer> {
    const { defect } = this;
    // Three texts a second would be waited for by a real clock: how fast messages go is measured elsewhere.
    if (service === 'table' && textOf(request.body).includes('"S#PACE"')) return answerOf(200, {});
    if (!defect) return real(request, options);
    const call = { service, operation, invocation, body: JSON.parse(textOf(request.body) || '{}') as Body };
    const instead = defect.instead?.(call);
    if (instead) return answerOf(200, instead);
    const body = defect.request?.(call);
    const sent = body ? { ...request, headers: { ...request.headers }, body: JSON.stringify(body) } : request;
    if (body) Object.setPrototypeOf(sent, Object.getPrototypeOf(request) as object);
    const length = sent.headers['content-length'];
    if (body && length !== undefined) sent.headers['content-length'] = String(Buffer.byteLength(String(sent.body)));
    const answer = await real(sent, options);
    if (!defect.answer || answer.response.statusCode !== 200 || service !== 'table') return answer;
    const changed = defect.answer(call, JSON.parse(Buffer.from(answer.response.body).toString('utf8')) as Body);
    return changed ? answerOf(200, changed) : answer;
  }
}

const textOf = (body: string | Uint8Array | undefined) => (typeof body === 'string' ? body : body ? new TextDecoder().decode(body) : '');
const operationOf = ({ headers, path }: WireRequest) =>
  String(headers['x-amz-target'] ?? path)
    .split(/[./]/)
    .at(-1) ?? '';
