import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** A request as the SDK hands it to its `requestHandler`. */
export type WireRequest = {
  protocol: string;
  hostname: string;
  port?: number | undefined;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
};
/** The body is whole: an answer of DynamoDB is 16 MB at most. */
export type WireResponse = { statusCode: number; reason?: string; headers: Record<string, string>; body: Uint8Array };

/** Until a connection stands, and without a byte of an answer. */
type Patience = { connectMs: number; silenceMs: number };
const usual: Patience = { connectMs: 3_000, silenceMs: 20_000 };
const maxSockets = 50;

/** What the SDK takes for passing, and the table layer for `unavailable`. */
const lost = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const timeout = (message: string) => Object.assign(new Error(message), { name: 'TimeoutError', code: 'ETIMEDOUT' });
const named = (error: NodeJS.ErrnoException) => (lost.has(error.code ?? '') ? Object.assign(error, { name: 'TimeoutError' }) : error);

const headersOf = (answer: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(answer.headers)) {
    const value = answer.headers[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
};

/** The SDK's `requestHandler`, as far as JSON to one host needs it: connections kept alive, two time-outs, no streams. */
export class Wire {
  readonly metadata = { handlerProtocol: 'http/1.1' };
  readonly #patience: Patience;
  readonly #plain: HttpAgent;
  readonly #secure: HttpsAgent;

  constructor(patience: Partial<Patience> = {}) {
    this.#patience = { ...usual, ...patience };
    const options = { keepAlive: true, maxSockets, timeout: this.#patience.silenceMs };
    this.#plain = new HttpAgent(options);
    this.#secure = new HttpsAgent(options);
  }

  handle(request: WireRequest, { abortSignal }: { abortSignal?: AbortSignal } = {}): Promise<{ response: WireResponse }> {
    const { protocol, hostname, port, method, path, headers, body } = request;
    const { connectMs, silenceMs } = this.#patience;
    return new Promise((resolve, reject) => {
      const isPlain = protocol === 'http:';
      const options = { hostname, port, method, path, headers, agent: isPlain ? this.#plain : this.#secure };
      const sent = isPlain ? httpRequest(options) : httpsRequest(options);
      const fail = (error: NodeJS.ErrnoException) => reject(named(error));
      sent.on('error', fail);
      sent.once('timeout', () => sent.destroy(timeout(`no answer within ${silenceMs} ms`)));
      sent.once('socket', (socket) => {
        if (!socket.connecting) return;
        const late = setTimeout(() => sent.destroy(timeout(`no connection within ${connectMs} ms`)), connectMs);
        socket.once('connect', () => clearTimeout(late));
        sent.once('close', () => clearTimeout(late));
      });
      sent.once('response', (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', fail);
        answer.once('end', () => {
          const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
          resolve({ response: { statusCode: answer.statusCode ?? 0, headers: headersOf(answer), body: whole } });
        });
      });
      if (abortSignal) onAbort(abortSignal, () => sent.destroy(Object.assign(new Error('aborted'), { name: 'AbortError' })));
      sent.end(body);
    });
  }

  destroy(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }
}

function onAbort(signal: AbortSignal, stop: () => void): void {
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
}
