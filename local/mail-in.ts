import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { movableNow } from './clock.ts';
import type { Loopback } from './loopback.ts';
import type { SentMail } from './mailbox.ts';
import { readHead } from './mime.ts';
import { bucketName } from './settings.ts';
import { topicArn } from './topics.ts';

type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED';
export type Arriving = {
  /** The envelope. */
  from: string;
  to: string[];
  /** The mail as MIME. */
  raw: Buffer;
  verdicts?: Partial<Record<'spf' | 'dkim' | 'dmarc' | 'spam' | 'virus', Verdict>>;
};

/** Where SES puts what arrives. */
const prefix = 'mail-in/';

/** Takes a mail in as a receipt rule of SES does: checked, written into the bucket, and then told of. Returns SES's id of it. */
export async function takeMail({ buckets, topics }: Pick<Loopback, 'buckets' | 'topics'>, mail: Arriving): Promise<string> {
  const messageId = `in-${randomUUID()}`;
  const timestamp = new Date(movableNow()).toISOString();
  const judged = (name: keyof NonNullable<Arriving['verdicts']>) => mail.verdicts?.[name] ?? 'PASS';
  const head = [
    `Return-Path: <${mail.from}>`,
    `X-SES-Spam-Verdict: ${judged('spam')}`,
    `X-SES-Virus-Verdict: ${judged('virus')}`,
    `Authentication-Results: amazonses.com; spf=${judged('spf').toLowerCase()}; dkim=${judged('dkim').toLowerCase()}; dmarc=${judged('dmarc').toLowerCase()};`,
  ];
  const key = `${prefix}${messageId}`;
  await buckets.keep(bucketName, key, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n`), mail.raw]));
  const { headers, subject } = readHead(mail.raw);
  topics.publish('inbound', {
    notificationType: 'Received',
    mail: {
      timestamp,
      source: mail.from,
      messageId,
      destination: mail.to,
      headersTruncated: false,
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      commonHeaders: { from: [headers.from ?? mail.from], to: mail.to, messageId: headers['message-id'], subject },
    },
    receipt: {
      timestamp,
      processingTimeMillis: 300,
      recipients: mail.to,
      spamVerdict: { status: judged('spam') },
      virusVerdict: { status: judged('virus') },
      spfVerdict: { status: judged('spf') },
      dkimVerdict: { status: judged('dkim') },
      dmarcVerdict: { status: judged('dmarc') },
      action: { type: 'S3', topicArn: topicArn('inbound'), bucketName, objectKeyPrefix: prefix, objectKey: key },
    },
  });
  return messageId;
}

/** The address alone, without the name before it. */
export const addressOf = (written: string) => (/<([^<>]+)>\s*$/.exec(written)?.[1] ?? written).trim();

/** SES writes the Message-ID of every mail itself. */
export const sentMessageId = (messageId: string) => `<${messageId}@email.amazonses.com>`;

/** What a reader's mail program makes of an answer. */
export function answerTo(mail: SentMail, { from, text }: { from: string; text: string }): Promise<Buffer> {
  const subject = /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
  const id = sentMessageId(mail.messageId);
  const quoted = (mail.text ?? '').split('\n').map((line) => `> ${line}`);
  const composer = new MailComposer({
    from,
    to: mail.replyTo[0] ?? mail.from,
    subject,
    inReplyTo: id,
    references: [id],
    messageId: `<${randomUUID()}@${from.split('@')[1] ?? 'reader.example'}>`,
    date: new Date(movableNow()),
    text: [text, '', ...quoted].join('\n'),
  });
  return composer.compile().build();
}
