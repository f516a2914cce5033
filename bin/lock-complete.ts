import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Completes package-lock.json: an optional platform package that the registry did not serve gets an entry without integrity, so
 * that `npm ci` finds lock and manifest in step. Platforms that can install the package resolve it as usual.
 */
type Entry = {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
};

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Entry> };
const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix'];
const processors = ['arm64', 'x64', 'ia32', 'riscv64', 'ppc64', 's390x', 'wasm32', 'arm'];
const named = (name: string, words: string[]) => words.filter((word) => new RegExp(`[-/]${word}(?![a-z0-9])`).test(name)).slice(0, 1);

const added: string[] = [];
for (const [path, entry] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`${path}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue;
    const [os, cpu] = [named(name, systems), named(name, processors)];
    lock.packages[`node_modules/${name}`] = {
      version: version.replace(/^[~^]/, ''),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os.length && { os }),
      ...(cpu.length && { cpu }),
    };
    added.push(name);
  }
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length ? `added ${added.join(', ')}` : 'the lock file is complete');
