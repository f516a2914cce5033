import * as z from 'zod';
import { CaseId } from '../cases/case.ts';
import { CustomerId } from '../customers/customer.ts';
import { AttachmentId } from '../interactions/interaction.ts';
import { CrmError } from '../kernel/errors.ts';
import { idOf, StoredInstant } from '../kernel/values.ts';

/** A mail that came in: where it stands, what was checked of it, and what was held back. Schema and rules; pure. */
export const MailId = idOf('mai');

/**
 * `reading` while it is read for the first time. `attached` is on a customer's timeline. `quarantined` waits for a person because its origin
 * is not proven, `unmatched` because nobody here is known by the address. `ignored` needs nobody: an automatic answer of a stranger.
 */
export const mailStates = ['reading', 'quarantined', 'unmatched', 'attached', 'discarded', 'ignored'] as const;
export const MailState = z.enum(mailStates);
export type MailState = z.output<typeof MailState>;

export const mailReasons = [
  'failed_check',
  'unverified',
  'spam',
  'virus',
  'unknown_sender',
  'archived',
  'auto_reply',
  'bounce',
  'list',
  'own',
  'duplicate',
] as const;
export const MailReason = z.enum(mailReasons);
export type MailReason = z.output<typeof MailReason>;

export const mailKinds = ['message', 'auto_reply', 'bounce', 'list', 'own'] as const;
export const MailKind = z.enum(mailKinds);
export type MailKind = z.output<typeof MailKind>;

/** Why a file of a mail is not shown with it: what could do harm, or could not be looked at. */
export const heldReasons = [
  'program',
  'web_page',
  'archive',
  'macros',
  'mail',
  'virus',
  'too_large',
  'too_many',
  'unknown_type',
  'mismatch',
] as const;
export const HeldReason = z.enum(heldReasons);
export type HeldReason = z.output<typeof HeldReason>;

export const MailFile = z.strictObject({
  id: AttachmentId,
  name: z.string().max(200),
  bytes: z.int().nonnegative(),
  type: z.string().max(161),
  /** Null where it is shown with the mail. */
  held: HeldReason.nullable().default(null),
});
export type MailFile = z.output<typeof MailFile>;

const Verdict = z.enum(['pass', 'fail', 'gray', 'none', 'processing_failed']);
export const Verdicts = z.strictObject({ spf: Verdict, dkim: Verdict, dmarc: Verdict, spam: Verdict, virus: Verdict });
export type Verdicts = z.output<typeof Verdicts>;

export const Mail = z
  .strictObject({
    id: MailId,
    state: MailState,
    why: MailReason.nullable().default(null),
    kind: MailKind.default('message'),
    /** As its header says; the envelope's where it has no readable one. */
    from: z.strictObject({ name: z.string().max(200).nullable().default(null), address: z.string().max(320) }),
    /** Which of our addresses it came to. */
    to: z.string().max(320),
    subject: z.string().max(200).nullable().default(null),
    /** How it begins. */
    preview: z.string().max(500).nullable().default(null),
    receivedAt: StoredInstant,
    bytes: z.int().nonnegative().default(0),
    verdicts: Verdicts,
    /** It could not be read as mail: too large, too deep, broken. The original is there all the same. */
    unreadable: z.boolean().default(false),
    /** Whose timeline it is on. */
    customerId: CustomerId.nullable().default(null),
    /** Who it may be from. */
    suggested: z.array(CustomerId).max(5).default([]),
    files: z.array(MailFile).max(50).default([]),
    /** The mail's own Message-ID. */
    messageId: z.string().max(255).nullable().default(null),
    /** The campaign that it answers, by the address it came to. */
    campaignId: z.string().max(40).nullable().default(null),
    /** The case that it answers, by that address or by the conversation. */
    caseId: CaseId.nullable().default(null),
    /** It answers nothing of ours: where its address says so, a case comes of it. */
    isNew: z.boolean().default(false),
    /** Where the original lies. */
    object: z.string().max(300),
    /** How often it was begun to be read. */
    attempts: z.int().nonnegative().default(1),
    /** Ends the row of what nobody took, with its original; seconds. */
    endsAt: z.int().nullable().default(null),
    version: z.int().positive(),
  })
  .meta({ id: 'MailRow' });
export type Mail = z.output<typeof Mail>;

/** A mail as members see it. */
export const MailView = Mail.omit({ object: true, attempts: true, endsAt: true, isNew: true }).meta({ id: 'Mail' });
export const shownMail = ({ object: _, attempts: __, endsAt: ___, isNew: ____, ...mail }: Mail): z.output<typeof MailView> => mail;

/** What nobody takes is kept so long, as the bucket keeps the original. */
export const keptDays = 30;

export const openStates: readonly MailState[] = ['quarantined', 'unmatched'];
export const isOpen = ({ state }: Pick<Mail, 'state'>) => openStates.includes(state);

/** A person takes it for whom it is from: it goes onto the timeline, and is kept for good. */
export function attached(mail: Mail, { customerId, object, files }: { customerId: string; object: string; files: MailFile[] }): Mail {
  if (!isOpen(mail)) throw new CrmError('wrong_state', { detail: 'this mail was dealt with before' });
  return { ...mail, state: 'attached', why: null, customerId, suggested: [], object, files, endsAt: null };
}

/** A person says that it is nothing. */
export function discarded(mail: Mail): Mail {
  if (!isOpen(mail)) throw new CrmError('wrong_state', { detail: 'this mail was dealt with before' });
  return { ...mail, state: 'discarded' };
}

/** Takes a discard back. */
export function reopened(mail: Mail): Mail {
  if (mail.state !== 'discarded') throw new CrmError('wrong_state', { detail: 'this mail is not discarded' });
  const proven = mail.why === 'unknown_sender' || mail.why === 'archived';
  return { ...mail, state: proven ? 'unmatched' : 'quarantined' };
}

/** Shows a file that was held back, on a person's word. */
export function released(mail: Mail, fileId: string): Mail {
  return { ...mail, files: mail.files.map((file) => (file.id === fileId ? { ...file, held: null } : file)) };
}
