import { readFileSync } from 'node:fs';

/** Lists the licence of every package that the lock file names, and fails on one that may not go with Apache-2.0. */
type Entry = { license?: string; optional?: boolean; link?: boolean };
const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, Entry> };

const allowed =
  /^(MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD(-[23]-Clause)?|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|Python-2\.0|PSF-2\.0|OFL-1\.1|MPL-2\.0|Zlib|WTFPL)$/;
/** `(MIT OR Apache-2.0)` may be taken under either; of `A AND B` both must do. */
const isAllowed = (expression: string): boolean =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => allowed.test(licence.trim())));

const manifest = (path: string): Entry & { licenses?: { type: string }[] } => {
  try {
    return JSON.parse(readFileSync(new URL(`../${path}/package.json`, import.meta.url), 'utf8'));
  } catch {
    return {};
  }
};

const counts = new Map<string, number>();
const wrong: string[] = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path || entry.link) continue;
  const { license = entry.license, licenses } = manifest(path);
  const said = license ?? licenses?.map(({ type }) => type).join(' OR ');
  // An optional package that is not installed on this platform has the licence of the one that asks for it.
  if (said === undefined && entry.optional) continue;
  counts.set(said ?? 'none', (counts.get(said ?? 'none') ?? 0) + 1);
  if (!said || !isAllowed(said)) wrong.push(`${path.replace(/^.*node_modules\//, '')}: ${said ?? 'no licence'}`);
}
for (const [licence, count] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${licence}`);
if (wrong.length) {
  console.error(`\nNot on the list:\n${wrong.join('\n')}`);
  process.exitCode = 1;
}
