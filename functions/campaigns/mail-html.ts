/** How a mail looks: tables and styles in place, because that is what mail programs understand; one column that fits a phone. Pure. */

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const rightToLeft = new Set(['ar', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);
export const directionOf = (language: string) => (rightToLeft.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr');

/** What stands below every mail, in its language; English for a language that is not among them. */
const footers: Record<string, { why: string; unsubscribe: string; preferences: string }> = {
  en: { why: 'You get this mail from', unsubscribe: 'Unsubscribe', preferences: 'Choose what you get' },
  fr: { why: 'Ce message vous est adressé par', unsubscribe: 'Se désabonner', preferences: 'Choisir ce que vous recevez' },
  fil: { why: 'Natanggap mo ang email na ito mula sa', unsubscribe: 'Huwag nang makatanggap', preferences: 'Piliin ang matatanggap mo' },
  ur: { why: 'یہ ای میل آپ کو بھیجنے والے ہیں', unsubscribe: 'مزید ای میل نہ بھیجیں', preferences: 'چنیں کہ آپ کو کیا ملے' },
  th: { why: 'คุณได้รับอีเมลนี้จาก', unsubscribe: 'ยกเลิกการรับอีเมล', preferences: 'เลือกสิ่งที่ต้องการรับ' },
};
const footerWords = (language: string) => footers[language.split('-')[0] ?? ''] ?? (footers.en as (typeof footers)[string]);

const fonts = "-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Thai','Noto Nastaliq Urdu',Arial,sans-serif";
export const ink = '#1c1917';
export const accent = '#0f766e';
export const quiet = '#57534e';

/** What a mail that nobody needs says last: who sends it, and how to get no more. */
export type Foot = { language: string; workspace: string; links: { unsubscribe: string; preferences: string } };
type Shell = Foot & { subject: string; content: string };

export function footText({ language, workspace, links }: Foot): string {
  const words = footerWords(language);
  return `-- \n${words.why} ${workspace}.\n${words.unsubscribe}: ${links.unsubscribe}\n${words.preferences}: ${links.preferences}\n`;
}

export function footHtml({ language, workspace, links }: Foot): string {
  const words = footerWords(language);
  // Not followed by the provider: whoever takes leave has not clicked what the message is about.
  const link = (url: string, text: string) =>
    `<a ses:no-track href="${escapeHtml(url)}" style="color:${quiet};text-decoration:underline">${escapeHtml(text)}</a>`;
  return `${escapeHtml(words.why)} ${escapeHtml(workspace)}.<br>${link(links.unsubscribe, words.unsubscribe)} · ${link(links.preferences, words.preferences)}`;
}

/** The whole document around the blocks. Everything given but `content` is plain text and escaped here. */
export function mailDocument({ subject, language, workspace, content, links }: Shell): string {
  const direction = directionOf(language);
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:0;background:#f5f5f4">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f5f5f4"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border-radius:12px"><tr><td dir="${direction}" style="padding:32px 28px;font-family:${fonts};font-size:16px;line-height:1.6;color:${ink};text-align:start">
${content}
</td></tr></table>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px"><tr><td dir="${direction}" align="center" style="padding:20px 28px;font-family:${fonts};font-size:13px;line-height:1.6;color:${quiet}">
${footHtml({ language, workspace, links })}
</td></tr></table>
</td></tr></table>
</body></html>
`;
}
