import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sesv2 from '@aws-sdk/client-sesv2';
import * as sqs from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stageArguments } from '../../bin/stage-command.ts';
import { newDataDir, type RunningProduct, startProductProcess } from '../_util/product.ts';
import { describeWorld } from '../_util/world.ts';
import { commandsOf, inlineCommands, pages, read, root, shellBlocks } from './pages.ts';

const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const all = pages().flatMap(({ file, text }) =>
  [...shellBlocks(text), ...inlineCommands(text)].flatMap((block) => commandsOf(block).map((words) => ({ file, words }))),
);
const shown = ({ file, words }: { file: string; words: string[] }) => `${file}: ${words.join(' ')}`;
const by = (program: string) => all.filter(({ words }) => words[0] === program);

/** The text of a script's program, with the modules beside it that it reads its words by. */
function sourceOf(script: string): string {
  const file = /bin\/[\w-]+\.ts/.exec(scripts[script] ?? '')?.[0];
  if (!file) return '';
  const text = read(file);
  const beside = [...text.matchAll(/from '\.\/([\w-]+\.ts)'|import\('\.\/([\w-]+\.ts)'\)/g)].map(([, one, other]) =>
    read(`bin/${one ?? other}`),
  );
  return [text, ...beside].join('\n');
}

const knows = (source: string, flag: string) => {
  const name = flag.replace(/^-+/, '').replace(/=.*/, '');
  return source.includes(`'${flag.replace(/=.*/, '')}'`) || new RegExp(`(?:'${name}'|\\b${name}): \\{ type:`).test(source);
};

/** The script that an npm command runs, and the words it is given. */
function scriptOf([, verb = '', ...rest]: string[]): { script: string; given: string[] } {
  const [script = '', ...words] = verb === 'run' ? rest.filter((word) => !word.startsWith('--silent')) : [verb, ...rest];
  return { script, given: words[0] === '--' ? words.slice(1) : words };
}

/** A word with a value where the page has `<what to put here>`. */
const filled = (word: string) => word.replace(/(originVersion=)?<.*>/, (_, version) => (version ? `${version}${'0'.repeat(32)}` : 'today'));

const npmScripts = by('npm').filter(({ words }) => !['ci', 'i'].includes(words[1] ?? '') && !words.includes('…'));

describe('a command in the documents', () => {
  it('is of a program that this test knows', () => {
    const known = new Set(['npm', 'npx', 'aws', 'curl', 'git', 'cd', 'node', '.ci/run']);
    expect(all.filter(({ words }) => !known.has(words[0] ?? '')).map(shown)).toEqual([]);
  });

  it('names a script that there is', () => {
    expect(npmScripts.length).toBeGreaterThan(20);
    expect(npmScripts.filter(({ words }) => !scripts[scriptOf(words).script]).map(shown)).toEqual([]);
  });

  it('gives a script only words that it knows, and a stage only settings that there are', () => {
    const unknown = npmScripts.filter(({ words }) => {
      const { script, given } = scriptOf(words);
      const source = sourceOf(script);
      if (source.includes('stageArguments')) stageArguments(given.filter((word) => !word.startsWith('--')).map(filled));
      return given.filter((word) => word.startsWith('--')).some((flag) => !knows(source, flag));
    });
    expect(unknown.map(shown)).toEqual([]);
  });

  it('is run by a test or by .ci/run, unless it is a measurement or a change to the repository', () => {
    // What `npm run cost` prints is measured by test/cost; `npm run test:crash` is the long form of test/crash/campaign.test.ts.
    const measured = new Set(['cost', 'test:crash']);
    const apart = new Set([
      'bench:api',
      'bench:import',
      'bench:campaign',
      'bench:engine',
      'bench:client',
      'bench:campaign',
      'screenshots',
      'format',
      'lock:complete',
      'ci',
      'test:full',
      // Its short form is test/crash/campaign.test.ts.
      'test:crash',
    ]);
    const ci = read('bin/ci.ts');
    const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => read(join('test', name)))
      .join('\n');
    const runs = (script: string) =>
      ci.includes(`run('${script}'`) ||
      /^vitest run/.test(scripts[script] ?? '') ||
      [...(scripts[script] ?? '').matchAll(/bin\/([\w-]+\.ts)/g)].some(([, file]) => new RegExp(`['/]${file}'`).test(tests));
    const named = new Set(npmScripts.map(({ words }) => scriptOf(words).script));
    expect([...named].filter((script) => !apart.has(script) && !measured.has(script) && !runs(script))).toEqual([]);
  });

  it('calls AWS by operations that it has', () => {
    const clients: Record<string, object> = { 'cognito-idp': cognito, dynamodb, events, s3, secretsmanager, sesv2, sqs };
    // What the product calls by no client of its own is only known by name.
    const others = ['sso', 'ses', 'lambda', 'cloudformation', 'codedeploy', 'logs'];
    const operation = (name: string) => `${name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}Command`;
    const wrong = by('aws').filter(({ words: [, service = '', name = ''] }) => {
      if (others.includes(service) || name === 'wait') return !/^[a-z]+(-[a-z]+)*$/.test(name);
      return !Object.hasOwn(clients[service] ?? {}, operation(name));
    });
    expect(wrong.map(shown)).toEqual([]);
    for (const { words } of by('npx')) expect(words.slice(1, 3).join(' ')).toMatch(/^cdk (bootstrap|deploy|destroy|diff|synth)$/);
  });

  it('sends the requests of the guide to the API, which a test of its own does', () => {
    const guide = by('curl').filter(({ file }) => file === 'docs/api.md');
    expect(guide.length).toBeGreaterThan(10);
    expect(read('test/contract/guide.test.ts')).toContain("'api.md'");
  });
});

/** Shell blocks that ask the running product, as they stand in the pages other than the guide to the API. */
const asking = pages()
  .filter(({ file }) => file !== 'docs/api.md')
  .flatMap(({ file, text }) => shellBlocks(text).flatMap((block) => (/^(?:curl|npm run suki) /m.test(block) ? [{ file, block }] : [])));

/** Twelve rows, one of which has a comma too many. */
const customers = [
  'Customer ID,Company,Contact,Address,City,Postal code,Country,Phone',
  ...Array.from({ length: 12 }, (_, at) => {
    const address = at === 7 ? '18, rue Garibaldi' : `${at + 1} rue Garibaldi`;
    return `A-${at},Atelier ${at},Zoé Lefèvre ${at},${address},Lyon,6900${at % 9},France,04 65 71 20 ${10 + at}`;
  }),
].join('\n');

describeWorld('what the tour and the guide ask of a running product', () => {
  const { dataDir, remove } = newDataDir();
  const folder = mkdtempSync(join(tmpdir(), 'suki-tour-'));
  let product: RunningProduct;

  beforeAll(async () => {
    product = await startProductProcess(dataDir);
    symlinkSync(dataDir, join(folder, '.suki'));
    writeFileSync(join(folder, 'customers.csv'), customers);
  }, 60_000);
  afterAll(async () => {
    product?.child.kill('SIGTERM');
    await product?.ended;
    remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(asking)(
    '$file: $block',
    ({ file, block }) => {
      const program = `'${process.execPath}' '${join(root, 'bin/suki.ts')}'`;
      const script = `set -e\n${block.replaceAll('http://127.0.0.1:4000', product.baseUrl).replaceAll('npm run suki --', program)}`;
      const env = { ...process.env, SUKI_URL: product.baseUrl, SUKI_KEY: product.local.apiKeys.admin };
      const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8', env });
      expect(status, `${file}: ${block}\n${stdout}${stderr}`).toBe(0);
      expect(stdout).toMatch(/"data":|12 rows/);
    },
    60_000,
  );

  it('is asked in one place at least of each', () => {
    expect(asking.map(({ file }) => file).sort()).toEqual(expect.arrayContaining(['docs/guide.md', 'docs/tour.md']));
  });
});
