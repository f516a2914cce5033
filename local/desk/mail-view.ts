import { escapeHtml } from '../identity/html.ts';
import type { SentMail } from '../mailbox.ts';

/**
 * The policy of a shown mail: it may look as it likes and open links in a new tab, but runs nothing, loads nothing and sends nothing,
 * and has no origin of its own.
 */
export const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'self'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

const link = /https?:\/\/[^\s<>"']+/g;
const plain = (text: string) => text.replaceAll('&amp;', '&');

/** A link of a mail as SES tracks it: by way of a page that notes the click. */
const tracked = (messageId: string, url: string) =>
  escapeHtml(`/local/desk/click/${encodeURIComponent(messageId)}?to=${encodeURIComponent(plain(url))}`);

/** Every link of the HTML that SES would track: those of anchors, but for `ses:no-track`. */
const trackedHtml = (messageId: string, html: string) =>
  html.replace(/<a\b[^>]*>/gi, (tag) =>
    /\bses:no-track\b/i.test(tag)
      ? tag
      : tag.replace(
          /(\bhref\s*=\s*)(["'])(https?:\/\/[^"']+)\2/i,
          (_, name: string, quote: string, url: string) => `${name}${quote}${tracked(messageId, url)}${quote}`,
        ),
  );

/** The body of a sent mail as a document for a sandboxed frame: its HTML, or its text with links made to work. */
export function mailView({ messageId, html, text }: SentMail): string {
  const head =
    '<!doctype html><meta charset="utf-8"><base target="_blank"><style>body{font:15px/1.55 system-ui,sans-serif;margin:16px;color:#14232a;background:#fff}</style>';
  if (html) return `${head}${trackedHtml(messageId, html)}`;
  const linked = escapeHtml(text ?? '').replace(link, (url) => `<a href="${url}" rel="noopener noreferrer">${url}</a>`);
  return `${head}<div style="white-space:pre-wrap" dir="auto">${linked}</div>`;
}

/** Whether a mail has this link: nobody is led anywhere else by way of the desk. */
export const hasLink = ({ html = '' }: SentMail, url: string): boolean => [...plain(html).matchAll(link)].some(([found]) => found === url);
