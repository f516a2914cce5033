import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { messages as first } from '../../web/src/i18n/en.ts';
import { messages as more } from '../../web/src/i18n/more/en.ts';
import { messages as records } from '../../web/src/i18n/records/en.ts';

/** What is loaded before the first screen, and what it says: the rest of the words comes with the screens. */
const root = resolve(import.meta.dirname, '../..');
const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'";]*?)\s*(?:from\s+)?'(\.[^']+)'/g;

function loadedAtStart(file: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  const text = readFileSync(file, 'utf8');
  seen.set(file, text);
  for (const [, typed, clause = '', source = ''] of text.matchAll(statement)) {
    const named = /^\{([\s\S]*)\}/.exec(clause.trim())?.[1];
    const onlyTypes = named?.split(',').every((one) => one.trim() === '' || one.trim().startsWith('type '));
    if (!typed && !onlyTypes) loadedAtStart(resolve(dirname(file), source), seen);
  }
  return seen;
}

it('what is on the screen before the first one is loaded has its words at hand', () => {
  // What is wrong with a field is said by forms, and those come with the screens.
  const later = new Set(Object.keys({ ...records, ...more }).filter((key) => !(key in first) && !key.startsWith('invalid.')));
  const said = [...loadedAtStart(join(root, 'web/src/main.tsx'))].flatMap(([file, text]) =>
    [...text.matchAll(/\bt\(\s*'([^']+)'/g)].flatMap(([, key = '']) => (later.has(key) ? `${relative(root, file)}: ${key}` : [])),
  );
  expect(said).toEqual([]);
  expect(loadedAtStart(join(root, 'web/src/main.tsx')).has(join(root, 'web/src/shell/shell.tsx'))).toBe(true);
});
