import { Ambiguous, type Outcome } from '../channels/outcome.ts';
import { sendRaw } from '../channels/raw-email.ts';
import { CrmError } from '../kernel/errors.ts';
import { fromOf } from './find-sender.ts';
import { checkVerified, type Sender } from './sender.ts';

type Words = { subject: string; text: string };
/** In the product's languages, for whoever asked. */
const words: Record<string, (from: string) => Words> = {
  en: (from) => ({ subject: 'It works', text: `Mail from ${from} arrives. Nothing else is to be done.` }),
  fr: (from) => ({ subject: 'Cela fonctionne', text: `Les messages de ${from} arrivent. Il n’y a rien d’autre à faire.` }),
  fil: (from) => ({ subject: 'Gumagana', text: `Dumarating ang mga email mula sa ${from}. Wala nang iba pang gagawin.` }),
  ur: (from) => ({ subject: 'یہ کام کر رہا ہے', text: `${from} سے ای میل پہنچ رہی ہے۔ مزید کچھ کرنے کی ضرورت نہیں۔` }),
  th: (from) => ({ subject: 'ใช้งานได้แล้ว', text: `อีเมลจาก ${from} ส่งถึงแล้ว ไม่ต้องทำอะไรเพิ่ม` }),
};

const busy = (detail: string) => new CrmError('unavailable', { detail, headers: { 'Retry-After': '5' } });

function failureOf(outcome: Exclude<Outcome, { accepted: string }>): CrmError {
  if ('refused' in outcome) return new CrmError('unavailable', { detail: `the mail provider refuses it: ${outcome.refused}` });
  if (outcome.why === 'setup') return new CrmError('sender_unverified', { detail: 'the mail provider does not know the sender' });
  if (outcome.why === 'rate') return new CrmError('throttled', { headers: { 'Retry-After': '1' } });
  return busy(outcome.why === 'transient' ? 'the mail provider is busy' : 'the account may send nothing more at the moment');
}

/** Sends a mail from a sender to whoever asks. Throws `sender_unverified`, `throttled`, `unavailable`. */
export async function sendTestMail(sender: Sender, to: { email: string; language: string }): Promise<void> {
  checkVerified(sender);
  const { subject, text } = (words[to.language] ?? words.en!)(sender.address);
  const outcome = await sendRaw({ ...fromOf(sender), to: to.email, subject, text }).catch((error: unknown) => {
    throw error instanceof Ambiguous ? busy('the mail provider did not answer') : error;
  });
  if (!('accepted' in outcome)) throw failureOf(outcome);
}
