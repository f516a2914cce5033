import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { services, workers } from '../lib/services.ts';
import { leanBundles } from './lean-bundles.ts';

const root = resolve(import.meta.dirname, '..');

/** A larger bundle costs every cold start; the largest of today has this much room. KiB, minified. */
const limitKiB = 615;

export interface Bundle {
  name: string;
  contents: Uint8Array;
}

/** What all bundles have in common. CommonJS starts a quarter faster than modules in Lambda. */
const common = {
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  sourcesContent: false,
  mainFields: ['module', 'main'],
  plugins: leanBundles,
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: root,
  // Lambda gives credentials by environment; the SDK's whole provider chain would be a third of each bundle.
  alias: { '@aws-sdk/credential-provider-node': join(root, 'functions/kernel/credentials.ts') },
  // dist/ holds CommonJS with import.meta nowhere; a text file that a function serves is bundled as text.
  loader: { '.html': 'text', '.css': 'text', '.txt': 'text' },
} as const satisfies BuildOptions;

const entries = Object.entries({ ...services, ...workers }).map(([name, { entry }]) => ({ name, entry }));

/**
 * Bundles every function of lib/services.ts into `<outdir>/<name>/index.cjs` by one esbuild call. `linked` maps make readable stacks;
 * `external` ones cost a cold start nothing and stay behind.
 */
export async function buildFunctions(outdir: string, sourcemap: 'linked' | 'external'): Promise<Bundle[]> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: Object.fromEntries(entries.map(({ name, entry }) => [`${name}/index`, join(root, entry)])),
    outdir,
    outExtension: { '.js': '.cjs' },
    sourcemap,
  });
  for (const { path, contents } of outputFiles) place(path, contents);
  const bundles = outputFiles.filter(({ path }) => path.endsWith('.cjs'));
  return bundles.map(({ path, contents }) => ({ name: basename(dirname(path)), contents }));
}

/**
 * Bundles the same functions for one machine into one file, `outfile`, that exports `functions`: what loads each, by name. What they share is
 * built once and loaded once, and nothing of a function runs before it is called for.
 */
export async function buildLocal(outfile: string): Promise<void> {
  const loads = entries.map(({ name, entry }) => `${JSON.stringify(name)}: () => import(${JSON.stringify(`./${entry}`)})`);
  const stdin = { contents: `export const functions = {\n${loads.join(',\n')}\n};`, resolveDir: root, sourcefile: 'functions.ts' };
  const { outputFiles } = await build({ ...common, stdin, outfile, sourcemap: 'linked' });
  for (const { path, contents } of outputFiles) place(path, contents);
}

/** Whoever loads a bundle meanwhile gets the old one or the new one, whole. */
function place(path: string, contents: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.${process.pid}`;
  writeFileSync(half, contents);
  renameSync(half, path);
}

const isTooLarge = ({ contents }: Bundle) => contents.length > limitKiB * 1024;

function sizeTable(bundles: Bundle[]): string {
  const kib = (bytes: number) => (bytes / 1024).toFixed(0).padStart(6);
  const line = (bundle: Bundle) => {
    const { name, contents } = bundle;
    return `${name.padEnd(20)}${kib(contents.length)}${kib(gzipSync(contents).length)}${isTooLarge(bundle) ? `  over ${limitKiB}` : ''}`;
  };
  return [`${'function'.padEnd(20)}   KiB    gz`, ...bundles.map(line)].join('\n');
}

/** `--local` makes the one bundle of this machine; else those of a stage, `--check`ed for their size, `--quiet` without the table. */
const options = { stage: { type: 'string' }, check: { type: 'boolean' }, quiet: { type: 'boolean' }, local: { type: 'boolean' } } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.local) return buildLocal(join(root, 'dist/local/index.cjs'));
  const permanent = values.stage !== undefined && ['staging', 'prod'].includes(values.stage);
  const bundles = await buildFunctions(join(root, 'dist'), permanent ? 'external' : 'linked');
  if (!values.quiet) console.log(sizeTable(bundles));
  const tooLarge = bundles.filter(isTooLarge);
  if (values.check && tooLarge.length > 0) {
    console.error(`Over the limit of ${limitKiB} KiB: ${tooLarge.map(({ name }) => name).join(', ')}`);
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
