import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { customerEntity } from '../functions/customers/customer.entity.ts';
import { searchRowChanges } from '../functions/customers/search-rows.ts';
import type { ImportDetail } from '../functions/imports/import.ts';
import { fieldsOf } from '../functions/table/attributes.ts';
import type { Item } from '../functions/table/entity.ts';
import { tableName } from '../local/settings.ts';
import { type Call, caller } from './suki-client.ts';

/**
 * `npm run bench:import`: imports a file of 100,000 customers, each with an e-mail of her own, through the API of the local product,
 * after one of 5,000. Prints the rates beside their floors, and counts afterwards. `--customers`, `--first`, `--data FOLDER` (on tmpfs the
 * floors are higher).
 */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100000' },
    first: { type: 'string', default: '5000' },
    data: { type: 'string', default: tmpdir() },
  },
});
const [many, few] = [Number(values.customers), Number(values.first)];
const onTmpfs = values.data.startsWith('/dev/shm');
const floors = { accepted: 800, caughtUp: onTmpfs ? 270 : 200, ratio: 0.85, memory: 1.25 };
const root = resolve(import.meta.dirname, '..');
const dataDir = mkdtempSync(join(values.data, 'suki-import-'));

const product = spawn('node', ['bin/dev.ts', '--empty'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, SUKI_DATA: dataDir, SUKI_PORT: '0', LOG_LEVEL: 'error' },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    product.once('exit', () => process.exit(1));
    product.kill('SIGTERM');
  });
const missed: string[] = [];
type Local = { baseUrl: string; apiKeys: { admin: string } };

async function started(): Promise<Local> {
  for (let tries = 0; tries < 600; tries++) {
    try {
      return JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')) as Local;
    } catch {
      await sleep(100);
    }
  }
  throw new Error('the product did not become ready');
}

async function bench({ baseUrl, apiKeys }: Local): Promise<void> {
  const call = caller({ url: baseUrl, key: apiKeys.admin });
  const tenant = apiKeys.admin.split('_')[1] ?? '';
  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(residentMiB()), 1_000);
  const first = await timed(call, baseUrl, { from: 0, count: few });
  memory.length = 0;
  const second = await timed(call, baseUrl, { from: few, count: many });
  clearInterval(sampling);
  const rows: [string, number, number, string][] = [
    ['accepted, rows a second', second.accepted, floors.accepted, ''],
    ['caught up, rows a second', second.caughtUp, floors.caughtUp, onTmpfs ? 'on tmpfs' : 'on disk'],
    [`accepted, ${many} against ${few}`, second.accepted / first.accepted, floors.ratio, ''],
    [`caught up, ${many} against ${few}`, second.caughtUp / first.caughtUp, floors.ratio, ''],
  ];
  for (const [name, value, floor, note] of rows) report(name, { value, floor, below: value < floor, note });
  const half = memory.slice(0, Math.ceil(memory.length / 2));
  const growth = median(memory.slice(-Math.ceil(memory.length / 4))) / median(half);
  report('memory, last quarter against first half', {
    value: growth,
    floor: floors.memory,
    below: growth > floors.memory,
    note: `${Math.round(median(half))} to ${Math.round(Math.max(...memory))} MiB`,
  });
  recount(tenant, few + many);
}

function report(name: string, { value, floor, below, note }: { value: number; floor: number; below: boolean; note: string }): void {
  const shown = (figure: number) => (figure < 10 ? figure.toFixed(2) : String(Math.round(figure)));
  console.log(
    `${name.padEnd(44)} ${shown(value).padStart(8)}   floor ${shown(floor)}${note ? `   ${note}` : ''}${below ? '   MISSED' : ''}`,
  );
  if (below) missed.push(name);
}

const median = (figures: number[]) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

const given = [
  'Ana',
  'Jose',
  'Maria',
  'Somchai',
  'Fatima',
  'Luis',
  'Amélie',
  'Malee',
  'Bilal',
  'Grace',
  'Paolo',
  'Nok',
  'Zainab',
  'Hugo',
  'Liza',
];
const family = [
  'Reyes',
  'Santos',
  'Cruz',
  'Bautista',
  'Ocampo',
  'Garcia',
  'Dubois',
  'Khan',
  'Chaiyasit',
  'Villanueva',
  'Moreau',
  'Siddiqui',
];
const cities = ['Quezon City', 'Cebu', 'Davao', 'Lyon', 'Karachi', 'Chiang Mai', 'Baguio', 'Iloilo'];

/** A row of the file. The numbers of the years 100,000 people were born in make names and e-mails that are nobody else's. */
const line = (at: number) => {
  const [first, last] = [given[at % given.length]!, family[Math.floor(at / given.length) % family.length]!];
  return `${first},${last} ${at.toString(36)},person${at}@example.com,0917 ${String(1_000_000 + at).slice(-7)},${cities[at % cities.length]}\n`;
};

async function writeFile({ from, count }: { from: number; count: number }): Promise<string> {
  const file = join(dataDir, `customers-${from}.csv`);
  const lines = function* () {
    yield 'first name,last name,email,mobile,city\n';
    for (let at = from; at < from + count; at++) yield line(at);
  };
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

/** Imports one file: rows a second until the last was accepted, and until every consumer of the stream had caught up. */
async function timed(call: Call, baseUrl: string, rows: { from: number; count: number }): Promise<{ accepted: number; caughtUp: number }> {
  const file = await writeFile(rows);
  type Draft = ImportDetail & { upload: { url: string; fields: Record<string, string> } };
  const draft = await call<Draft>('POST', '/v1/imports', { target: 'customers', name: `bench-${rows.from}.csv` });
  const form = new FormData();
  for (const [name, value] of Object.entries(draft.upload.fields)) form.set(name, value);
  form.set('file', new Blob([readFileSync(file)]));
  const sent = await fetch(draft.upload.url, { method: 'POST', body: form });
  if (!sent.ok) throw new Error(`upload: ${sent.status} ${await sent.text()}`);
  await act(call, draft.id, 'inspect');
  const cpuBefore = cpuSeconds();
  const began = performance.now();
  const done = await act(call, draft.id, 'start');
  const accepted = performance.now() - began;
  const cpuAccepted = cpuSeconds();
  if (done.counts.created !== rows.count)
    throw new Error(`not all were accepted: ${JSON.stringify(done.counts)} ${JSON.stringify(done.problem)}`);
  while (Math.max(...Object.values(await lag(baseUrl))) > 0) await sleep(200);
  const caughtUp = performance.now() - began;
  const cpuAfter = cpuSeconds();
  const spent = (name: string, to: Record<string, number>) =>
    ((((to[name] ?? 0) - (cpuBefore[name] ?? 0)) / rows.count) * 1_000).toFixed(2);
  for (const name of Object.keys(cpuAfter))
    console.log(`  CPU ms a row, ${name}: ${spent(name, cpuAccepted)} until accepted, ${spent(name, cpuAfter)} until caught up`);
  console.log(`${rows.count} rows: accepted after ${seconds(accepted)}, caught up after ${seconds(caughtUp)}`);
  return { accepted: (rows.count / accepted) * 1_000, caughtUp: (rows.count / caughtUp) * 1_000 };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
const lag = async (baseUrl: string) => (await (await fetch(`${baseUrl}/local/lag`)).json()) as Record<string, number>;
const busy = new Set(['validating', 'running', 'undoing']);

async function act(call: Call, id: string, what: string): Promise<ImportDetail> {
  let shown = await call<ImportDetail>('POST', `/v1/imports/${id}/${what}`, what === 'inspect' ? {} : undefined);
  while (busy.has(shown.state)) {
    await sleep(what === 'start' ? 250 : 50);
    shown = await call<ImportDetail>('GET', `/v1/imports/${id}`);
  }
  if (shown.state === 'failed') throw new Error(`${what}: ${JSON.stringify(shown.problem)}`);
  return shown;
}

/** The product's processes: the server, its consumers, the engine. */
function processes(): { name: string; place: string }[] {
  const found: { name: string; place: string }[] = [];
  for (const id of readdirSync('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    try {
      const place = `/proc/${id}`;
      if (!readFileSync(`${place}/environ`, 'latin1').includes(`SUKI_DATA=${dataDir}`)) continue;
      const command = readFileSync(`${place}/cmdline`, 'latin1');
      found.push({ place, name: command.includes('dynoxide') ? 'engine' : command.includes('consumers') ? 'consumers' : 'server' });
    } catch {}
  }
  return found;
}

/** The memory of all of them in MiB. */
function residentMiB(): number {
  let pages = 0;
  for (const { place } of processes()) {
    try {
      pages += Number(readFileSync(`${place}/statm`, 'latin1').split(' ')[1]);
    } catch {}
  }
  return (pages * 4_096) / 1_048_576;
}

/** Seconds of CPU that each has used; unlike the rates they do not depend on who else is at work on the machine. */
function cpuSeconds(): Record<string, number> {
  const used: Record<string, number> = {};
  for (const { name, place } of processes()) {
    const [user = 0, system = 0] = readFileSync(`${place}/stat`, 'latin1').split(') ')[1]!.split(' ').slice(11, 13).map(Number);
    used[name] = (used[name] ?? 0) + (user + system) / 100;
  }
  return used;
}

/** Counts what was derived against what it is derived from, in the engine's own file. */
function recount(tenant: string, customers: number): void {
  const db = new DatabaseSync(join(dataDir, 'table.db'), { readOnly: true });
  const count = (prefix: string, sk = '') =>
    Number(
      db
        .prepare(`SELECT COUNT(*) AS n FROM "${tableName}" WHERE pk >= ? AND pk < ? AND sk >= ? AND sk < ?`)
        .get(`S:T#${tenant}#${prefix}`, `S:T#${tenant}#${prefix}\u{10ffff}`, `S:${sk}`, `S:${sk}\u{10ffff}`)?.n,
    );
  const rows = db
    .prepare(`SELECT item_json FROM "${tableName}" WHERE pk >= ? AND pk < ? AND sk = 'S:~'`)
    .iterate(`S:T#${tenant}#CUS#`, `S:T#${tenant}#CUS#\u{10ffff}`);
  let words = 0;
  let people = 0;
  for (const row of rows) {
    const item = fieldsOf(JSON.parse(String(row.item_json))) as Item;
    people += 1;
    words += searchRowChanges(tenant, { before: undefined, after: customerEntity.decode(item) }, new Map()).length;
  }
  const counter = db.prepare(`SELECT item_json FROM "${tableName}" WHERE pk = ?`).get(`S:T#${tenant}#CNT`);
  const counted = Number((fieldsOf(JSON.parse(String(counter?.item_json ?? '{}'))) as Record<string, unknown>).customers ?? 0);
  const compared: [string, number, number][] = [
    ['customers', people, customers],
    ['e-mails claimed, each once', count('UNIQ#person#email#'), customers],
    ['history rows', count('CUS#', 'H#~#'), customers],
    ['token rows', count('W#'), words],
    ['counter', counted, customers],
  ];
  for (const [name, held, expected] of compared) {
    console.log(`${name.padEnd(44)} ${String(held).padStart(8)}   recount ${expected}${held === expected ? '' : '   WRONG'}`);
    if (held !== expected) missed.push(name);
  }
  db.close();
}

try {
  await bench(await started());
} finally {
  product.kill('SIGTERM');
  await new Promise((done) => product.once('exit', done));
  rmSync(dataDir, { recursive: true, force: true });
}
if (missed.length) {
  console.log(`\nBelow the floor: ${missed.join('; ')}`);
  process.exitCode = 1;
}
