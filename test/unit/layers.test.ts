import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { services, workers } from '../../lib/services.ts';

/** Who may import whom, as docs/architecture says it; checked on the imports themselves. */
const root = resolve(import.meta.dirname, '../..');

interface Import {
  from: string;
  /** A path from the root, or a package's name. */
  to: string;
  typeOnly: boolean;
  /** What is imported, as written: `{ a, b }`. */
  clause: string;
}

const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();

const texts = new Map<string, string>();
/** The source without its comments and, for `code`, without what stands in quotes. */
const textOf = (file: string) => {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(join(root, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
  texts.set(file, text);
  return text;
};

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'";]*?\s+from\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g;
function importsOf(file: string): Import[] {
  return [...textOf(file).matchAll(statement)].map(([, typed, clause = '', source, lazy]) => {
    const name = (source ?? lazy) as string;
    const to = name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name;
    const named = /^\{([\s\S]*)\}\s+from/.exec(clause.trim())?.[1];
    const allTypes = named?.split(',').every((one) => one.trim() === '' || one.trim().startsWith('type '));
    return { from: file, to, typeOnly: typed !== undefined || allTypes === true, clause };
  });
}

const functionFiles = sources('functions');
const imports = new Map([...functionFiles, ...['lib', 'local', 'bin', 'web'].flatMap(sources)].map((file) => [file, importsOf(file)]));
const all = [...imports.values()].flat();

const inside = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const isKernel = inside('functions/kernel');
const isTable = inside('functions/table');
const serviceOf = (path: string) => /^functions\/([^/]+)\//.exec(path)?.[1];
const hasRole = (role: string) => (path: string) => path.endsWith(`.${role}.ts`);
const [isEntity, isStore, isRoutes, isLambda] = [hasRole('entity'), hasRole('store'), hasRole('routes'), hasRole('lambda')];
const isService = (path: string) => serviceOf(path) !== undefined && !isKernel(path) && !isTable(path);
/** A noun: what the route tables import, and what that imports. */
const nouns = new Set<string>();
const visit = (file: string) => {
  for (const { to, typeOnly } of imports.get(file) ?? [])
    if (isService(to) && !isRoutes(to) && !typeOnly && !nouns.has(to)) {
      nouns.add(to);
      visit(to);
    }
};
functionFiles.filter(isRoutes).forEach(visit);

const shown = (found: Import[]) => found.map(({ from, to }) => `${from} imports ${to}`);
const where = (files: string[], pattern: RegExp) => files.filter((file) => pattern.test(textOf(file)));

/** Where the AWS SDK may be named: the table, the senders, and what owns a resource. */
const sdkPlaces: Record<string, string[]> = {
  'functions/kernel/secrets.ts': ['client-secrets-manager'],
  'functions/kernel/objects.ts': ['client-s3', 's3-presigned-post', 's3-request-presigner'],
  'functions/kernel/credentials.ts': ['types'],
  'functions/admin/users.ts': ['client-cognito-identity-provider'],
  'functions/campaigns/run-schedules.ts': ['client-scheduler'],
  'functions/exports/upload.ts': ['client-s3'],
  'functions/imports/objects.ts': ['client-s3'],
  'functions/mail-in/objects.ts': ['client-s3'],
  'functions/jobs/queue.ts': ['client-sqs'],
  'functions/workflows/bus.ts': ['client-eventbridge'],
};

describe('the layers', () => {
  it('keep the kernel free of everything else', () => {
    expect(shown(all.filter(({ from, to }) => isKernel(from) && to.startsWith('functions/') && !isKernel(to)))).toEqual([]);
  });

  it('let the table know the kernel and nothing above', () => {
    expect(shown(all.filter(({ from, to }) => isTable(from) && to.startsWith('functions/') && !isKernel(to) && !isTable(to)))).toEqual([]);
  });

  it('let an entity know kernel, table, nouns and other entities', () => {
    const allowed = (to: string) => !isService(to) || nouns.has(to) || isEntity(to);
    expect(
      shown(
        all.filter(
          ({ from, to, typeOnly }) =>
            isEntity(from) && to.startsWith('functions/') && !typeOnly && (!allowed(to) || to === 'functions/context.ts'),
        ),
      ),
    ).toEqual([]);
  });

  it('let a route table know zod, the kernel and nouns', () => {
    const foreign = ({ to }: Import) => !(to === 'zod' || isKernel(to) || nouns.has(to) || isRoutes(to));
    expect(shown(all.filter((one) => isRoutes(one.from) && foreign(one)))).toEqual([]);
    expect([...nouns].filter((noun) => isEntity(noun) || isStore(noun) || isLambda(noun))).toEqual([]);
  });

  it('keep nouns pure: no SDK, no store, no clock, no secret, no environment', () => {
    const impure = new Set(
      ['clock', 'env', 'secrets', 'log', 'serve', 'objects', 'authenticate', 'backoff'].map((name) => `functions/kernel/${name}.ts`),
    );
    // `isoOf` only writes a given time.
    const wrong = ({ to, clause }: Import) =>
      (impure.has(to) && !(to === 'functions/kernel/clock.ts' && /^\{\s*isoOf\s*\}/.test(clause))) ||
      isTable(to) ||
      to === 'functions/context.ts' ||
      to.startsWith('@aws-sdk/') ||
      (to.startsWith('node:') && to !== 'node:crypto');
    expect(shown(all.filter((one) => nouns.has(one.from) && !one.typeOnly && wrong(one)))).toEqual([]);
  });

  it('let no service call another through its store, and nobody import a handler', () => {
    const neighbours = all.filter(({ from, to }) => isService(from) && isService(to) && serviceOf(from) !== serviceOf(to));
    // The 360 shows an interaction as its own service does; the operator's function makes the first admin, team and key; jobs are everybody's.
    const allowed = ({ from, to }: Import) =>
      from === 'functions/overview/overview.lambda.ts' || from === 'functions/workflows/ops.ts' || serviceOf(to) === 'jobs';
    expect(shown(neighbours.filter((one) => isStore(one.to) && !one.typeOnly && !allowed(one)))).toEqual([]);
    expect(shown(all.filter(({ to }) => isLambda(to)))).toEqual([]);
  });

  it('keep infrastructure to route tables and names', () => {
    const allowed = (to: string) => isRoutes(to) || ['functions/kernel/route.ts', 'functions/kernel/env.ts'].includes(to);
    expect(
      shown(all.filter(({ from, to, typeOnly }) => from.startsWith('lib/') && to.startsWith('functions/') && !typeOnly && !allowed(to))),
    ).toEqual([]);
  });

  it('keep the product from what runs, deploys or shows it', () => {
    expect(shown(all.filter(({ from, to }) => from.startsWith('functions/') && /^(lib|local|web|bin|test)\//.test(to)))).toEqual([]);
    expect(shown(all.filter(({ from, to }) => /^(functions|lib|web)\//.test(from) && to.startsWith('local/')))).toEqual([]);
    expect(
      shown(
        all.filter(
          ({ from, to, typeOnly }) =>
            from.startsWith('web/') && to.startsWith('functions/') && !typeOnly && !nouns.has(to) && !isKernel(to),
        ),
      ),
    ).toEqual([]);
  });

  it('name the AWS SDK only where a resource is owned', () => {
    const place = ({ from, to }: Import) =>
      isTable(from) || sdkPlaces[from]?.includes(to.split('/')[1] ?? '') || /^functions\/channels\//.test(from);
    expect(shown(all.filter((one) => one.from.startsWith('functions/') && /^@(aws-sdk|smithy)\//.test(one.to) && !place(one)))).toEqual([]);
    expect(where(functionFiles, /ScanCommand|BatchExecuteStatement|ExecuteStatement/)).toEqual([]);
  });
});

describe('the house rules', () => {
  it('give time and chance as arguments', () => {
    // Reading an import names its temporary file by chance.
    const readers = [...['clock', 'ids', 'backoff', 'log'].map((name) => `functions/kernel/${name}.ts`), 'functions/imports/read.ts'];
    const found = where(functionFiles, /Date\.now\(|Math\.random\(|new Date\(\)|randomUUID\(/).filter((file) => !readers.includes(file));
    expect(found).toEqual([]);
  });

  it('read the environment in one file', () => {
    expect(
      where(functionFiles, /process\.env/).filter(
        (file) => file !== 'functions/kernel/env.ts' && file !== 'functions/kernel/credentials.ts',
      ),
    ).toEqual([]);
  });

  it('import zod whole, which bundles a fifth of the named import', () => {
    expect(where([...imports.keys()], /import\s*(type\s*)?\{[^}]*\bz\b[^}]*\}\s*from\s*'zod'/)).toEqual([]);
  });

  it('have a handler in every .lambda.ts and nowhere else, and each is on the list', () => {
    const listed = [...Object.values(services), ...Object.values(workers)].map(({ entry }) => entry).sort();
    expect(functionFiles.filter(isLambda)).toEqual([...new Set(listed)]);
    expect(where(functionFiles, /export const handler\b/)).toEqual(functionFiles.filter(isLambda));
  });

  it('have neither console, barrels nor default exports', () => {
    expect(where(functionFiles, /\bconsole\./)).toEqual([]);
    expect(where([...functionFiles, ...sources('lib'), ...sources('local')], /export \* from|export default/)).toEqual([]);
    expect([...imports.keys()].filter((file) => /(^|\/)index\.ts$/.test(file) && !file.startsWith('web/'))).toEqual([]);
  });

  it('are followed by the names of files', () => {
    expect(
      [...functionFiles, ...sources('lib'), ...sources('local'), ...sources('bin')].filter(
        (file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.ts$/.test(file.split('/').at(-1) ?? ''),
      ),
    ).toEqual([]);
    expect([...imports.keys()].filter((file) => /(^|\/)(utils?|helpers?|misc|common)\.tsx?$/.test(file))).toEqual([]);
  });

  it('leave no `any` outside the kernel', () => {
    expect(where(functionFiles, /(:|<|as)\s*any\b/).filter((file) => !isKernel(file) && !isTable(file))).toEqual([]);
  });
});
