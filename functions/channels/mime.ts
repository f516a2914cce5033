import MailComposer from 'nodemailer/lib/mail-composer';

/** Who writes: the name that readers see, and the address. */
export type Address = { name: string | null; address: string };

export type Attached = { name: string; type: string; content: Buffer };
/** One message as a person would put it. */
export type MimeMail = {
  from: Address;
  to: string;
  replyTo?: string;
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  /** Message ids of what is answered, with their angle brackets. */
  inReplyTo?: string;
  references?: readonly string[];
  attachments?: readonly Attached[];
};

/** Bytes of text in one encoded word: its 75 characters less `=?UTF-8?B??=`, of which base 64 makes three from four. */
const wordBytes = 45;

/** An address with its name for a `From` header; a name that is not plain ASCII as the encoded words of RFC 2047. */
export function written({ name, address }: Address): string {
  if (!name) return address;
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>`;
  const words: string[] = [];
  let word = '';
  for (const character of name.replaceAll(/\p{Cc}/gu, ' ')) {
    if (Buffer.byteLength(word + character) > wordBytes) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return `${words.map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ')} <${address}>`;
}

/** The message as MIME bytes. It reads no file and no address: what is attached comes as bytes. */
export function mimeOf({ from, to, attachments = [], references = [], ...mail }: MimeMail): Promise<Buffer> {
  const composer = new MailComposer({
    ...mail,
    from: { name: from.name ?? '', address: from.address },
    to: [{ name: '', address: to }],
    references: [...references],
    attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
