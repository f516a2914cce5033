import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { full, told } from '../_util/battery.ts';
import { isAlive, newDataDir, type RunningProduct, spawnProduct, startProductProcess } from '../_util/product.ts';
import { describeWorld } from '../_util/world.ts';

/** More by hand. */
const rounds = Number(process.env.CRASH_ROUNDS ?? (full ? 20 : 5));
const writers = 16;

interface Row {
  pk: string;
  sk: string;
  of?: string;
}

const starts = full ? 12 : 3;

const { dataDir, remove } = newDataDir();
let product: RunningProduct;

/** Writes customers with an e-mail each, one after the other, until told to stop; gives the ids that were acknowledged. */
async function write(name: string, until: () => boolean): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let n = 0; !until(); n++) {
    const body = JSON.stringify({ kind: 'person', name: `Writer ${name} ${n}`, emails: [{ address: `${name}.${n}@crash.example` }] });
    const headers = { authorization: `Bearer ${product.local.apiKeys.admin}`, 'content-type': 'application/json' };
    const response = await fetch(`${product.baseUrl}/v1/customers`, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (response?.status === 201) acknowledged.push(((await response.json().catch(() => ({}))) as { id: string }).id);
    else await new Promise((done) => setTimeout(done, 20));
  }
  return acknowledged.filter(Boolean);
}

const kill = {
  engine: async () => void process.kill(product.pids().engine, 'SIGKILL'),
  consumers: async () => void process.kill(product.pids().consumers, 'SIGKILL'),
  async everything() {
    const { engine, consumers } = product.pids();
    for (const pid of [product.child.pid ?? 0, consumers, engine]) process.kill(pid, 'SIGKILL');
    await product.ended;
    await expect.poll(() => [engine, consumers].filter(isAlive), { timeout: 10_000 }).toEqual([]);
    product = await startProductProcess(dataDir);
  },
};
const victims = [kill.engine, kill.everything, kill.consumers];

async function healthy(): Promise<void> {
  const key = product.local.apiKeys.admin;
  const status = () =>
    fetch(`${product.baseUrl}/v1/customers?limit=1`, { headers: { authorization: `Bearer ${key}` } }).then((one) => one.status);
  await expect.poll(() => status().catch(() => 0), { timeout: 20_000 }).toBe(200);
}

async function crashRound(round: number): Promise<string[]> {
  let over = false;
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(`r${round}w${writer}`, () => over)));
  await new Promise((done) => setTimeout(done, 300 + ((round * 137) % 500)));
  const victim = victims[round % victims.length] ?? kill.everything;
  await victim();
  over = true;
  const acknowledged = (await writing).flat();
  await healthy();
  return acknowledged;
}

const lag = async () =>
  Object.values((await (await fetch(`${product.baseUrl}/local/lag`)).json()) as Record<string, number>).reduce((a, b) => a + b, 0);

function readTable() {
  const db = new DatabaseSync(join(dataDir, 'table.db'), { readOnly: true });
  const rows = db.prepare(`SELECT item_json FROM suki WHERE pk >= 'S:T#batis001#' AND pk < 'S:T#batis001$'`).all();
  const sequences = db.prepare('SELECT sequence_number FROM _stream_records ORDER BY id').all();
  db.close();
  return {
    rows: rows.map((row) => unmarshall(JSON.parse(String(row.item_json))) as Row),
    sequences: sequences.map((row) => Number(row.sequence_number)),
  };
}

/** Starts on an empty folder and kills everything `ms` after the table's file is there. */
async function startAndKill(folder: string, ms: number): Promise<void> {
  const { child, ended } = spawnProduct(folder);
  const began = () => existsSync(join(folder, 'table.db')) || child.exitCode !== null;
  await expect.poll(began, { timeout: 30_000, interval: 10 }).toBe(true);
  await new Promise((done) => setTimeout(done, ms));
  child.kill('SIGKILL');
  await ended;
}

describeWorld(`kill -9 in the first ${starts} starts`, { timeout: 60_000 + starts * 20_000 }, () => {
  it('leaves no half of a workspace: the start that is let through has every key, team and role', async () => {
    const fresh = newDataDir();
    for (let n = 0; n < starts; n++) await startAndKill(fresh.dataDir, (n * 1300) / starts);
    const whole = await startProductProcess(fresh.dataDir);
    const statuses = await Promise.all(
      [...Object.values(whole.local.apiKeys), whole.local.other.apiKeys.admin].map(
        async (key) => (await fetch(`${whole.baseUrl}/v1/me`, { headers: { authorization: `Bearer ${key}` } })).status,
      ),
    );
    whole.child.kill('SIGTERM');
    await whole.ended;
    fresh.remove();
    expect(statuses).toEqual(Array.from({ length: 8 }, () => 200));
  });
});

describeWorld(`kill -9 under ${writers} writers, ${rounds} rounds`, { timeout: 60_000 + rounds * 30_000 }, () => {
  beforeAll(async () => {
    product = await startProductProcess(dataDir);
  }, 90_000);
  afterAll(async () => {
    product?.child.kill('SIGTERM');
    await product?.ended;
    remove();
  });

  it('loses nothing that was acknowledged, writes nothing by halves, and leaves no gap in the stream', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round++) acknowledged.push(...(await crashRound(round)));
    await expect.poll(lag, { timeout: 60_000, interval: 200 }).toBe(0);
    const { rows, sequences } = readTable();
    const customers = new Set(rows.filter(({ pk, sk }) => sk === '~' && pk.includes('#CUS#')).map(({ pk }) => pk));
    const claims = rows.filter(({ pk }) => pk.includes('#UNIQ#person#')).map(({ of }) => of ?? '');
    const noted = new Set(rows.filter(({ sk }) => sk === 'H#~#0000000001').map(({ pk }) => pk));
    told('kill -9', { kills: rounds, acknowledged: acknowledged.length, written: customers.size });
    expect(acknowledged.length).toBeGreaterThan(rounds);
    expect(acknowledged.filter((id) => !customers.has(`T#batis001#CUS#${id}`))).toEqual([]);
    expect([claims.filter((pk) => !customers.has(pk)), new Set(claims).size]).toEqual([[], customers.size]);
    expect([...customers].filter((pk) => !noted.has(pk))).toEqual([]);
    expect(sequences.filter((sequence, at) => at > 0 && sequence !== (sequences[at - 1] ?? 0) + 1)).toEqual([]);
    expect(readdirSync(join(dataDir, 'objects'))).toEqual([]);
  });
});
