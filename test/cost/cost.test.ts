import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formRoutes } from '../../functions/forms/forms.routes.ts';
import { publicFormRoutes } from '../../functions/forms/public.routes.ts';
import type { Item } from '../../functions/table/entity.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { type CostRow, load, measure } from './measure.ts';
import { entryBytes, itemBytes } from './size.ts';

let world: World;
let small: CostRow[];
let large: CostRow[];

describeWorld('what operations cost', () => {
  beforeAll(async () => {
    world = await startWorld();
    small = await measure(world, 1_000);
    large = await measure(world, 10_000);
  }, 300_000);
  afterAll(() => world?.stop());

  it('is exactly the same with 1,000 and with 10,000 customers', () => {
    const units = (rows: CostRow[]) => rows.map(({ operation, calls, rru, wru }) => ({ operation, calls, rru, wru }));
    expect(units(large)).toEqual(units(small));
  });

  it('is within 1.25 of the least that the pattern can cost', () => {
    const dollars = ({ rru, wru }: { rru: number; wru: number }) => rru * 0.125 + wru * 0.625;
    const dear = large.filter((row) => dollars(row) > 1.25 * dollars({ rru: row.optimumRru, wru: row.optimumWru }));
    expect(dear).toEqual([]);
  });

  it('is what the price list says', () => {
    const writes = Object.fromEntries(small.map(({ operation, wru }) => [operation, wru]));
    expect(writes).toMatchObject({
      'create customer, one e-mail': 7,
      'create customer, one e-mail, with Idempotency-Key': 9,
      'log an interaction': 1,
      'log an interaction, with Idempotency-Key': 4,
      'change an un-indexed field': 1,
      'change a name': 5,
    });
    const reads = Object.fromEntries(small.map(({ operation, rru }) => [operation, rru]));
    expect(reads).toMatchObject({
      'get by id': 1,
      'get by e-mail': 2,
      '360: profile, newest 24, activity': 2.5,
      'search by prefix, 10 hits': 0.5,
    });
    expect(reads['list 50 by name']).toBeLessThanOrEqual(2.5);
    expect(reads['list with a filter that examines 1,000 rows']).toBeLessThanOrEqual(42);
  });

  it('is what the routes of web forms say of themselves', () => {
    const said = [
      ['open a web form', publicFormRoutes.openForm],
      ['a web form is handed in: a case of somebody known', publicFormRoutes.submitForm],
      ['what was held back is let in, of somebody new', formRoutes.releaseSubmission],
    ] as const;
    for (const [name, { cost }] of said)
      expect(small.find(({ operation }) => operation === name)).toMatchObject({ rru: cost.rru, wru: cost.wru });
  });

  it('is what docs/costs.md says, line by line', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
    const lines = small.map(({ operation, calls, rru, wru, optimumRru, optimumWru }) =>
      [operation, calls, rru, wru, optimumRru, optimumWru].join(' | '),
    );
    expect(lines.filter((line) => !page.includes(`| ${line} |`))).toEqual([]);
  });

  it('keeps a profile within 1 KiB, an interaction within 600 bytes, a directory row within 350', async () => {
    const ws = await world.workspace();
    await load(ws, world.engine.file, { many: 3, now: world.now() });
    const profile = (world.rows(`T#${ws.tenant}#CUS#`) as Item[]).find((row) => row.gsi2pk)!;
    expect(itemBytes(profile)).toBeLessThanOrEqual(1_024);
    expect(entryBytes(profile, 'gsi1')).toBeLessThanOrEqual(350);
    expect(entryBytes(profile, 'gsi2')).toBeLessThanOrEqual(350);
    const id = profile.pk.split('#').at(-1);
    const said = {
      channel: 'call',
      direction: 'in',
      reason: 'complaint',
      subject: 'Leaking cartridge',
      body: 'It drips since Tuesday morning, she says. '.repeat(6),
    };
    await world.api(ws.keys.admin, 'POST', `/v1/customers/${id}/interactions`, said);
    const interaction = (world.rows(`T#${ws.tenant}#CUS#${id}`) as Item[]).find(({ sk }) => sk.startsWith('TL#'))!;
    expect(itemBytes(interaction)).toBeLessThanOrEqual(600);
  });
});
