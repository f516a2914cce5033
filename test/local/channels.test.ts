import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostEmails, quota, sendEmails } from '../../functions/channels/email.ts';
import { Ambiguous } from '../../functions/channels/outcome.ts';
import { type ProviderEvent, providerEventOf } from '../../functions/channels/provider-event.ts';
import { sendRaw } from '../../functions/channels/raw-email.ts';
import { sendSms } from '../../functions/channels/sms.ts';
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

describe('what the provider says', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => entry(`r${at}@example.com`));
  const sentTo = (outcomes: { accepted?: string }[]) => outcomes.map(({ accepted }) => accepted && aws.mailbox.find(accepted)?.to[0]);

  it('refuses one broken address alone: the others of the call go', async () => {
    const entries = many(9);
    entries[4] = entry('two words@example.com');
    const outcomes = await sendEmails({ from, entries });
    expect(outcomes[4]).toEqual({ refused: 'BadRequestException' });
    expect(sentTo(outcomes.toSpliced(4, 1) as { accepted?: string }[])).toEqual(entries.toSpliced(4, 1).map(({ to }) => to));
  });

  it('begins no further call when there is no time', async () => {
    const entries = [entry('two words@example.com'), entry('c@example.com')];
    const outcomes = await sendEmails({ from, entries, hasTime: () => false });
    expect(outcomes).toEqual(entries.map(() => ({ throttled: true, why: 'transient' })));
  });

  it('takes as many as the rate lets through, and none of the rest', async () => {
    aws.sending.set({ perSecond: 3 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const outcomes = await sendEmails({ from, entries: many(5) });
    expect(outcomes.map((one) => Object.keys(one)[0])).toEqual(['accepted', 'accepted', 'accepted', 'throttled', 'throttled']);
    expect(await sendRaw({ from, to: 'a@example.com', subject: 's', text: 't', tags })).toEqual({ throttled: true, why: 'rate' });
    aws.sending.set({ perSecond: 500 });
  });

  it('says that the day is over, that the account is stopped, and that nobody verified the sender', async () => {
    const one = { from, entries: many(1) };
    aws.sending.set({ perDay: 0 });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await sendEmails(one)).toEqual([{ throttled: true, why: 'quota' }]);
    expect(await sendRaw({ from, to: 'a@example.com', subject: 's', text: 't', tags })).toEqual({ throttled: true, why: 'quota' });
    aws.sending.set({ perDay: 1_000_000, open: false });
    expect(await sendEmails(one)).toEqual([{ throttled: true, why: 'paused' }]);
    aws.sending.set({ open: true });
    expect(await sendEmails({ ...one, from: { name: null, address: 'x@stranger.example' } })).toEqual([{ throttled: true, why: 'setup' }]);
  });

  it('is in doubt where the connection breaks after the call, and is not where it was never made', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_req, res) => res.socket?.destroy());
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as { port: number };
    const { SESv2Client, SendEmailCommand } = await import('@aws-sdk/client-sesv2');
    const { carefulClient, outcomeOfError } = await import('../../functions/channels/outcome.ts');
    const call = (endpoint: string) =>
      new SESv2Client({ ...carefulClient, endpoint })
        .send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from('x') } } }))
        .catch((error) => outcomeOfError(error, () => undefined));
    await expect(call(`http://127.0.0.1:${port}`)).rejects.toThrow(Ambiguous);
    await new Promise((closed) => server.close(closed));
    expect(await call(`http://127.0.0.1:${port}`)).toEqual({ throttled: true, why: 'transient' });
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

describe('what became of it', () => {
  const told = (): (ProviderEvent | undefined)[] =>
    aws.queues.receive('on-providerEvents', { atMost: 1_000, all: true }).map(({ body, receipt }) => {
      aws.queues.remove('on-providerEvents', receipt);
      return providerEventOf(body);
    });

  it('is told of each message: taken and delivered, or bounced, or complained of', async () => {
    told();
    const readers = ['ana@example.com', 'bounce@example.com', 'softbounce+1@example.com', 'complaint@example.com'];
    const outcomes = await sendEmails({ from, entries: readers.map(entry) });
    const news = told();
    const of = (at: number) =>
      news
        .filter((event) => event?.messageId === (outcomes[at] as { accepted: string }).accepted)
        .map((event) => [event?.kind, event?.bounce]);
    expect(of(0)).toEqual([
      ['sent', undefined],
      ['delivered', undefined],
    ]);
    expect(of(1)).toEqual([
      ['sent', undefined],
      ['bounced', 'hard'],
    ]);
    expect(of(2)).toEqual([
      ['sent', undefined],
      ['bounced', 'soft'],
    ]);
    expect(of(3)).toEqual([
      ['sent', undefined],
      ['delivered', undefined],
      ['complained', undefined],
    ]);
    expect(news[0]?.tags).toEqual(tags);
  });

  it('is told of what readers do later', async () => {
    const [outcome] = await sendEmails({ from, entries: [entry('ana@example.com')] });
    const { accepted: messageId } = outcome as { accepted: string };
    told();
    aws.mailbox.report(messageId, { type: 'open' });
    aws.mailbox.report(messageId, { type: 'click', link: 'https://batis.example/filters' });
    aws.mailbox.report(messageId, { type: 'renderingFailure' });
    expect(told()).toMatchObject([
      { kind: 'opened', messageId, tags },
      { kind: 'clicked', link: 'https://batis.example/filters' },
      { kind: 'failed', code: 'RenderingFailure' },
    ]);
  });

  it('is told of text messages in the same form', async () => {
    told();
    const outcomes = await Promise.all(
      ['+639175550100', '+639175550001', '+639175550002'].map((to) => sendSms({ to, text: 'Kumusta', tags })),
    );
    const [first] = outcomes as { accepted: string }[];
    const news = told();
    expect(news.filter((event) => event?.messageId === first?.accepted)).toMatchObject([
      { channel: 'sms', kind: 'sent', tags },
      { channel: 'sms', kind: 'delivered', tags },
    ]);
    expect(
      news
        .filter((event) => event?.kind === 'bounced')
        .map((event) => event?.bounce)
        .sort(),
    ).toEqual(['hard', 'soft']);
  });
});

describe('a text message', () => {
  it('reaches the phone as it was written', async () => {
    const outcome = await sendSms({ to: '+66812345678', text: 'สวัสดีคุณนภา', tags });
    expect(aws.phones.find((outcome as { accepted: string }).accepted)).toMatchObject({
      to: '+66812345678',
      text: 'สวัสดีคุณนภา',
      context: tags,
    });
  });

  it('is refused for a number that is none, and for one that said stop', async () => {
    expect(await sendSms({ to: '0917 123', text: 'x', tags })).toEqual({ refused: 'ValidationException' });
    aws.phones.optOut('+639175550199');
    expect(await sendSms({ to: '+639175550199', text: 'x', tags })).toEqual({ refused: 'opted_out' });
  });
});

it('knows what the account may send, less what it sent today', async () => {
  expect(await quota()).toEqual({ perSecond: 500, left24h: 1_000_000 - aws.mailbox.countSince(0), open: true });
});
