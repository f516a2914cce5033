import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const place = '<!-- head of a public page -->';
const head = readFileSync(join(import.meta.dirname, 'src/public/head.html'), 'utf8').trim();

/** Writes the head that the pages of a recipient's own link share where each names it. */
export function publicHead(): Plugin {
  return {
    name: 'suki-public-head',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace(place, head) },
  };
}
