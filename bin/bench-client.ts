import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand as QueryDocuments } from '@aws-sdk/lib-dynamodb';
import { attributesOf, fieldsOf } from '../functions/table/attributes.ts';
import { leanClient } from '../functions/table/client.ts';
import { ensureTable, startEngine } from '../local/engine.ts';

/**
 * `npm run bench:client`: what one call of the table's client costs this process in CPU time, beside the SDK's own document client in the
 * same run and in turn, eight at once. `--calls`, `--folder`.
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '1000' }, folder: { type: 'string', default: tmpdir() } } });
const limit = 0.65;
const rounds = 7;
const abreast = 8;
const TableName = 'suki';
const region = 'local';
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

const row = (at: number) => ({
  pk: 'T#bench001#CUS#1',
  sk: `TL#${at}`,
  v: 1,
  u: 1_764_460_800_000,
  vi: 'import',
  d: { n: `Ana Reyes ${at}`, k: 'person', l: 'active', t: ['wholesale', 'north'] },
  em: [{ ad: `person${at}@example.com`, p: true }],
  ph: [{ no: '0917 123 4567', e1: '+639171234567', ty: 'mobile' }],
  x: 'x'.repeat(200),
});
const keyOf = ({ pk, sk }: { pk: string; sk: string }) => ({ pk, sk });
const query = { TableName, KeyConditionExpression: 'pk = :p', Limit: 50 };
const within = { ':p': row(0).pk };

type Call = (at: number) => Promise<unknown>;
function calls(lean: DynamoDBClient, documents: DynamoDBDocumentClient): Record<string, { lean: Call; usual: Call }> {
  return {
    get: {
      lean: async (at) => fieldsOf((await lean.send(new GetItemCommand({ TableName, Key: attributesOf(keyOf(row(at))) }))).Item ?? {}),
      usual: (at) => documents.send(new GetCommand({ TableName, Key: keyOf(row(at)) })),
    },
    put: {
      lean: (at) => lean.send(new PutItemCommand({ TableName, Item: attributesOf(row(at)) })),
      usual: (at) => documents.send(new PutCommand({ TableName, Item: row(at) })),
    },
    'query of 50': {
      lean: async () =>
        ((await lean.send(new QueryCommand({ ...query, ExpressionAttributeValues: attributesOf(within) }))).Items ?? []).map(fieldsOf),
      usual: () => documents.send(new QueryDocuments({ ...query, ExpressionAttributeValues: within })),
    },
  };
}

/** Microseconds of this process's CPU a call. */
async function cost(call: Call, many: number): Promise<number> {
  const before = process.cpuUsage();
  const queue = Array.from({ length: many }, (_, at) => at % 100).values();
  await Promise.all(
    Array.from({ length: abreast }, async () => {
      for (const at of queue) await call(at);
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / many;
}

const median = (figures: number[]) => [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;

const dataDir = mkdtempSync(join(values.folder, 'suki-bench-'));
const engine = await startEngine({ dataDir, credentials, region });
try {
  await ensureTable(engine.dynamo, TableName, engine.file);
  const config = { endpoint: engine.url, region, credentials };
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(config), { marshallOptions: { removeUndefinedValues: true } });
  const compared = calls(leanClient(config), documents);
  await cost(compared.put!.lean, 100);
  for (const [name, { lean, usual }] of Object.entries(compared)) {
    const many = Math.ceil(Number(values.calls) / (name.startsWith('query') ? 4 : 1));
    const figures = { lean: [] as number[], usual: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const [ours, theirs] = [await cost(lean, many), await cost(usual, many)];
      // The first round warms up.
      if (round === 0) continue;
      figures.lean.push(ours);
      figures.usual.push(theirs);
    }
    const [ours, theirs] = [median(figures.lean), median(figures.usual)];
    const missed = ours / theirs > limit;
    console.log(
      `${name.padEnd(12)} ${ours.toFixed(0).padStart(6)} µs, document client ${theirs.toFixed(0).padStart(6)} µs: ${(ours / theirs).toFixed(2)} x, at most ${limit}${missed ? '   MISSED' : ''}`,
    );
    if (missed) process.exitCode = 1;
  }
} finally {
  await engine.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
