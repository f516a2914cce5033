import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Item } from '../functions/table/entity.ts';
import { dynamoAt } from '../local/dynamo.ts';
import { ensureTable, startEngine } from '../local/engine.ts';
import { openSecrets } from '../local/secret.ts';
import { region, tableName, takeEnvironment } from '../local/settings.ts';
import type { SeededWorkspace } from '../test/_util/seed.ts';
import { load, loadFound } from '../test/cost/measure.ts';

/**
 * `npm run bench:api`: p50 and p95 of the local product's answers with 100,000 customers, beside the speed each is to have and the
 * bare engine's in the same run. `--customers`, `--requests`, `--abreast`; `--data FOLDER` keeps and uses a folder.
 */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '400' },
    abreast: { type: 'string', default: '1' },
    data: { type: 'string' },
  },
});
const [customers, requests, abreast] = [values.customers, values.requests, values.abreast].map(Number) as [number, number, number];
const root = resolve(import.meta.dirname, '..');
const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'suki-bench-'));

const secrets = openSecrets(dataDir);
const engine = await startEngine({ dataDir, credentials: secrets, region });
await ensureTable(engine.dynamo, tableName, engine.file);
const product = spawn('node', ['bin/dev.ts', '--empty'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, SUKI_DATA: dataDir, SUKI_PORT: '0', AWS_ENDPOINT_URL_DYNAMODB: engine.url, LOG_LEVEL: 'error' },
});
try {
  await bench(await started());
} finally {
  product.kill('SIGTERM');
  await new Promise((done) => product.once('exit', done));
  await engine.stop();
  if (!values.data) rmSync(dataDir, { recursive: true, force: true });
}

type Local = { baseUrl: string; apiKeys: Record<string, string> };

async function started(): Promise<Local> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8'));
    } catch {
      await sleep(100);
    }
  }
  throw new Error('the product did not become ready');
}

type Sample = { name: string; budget: number; at: (index: number) => Promise<unknown>; bare: (index: number) => Promise<unknown> };

async function bench({ baseUrl, apiKeys }: Local): Promise<void> {
  const key = apiKeys.admin ?? '';
  const tenant = key.split('_')[1] ?? '';
  takeEnvironment({ loopback: engine.url, engine: engine.url, origin: baseUrl }, secrets);
  const call = async (method: string, path: string, body?: unknown, headers = {}) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const me = await call('GET', '/v1/me');
  const ws = { tenant, members: { admin: me.member, sales: me.member, manager: me.member } } as unknown as SeededWorkspace;
  const began = performance.now();
  await load(ws, engine.file, { many: customers, now: Date.now() });
  await loadFound(ws, Date.now());
  console.log(
    `${customers} customers loaded in ${Math.round((performance.now() - began) / 1_000)} s; ${requests} requests each, ${abreast} at once\n`,
  );

  const rows: Item[] = [];
  let cursor: string | undefined;
  while (rows.length < 400) {
    const page = await call('GET', `/v1/customers?limit=200${cursor ? `&cursor=${cursor}` : ''}`);
    rows.push(...page.data);
    cursor = page.page.nextCursor;
    if (!cursor) break;
  }
  const ids = rows.map(({ id }) => String(id));
  const idOf = (index: number) => ids[index % ids.length] as string;
  for (let at = 0; at < 24; at++)
    await call('POST', `/v1/customers/${idOf(0)}/interactions`, { channel: 'call', subject: `Visit ${at}`, body: 'x'.repeat(400) });

  const bare = dynamoAt(engine.url, secrets, region);
  const get = (index: number) =>
    bare.call('GetItem', {
      TableName: tableName,
      ConsistentRead: true,
      Key: { pk: { S: `T#${tenant}#CUS#${idOf(index)}` }, sk: { S: '~' } },
    });
  const query = (pk: string, options: { index?: string; limit: number; descending?: boolean }) => () =>
    bare.call('Query', {
      TableName: tableName,
      ...(options.index && { IndexName: options.index }),
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': options.index ? `${options.index}pk` : 'pk' },
      ExpressionAttributeValues: { ':p': { S: pk } },
      Limit: options.limit,
      ScanIndexForward: !options.descending,
    });
  const put = (index: number) =>
    bare.call('PutItem', {
      TableName: tableName,
      Item: { pk: { S: `T#${tenant}#BENCH` }, sk: { S: String(index) }, x: { S: 'x'.repeat(500) } },
    });

  const links = await surveyLinks(call, ids.slice(0, 50));
  const linkOf = (index: number) => links[index % links.length] as SurveyLink;
  const samples: Sample[] = [
    { name: 'record', budget: 100, at: (index) => call('GET', `/v1/customers/${idOf(index)}`), bare: get },
    {
      name: 'list of 50',
      budget: 150,
      at: () => call('GET', '/v1/customers'),
      bare: query(`T#${tenant}#CUS#0`, { index: 'gsi1', limit: 50 }),
    },
    {
      name: 'list by a filter',
      budget: 150,
      at: () => call('GET', '/v1/customers?tags=wholesale'),
      bare: query(`T#${tenant}#CUS#0`, { index: 'gsi1', limit: 200 }),
    },
    {
      name: 'save: log an interaction',
      budget: 150,
      at: (index) =>
        call(
          'POST',
          `/v1/customers/${idOf(index)}/interactions`,
          { channel: 'call', subject: 'Hello' },
          { 'idempotency-key': `bench-${Date.now()}-${index}` },
        ),
      bare: put,
    },
    {
      name: 'palette search',
      budget: 200,
      at: () => call('POST', '/v1/customers/find', { text: 'quezonw' }),
      bare: query(`T#${tenant}#W#qu`, { limit: 10 }),
    },
    {
      name: '360',
      budget: 300,
      at: () => call('GET', `/v1/customers/${idOf(0)}/overview`),
      bare: query(`T#${tenant}#CUS#${idOf(0)}`, { limit: 25, descending: true }),
    },
    { name: 'survey by its link', budget: 100, at: (index) => call('GET', linkOf(index).path), bare: get },
    { name: 'partial answer to a survey', budget: 100, at: (index) => keepAnswer(call, linkOf(index)), bare: put },
  ];
  console.log(
    '| what | p50 ms | p95 ms | to reach, p95 | bare engine p50 | p95 | requests/s |\n| --- | --- | --- | --- | --- | --- | --- |',
  );
  let missed = 0;
  for (const { name, budget, at, bare: alone } of samples) {
    await time(at, 20);
    const ours = await time(at, requests);
    const theirs = await time(alone, requests);
    if (ours.p95 > budget) missed += 1;
    console.log(`| ${name} | ${ours.p50} | ${ours.p95} | ${budget} | ${theirs.p50} | ${theirs.p95} | ${ours.rate} |`);
  }
  if (missed) process.exitCode = 1;
}

type Call = (method: string, path: string, body?: unknown) => Promise<{ rev: number } & Record<string, string>>;
type SurveyLink = { path: string; rev: number };

/** A survey that is out, with a link of her own for each of some customers. */
async function surveyLinks(call: Call, customerIds: readonly string[]): Promise<SurveyLink[]> {
  const question = { key: 'recommend', kind: 'nps', texts: { en: { title: 'Would you recommend us?' } } };
  const definition = { sections: [{ key: 'main', questions: [question] }] };
  const { id } = await call('POST', '/v1/surveys', { name: 'Bench', languages: ['en'], fallbackLanguage: 'en', definition });
  await call('POST', `/v1/surveys/${id}/publish`);
  const links: SurveyLink[] = [];
  for (const customerId of customerIds) {
    const { url = '' } = await call('POST', `/v1/customers/${customerId}/survey-links`, { surveyId: id });
    links.push({ path: `/p/api/s/${url.split('/p/s/')[1]}`, rev: 0 });
  }
  return links;
}

/** Another answer than the one before, by the revision that it follows. */
async function keepAnswer(call: Call, link: SurveyLink): Promise<void> {
  const said = { rev: link.rev, language: 'en', answers: { recommend: link.rev % 11 }, shown: ['recommend'] };
  ({ rev: link.rev } = await call('PUT', `${link.path}/answers`, said));
}

/** Calls `work` so often, so many at once, and gives milliseconds at the median and the 95th percentile. */
async function time(work: (index: number) => Promise<unknown>, many: number) {
  const taken: number[] = [];
  const queue = Array.from({ length: many }, (_, index) => index).values();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const index of queue) {
        const start = performance.now();
        await work(index);
        taken.push(performance.now() - start);
      }
    }),
  );
  const rate = Math.round((many / (performance.now() - began)) * 1_000);
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round((taken[Math.min(taken.length - 1, Math.floor(share * taken.length))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), rate };
}
