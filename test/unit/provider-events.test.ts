import { describe, expect, it } from 'vitest';
import { written } from '../../functions/channels/address.ts';
import { arrivedMailOf } from '../../functions/channels/arrived-mail.ts';
import { mimeOf } from '../../functions/channels/mime.ts';
import { outcomeOfError } from '../../functions/channels/outcome.ts';
import { providerEventOf } from '../../functions/channels/provider-event.ts';

const tags = { tenant: 'batis001', run: 'cmp_01-20261130T0100Z', shard: '03', send: 'AbC_-9' };
const listed = Object.fromEntries(Object.entries({ ...tags, 'ses:configuration-set': 'suki' }).map(([name, value]) => [name, [value]]));
const mail = { timestamp: '2026-11-30T01:00:02.012Z', messageId: '0100-7c19-000000', destination: ['a@example.com'], tags: listed };
const read = (event: object) => providerEventOf(JSON.stringify({ mail, ...event }));
const timestamp = '2026-11-30T01:00:41.669Z';

describe('what SES tells of a mail', () => {
  it.each([
    ['Send', { send: {} }, { kind: 'sent', at: mail.timestamp }],
    ['Delivery', { delivery: { timestamp, recipients: ['a@example.com'] } }, { kind: 'delivered', at: timestamp }],
    [
      'Bounce',
      { bounce: { timestamp, bounceType: 'Permanent', bounceSubType: 'General' } },
      { kind: 'bounced', bounce: 'hard', code: 'General' },
    ],
    [
      'Bounce',
      { bounce: { timestamp, bounceType: 'Permanent', bounceSubType: 'OnAccountSuppressionList' } },
      { kind: 'bounced', bounce: 'hard' },
    ],
    ['Bounce', { bounce: { timestamp, bounceType: 'Transient', bounceSubType: 'MailboxFull' } }, { kind: 'bounced', bounce: 'soft' }],
    ['Bounce', { bounce: { timestamp, bounceType: 'Undetermined' } }, { kind: 'bounced', bounce: 'soft' }],
    ['Complaint', { complaint: { timestamp, complaintFeedbackType: 'abuse' } }, { kind: 'complained', at: timestamp }],
    ['Open', { open: { timestamp, userAgent: 'x' } }, { kind: 'opened', at: timestamp }],
    ['Click', { click: { timestamp, link: 'https://batis.example/' } }, { kind: 'clicked', link: 'https://batis.example/' }],
    ['Reject', { reject: { reason: 'Bad content' } }, { kind: 'failed', code: 'Bad content' }],
    ['Rendering Failure', { failure: { errorMessage: 'x' } }, { kind: 'failed', code: 'RenderingFailure' }],
    ['DeliveryDelay', { deliveryDelay: { timestamp, delayType: 'MailboxFull' } }, { kind: 'delayed', code: 'MailboxFull' }],
  ])('%s is understood, with the row it belongs to', (eventType, details, expected) => {
    expect(read({ eventType, ...details })).toMatchObject({ channel: 'email', messageId: mail.messageId, tags, ...expected });
  });

  it('is no complaint where a reader says that it is no spam', () => {
    expect(read({ eventType: 'Complaint', complaint: { timestamp, complaintFeedbackType: 'not-spam' } })).toBeUndefined();
  });

  it('is nothing where the mail was none of a row, as an invitation by the sign-in service', () => {
    expect(read({ eventType: 'Send', mail: { ...mail, tags: { 'ses:configuration-set': ['suki'] } } })).toBeUndefined();
  });

  it.each([
    '',
    '[]',
    'null',
    '{"eventType":"Send"}',
    '{"eventType":"__proto__","mail":{}}',
    'Successfully validated SNS topic for Amazon SES event publishing.',
  ])('is left alone where it is malformed: %s', (message) => {
    expect(providerEventOf(message)).toBeUndefined();
  });

  it('never takes a property of every object for a kind of event', () => {
    for (const eventType of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) expect(read({ eventType })).toBeUndefined();
  });

  it('is nothing where a time is none', () => {
    expect(read({ eventType: 'Delivery', delivery: { timestamp: 'yesterday' } })).toBeUndefined();
  });
});

describe('what the service of text messages tells', () => {
  const text = (eventType: string) =>
    providerEventOf(
      JSON.stringify({
        eventType,
        eventVersion: '1.0',
        eventTimestamp: 1_796_000_000_000,
        isFinal: true,
        messageId: '862a',
        context: tags,
      }),
    );

  it.each([
    ['TEXT_SENT', 'sent', undefined],
    ['TEXT_SUCCESSFUL', 'sent', undefined],
    ['TEXT_UNKNOWN', 'sent', undefined],
    ['TEXT_DELIVERED', 'delivered', undefined],
    ['TEXT_INVALID', 'bounced', 'hard'],
    ['TEXT_UNREACHABLE', 'bounced', 'soft'],
    ['TEXT_SPAM', 'failed', undefined],
  ])('%s is %s %s', (eventType, kind, bounce) => {
    const event = text(eventType);
    expect([event?.kind, event?.bounce, event?.tags, event?.at]).toEqual([kind, bounce, tags, new Date(1_796_000_000_000).toISOString()]);
  });
});

describe('a mail that arrived', () => {
  const received = {
    notificationType: 'Received',
    mail: { timestamp, source: 'ana@example.com', messageId: 'o3vrnil0e2ic28tr' },
    receipt: {
      recipients: ['reply+x@mail.crm.example.com'],
      spfVerdict: { status: 'PASS' },
      dkimVerdict: { status: 'FAIL' },
      dmarcVerdict: { status: 'GRAY' },
      spamVerdict: { status: 'PASS' },
      action: { type: 'S3', bucketName: 'files', objectKey: 'mail-in/o3vrnil0e2ic28tr' },
    },
  };

  it('says where it lies and what SES thinks of it; a check that was not made is no pass', () => {
    expect(arrivedMailOf(JSON.stringify(received))).toMatchObject({
      from: 'ana@example.com',
      bucket: 'files',
      key: 'mail-in/o3vrnil0e2ic28tr',
      verdicts: { spf: 'pass', dkim: 'fail', dmarc: 'gray', spam: 'pass', virus: 'none' },
    });
  });

  it('is none where SES only tries its rule', () => {
    expect(arrivedMailOf(JSON.stringify({ notificationType: 'AmazonSnsSubscriptionSucceeded' }))).toBeUndefined();
    expect(arrivedMailOf('Successfully validated')).toBeUndefined();
  });
});

describe('a sender', () => {
  it('is written with its name in any script, and no name breaks out of its header', () => {
    expect(written({ name: null, address: 'a@b.example' })).toBe('a@b.example');
    expect(written({ name: 'Ana "the" \\ <x@y>', address: 'a@b.example' })).toBe('"Ana \\"the\\" \\\\ <x@y>" <a@b.example>');
    const long = written({ name: 'บริษัท น้ำใส จำกัด\r\nBcc: x@y.example', address: 'a@b.example' });
    expect(long).toMatch(/^(=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?= )+<a@b\.example>$/);
    for (const word of long.split(' ').slice(0, -1)) expect(word.length).toBeLessThanOrEqual(75);
  });

  it('of a MIME mail cannot add a header by its subject', async () => {
    const raw = await mimeOf({
      from: { name: 'A', address: 'a@b.example' },
      to: 'c@d.example',
      subject: 'x\r\nBcc: e@f.example',
      text: 't',
    });
    expect(raw.toString()).not.toMatch(/^bcc:/im);
  });
});

describe('an error of a call', () => {
  const error = (fields: object) => Object.assign(new Error('x'), { name: 'Oops', ...fields });
  const outcome = (fields: object) => {
    try {
      return outcomeOfError(error(fields), () => undefined);
    } catch (ambiguous) {
      return (ambiguous as Error).name;
    }
  };

  it('leaves in doubt what may have been taken, and nothing else', () => {
    expect(outcome({ $metadata: { httpStatusCode: 500 } })).toBe('Ambiguous');
    expect(outcome({ $metadata: { httpStatusCode: 503 } })).toBe('Ambiguous');
    expect(outcome({ name: 'TimeoutError' })).toBe('Ambiguous');
    expect(outcome({ code: 'ECONNRESET' })).toBe('Ambiguous');
    expect(outcome({ code: 'ECONNREFUSED' })).toEqual({ throttled: true, why: 'transient' });
    expect(outcome({ $metadata: { httpStatusCode: 429 } })).toEqual({ throttled: true, why: 'rate' });
    expect(outcome({ $metadata: { httpStatusCode: 400 } })).toEqual({ refused: 'Oops' });
  });
});
