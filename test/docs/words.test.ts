import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messages as first } from '../../web/src/i18n/en.ts';
import { messages as more } from '../../web/src/i18n/more/en.ts';
import { messages as records } from '../../web/src/i18n/records/en.ts';

const messages = { ...first, ...records, ...more };

import { outsideBlocks, pages, root } from './pages.ts';

/** Text files of the repository, line by line; what is made or fetched stays out. */
function* lines(): Generator<{ at: string; line: string }> {
  const made = new Set([
    '.git',
    '.suki',
    'node_modules',
    'dist',
    'cdk.out',
    'coverage',
    'package-lock.json',
    'test-results',
    'playwright-report',
  ]);
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (made.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (/\.(ts|tsx|md|json|css|html|yml|sh)$|^(run|LICENSE|NOTICE)$/.test(entry.name))
        for (const [at, line] of readFileSync(join(root, path), 'utf8').split('\n').entries()) yield { at: `${path}:${at + 1}`, line };
    }
}

describe('the repository', () => {
  const all = [...lines()];
  const saying = (pattern: RegExp) =>
    all.filter(({ line }) => pattern.test(line)).map(({ at, line }) => `${at} ${line.trim().slice(0, 100)}`);

  it('names no folder of the machine that it was made on', () => {
    expect(saying(/(?:^|[^\w.$/-])\/(?:work|root|home\/[a-z][\w-]*|Users\/[A-Za-z]\w*)(?:\/|\b(?![-.]))/)).toEqual([]);
  });

  it('puts nothing off in a comment', () => {
    expect(saying(/(?:\/\/|\/\*|^\s*\*|#|<!--).*\b(?:T[O]DO|FIXM[E]|XX[X]|HAC[K])\b/)).toEqual([]);
  });
});

describe('one word for one thing', () => {
  /** What other products say, and what is said here. */
  const elsewhere: Record<string, RegExp> = {
    'follow-up, not task': /\btasks?\b/i,
    'case, not ticket': /\btickets?\b/i,
    'customer or person, not contact; and nobody is contacted':
      /\bcontacts\b|\bcontact(?:ed|ing)\b|\b(?:to|not|be|please) contact\b|\bcontact (?:us|him|her|them|the customer)\b/i,
    'workspace, not tenant': /\btenants?\b/i,
    'life cycle, in two words': /\blifecycles?\b/i,
    'e-mail, with its hyphen': /\bemails?\b/i,
  };
  const said = (text: string) =>
    Object.entries(elsewhere).flatMap(([rule, word]) => (word.test(text) ? [`${rule}: ${text.slice(0, 100)}`] : []));

  it('in the documents', () => {
    const sentences = pages()
      .filter(({ file }) => file !== 'functions/table/keys.md' && !file.startsWith('docs/decisions'))
      .flatMap(({ file, text }) =>
        outsideBlocks(text)
          .replace(/`[^`\n]*`|\]\([^)]*\)/g, '')
          .split('\n')
          .flatMap((line) => said(line).map((found) => `${file}: ${found}`)),
      );
    expect(sentences).toEqual([]);
  });

  it('on the screen, in English', () => {
    expect(Object.entries(messages).flatMap(([key, text]) => said(text).map((found) => `${key}: ${found}`))).toEqual([]);
  });
});
