import nodemailer from 'nodemailer';
import type { SentMail } from './mailbox.ts';

/** Hands on a mail that was sent; `raw` is its MIME where it was sent as such. */
export type Relay = (mail: SentMail, raw?: Buffer) => void;

const ownHeaders = new Set([
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);

/**
 * Hands every mail also to an SMTP server, `smtp://user:password@host:port`, such as the one of a mail catcher, or a real one. What it does
 * not take is said on the terminal, and stays on the desk.
 */
export function smtpRelay(url: string): Relay {
  const transport = nodemailer.createTransport(url);
  return (mail, raw) => {
    const envelope = { from: mail.from, to: [...mail.to, ...mail.cc, ...mail.bcc] };
    const headers = Object.fromEntries(Object.entries(mail.headers).filter(([name]) => !ownHeaders.has(name.toLowerCase())));
    const { from, to, cc, replyTo, subject, text, html } = mail;
    const message = raw ? { envelope, raw } : { envelope, from, to, cc, replyTo, subject, text, html, headers };
    transport.sendMail(message).catch((error: unknown) => {
      process.stderr.write(`SMTP: ${error instanceof Error ? error.message : error}\n`);
    });
  };
}
