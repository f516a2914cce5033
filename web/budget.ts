import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Fails when the client has grown beyond what a phone on a slow line should load. Reads what `npm run build:web` wrote. */
const dist = join(import.meta.dirname, '../dist/web');
const limits = { initial: 160_000, route: 40_000, page: 30_000 };

type Chunk = {
  file: string;
  src?: string;
  name?: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  css?: string[];
  dynamicImports?: string[];
};
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

const sizes = new Map<string, number>();
const gzipped = (file: string): number => {
  const known = sizes.get(file) ?? gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  sizes.set(file, known);
  return known;
};

/** A chunk and all it needs before it runs. */
function closure(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of manifest[key]?.imports ?? []) closure(other, seen);
  return seen;
}

const scripts = (keys: Iterable<string>) =>
  [...new Set([...keys].map((key) => manifest[key]?.file ?? ''))].filter((file) => file.endsWith('.js'));
const sum = (files: string[]) => files.reduce((total, file) => total + gzipped(file), 0);
const isLanguage = (key: string) => /\/i18n\/(en|fr|fil|ur|th)\.ts$/.test(key);

const entry = 'index.html';
// A visitor always loads one language, so the largest counts as initial.
const language = Object.keys(manifest)
  .filter(isLanguage)
  .sort((a, b) => sum(scripts([b])) - sum(scripts([a])))[0];
const atStart = closure(entry);
const initial = sum(scripts([...atStart, ...(language ? [language] : [])]));

const lazy = Object.keys(manifest)
  .filter((key) => manifest[key]?.isDynamicEntry && !isLanguage(key))
  .map((key) => ({ key, bytes: sum(scripts([...closure(key)].filter((each) => !atStart.has(each)))) }))
  .sort((a, b) => b.bytes - a.bytes);

/** The pages that anybody opens by a link, whole: HTML, script and style, each file once. */
const pages = ['preferences.html', 'survey.html', 'form.html'].map((name) => {
  const files = [...closure(name)].flatMap((key) => [manifest[key]?.file ?? '', ...(manifest[key]?.css ?? [])]);
  return { name, bytes: gzipped(name) + sum([...new Set(files)].filter((file) => file !== name)) };
});

const kb = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
console.log(`${kb(initial)}  initial, its largest language included (limit ${kb(limits.initial).trim()})`);
for (const { name, bytes } of pages) console.log(`${kb(bytes)}  ${name} (limit ${kb(limits.page).trim()})`);
for (const { key, bytes } of lazy) console.log(`${kb(bytes)}  ${key} (limit ${kb(limits.route).trim()})`);

const tooBig = [
  ...(initial > limits.initial ? ['initial'] : []),
  ...pages.filter(({ bytes }) => bytes > limits.page).map(({ name }) => name),
  ...lazy.filter(({ bytes }) => bytes > limits.route).map(({ key }) => key),
];
if (tooBig.length) {
  console.error(`Over budget: ${tooBig.join(', ')}`);
  process.exit(1);
}
