import MailComposer from 'nodemailer/lib/mail-composer';
import type { Address } from './address.ts';

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
