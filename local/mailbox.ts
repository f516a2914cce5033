import { randomUUID } from 'node:crypto';
import { movableNow } from './clock.ts';
import { AwsError } from './http.ts';
import { type Report, sesEvent } from './mail-events.ts';
import type { Relay } from './smtp.ts';
import { atomically, type Store } from './store.ts';
import type { Topics } from './topics.ts';

/** A mail as it was handed to SES. `at` is the product's time; `events` are what the provider reported about it later. */
export interface SentMail {
  messageId: string;
  at: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  text?: string;
  html?: string;
  headers: Record<string, string>;
  tags: Record<string, string>;
  configurationSet?: string;
  events: { type: string; at: string }[];
}

export interface Mailbox {
  /** Keeps a mail and tells of it; `raw` is its MIME where it was sent as such. */
  keep(mail: Omit<SentMail, 'messageId' | 'at' | 'events'>, raw?: Buffer): string;
  /** Newest first. */
  list(atMost: number): SentMail[];
  /** How many were sent since a time of the product's clock, in ms. */
  countSince(at: number): number;
  find(messageId: string): SentMail | undefined;
  /** Notes what became of a mail, and tells it as SES does. Throws AwsError NotFoundException for a mail that was never sent. */
  report(messageId: string, report: Report): SentMail;
}

/** Addresses that behave as those of SES's own simulator: `bounce@…`, `complaint+anything@…`. */
const simulated: Record<string, Report[]> = {
  bounce: [{ type: 'bounce', bounce: 'hard' }],
  softbounce: [{ type: 'bounce', bounce: 'soft' }],
  suppressionlist: [{ type: 'bounce', bounce: 'hard' }],
  complaint: [{ type: 'delivery' }, { type: 'complaint' }],
  reject: [{ type: 'reject' }],
};

/** A reader's server answers after a moment, in seconds. */
const moment = 1;

function fateOf(address: string): Report[] {
  const local = address.replace(/^.*</, '').split(/[@+]/)[0]?.toLowerCase() ?? '';
  return Object.hasOwn(simulated, local) ? (simulated[local] ?? []) : [{ type: 'delivery' }];
}

export function createMailbox(store: Store, topics: Topics, relay?: Relay): Mailbox {
  const insert = store.prepare('INSERT INTO mail (id, at, message) VALUES (?, ?, ?)');
  const read = store.prepare('SELECT message FROM mail WHERE id = ?');
  const update = store.prepare('UPDATE mail SET message = ? WHERE id = ?');
  const count = store.prepare('SELECT COUNT(*) AS count FROM mail WHERE at > ?');
  const parse = (row: Record<string, unknown>) => JSON.parse(String(row.message)) as SentMail;
  const find = (id: string) => {
    const row = read.get(id);
    return row && parse(row);
  };
  function note(mail: SentMail, report: Report, delaySeconds = 0): void {
    const at = new Date(movableNow() + delaySeconds * 1000).toISOString();
    mail.events.push({ type: report.type, at });
    // Without a configuration set nobody is told.
    if (mail.configurationSet) topics.publish('provider', sesEvent(mail, report, at), { delaySeconds });
  }
  return {
    find,
    countSince: (at) => Number(count.get(at)?.count ?? 0),
    keep(mail, raw) {
      const at = movableNow();
      const sent: SentMail = { messageId: `local-${randomUUID()}`, at: new Date(at).toISOString(), ...mail, events: [] };
      atomically(store, () => {
        note(sent, { type: 'send' });
        for (const report of fateOf(sent.to[0] ?? '')) note(sent, report, moment);
        insert.run(sent.messageId, at, JSON.stringify(sent));
      });
      relay?.(sent, raw);
      return sent.messageId;
    },
    list: (atMost) => store.prepare('SELECT message FROM mail ORDER BY n DESC LIMIT ?').all(atMost).map(parse),
    report(messageId, report) {
      const mail = find(messageId);
      if (!mail) throw new AwsError('NotFoundException', 'No such message was sent.', 404);
      atomically(store, () => {
        note(mail, report);
        update.run(JSON.stringify(mail), messageId);
      });
      return mail;
    },
  };
}
