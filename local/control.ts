import type { IncomingMessage, ServerResponse } from 'node:http';
import { movableNow } from './clock.ts';
import { sendProblem } from './gateway.ts';
import { AwsError, readBody, sendJson, splitTarget } from './http.ts';
import type { Mailbox } from './mail.ts';

export interface ControlOptions {
  mailbox: Mailbox;
  lag(): Record<string, number>;
  /** Moves the clock of every process; gives the new offset in milliseconds. Throws RangeError for a wrong duration. */
  advance(duration: string): number;
  clockOffset(): number;
  /** Reports what a mail provider would: the product gets it as it does in the cloud. */
  report(messageId: string, type: string): void;
}

export const providerEvents = ['delivery', 'bounce', 'complaint', 'open'];

/** The local product's own calls below `/local/`; false for a path that is none of them, such as the desk's. */
export function createControl(options: ControlOptions) {
  return async (req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> => {
    const what = `${req.method} ${path}`;
    const limit = Number(new URLSearchParams(splitTarget(req.url ?? '').query).get('limit') ?? 1000);
    if (what === 'GET /local/lag') sendJson(res, 200, options.lag());
    else if (what === 'GET /local/mail') sendJson(res, 200, options.mailbox.list(Number.isInteger(limit) && limit > 0 ? limit : 1000));
    else if (what === 'GET /local/clock') sendJson(res, 200, clockOf(options.clockOffset()));
    else if (what === 'POST /local/clock') await moveClock(options, req, res);
    else if (what === 'POST /local/provider-events') await reportEvent(options, req, res);
    else return false;
    return true;
  };
}

const clockOf = (offsetMs: number) => ({ now: new Date(movableNow()).toISOString(), offsetMs });

async function jsonOf(req: IncomingMessage): Promise<Record<string, unknown>> {
  const body: unknown = JSON.parse((await readBody(req, 16 * 1024)).toString('utf8') || '{}');
  if (typeof body !== 'object' || body === null) throw new SyntaxError('not an object');
  return body as Record<string, unknown>;
}

async function moveClock(options: ControlOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    const { advance } = await jsonOf(req);
    sendJson(res, 200, clockOf(options.advance(String(advance))));
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    const detail = error instanceof RangeError ? error.message : undefined;
    sendProblem(res, error instanceof RangeError ? 'invalid_input' : 'invalid_json', { path: '/local/clock', detail });
  }
}

async function reportEvent(options: ControlOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = '/local/provider-events';
  const refuse = (detail: string) => sendProblem(res, 'invalid_input', { path, detail });
  try {
    const { messageId, type } = await jsonOf(req);
    if (typeof type !== 'string' || !providerEvents.includes(type)) return refuse(`type is one of ${providerEvents.join(', ')}`);
    options.report(String(messageId), type);
    sendJson(res, 202, { messageId, type });
  } catch (error) {
    if (error instanceof AwsError) return refuse('messageId names no mail that was sent');
    if (!(error instanceof SyntaxError)) throw error;
    sendProblem(res, 'invalid_json', { path });
  }
}
