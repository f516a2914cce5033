import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { fileName, heldBecause } from './held-back.ts';
import { htmlText } from './html-text.ts';
import { kindOf } from './kind.ts';
import type { HeldReason, MailKind } from './mail.ts';

/** Reads a mail, whatever it is: within bounds, and never with an error. Pure. */
export type ReadFile = { name: string; type: string; content: Uint8Array; held: HeldReason | null };
export type ReadMail = {
  from: { name: string | null; address: string };
  subject: string | null;
  text: string | null;
  messageId: string | null;
  /** Names of the messages that it answers, the nearest first. */
  answers: string[];
  kind: MailKind;
  /** SES's own header of results. */
  results: string | null;
  files: ReadFile[];
  unreadable: boolean;
};

/** Above this nothing but the head is read. */
export const mostBytes = 30 * 1024 * 1024;
const mostHead = 64 * 1024;
const mostParts = 2_000;
const mostText = 20_000;
const mostFiles = 50;
/** An interaction has ten at most. */
const mostShown = 10;
const mostFileBytes = 25 * 1024 * 1024;
/** `message/rfc822` parts stay closed: whoever wants them downloads the original. */
const limits = { maxNestingDepth: 20, maxHeadersSize: 512 * 1024, maxRfc822NestingDepth: 0, forceRfc822Attachments: true } as const;

/** One line of a header as it may be shown: decoded words may hold line breaks and controls, which nobody wrote for a reader. */
export function oneLine(value: string | undefined, most: number): string | null {
  const plain = (value ?? '')
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
  return plain === '' ? null : cut(plain, most);
}

/** At most so many UTF-16 units, never half a character. */
const cut = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`);

function bodyText(text: string): string | null {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .trim();
  return plain === '' ? null : cut(plain, mostText);
}

/** Message ids in a header, each with its brackets. */
const idsOf = (value: string | undefined) =>
  [...(value ?? '').slice(0, 8_000).matchAll(/<[^<>\s]{1,250}>/g)].map(([id]) => id).slice(0, 50);

const mailboxOf = (address: Address | undefined): { name: string | null; address: string } | undefined => {
  const one = address?.address === undefined ? address?.group?.[0] : address;
  const plain = oneLine(one?.address, 320);
  return plain && /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+$/.test(plain) ? { name: oneLine(one?.name, 200), address: plain } : undefined;
};

const typeOf = (type: string) => (/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/.test(type) ? type.toLowerCase() : 'application/octet-stream');
const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : content instanceof Uint8Array ? content : new Uint8Array(content);

function filesOf(attachments: readonly Attachment[], isInfected: boolean): ReadFile[] {
  let shown = 0;
  return attachments.slice(0, mostFiles).map((attachment, at) => {
    const file = { name: fileName(attachment.filename, at), type: typeOf(attachment.mimeType), content: bytesOf(attachment) };
    const size = file.content.length;
    const held = isInfected ? 'virus' : size > mostFileBytes ? 'too_large' : size === 0 ? 'unknown_type' : heldBecause(file);
    if (held === null) shown++;
    return { ...file, held: held ?? (shown > mostShown ? 'too_many' : null) };
  });
}

/** Bytes of the head: up to the first empty line. */
function headOf(raw: Uint8Array): Uint8Array {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.length, mostHead));
  const ends = ['\r\n\r\n', '\n\n'].map((gap) => start.indexOf(gap)).filter((at) => at >= 0);
  return start.subarray(0, ends.length > 0 ? Math.min(...ends) : start.length);
}

/** Lines that begin a part. Counted before anything is built from them. */
function hasTooManyParts(raw: Buffer): boolean {
  let count = 0;
  for (let at = raw.indexOf('\n--'); at >= 0; at = raw.indexOf('\n--', at + 3)) if (++count > mostParts) return true;
  return false;
}

async function parsed(raw: Buffer): Promise<Email | undefined> {
  if (raw.length > mostBytes || hasTooManyParts(raw)) return undefined;
  try {
    return await PostalMime.parse(raw, limits);
  } catch {
    return undefined;
  }
}

async function headAlone(raw: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(Buffer.concat([headOf(raw), Buffer.from('\r\n\r\n')]), limits);
  } catch {
    return { headers: [], headerLines: [], attachments: [] };
  }
}

/** What a mail says. `onlyHead` leaves its body unread, where reading it has failed before. */
export async function readMail(
  raw: Buffer,
  { envelope, isInfected, onlyHead = false }: { envelope: string; isInfected: boolean; onlyHead?: boolean },
): Promise<ReadMail> {
  const whole = onlyHead ? undefined : await parsed(raw);
  const email = whole ?? (await headAlone(raw));
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value;
  const from = mailboxOf(email.from) ?? { name: null, address: oneLine(envelope, 320) ?? 'unknown' };
  const words = whole ? (email.text?.trim() ? email.text : htmlText(email.html ?? '')) : '';
  return {
    from,
    subject: oneLine(email.subject, 200),
    text: bodyText(words),
    messageId: idsOf(email.messageId)[0] ?? null,
    answers: [...new Set([...idsOf(email.inReplyTo), ...idsOf(email.references).toReversed()])],
    kind: kindOf({ header, envelope, from: from.address }),
    results: header('authentication-results') ?? null,
    files: filesOf(email.attachments, isInfected),
    unreadable: whole === undefined,
  };
}
