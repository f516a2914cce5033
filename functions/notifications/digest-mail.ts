import { type DigestWords, digestWords, type Line } from './digest-words.ts';
import type { Notification } from './notification.ts';

/** The daily mail as text and HTML, in one language. Pure: the same notifications make the same mail. */
export type Digest = {
  language: string;
  name: string;
  workspace: string;
  /** Where the product's notifications are read. */
  url: string;
  /** The newest first; `more` counts those that are not named. */
  notifications: readonly Pick<Notification, 'kind' | 'data' | 'subject'>[];
  more: number;
  customers: ReadonlyMap<string, string>;
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const wordsIn = (language: string): { words: DigestWords; language: string } => {
  const known = Object.hasOwn(digestWords, language) ? (language as keyof typeof digestWords) : 'en';
  return { words: digestWords[known], language: known };
};

function lineOf({ data, subject }: Digest['notifications'][number], customers: Digest['customers']): Line {
  const said = (name: string) => (data[name] === null || data[name] === undefined ? '' : String(data[name]));
  return {
    ...{ by: said('by'), text: said('text'), title: said('title') },
    ...{ rule: said('rule'), name: said('name'), customer: customers.get(subject.customerId ?? '') ?? '' },
  };
}

export function digestMail(digest: Digest): { subject: string; text: string; html: string } {
  const { words, language } = wordsIn(digest.language);
  const { notifications, more, customers, url } = digest;
  const lines = notifications.map((one) => words.lines[one.kind](lineOf(one, customers)));
  const all = [...lines, ...(more > 0 ? [words.more(more)] : [])];
  const count = notifications.length + more;
  const [hello, lead] = [words.hello(digest.name), words.lead(count)];
  const dir = language === 'ur' ? 'rtl' : 'ltr';
  const html = [
    `<!doctype html><html lang="${language}" dir="${dir}"><head><meta charset="utf-8"></head>`,
    '<body style="font-family:sans-serif;line-height:1.6;color:#1c1917;max-width:36rem">',
    `<p>${escaped(hello)}</p><p>${escaped(lead)}</p><ul>${all.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
    `<p><a href="${escaped(url)}">${escaped(words.open)}</a></p><p style="color:#57534e;font-size:.875rem">${escaped(words.why)}</p></body></html>`,
  ].join('');
  const text = [hello, '', lead, ...all.map((line) => `- ${line}`), '', `${words.open}: ${url}`, '', words.why].join('\n');
  return { subject: words.subject(count, digest.workspace), text, html };
}
