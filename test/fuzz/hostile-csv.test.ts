import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suggested } from '../../functions/imports/mapping.ts';
import { objectKey, readBytes, writeObject } from '../../functions/imports/objects.ts';
import { readUpload } from '../../functions/imports/read.ts';
import { customersOf } from '../../functions/imports/rows.ts';
import { CrmError } from '../../functions/kernel/errors.ts';
import { startOnlyLoopback } from '../_util/loopback.ts';

/** Files that people and programs really send, and some that only enemies do. The seed is printed, so that a failure can be told again. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const full = process.env.SUKI_FULL === '1';
const files = 500;
const budgetMs = full ? 600_000 : 8_000;

/** mulberry32: the same numbers for the same seed. */
function randomFrom(start: number) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const cells = [
  'Ana',
  'ana@example.com',
  '',
  ' ',
  '"',
  '""',
  '"a',
  'a"b',
  'a,b',
  'a\nb',
  'a\rb',
  '=1+1',
  '@SUM(1)',
  '\uFEFF=2',
  '＝3',
  'NULL',
  '\\N',
  '-',
  '__proto__',
  'constructor',
  'ชื่อ',
  'محمد',
  '\u202Eevil',
  '👩‍👩‍👧',
  '\u0000',
  '\u001b[31m',
  '9'.repeat(400),
  'x'.repeat(5_000),
  '31/02/2569',
  '1.234,50',
  'é'.normalize('NFD'),
  '<script>',
  "'; DROP TABLE",
  '%s%n',
  '../../etc/passwd',
];
const headers = ['name', 'email', 'phone', 'country', 'name', '__proto__', '', 'ชื่อ', 'toString', 'Prénom', 'constructor', 'Name '];

function hostile(random: () => number): Buffer {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const delimiter = pick([',', ';', '\t', '|']);
  const end = pick(['\n', '\r\n', '\r']);
  const width = 1 + Math.floor(random() * 8);
  const quote = (cell: string) => (random() < 0.5 ? `"${random() < 0.9 ? cell.replaceAll('"', '""') : cell}"` : cell);
  const row = () =>
    Array.from({ length: Math.max(0, width + (random() < 0.1 ? Math.floor(random() * 5) - 2 : 0)) }, () => quote(pick(cells))).join(
      delimiter,
    );
  const lines = [
    Array.from({ length: width }, () => pick(headers)).join(delimiter),
    ...Array.from({ length: Math.floor(random() * 40) }, row),
  ];
  const text =
    (random() < 0.2 ? '\uFEFF' : '') + (random() < 0.1 ? `sep=${delimiter}${end}` : '') + lines.join(end) + (random() < 0.5 ? end : '');
  const bytes = random() < 0.15 ? Buffer.from(text, 'utf16le') : Buffer.from(text, random() < 0.2 ? 'latin1' : 'utf8');
  const noise = random();
  if (noise < 0.05) return Buffer.from(Array.from({ length: 2_000 }, () => Math.floor(random() * 256)));
  if (noise < 0.1) return bytes.subarray(0, Math.floor(random() * bytes.length));
  if (noise < 0.15) return Buffer.concat([bytes, Buffer.from('"')]);
  if (noise < 0.18) return Buffer.concat([bytes, Buffer.alloc(600_000, '"a')]);
  return bytes;
}

describe(`hostile files, seed ${seed}`, () => {
  let loopback: Awaited<ReturnType<typeof startOnlyLoopback>>;
  beforeAll(async () => {
    loopback = await startOnlyLoopback();
  });
  afterAll(() => loopback.stop());

  it(`gives every row of a file a report of its own, or says why the file cannot be read`, { timeout: budgetMs + 60_000 }, async () => {
    const began = performance.now();
    const tally = { files: 0, unreadable: 0, rows: 0, failed: 0, customers: 0 };
    const memory = process.memoryUsage().heapUsed;
    for (let at = 0; at < files && performance.now() - began < budgetMs; at++) {
      const random = randomFrom(seed + at);
      tally.files += 1;
      await writeObject(objectKey('hostile1', `job${at}`, 'file'), hostile(random), { type: 'text/csv' });
      try {
        await readAll(at, tally);
      } catch (error) {
        if (!(error instanceof CrmError) || error.code !== 'unreadable_file')
          throw new Error(`file ${at} of seed ${seed}`, { cause: error });
        tally.unreadable += 1;
      }
    }
    console.log(`${tally.files} hostile files, seed ${seed}: ${JSON.stringify(tally)}`);
    expect(tally.files).toBeGreaterThan(20);
    expect(tally.failed + tally.customers).toBeGreaterThanOrEqual(tally.rows);
    expect(process.memoryUsage().heapUsed - memory).toBeLessThan(300 * 1024 * 1024);
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  async function readAll(at: number, tally: { rows: number; failed: number; customers: number }) {
    const { file, inspection } = await readUpload({ tenant: 'hostile1', jobId: `job${at}`, asked: {}, country: 'PH' });
    const { mapping } = suggested({ target: 'customers', headers: inspection.headers, name: 'x.csv', customFields: [] });
    const rows = ((await readBytes(objectKey('hostile1', `job${at}`, 'rows'))) ?? Buffer.alloc(0))
      .toString('utf8')
      .split('\n')
      .filter(Boolean);
    expect(rows).toHaveLength(inspection.rows);
    const plan = {
      headers: inspection.headers,
      mapping,
      file,
      zone: 'Asia/Manila',
      customFields: [],
      members: new Map<string, string>(),
      now: 0,
    };
    for (const line of rows) {
      const [row, ...values] = JSON.parse(line) as [number, ...string[]];
      tally.rows += 1;
      const made = customersOf(plan, row, values);
      if ('errors' in made) {
        expect(made.errors.every((error) => error.row === row)).toBe(true);
        tally.failed += 1;
      } else tally.customers += made.customers.length;
    }
  }
});
