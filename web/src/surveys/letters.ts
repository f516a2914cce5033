import type { Language } from '../i18n/languages.ts';

/** How an invitation begins, in each language; whoever sends it changes what he likes. */
export const letters: Record<Language, { subject: string; body: string }> = {
  en: {
    subject: 'Your opinion, please',
    body: 'Hello {{customer.name}},\n\nhow are we doing? It takes a minute.\n\n[Answer now]({{links.survey}})',
  },
  fr: {
    subject: 'Votre avis, s’il vous plaît',
    body: 'Bonjour {{customer.name}},\n\nêtes-vous content de nous ? Cela prend une minute.\n\n[Répondre]({{links.survey}})',
  },
  fil: {
    subject: 'Ang opinyon mo, pakiusap',
    body: 'Magandang araw, {{customer.name}}!\n\nKumusta ang serbisyo namin? Isang minuto lang.\n\n[Sumagot na]({{links.survey}})',
  },
  ur: {
    subject: 'آپ کی رائے درکار ہے',
    body: 'السلام علیکم {{customer.name}}،\n\nہماری خدمت کیسی ہے؟ صرف ایک منٹ لگے گا۔\n\n[جواب دیں]({{links.survey}})',
  },
  th: {
    subject: 'ขอความเห็นจากคุณ',
    body: 'สวัสดีคุณ {{customer.name}}\n\nเราทำได้ดีไหม ใช้เวลาเพียงหนึ่งนาที\n\n[ตอบเลย]({{links.survey}})',
  },
};

/** The same as a text message: no subject, and the link as it is. */
export function textOf(language: Language): { subject: null; body: string } {
  const [, words = '', link = ''] = /\[([^\]]+)\]\(([^)]+)\)$/.exec(letters[language].body) ?? [];
  return { subject: null, body: letters[language].body.replace(`[${words}](${link})`, `${words}: ${link}`).replaceAll('\n\n', '\n') };
}
