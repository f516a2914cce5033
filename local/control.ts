import type { IncomingMessage, ServerResponse } from 'node:http';
import { movableNow } from './clock.ts';
import { sendProblem } from './gateway.ts';
import { AwsError, readBody, sendJson, splitTarget } from './http.ts';
import type { Identities } from './identities.ts';
import { type Report, reportTypes } from './mail-events.ts';
import type { Arriving } from './mail-in.ts';
import type { MailQuota, Sending } from './mail-quota.ts';
import type { Mailbox } from './mailbox.ts';
import type { Phones } from './phones.ts';

export interface ControlOptions {
  mailbox: Mailbox;
  phones: Phones;
  sending: Sending;
  identities: Identities;
  /** Takes a mail in, as the receipt rule does. */
  arrive(mail: Arriving): Promise<string>;
  lag(): Record<string, number>;
  /** Moves the clock of every process; gives the new offset in milliseconds. Throws RangeError for a wrong duration. */
  advance(duration: string): number;
  clockOffset(): number;
}

/** The local product's own calls below `/local/`; false for a path that is none of them, such as the desk's. */
export function createControl(options: ControlOptions) {
  return async (req: IncomingMessage, res: ServerResponse, path: string): Promise<boolean> => {
    const what = `${req.method} ${path}`;
    const limit = Number(new URLSearchParams(splitTarget(req.url ?? '').query).get('limit') ?? 1000);
    if (what === 'GET /local/lag') sendJson(res, 200, options.lag());
    else if (what === 'GET /local/mail') sendJson(res, 200, options.mailbox.list(Number.isInteger(limit) && limit > 0 ? limit : 1000));
    else if (what === 'GET /local/clock') sendJson(res, 200, clockOf(options.clockOffset()));
    else if (what === 'POST /local/clock') await moveClock(options, req, res);
    else if (what === 'GET /local/sms') sendJson(res, 200, options.phones.list(1000));
    else if (what === 'GET /local/mail/quota') sendJson(res, 200, options.sending.quota());
    else if (what === 'POST /local/mail/quota') await changeQuota(options, req, res);
    else if (what === 'GET /local/identities') sendJson(res, 200, options.identities.list());
    else if (what === 'POST /local/identities/verify') await verifySender(options, req, res);
    else if (what === 'POST /local/mail/in') await takeIn(options, req, res);
    else if (what === 'POST /local/provider-events') await reportEvent(options, req, res);
    else return false;
    return true;
  };
}

const clockOf = (offsetMs: number) => ({ now: new Date(movableNow()).toISOString(), offsetMs });

async function jsonOf(req: IncomingMessage, most = 16 * 1024): Promise<Record<string, unknown>> {
  const body: unknown = JSON.parse((await readBody(req, most)).toString('utf8') || '{}');
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

const isReport = ({ type, bounce, link }: Record<string, unknown>) =>
  reportTypes.includes(type as Report['type']) &&
  (bounce === undefined || bounce === 'hard' || bounce === 'soft') &&
  (link === undefined || typeof link === 'string');

/** `{ messageId, type, bounce?, link? }`: what a provider would tell of a message; the product gets it as it does in the cloud. */
async function reportEvent(options: ControlOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = '/local/provider-events';
  const refuse = (detail: string) => sendProblem(res, 'invalid_input', { path, detail });
  try {
    const told = await jsonOf(req);
    if (!isReport(told)) return refuse(`type is one of ${reportTypes.join(', ')}; bounce is hard or soft`);
    const { messageId, type, bounce, link } = told as Report & { messageId: string };
    options.mailbox.report(String(messageId), { type, ...(bounce && { bounce }), ...(link && { link }) });
    sendJson(res, 202, { messageId, type });
  } catch (error) {
    if (error instanceof AwsError) return refuse('messageId names no mail that was sent');
    if (!(error instanceof SyntaxError)) throw error;
    sendProblem(res, 'invalid_json', { path });
  }
}

/** `{ perSecond?, perDay?, open? }`: what the mail account may send from now on. */
async function changeQuota({ sending }: ControlOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = '/local/mail/quota';
  try {
    const { perSecond, perDay, open } = await jsonOf(req);
    const isCount = (value: unknown) => value === undefined || (typeof value === 'number' && value >= 0 && value <= 1e9);
    if (!isCount(perSecond) || !isCount(perDay) || !(open === undefined || typeof open === 'boolean'))
      return sendProblem(res, 'invalid_input', { path, detail: 'perSecond and perDay are numbers, open is true or false' });
    const change = Object.fromEntries(Object.entries({ perSecond, perDay, open }).filter(([, value]) => value !== undefined));
    sendJson(res, 200, sending.set(change as Partial<MailQuota>));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    sendProblem(res, 'invalid_json', { path });
  }
}

/** `{ name }`: a sender's DNS records are found, or the link in its mail was opened. */
async function verifySender({ identities }: ControlOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = '/local/identities/verify';
  try {
    const { name } = await jsonOf(req);
    identities.verify(String(name));
    sendJson(res, 200, { name, verified: true });
  } catch (error) {
    if (error instanceof AwsError) return sendProblem(res, 'invalid_input', { path, detail: 'name is that of no sender' });
    if (!(error instanceof SyntaxError)) throw error;
    sendProblem(res, 'invalid_json', { path });
  }
}

/** `{ from, to, raw, verdicts? }`: a mail from outside; `raw` is the whole of it. */
async function takeIn({ arrive }: ControlOptions, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const path = '/local/mail/in';
  try {
    const { from, to, raw, verdicts } = await jsonOf(req, 1024 * 1024);
    if (typeof from !== 'string' || typeof to !== 'string' || typeof raw !== 'string')
      return sendProblem(res, 'invalid_input', { path, detail: 'from, to and raw are texts' });
    const checks = typeof verdicts === 'object' && verdicts !== null ? (verdicts as NonNullable<Arriving['verdicts']>) : {};
    sendJson(res, 202, { messageId: await arrive({ from, to: [to], raw: Buffer.from(raw), verdicts: checks }) });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    sendProblem(res, 'invalid_json', { path });
  }
}
