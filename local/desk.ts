import type { IncomingMessage, ServerResponse } from 'node:http';
import { readState } from './demo/demo-state.ts';
import { atMinute, dayMs } from './demo/hours.ts';
import { mailPolicy, mailView } from './desk/mail-view.ts';
import { type DeskView, deskPage } from './desk/page.ts';
import { deskCss, deskScript } from './desk/style.ts';
import { pageHeaders, readForm, redirect, sendPage } from './identity/html.ts';
import { languageOf } from './identity/page.ts';
import type { SentMail } from './mailbox.ts';

/** What the desk needs of the running product. */
export interface DeskContext {
  dataDir: string;
  apiKeys: Record<string, string>;
  other: { apiKeys: { admin: string } };
  /** Newest first. */
  mailbox: { list(atMost: number): SentMail[]; find(messageId: string): SentMail | undefined };
  queues: { readonly names: string[]; depth(name: string): { waiting: number; delayed: number; inFlight: number } };
  /** Records behind, per consumer. */
  lag(): Record<string, number>;
  /** The product's clock, in ms, and how far it is ahead of the machine's. */
  now(): number;
  clockOffset(): number;
  /** Moves the clock of every process by an ISO 8601 duration. */
  advance(duration: string): number;
  /** Reports what a mail provider would. Throws for a mail that was never sent. */
  report(messageId: string, type: string): void;
  /** Tells the demo anew; settles when it is told. Absent where there is no demo. */
  refresh?(): Promise<unknown>;
}

export type DeskHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/** The first workspace's zone: the desk's wall clock. */
const timeZone = 'Asia/Manila';
const events = ['delivery', 'bounce', 'complaint', 'open'];

/** The next tomorrow, nine o'clock, as a duration from now. */
export function untilTomorrowNine(now: number, zone = timeZone): string {
  const nine = atMinute(zone, atMinute(zone, now, 720) + dayMs, 540);
  return `PT${Math.ceil((nine - now) / 1000)}S`;
}

function viewOf(ctx: DeskContext, language: DeskView['language'], refreshing: boolean): DeskView {
  return {
    language,
    now: ctx.now(),
    offsetMs: ctx.clockOffset(),
    timeZone,
    lag: ctx.lag(),
    queues: ctx.queues.names.map((name) => ({ name, ...ctx.queues.depth(name) })),
    mails: ctx.mailbox.list(200),
    apiKeys: ctx.apiKeys,
    otherKey: ctx.other.apiKeys.admin,
    toldIds: readState(ctx.dataDir)?.told ?? {},
    refreshing,
  };
}

function state(ctx: DeskContext) {
  const { lag, queues, now, mails } = viewOf(ctx, 'en', false);
  const numbers = Object.fromEntries([
    ...Object.entries(lag).map(([name, behind]) => [`lag ${name}`, behind]),
    ...queues.flatMap(({ name, waiting, inFlight }) => [
      [`waiting ${name}`, waiting],
      [`inFlight ${name}`, inFlight],
    ]),
  ]);
  return { now, numbers, mails: mails.length };
}

function send(res: ServerResponse, type: string, body: string, more: Record<string, string> = {}) {
  res.writeHead(200, { ...pageHeaders, 'content-type': type, ...more });
  res.end(body);
}

function showMail(ctx: DeskContext, res: ServerResponse, id: string) {
  const mail = ctx.mailbox.find(id);
  if (!mail) return sendPage(res, '<!doctype html><title>404</title>', 404);
  send(res, 'text/html; charset=utf-8', mailView(mail), { 'content-security-policy': mailPolicy });
}

/** The forms of the desk; each goes back to the page. */
function act(ctx: DeskContext, what: string, form: URLSearchParams) {
  if (what === 'clock') {
    const moves: Record<string, string> = { hour: 'PT1H', tomorrow: untilTomorrowNine(ctx.now()), month: 'P30D' };
    const duration = moves[form.get('move') ?? ''];
    if (duration) ctx.advance(duration);
  }
  const type = form.get('type') ?? '';
  const messageId = form.get('messageId') ?? '';
  if (what === 'report' && events.includes(type) && ctx.mailbox.find(messageId)) ctx.report(messageId, type);
}

/**
 * The demo desk at `/local`: the clock, the mailboxes, what is under way, the keys, and the story. The handler answers its own paths and
 * says false for all others. The gateway has checked Host and Origin before.
 */
export function createDesk(ctx: DeskContext): DeskHandler {
  let refreshing = false;
  const refresh = () => {
    if (refreshing || !ctx.refresh) return;
    refreshing = true;
    ctx.refresh().then(
      () => {
        refreshing = false;
      },
      () => {
        refreshing = false;
      },
    );
  };
  return async (req, res) => {
    const url = new URL((req.url ?? '/').replace(/^\/{2,}/, '/'), 'http://local');
    const language = languageOf(url.searchParams.get('lang') ?? undefined, req.headers['accept-language']);
    const [, , part = '', what = '', id = ''] = url.pathname.split('/');
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    if (isRead && (url.pathname === '/local' || url.pathname === '/local/')) sendPage(res, deskPage(viewOf(ctx, language, refreshing)));
    else if (part !== 'desk') return false;
    else if (isRead && what === 'state') send(res, 'application/json', JSON.stringify(state(ctx)));
    else if (isRead && what === 'desk.css') send(res, 'text/css; charset=utf-8', deskCss);
    else if (isRead && what === 'desk.js') send(res, 'text/javascript; charset=utf-8', deskScript);
    else if (isRead && what === 'mail') showMail(ctx, res, id);
    else if (req.method === 'POST' && ['clock', 'report', 'refresh'].includes(what)) {
      const form = await readForm(req);
      if (what === 'refresh') refresh();
      else act(ctx, what, form);
      redirect(res, `/local?lang=${languageOf(form.get('lang') ?? undefined)}`);
    } else return false;
    return true;
  };
}
