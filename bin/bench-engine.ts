import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Engine, ensureTable, startEngine } from '../local/engine.ts';
import { signedHeaders } from '../local/sigv4.ts';
import { openStreamFile } from '../local/stream-file.ts';

/**
 * What put number 20,000 costs against put number 1,000, with the stream on and nothing pruned. Two engines of different age are asked in
 * turn, so that whatever else the machine does weighs on both alike.
 */
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const table = 'suki';
const limit = 1.5;
const window = 1000;

const { values } = parseArgs({
  options: { puts: { type: 'string', default: '20000' }, folder: { type: 'string', default: tmpdir() }, json: { type: 'boolean' } },
});
const puts = Number(values.puts);

function put(engine: Engine, agent: Agent, n: number): Promise<void> {
  const { port, host } = new URL(engine.url);
  const Item = { pk: { S: `T#bench001#CUS#${n}` }, sk: { S: '~' }, e: { S: 'customer' }, n: { S: `Customer ${n} ${'x'.repeat(400)}` } };
  const body = JSON.stringify({ TableName: table, Item });
  const headers = signedHeaders(credentials, {
    host,
    region: 'local',
    service: 'dynamodb',
    target: 'DynamoDB_20120810.PutItem',
    body,
    now: new Date(),
  });
  return new Promise((resolve, reject) => {
    const req = request(
      { host: '127.0.0.1', port, method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (res) => {
        res.resume().once('end', () => (res.statusCode === 200 ? resolve() : reject(new Error(`put ${n} answered ${res.statusCode}`))));
      },
    );
    req.once('error', reject).end(body);
  });
}

function median(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Brings an engine to a number of records, many puts at once. */
async function age(engine: Engine, agent: Agent, records: number): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < records) await put(engine, agent, next++);
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

interface Aged {
  engine: Engine;
  dataDir: string;
}

async function started(): Promise<Aged> {
  const dataDir = mkdtempSync(join(values.folder, 'suki-bench-'));
  const engine = await startEngine({ dataDir, credentials, region: 'local' });
  await ensureTable(engine.dynamo, table, engine.file);
  return { engine, dataDir };
}

async function compare(young: Engine, old: Engine): Promise<{ early: number; late: number }> {
  const agent = new Agent({ keepAlive: true });
  const half = window / 2;
  await age(young, agent, 1000 - half);
  await age(old, agent, puts - half);
  const times: [number[], number[]] = [[], []];
  for (let n = 0; n < window; n++)
    for (const [which, engine] of [young, old].entries()) {
      const from = performance.now();
      await put(engine, agent, 1_000_000 + n);
      times[which]?.push(performance.now() - from);
    }
  agent.destroy();
  return { early: median(times[0]), late: median(times[1]) };
}

async function main(): Promise<void> {
  const both = [await started(), await started()] as const;
  try {
    const [young, old] = both;
    const { early, late } = await compare(young.engine, old.engine);
    const file = openStreamFile(old.engine.file, table);
    const figures = { puts, earlyMs: early, lateMs: late, ratio: late / early, records: file.lastSequence() };
    file.close();
    if (values.json) console.log(JSON.stringify(figures));
    else {
      console.log(
        `put number 1,000: ${early.toFixed(2)} ms; number ${puts.toLocaleString('en')}: ${late.toFixed(2)} ms (medians of ${window} each, in turn)`,
      );
      console.log(`${figures.ratio.toFixed(2)} x, at most ${limit} x allowed, in ${values.folder}`);
    }
    if (figures.ratio > limit) process.exitCode = 1;
  } finally {
    for (const { engine, dataDir } of both) {
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
}

await main();
