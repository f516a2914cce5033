/** What a person would see of a MIME message; enough for the mails that the product itself builds. */
export interface ReadMail {
  headers: Record<string, string>;
  subject: string;
  text?: string;
  html?: string;
}

/** Reads headers (names in lower case), and the first plain and HTML part, decoded. */
export function readMime(raw: Buffer): ReadMail {
  const mail = part(raw.toString('latin1'));
  const bodies: Pick<ReadMail, 'text' | 'html'> = {};
  collect(mail, bodies, 0);
  const headers = Object.fromEntries(Object.entries(mail.headers).map(([name, value]) => [name, decodeWords(value)]));
  return { headers, subject: headers.subject ?? '', ...bodies };
}

/** The headers of any mail, also of one that cannot be read: a word that does not decode stays as it is. */
export function readHead(raw: Buffer): { headers: Record<string, string>; subject: string } {
  const { headers } = part(raw.subarray(0, 256 * 1024).toString('latin1'));
  const plain = (value: string) => {
    try {
      return decodeWords(value);
    } catch {
      return value;
    }
  };
  const read = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, plain(value)]));
  return { headers: read, subject: read.subject ?? '' };
}

interface Part {
  headers: Record<string, string>;
  body: string;
}

function part(text: string): Part {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : '' };
}

const parameter = (header: string, name: string) => new RegExp(`${name}="?([^";]+)"?`, 'i').exec(header)?.[1];

function collect({ headers, body }: Part, into: Pick<ReadMail, 'text' | 'html'>, depth: number): void {
  const type = headers['content-type'] ?? 'text/plain';
  const boundary = parameter(type, 'boundary');
  if (boundary && depth < 5) {
    const parts = body.split(`--${boundary}`).slice(1, -1);
    for (const one of parts) collect(part(one.replace(/^\r?\n/, '')), into, depth + 1);
    return;
  }
  if ((headers['content-disposition'] ?? '').startsWith('attachment')) return;
  const text = new TextDecoder(parameter(type, 'charset') ?? 'utf-8').decode(unwrapped(body, headers['content-transfer-encoding'] ?? ''));
  if (type.startsWith('text/html')) into.html ??= text;
  else if (type.startsWith('text/plain')) into.text ??= text;
}

function unwrapped(body: string, encoding: string): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64');
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(body, 'latin1');
  const text = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, 'latin1');
}

/** Encoded words of RFC 2047, such as `=?utf-8?B?…?=`. */
export function decodeWords(value: string): string {
  const joined = Buffer.from(value, 'latin1')
    .toString('utf8')
    .replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(/=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset: string, kind: string, text: string) => {
    const bytes = kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : unwrapped(text.replaceAll('_', ' '), 'quoted-printable');
    return new TextDecoder(charset).decode(bytes);
  });
}
