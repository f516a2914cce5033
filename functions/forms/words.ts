import type { Submission } from './submission.ts';

/** What stands beside the words of a submission on a timeline, in the language in which it was written. Plain; nothing is read as markup. */
type Labels = Record<'name' | 'email' | 'phone' | 'reference', string>;

const labels: Record<string, Labels> = {
  en: { name: 'Name', email: 'E-mail', phone: 'Phone', reference: 'Order or reference' },
  fr: { name: 'Nom', email: 'E-mail', phone: 'Téléphone', reference: 'Commande ou référence' },
  fil: { name: 'Pangalan', email: 'Email', phone: 'Telepono', reference: 'Order o reperensiya' },
  ur: { name: 'نام', email: 'ای میل', phone: 'فون', reference: 'آرڈر یا حوالہ' },
  th: { name: 'ชื่อ', email: 'อีเมล', phone: 'โทรศัพท์', reference: 'คำสั่งซื้อหรือเลขอ้างอิง' },
};

/** What was written, and below it what the customer's row does not say: nothing that is known of her is written over. */
export function bodyOf(
  { words, reference, name, email, phone, language }: Submission,
  known: { name: string; emails: readonly string[]; phones: readonly string[] },
): string {
  const say = labels[language.split('-')[0] ?? 'en'] ?? (labels.en as Labels);
  const digits = (text: string) => text.replace(/\D/g, '');
  const lines = [
    reference !== null && `${say.reference}: ${reference}`,
    name !== null && name !== known.name && `${say.name}: ${name}`,
    email !== null && !known.emails.some((one) => one.toLowerCase() === email.toLowerCase()) && `${say.email}: ${email}`,
    phone !== null && !known.phones.some((one) => digits(one) === digits(phone)) && `${say.phone}: ${phone}`,
  ].filter((line) => line !== false);
  return lines.length === 0 ? words : `${words}\n\n${lines.join('\n')}`;
}
