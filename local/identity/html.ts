import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Language } from '../demo/people.ts';

/** Text made safe for HTML, in elements and in quoted attributes. */
export const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign);

/** The policy of every page that the local product serves by itself: nothing from elsewhere, nothing inline. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

export const pageHeaders = {
  'content-security-policy': pagePolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function sendPage(res: ServerResponse, html: string, status = 200) {
  res.writeHead(status, { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' });
  res.end(html);
}

export function redirect(res: ServerResponse, location: string) {
  res.writeHead(303, { ...pageHeaders, location });
  res.end();
}

export interface PageShape {
  language: Language;
  title: string;
  stylesheets: string[];
  scripts?: string[];
  body: string;
}

/** A whole document around a body that is HTML already. */
export const page = ({ language, title, stylesheets, scripts = [], body }: PageShape) => `<!doctype html>
<html lang="${language}" dir="${language === 'ur' ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
${stylesheets.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`).join('\n')}
${scripts.map((src) => `<script src="${escapeHtml(src)}" defer></script>`).join('\n')}
</head>
<body>
${body}
</body>
</html>`;

/** A form's fields; 16 KiB at most, for a person clicks, she does not upload. */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > 16_384) throw new RangeError('form too large');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

const fonts: Record<string, string> = {
  'sans.woff2': '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
  'nastaliq.woff2': '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2',
  'thai.woff2': '@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff2',
};
const require = createRequire(import.meta.url);

/** A font of the packages by its short name, or undefined where there is none. */
export async function font(name: string): Promise<Buffer | undefined> {
  if (!Object.hasOwn(fonts, name)) return undefined;
  return readFile(require.resolve(fonts[name]!)).catch(() => undefined);
}
