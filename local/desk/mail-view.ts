import { escapeHtml } from '../identity/html.ts';
import type { SentMail } from '../mailbox.ts';

/**
 * The policy of a shown mail: it may look as it likes and open links in a new tab, but runs nothing, loads nothing and sends nothing,
 * and has no origin of its own.
 */
export const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'self'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

const links = (text: string) => text.replace(/https?:\/\/[^\s<>"']+/g, (url) => `<a href="${url}" rel="noopener noreferrer">${url}</a>`);

/** The body of a sent mail as a document for a sandboxed frame: its HTML, or its text with links made to work. */
export function mailView({ html, text }: SentMail): string {
  const head =
    '<!doctype html><meta charset="utf-8"><base target="_blank"><style>body{font:15px/1.55 system-ui,sans-serif;margin:16px;color:#14232a;background:#fff}</style>';
  if (html) return `${head}${html}`;
  return `${head}<div style="white-space:pre-wrap" dir="auto">${links(escapeHtml(text ?? ''))}</div>`;
}
