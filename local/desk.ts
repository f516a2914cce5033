import type { IncomingMessage, ServerResponse } from 'node:http';
import { readState } from './demo/demo-state.ts';
import { atMinute, dayMs } from './demo/hours.ts';
import { hasLink, mailPolicy, mailView } from './desk/mail-view.ts';
import { type DeskView, deskPage } from './desk/page.ts';
import { deskCss, deskScript } from './desk/style.ts';
import type { Identity } from './identities.ts';
import { pageHeaders, readForm, redirect, sendPage } from './identity/html.ts';
import { languageOf } from './identity/page.ts';
import type { Report } from './mail-events.ts';
import type { SentMail } from './mailbox.ts';
import type { SentText, TextReport } from './phones.ts';

/** What the desk needs of the running product. */
export interface DeskContext {
  dataDir: string;
  apiKeys: Record<string, string>;
  other: { apiKeys: { admin: string } };
  /** Newest first. */
  mailbox: { list(atMost: number): SentMail[]; find(messageId: string): SentMail | undefined };
  phones: { list(atMost: number): SentText[]; find(messageId: string): SentText | undefined };
  identities: { list(): Identity[] };
  queues: { readonly names: string[]; depth(name: string): { waiting: number; delayed: number; inFlight: number } };
  /** Records behind, per consumer. */
  lag(): Record<string, number>;
  /** The product's clock, in ms, and how far it is ahead of the machine's. */
  now(): number;
  clockOffset(): number;
  /** Moves the clock of every process by an ISO 8601 duration. */
  advance(duration: string): number;
  /** Reports what a mail provider would. Throws for a mail that was never sent. */
  report(messageId: string, report: Report): void;
  /** Reports what a carrier would, or answers STOP. Throws for a message that was never sent. */
  reportText(messageId: string, type: TextReport | 'stop'): void;
  /** Answers a mail as its reader. */
  reply(mail: SentMail, text: string): Promise<void>;
  /** A sender's proof is there. Throws for one that was never made. */
  verify(name: string): void;
  /** Kills the process that sends, and how often that was done. Absent where it cannot be. */
  sender?: { kill(): void; kills(): number };
  /** Tells the demo anew; settles when it is told. Absent where there is no demo. */
  refresh?(): Promise<unknown>;
}

export type DeskHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/** The first workspace's zone: the desk's wall clock. */
const timeZone = 'Asia/Manila';
const reports: Record<string, Report> = {
  delivery: { type: 'delivery' },
  open: { type: 'open' },
  bounce: { type: 'bounce', bounce: 'hard' },
  softBounce: { type: 'bounce', bounce: 'soft' },
  complaint: { type: 'complaint' },
};
const textTypes = ['DELIVERED', 'UNREACHABLE', 'INVALID', 'stop'] as const;

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
    texts: ctx.phones.list(200),
    identities: ctx.identities.list(),
    kills: ctx.sender?.kills(),
    apiKeys: ctx.apiKeys,
    otherKey: ctx.other.apiKeys.admin,
    toldIds: readState(ctx.dataDir)?.told ?? {},
    refreshing,
  };
}

function state(ctx: DeskContext) {
  const { lag, queues, now, mails, texts } = viewOf(ctx, 'en', false);
  const numbers = Object.fromEntries([
    ...Object.entries(lag).map(([name, behind]) => [`lag ${name}`, behind]),
    ...queues.flatMap(({ name, waiting, inFlight }) => [
      [`waiting ${name}`, waiting],
      [`inFlight ${name}`, inFlight],
    ]),
  ]);
  return { now, numbers, mails: mails.length + texts.length };
}

function send(res: ServerResponse, type: string, body: string, more: Record<string, string> = {}) {
  res.writeHead(200, { ...pageHeaders, 'content-type': type, ...more });
  res.end(body);
}

function showMail(ctx: DeskContext, res: ServerResponse, id: string) {
  const mail = ctx.mailbox.find(id);
  if (!mail) return sendPage(res, '<!doctype html><title>404</title>', 404);
  // A reader's mail program loads the picture that says so.
  if (!mail.events.some(({ type }) => type === 'open')) ctx.report(id, { type: 'open' });
  send(res, 'text/html; charset=utf-8', mailView(mail), { 'content-security-policy': mailPolicy });
}

/** A link of a mail: the click is noted, and the reader goes where the link leads. */
function follow(ctx: DeskContext, res: ServerResponse, { id, to }: { id: string; to: string }) {
  const mail = ctx.mailbox.find(id);
  if (!mail || !hasLink(mail, to)) return sendPage(res, '<!doctype html><title>404</title>', 404);
  ctx.report(id, { type: 'click', link: to });
  redirect(res, to);
}

/** The forms of the desk; each goes back to the page. */
async function act(ctx: DeskContext, what: string, form: URLSearchParams): Promise<void> {
  const field = (name: string) => form.get(name) ?? '';
  const mail = ctx.mailbox.find(field('messageId'));
  if (what === 'clock') {
    const moves: Record<string, string> = { hour: 'PT1H', tomorrow: untilTomorrowNine(ctx.now()), month: 'P30D' };
    const duration = moves[field('move')];
    if (duration) ctx.advance(duration);
  } else if (what === 'report') {
    const report = Object.hasOwn(reports, field('type')) ? reports[field('type')] : undefined;
    if (report && mail) ctx.report(mail.messageId, report);
  } else if (what === 'text') {
    const type = textTypes.find((one) => one === field('type'));
    if (type && ctx.phones.find(field('messageId'))) ctx.reportText(field('messageId'), type);
  } else if (what === 'reply') {
    if (mail && field('text').trim()) await ctx.reply(mail, field('text').slice(0, 5_000));
  } else if (what === 'verify') {
    if (ctx.identities.list().some(({ name }) => name === field('name'))) ctx.verify(field('name'));
  } else if (what === 'kill') ctx.sender?.kill();
}

const forms = ['clock', 'report', 'text', 'reply', 'verify', 'kill', 'refresh'];

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
    else if (isRead && what === 'click') follow(ctx, res, { id, to: url.searchParams.get('to') ?? '' });
    else if (req.method === 'POST' && forms.includes(what)) {
      const form = await readForm(req);
      if (what === 'refresh') refresh();
      else await act(ctx, what, form);
      redirect(res, `/local?lang=${languageOf(form.get('lang') ?? undefined)}`);
    } else return false;
    return true;
  };
}
