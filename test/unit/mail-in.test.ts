import { describe, expect, it } from 'vitest';
import { fileName, heldBecause } from '../../functions/mail-in/held-back.ts';
import { htmlText } from '../../functions/mail-in/html-text.ts';
import { kindOf } from '../../functions/mail-in/kind.ts';
import type { Verdicts } from '../../functions/mail-in/mail.ts';
import { oneLine, readMail } from '../../functions/mail-in/read.ts';
import { aligned, trustOf } from '../../functions/mail-in/trust.ts';

const fine: Verdicts = { spf: 'pass', dkim: 'pass', dmarc: 'pass', spam: 'pass', virus: 'pass' };
const origin = { verdicts: fine, envelope: 'ana@example.com', from: 'ana@example.com', results: null };
const verdicts = (changed: Partial<Verdicts>) => ({ ...origin, verdicts: { ...fine, ...changed } });

describe('where a mail comes from', () => {
  it('is proven where nothing failed and DMARC holds', () => {
    expect(trustOf(origin)).toBe('proven');
    expect(trustOf(verdicts({ spf: 'gray', dkim: 'none' }))).toBe('proven');
  });

  it('is not where any check failed or could not be made, whatever the others say', () => {
    for (const name of ['spf', 'dkim', 'dmarc'] as const)
      for (const verdict of ['fail', 'processing_failed'] as const)
        expect(trustOf(verdicts({ [name]: verdict })), `${name} ${verdict}`).toBe('failed_check');
  });

  it('is not where a check of another domain holds: anybody can sign with his own', () => {
    const none = verdicts({ dmarc: 'gray' });
    expect(trustOf({ ...none, envelope: 'x@evil.example' })).toBe('unverified');
    expect(trustOf({ ...none, envelope: 'x@evil.example', results: 'amazonses.com; dkim=pass header.i=@evil.example; spf=pass' })).toBe(
      'unverified',
    );
    expect(trustOf({ ...none, envelope: 'x@evil.example', results: 'amazonses.com; dkim=fail header.i=@example.com' })).toBe('unverified');
  });

  it('is where SPF or DKIM of the very domain holds', () => {
    const none = verdicts({ dmarc: 'gray' });
    expect(trustOf({ ...none, envelope: 'bounce@mail.example.com' })).toBe('proven');
    expect(
      trustOf({ ...none, envelope: 'x@esp.example', results: 'amazonses.com; spf=pass; dkim=pass header.i=@example.com; dmarc=none' }),
    ).toBe('proven');
  });

  it('says spam and viruses by name', () => {
    expect(trustOf(verdicts({ spam: 'fail' }))).toBe('spam');
    expect(trustOf(verdicts({ virus: 'fail', spf: 'fail' }))).toBe('virus');
  });

  it('takes no domain for another that only ends alike', () => {
    expect(aligned('notexample.com', 'example.com')).toBe(false);
    expect(aligned('mail.example.com', 'example.com')).toBe(true);
    expect(aligned('', '')).toBe(false);
  });
});

describe('a file of a mail', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
  const zip = new Uint8Array([0x50, 0x4b, 0x03, 0x04]);
  const pdf = Buffer.from('%PDF-1.7');

  it('is shown where it is a picture, a paper without macros, or plain text', () => {
    expect(heldBecause({ name: 'leak.png', type: 'image/png', content: png })).toBeNull();
    expect(heldBecause({ name: 'Offer v1.2.pdf', type: 'application/pdf', content: pdf })).toBeNull();
    expect(heldBecause({ name: 'list.csv', type: 'text/csv', content: Buffer.from('a,b') })).toBeNull();
    const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    expect(heldBecause({ name: 'letter.docx', type: docx, content: zip })).toBeNull();
  });

  it('is held back by any of its endings, its type or its first bytes', () => {
    const content = Buffer.from('hello');
    expect(heldBecause({ name: 'invoice.pdf.exe', type: 'application/pdf', content: pdf })).toBe('program');
    expect(heldBecause({ name: 'invoice.exe.pdf', type: 'application/pdf', content: pdf })).toBe('program');
    expect(heldBecause({ name: 'page.html', type: 'text/plain', content })).toBe('web_page');
    expect(heldBecause({ name: 'logo', type: 'image/svg+xml', content })).toBe('web_page');
    expect(heldBecause({ name: 'photos.zip', type: 'application/octet-stream', content: zip })).toBe('archive');
    expect(heldBecause({ name: 'sheet.xlsm', type: 'application/vnd.ms-excel', content })).toBe('macros');
    expect(heldBecause({ name: 'photo.png', type: 'image/png', content: Buffer.from('MZ\x90\x00') })).toBe('program');
    expect(heldBecause({ name: 'photo.png', type: 'image/png', content: zip })).toBe('mismatch');
    expect(heldBecause({ name: 'offer.pdf', type: 'application/pdf', content })).toBe('mismatch');
    expect(heldBecause({ name: 'data.bin', type: 'application/octet-stream', content })).toBe('unknown_type');
  });

  it('has a name without folders, controls and letters that turn text round', () => {
    expect(fileName('../../etc/passwd', 0)).toBe('passwd');
    expect(fileName('C:\\Users\\a\\b.txt', 0)).toBe('b.txt');
    expect(fileName('photo\u202egnp.exe', 0)).toBe('photognp.exe');
    expect(fileName('a\r\nSet-Cookie: x', 0)).toBe('aSet-Cookie: x');
    expect(fileName(null, 3)).toBe('file-4');
    expect(fileName('__proto__', 0)).toBe('__proto__');
    expect(fileName('ä'.repeat(500), 0)).toHaveLength(200);
  });
});

describe('the text of an HTML mail', () => {
  it('is what a reader would see, line by line', () => {
    const html =
      '<html><head><title>No</title><style>p{}</style></head><body><p>Dear&nbsp;Ana,</p><div>It <b>drips</b> &amp; drips.</div><br>Yours</body>';
    expect(htmlText(html)).toBe('Dear Ana,\n\nIt drips & drips.\n\nYours');
  });

  it('holds nothing of scripts, however they are written', () => {
    for (const html of [
      '<script>alert(1)</script>ok',
      '<SCRIPT\n>alert(1)</SCRIPT >ok',
      '<svg><script>alert(1)</script></svg>ok',
      '<!-- alert(1) -->ok',
    ])
      expect(htmlText(html).trim(), html).toBe('ok');
    expect(htmlText('<script>alert(1)')).toBe('');
  });

  it('is read in one walk, whatever is missing in it', () => {
    for (const html of ['<'.repeat(100_000), '<p'.repeat(100_000), '&#'.repeat(100_000), '<!--'.repeat(50_000), '<script>'.repeat(50_000)])
      expect(htmlText(html).length).toBeLessThanOrEqual(400_000);
  });
});

describe('the kind of a mail', () => {
  const kind = (headers: Record<string, string>, from = 'ana@example.com', envelope = from) =>
    kindOf({ header: (name) => headers[name], envelope, from });

  it('is a message where a person wrote it', () => {
    expect(kind({})).toBe('message');
    expect(kind({ 'auto-submitted': 'no' })).toBe('message');
  });

  it('is told by what machines say of themselves', () => {
    expect(kind({ 'auto-submitted': 'auto-replied' })).toBe('auto_reply');
    expect(kind({ 'x-auto-response-suppress': 'All' })).toBe('auto_reply');
    expect(kind({ precedence: 'Bulk' })).toBe('list');
    expect(kind({ 'list-id': '<news.example.com>' })).toBe('list');
    expect(kind({ 'content-type': 'multipart/report; report-type=delivery-status' })).toBe('bounce');
    expect(kind({}, 'ana@example.com', '<>')).toBe('bounce');
    expect(kind({}, 'MAILER-DAEMON@mx.example.com')).toBe('bounce');
    expect(kind({}, 'no-reply@example.com')).toBe('auto_reply');
    expect(kind({ 'x-suki-message': 'batis001' })).toBe('own');
  });
});

describe('a mail that is read', () => {
  const read = (text: string, options = {}) => readMail(Buffer.from(text), { envelope: 'env@example.com', isInfected: false, ...options });

  it('keeps line breaks that hide in decoded words out of one line', async () => {
    const { subject, from } = await read(
      'From: =?utf-8?Q?Ana=0D=0ABcc=3A_x?= <ana@example.com>\r\nSubject: =?utf-8?Q?Hi=0D=0ABcc:_evil@example.com?=\r\n\r\nHello',
    );
    expect(subject).toBe('Hi Bcc: evil@example.com');
    expect(from).toEqual({ name: 'Ana Bcc: x', address: 'ana@example.com' });
    expect(oneLine('\u202eevil', 10)).toBe('evil');
  });

  it('knows what it answers, the nearest first', async () => {
    const { answers, messageId } = await read('Message-ID: <c@x>\r\nIn-Reply-To: <b@x>\r\nReferences: <a@x> <b@x>\r\n\r\nHello');
    expect([messageId, ...answers]).toEqual(['<c@x>', '<b@x>', '<a@x>']);
  });

  it('is whole in letters that it names wrongly or not at all', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Content-Type: text/plain; charset=x-nothing\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'),
      Buffer.from([0xff, 0xfe, 0x41, 0x80]),
    ]);
    const { text, unreadable } = await readMail(bytes, { envelope: 'a@b.example', isInfected: false });
    expect(unreadable).toBe(false);
    expect(text?.isWellFormed()).toBe(true);
  });

  it('is read by its head alone where reading it whole has failed before', async () => {
    const found = await read('From: ana@example.com\r\nSubject: Deep\r\n\r\nHello', { onlyHead: true });
    expect(found).toMatchObject({ subject: 'Deep', text: null, unreadable: true, files: [] });
  });

  it('has every file held back where a virus was found', async () => {
    const body =
      '--b\r\nContent-Type: text/plain\r\n\r\nHi\r\n--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--';
    const { files } = await read(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`, { isInfected: true });
    expect(files.map(({ held }) => held)).toEqual(['virus']);
  });
});
