import type { Language } from '../i18n/languages.ts';
import type { FormDraft } from './queries.ts';

/** What a new form says until somebody writes something else. */
export const readyTexts: Record<Language, FormDraft['texts'][string]> = {
  en: {
    title: 'Write to us',
    lead: 'Tell us what it is about. We read everything.',
    thanks: 'We have your message and will answer you soon.',
  },
  fr: {
    title: 'Écrivez-nous',
    lead: 'Dites-nous de quoi il s’agit. Nous lisons tout.',
    thanks: 'Votre message est bien arrivé ; nous vous répondrons bientôt.',
  },
  fil: {
    title: 'Sumulat sa amin',
    lead: 'Sabihin sa amin kung tungkol saan ito. Binabasa namin ang lahat.',
    thanks: 'Natanggap namin ang mensahe mo at sasagot kami agad.',
  },
  ur: {
    title: 'ہمیں لکھیں',
    lead: 'بتائیں کہ بات کس بارے میں ہے۔ ہم سب کچھ پڑھتے ہیں۔',
    thanks: 'آپ کا پیغام مل گیا ہے؛ ہم جلد جواب دیں گے۔',
  },
  th: { title: 'เขียนถึงเรา', lead: 'บอกเราว่าเป็นเรื่องอะไร เราอ่านทุกข้อความ', thanks: 'เราได้รับข้อความของคุณแล้ว และจะตอบกลับเร็ว ๆ นี้' },
};
