import type { Customer } from '../api/types.ts';
import type { Template } from './queries.ts';

/** What is being written to a customer. */
export type Letter = {
  channel: 'email' | 'sms';
  to: string;
  senderId: string;
  templateId: string;
  language: string;
  subject: string;
  body: string;
  files: File[];
  /** At once, at a time, or at one that cannot be read. */
  at: 'now' | 'unreadable' | Date;
};

export const mostFileBytes = 10 * 1024 * 1024;
export const bytesOf = (files: readonly File[]) => files.reduce((sum, { size }) => sum + size, 0);

/** Her addresses on a channel, the main one first. */
export function addressesOf(customer: Customer, channel: Letter['channel']): string[] {
  if (channel === 'email') return [...customer.emails].sort((a, b) => Number(b.primary) - Number(a.primary)).map(({ address }) => address);
  return customer.phones
    .filter(({ type, e164 }) => (type === 'mobile' || type === 'other') && e164 !== null)
    .sort((a, b) => Number(b.primary) - Number(a.primary))
    .map(({ e164 }) => e164 ?? '');
}

const base = (language: string) => language.split('-')[0] ?? language;

/** The language of a template's texts that suits her best. */
export function bestLanguage(template: Pick<Template, 'texts'>, wanted: readonly (string | null)[]): string {
  const offered = Object.keys(template.texts);
  for (const language of wanted) {
    const found = language && (offered.find((one) => one === language) ?? offered.find((one) => base(one) === base(language)));
    if (found) return found;
  }
  return offered[0] ?? 'en';
}

/** A subject that says it is an answer, once. */
export const answerSubject = (subject: string | null): string => {
  const plain = (subject ?? '').trim();
  return /^re\s*:/i.test(plain) || plain === '' ? plain : `Re: ${plain}`.slice(0, 200);
};

/** Puts a piece of text where the cursor stands, and says where it stands then. */
export function inserted(text: string, { from, to }: { from: number; to: number }, piece: string): { text: string; at: number } {
  return { text: text.slice(0, from) + piece + text.slice(to), at: from + piece.length };
}
