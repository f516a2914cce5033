import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostEmails, quota, sendEmails, sendRaw } from '../../functions/channels/email.ts';
import { startOnlyLoopback } from '../_util/loopback.ts';

let aws: Awaited<ReturnType<typeof startOnlyLoopback>>;
beforeAll(async () => {
  aws = await startOnlyLoopback();
});
afterAll(() => aws.stop());

const from = { name: 'Batis, น้ำใส', address: 'batis@mail.suki.example' };
const tags = { tenant: 'BATIS001', run: 'cmp_01-20261130T0100Z', shard: '03', send: 'AbC_-9' };
const entry = (to: string) => ({
  to,
  subject: `Hello {{name}} & ${to}`,
  html: `<p>You & <b>${to}</b></p>`,
  text: `You & ${to}`,
  headers: { 'List-Unsubscribe': '<https://example.com/u>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  tags,
});

describe('mail in bulk', () => {
  it('keeps each message whole, with its headers and the row it belongs to, and answers in order', async () => {
    const outcomes = await sendEmails({
      from,
      replyTo: 'reply@mail.suki.example',
      entries: [entry('a@example.com'), entry('b@example.com')],
    });
    const [first, second] = outcomes.map((one) => ('accepted' in one ? aws.mailbox.find(one.accepted) : undefined));
    expect(first).toMatchObject({
      to: ['a@example.com'],
      subject: 'Hello {{name}} & a@example.com',
      html: '<p>You & <b>a@example.com</b></p>',
      text: 'You & a@example.com',
      replyTo: ['reply@mail.suki.example'],
      tags,
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
      configurationSet: 'suki-local',
    });
    expect(second?.to).toEqual(['b@example.com']);
  });

  it('takes no more than fifty in a call', async () => {
    await expect(sendEmails({ from, entries: Array.from({ length: mostEmails + 1 }, () => entry('a@example.com')) })).rejects.toThrow(
      RangeError,
    );
  });
});

describe('one mail', () => {
  it('is MIME that reads as it was written, in every script, with what is attached', async () => {
    const outcome = await sendRaw({
      from,
      to: 'gul@example.com',
      subject: 'سلام گلزار',
      text: 'آپ کا شکریہ',
      html: '<p dir="rtl">آپ کا شکریہ</p>',
      inReplyTo: '<one@example.com>',
      references: ['<zero@example.com>', '<one@example.com>'],
      attachments: [{ name: 'رسید.pdf', type: 'application/pdf', content: Buffer.from('%PDF-') }],
      tags,
    });
    const mail = 'accepted' in outcome ? aws.mailbox.find(outcome.accepted) : undefined;
    expect(mail).toMatchObject({
      to: ['gul@example.com'],
      subject: 'سلام گلزار',
      text: 'آپ کا شکریہ',
      html: '<p dir="rtl">آپ کا شکریہ</p>',
      tags,
    });
    expect(mail?.headers).toMatchObject({ 'in-reply-to': '<one@example.com>', references: '<zero@example.com> <one@example.com>' });
    expect(mail?.headers.from).toContain('Batis, น้ำใส');
  });
});

it('knows what the account may send', async () => {
  expect(await quota()).toEqual({ perSecond: 500, left24h: 1_000_000, open: true });
});
