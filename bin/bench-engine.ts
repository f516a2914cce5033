import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Engine, ensureTable, openStreamFile, startEngine } from '../local/engine.ts';
import { signedHeaders } from '../local/sigv4.ts';

/** Puts one after the other, with the stream on and nothing pruned: what number 20,000 costs against number 1,000. */
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const table = 'suki';
const limit = 1.5;
const window = 500;

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

async function measure(engine: Engine): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let n = 0; n < puts + window; n++) {
    const from = performance.now();
    await put(engine, agent, n);
    times.push(performance.now() - from);
  }
  agent.destroy();
  return times;
}

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(values.folder, 'suki-bench-'));
  const engine = await startEngine({ dataDir, credentials, region: 'local' });
  try {
    await ensureTable(engine.dynamo, table, engine.file);
    const file = openStreamFile(engine.file, table);
    const times = await measure(engine);
    const around = (n: number) => median(times.slice(Math.max(0, n - window), n + window));
    const [early, late] = [around(1000), around(puts)];
    const figures = {
      puts,
      earlyMs: early,
      lateMs: late,
      ratio: late / early,
      records: file.lastSequence(),
      indexed: /INDEX ix_stream_seq/.test(file.queryPlan()),
    };
    file.close();
    if (values.json) console.log(JSON.stringify(figures));
    else {
      const perSecond = Math.round((times.length * 1000) / times.reduce((sum, time) => sum + time, 0));
      console.log(
        `put number 1,000: ${early.toFixed(2)} ms; number ${puts.toLocaleString('en')}: ${late.toFixed(2)} ms (medians of ${2 * window})`,
      );
      console.log(
        `${figures.ratio.toFixed(2)} x, at most ${limit} x allowed; ${perSecond} puts a second, one after the other, in ${values.folder}`,
      );
    }
    if (figures.ratio > limit) process.exitCode = 1;
  } finally {
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await main();
