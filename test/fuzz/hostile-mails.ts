import { deflateRawSync } from 'node:zlib';

/** Mails that somebody sends to do harm, each with what is expected to become of it besides "no error". Made from a seed, so that a failure can be met again. */
export interface HostileMail {
  name: string;
  raw: Buffer;
  /** Why its only file is held back, where it has one. */
  held?: string;
  /** It cannot be read whole. */
  unreadable?: true;
}

const from = 'From: Ana Trujillo <ana@hostile.example>\r\nTo: us@mail.suki.example\r\n';
const mail = (head: string, body: string | Buffer): Buffer => Buffer.concat([Buffer.from(`${from}${head}\r\n\r\n`), Buffer.from(body)]);
const text = (content: string | Buffer, head = '') => mail(`Subject: Hello\r\nContent-Type: text/plain; charset=utf-8${head}`, content);

const withFile = (name: string, type: string, content: Buffer): Buffer =>
  mail(
    'Subject: With a file\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="edge"',
    `--edge\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--edge\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n--edge--\r\n`,
  );

function nested(depth: number): string {
  let body = 'Content-Type: text/plain\r\n\r\nthe innermost';
  for (let at = 0; at < depth; at++) body = `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n${body}\r\n--b${at}--`;
  return body;
}
function forwarded(depth: number): string {
  let body = 'Subject: innermost\r\n\r\ntext';
  for (let at = 0; at < depth; at++) body = `Content-Type: message/rfc822\r\n\r\n${body}`;
  return body;
}

/** A zip of one file of zeros, a thousand times smaller than what comes out. */
function zipBomb(bytes: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(bytes), { level: 9 });
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(bytes, 22);
  return Buffer.concat([head, packed]);
}

const script = '<script>alert(document.cookie)</script>';
const odd = ['utf-7', 'utf-16', 'x-nothing', 'iso-2022-jp', 'gb18030', 'windows-874', '""', '../../etc', 'a'.repeat(5_000), '\u0000'];

/** Every hostile mail by hand, then `more` that are broken by chance. */
export function hostileMails(random: () => number, more: number): HostileMail[] {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');
  const made: HostileMail[] = [
    { name: 'nothing at all', raw: Buffer.alloc(0) },
    { name: 'no head', raw: Buffer.from('\r\n\r\nbody only') },
    { name: 'no body', raw: Buffer.from(`${from}Subject: x`) },
    { name: 'bytes by chance', raw: Buffer.from(Array.from({ length: 20_000 }, () => Math.floor(random() * 256))) },
    { name: 'a thousand levels', raw: Buffer.from(from + nested(1_000)), unreadable: true },
    { name: 'two hundred mails in mails', raw: Buffer.from(from + forwarded(200)) },
    {
      name: 'a hundred thousand parts',
      raw: mail('Content-Type: multipart/mixed; boundary=b', '--b\r\n\r\nx\r\n'.repeat(100_000)),
      unreadable: true,
    },
    {
      name: 'a boundary that is everywhere',
      raw: mail('Content-Type: multipart/mixed; boundary="-"', '---\r\n'.repeat(50_000)),
      unreadable: true,
    },
    { name: 'a boundary of nothing', raw: mail('Content-Type: multipart/mixed; boundary=""', '--\r\n\r\nx\r\n----') },
    { name: 'a boundary that never comes', raw: mail('Content-Type: multipart/mixed; boundary=never', 'x') },
    { name: 'a head of 3 MB', raw: mail(`X-Long: ${'a'.repeat(3_000_000)}`, 'x') },
    { name: 'fifty thousand headers', raw: mail(Array.from({ length: 50_000 }, (_, at) => `X-${at}: y`).join('\r\n'), 'x') },
    {
      name: 'thirty thousand recipients',
      raw: mail(`Cc: ${Array.from({ length: 30_000 }, (_, at) => `a${at}@x.example`).join(', ')}`, 'x'),
    },
    { name: 'groups in groups', raw: mail(`Reply-To: ${'a:'.repeat(10_000)};`, 'x') },
    { name: 'ten thousand encoded words', raw: mail(`Subject: ${'=?utf-8?B?YQ==?= '.repeat(10_000)}`, 'x') },
    { name: 'a subject with a header in it', raw: mail('Subject: =?utf-8?Q?Hi=0D=0ABcc=3A_evil@example.com=0D=0A=0D=0A<script>?=', 'x') },
    {
      name: 'a script as HTML',
      raw: mail('Subject: x\r\nContent-Type: text/html', `<p>Hello</p>${script}<img src=x onerror=alert(1)><svg onload=alert(1)>`),
    },
    { name: 'HTML without an end', raw: mail('Content-Type: text/html', '<div>'.repeat(300_000)) },
    { name: 'a text of 5 MB on one line', raw: text('a'.repeat(5_000_000)) },
    { name: 'a text of half characters', raw: text(Buffer.from([0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80, 0xff, 0xfe])) },
    { name: 'a text of controls', raw: text('\u0000\u0007\u001b[2J\u202e\u2066evil') },
    { name: 'base64 that is none', raw: text('!!!!====@@@@', '\r\nContent-Transfer-Encoding: base64') },
    { name: 'quoted-printable that is none', raw: text('=ZZ=0=\r\n=', '\r\nContent-Transfer-Encoding: quoted-printable') },
    { name: 'an unknown transfer encoding', raw: text('x', '\r\nContent-Transfer-Encoding: x-uuencode') },
    { name: 'names of prototypes', raw: mail('__proto__: x\r\nconstructor: y\r\ntoString: z\r\nSubject: __proto__', 'x') },
    { name: 'a file called __proto__', raw: withFile('__proto__', 'text/plain', Buffer.from('x')) },
    { name: 'a file from above', raw: withFile('../../../etc/passwd', 'text/plain', Buffer.from('x')) },
    { name: 'a program', raw: withFile('invoice.pdf.exe', 'application/pdf', Buffer.from('MZ\x90')), held: 'program' },
    { name: 'a page', raw: withFile('page.html', 'text/html', Buffer.from(script)), held: 'web_page' },
    { name: 'a picture that is a script', raw: withFile('a.svg', 'image/svg+xml', Buffer.from(`<svg>${script}</svg>`)), held: 'web_page' },
    { name: 'a zip bomb', raw: withFile('photos.zip', 'application/zip', zipBomb(200_000_000)), held: 'archive' },
    { name: 'a zip bomb that says it is a picture', raw: withFile('photo.png', 'image/png', zipBomb(50_000_000)), held: 'mismatch' },
    { name: 'macros', raw: withFile('sheet.xlsm', 'application/vnd.ms-excel.sheet.macroEnabled.12', Buffer.from('PK')), held: 'macros' },
    { name: 'a mail as a file', raw: withFile('mail.eml', 'message/rfc822', Buffer.from('Subject: x\r\n\r\ny')), held: 'mail' },
    { name: 'a media type with a header in it', raw: withFile('a.png', 'image/png\r\nSet-Cookie: x', png) },
    { name: 'a date that is none', raw: mail('Date: the 99th of Nevermber\r\nSubject: x', 'x') },
    { name: 'a message id of 5,000 letters', raw: mail(`Message-ID: <${'a'.repeat(5_000)}@x>\r\nSubject: x`, 'x') },
    {
      name: 'a message id with keys in it',
      raw: mail('Message-ID: <T#other#CUS#1@x>\r\nIn-Reply-To: <T#other#CUS#2@x>\r\nSubject: x', 'x'),
    },
    {
      name: 'ten thousand references',
      raw: mail(`References: ${Array.from({ length: 10_000 }, (_, at) => `<${at}@x>`).join(' ')}\r\nSubject: x`, 'x'),
    },
    ...odd.map((charset) => ({
      name: `letters in ${charset.slice(0, 20)}`,
      raw: mail(`Subject: x\r\nContent-Type: text/plain; charset=${charset}`, Buffer.from([0xc3, 0x28, 0x41, 0xff])),
    })),
  ];
  const bases = [text('Hello'), withFile('a.png', 'image/png', png), Buffer.from(from + nested(5))];
  for (let at = 0; at < more; at++) {
    const raw = Buffer.from(bases[at % bases.length] as Buffer);
    for (let hit = 0; hit < 1 + Math.floor(random() * 12); hit++) raw[Math.floor(random() * raw.length)] = Math.floor(random() * 256);
    made.push({ name: `broken by chance, ${at}`, raw: random() < 0.3 ? raw.subarray(0, Math.floor(random() * raw.length)) : raw });
  }
  return made;
}
