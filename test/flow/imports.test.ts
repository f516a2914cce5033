import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { consentEntity, customerEntity } from '../../functions/customers/customer.entity.ts';
import type { Customer } from '../../functions/customers/customer.ts';
import type { Item } from '../../functions/table/entity.ts';
import { Table } from '../../functions/table/table.ts';
import { importer } from '../_util/imports.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { workbook, zip } from '../_util/workbook.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

describeWorld('imports', () => {
  let world: World;
  let workspace: SeededWorkspace;
  let imports: ReturnType<typeof importer>;

  const customers = (): Customer[] =>
    world
      .rows(`T#${workspace.tenant}#CUS#`)
      .filter((row) => row.e === 'customer' && row.ttl === undefined)
      .map((row) => customerEntity.decode(row as Item));
  const fresh = async (settings?: object) => {
    workspace = await world.workspace(settings as Record<string, unknown>);
    imports = importer(world, workspace.keys.admin);
  };
  const imported = async (name: string, text: string | Buffer, patch: object = {}) => {
    const shown = await imports.inspected('customers', name, text);
    if (shown.state === 'failed') return shown;
    return imports.start((Object.keys(patch).length ? await imports.change(shown, patch) : shown).id);
  };

  beforeAll(async () => {
    world = await startWorld();
    await fresh();
  });
  afterAll(() => world.stop());
  afterEach(() => vi.restoreAllMocks());

  it('reads pasted cells', async () => {
    await fresh();
    const { body } = await world.api(workspace.keys.admin, 'POST', '/v1/imports', {
      target: 'customers',
      name: 'pasted',
      text: 'Name\tCity\nAna\tCebu\nBea\tDavao\n',
    });
    expect(body.upload).toBeNull();
    await world.api(workspace.keys.admin, 'POST', `/v1/imports/${body.id}/inspect`, {});
    await world.drain();
    expect((await imports.start(body.id)).counts).toEqual({ created: 2 });
  });

  it('reads a workbook, its first sheet', async () => {
    await fresh();
    const shown = await imports.inspected(
      'customers',
      'people.xlsx',
      workbook([
        ['Name', 'Email', 'ZIP'],
        ['Ana', 'ana@example.com', 6000],
        ['มาลี', 'malee@example.com', 50000],
      ]),
    );
    expect(shown.inspection).toMatchObject({ format: 'xlsx', sheets: ['Customers'], rows: 2 });
    await imports.start(shown.id);
    expect(
      customers()
        .map(({ name, addresses }) => [name, addresses[0]?.postalCode])
        .sort(),
    ).toEqual([
      ['Ana', '6000'],
      ['มาลี', '50000'],
    ]);
  });

  it.each([
    ['a bomb', () => workbook([['Name'], ['Ana']], { 'xl/media/bomb.xml': Buffer.alloc(130 * 1024 * 1024) })],
    [
      'a bomb that lies about its size',
      () => workbook([['Name'], ['Ana']], { 'xl/sharedStrings.xml': Buffer.alloc(5_000_000, 'a') }, { 'xl/sharedStrings.xml': 900_000 }),
    ],
    ['an archive that is no workbook', () => zip({ 'a.txt': 'hello' })],
    ['an archive that was cut off', () => workbook([['Name'], ['Ana']]).subarray(0, 400)],
    ['an old workbook', () => Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(500)])],
    ['a picture', () => Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(400, 1)])],
    ['a header without a row', () => Buffer.from('\n\n\n')],
  ])('says in one sentence that %s cannot be read, and writes nothing', async (_name, bytes) => {
    await fresh();
    const shown = await imports.inspected('customers', 'file.xlsx', bytes());
    expect(shown).toMatchObject({ state: 'failed', problem: { code: 'unreadable_file' } });
    expect(customers()).toEqual([]);
  });

  it.each([
    ['nothing at all', 'empty.csv', '', 'empty'],
    ['blank lines', 'blank.csv', '\n\n  \n', 'no_rows'],
    ['a PDF by another name', 'customers.csv', `%PDF-1.7\n${'Name,City\n'.repeat(500)}`, 'not_a_table'],
    ['a web page by another name', 'customers.xls', '\uFEFF<!DOCTYPE html><table><tr><td>Ana</td></tr></table>', 'not_a_table'],
    ['a picture by another name', 'customers.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not_a_table'],
    ['an old or locked workbook', 'customers.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old_excel'],
    ['half a workbook', 'customers.xlsx', Buffer.from('504b0304140000000800', 'hex'), 'broken_workbook'],
    ['too many columns', 'wide.csv', `${Array.from({ length: 300 }, (_, at) => `c${at}`).join(',')}\n`, 'too_many_columns'],
  ])('says of a file that is %s what is wrong with it', async (_what, name, bytes, reason) => {
    const shown = await imports.inspected('customers', name, bytes);
    expect(shown).toMatchObject({ state: 'failed', problem: { code: 'unreadable_file', reason } });
  });

  it('reads Thai in its old encoding and Buddhist years', async () => {
    await fresh({ fields: [{ key: 'since', label: 'ลูกค้าตั้งแต่', kind: 'date', choices: [] }] });
    const text = 'ชื่อ,จังหวัด,ลูกค้าตั้งแต่\nสมชาย ใจดี,เชียงใหม่,21/3/2559\nมาลี สุขใจ,ขอนแก่น,2/12/2560\n';
    const bytes = Buffer.from(
      [...text].map((char) => (char.charCodeAt(0) > 127 ? char.charCodeAt(0) - 0x0e00 + 0xa0 : char.charCodeAt(0))),
    );
    const done = await imported('ลูกค้า.csv', bytes);
    expect(done).toMatchObject({ file: { encoding: 'windows-874', buddhistYears: true }, counts: { created: 2 } });
    expect(customers().find(({ name }) => name === 'สมชาย ใจดี')).toMatchObject({
      custom: { since: '2016-03-21' },
      addresses: [{ region: 'เชียงใหม่' }],
    });
  });

  it('reports each wrong row with its column, and imports the others', async () => {
    await fresh();
    const done = await imported(
      'some.csv',
      'Name,Email,Country\nAna,ana@example.com,PH\nBea,not an address,PH\nCora,cora@example.com,Atlantis\nDora,dora@example.com,TH\nEva,ana@example.com,FR\n',
      { onMatch: 'create' },
    );
    expect(done).toMatchObject({ counts: { created: 3, failed: 2 }, hasErrors: true });
    expect(await imports.errors(done.id)).toEqual([
      expect.stringMatching(/^3,Email,/),
      expect.stringMatching(/^4,Country,unknown_country/),
    ]);
  });

  it('skips or updates who is there already, by e-mail', async () => {
    await fresh();
    await imported('one.csv', 'Name,Email,City\nAna,ana@example.com,Cebu\n');
    const skipped = await imported('two.csv', 'Name,Email,City\nAna R,ANA@example.com,Davao\n', { onMatch: 'skip' });
    expect(skipped.counts).toEqual({ skipped: 1 });
    const updated = await imported('two.csv', 'Name,Email,City\nAna R,ANA@example.com,Davao\n', { onMatch: 'update' });
    expect(updated.counts).toEqual({ updated: 1 });
    expect(customers()).toMatchObject([{ name: 'Ana R', addresses: [{ city: 'Davao' }], version: 2, via: 'import' }]);
  });

  it('takes an update back to what was before, but not what somebody changed since', async () => {
    await fresh();
    await imported('one.csv', 'Name,Email\nAna,ana@example.com\nBea,bea@example.com\n');
    const second = await imported('two.csv', 'Name,Email\nAna R,ana@example.com\nBea S,bea@example.com\n');
    const bea = customers().find(({ name }) => name === 'Bea S')!;
    await world.api(workspace.keys.admin, 'PATCH', `/v1/customers/${bea.id}`, { jobTitle: 'Owner' }, { 'if-match': `"${bea.version}"` });
    expect((await imports.undo(second.id)).counts).toEqual({ updated: 2, undone: 1, kept: 1 });
    expect(
      customers()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Ana', 'Bea S']);
  });

  it('keeps a customer with whom something has happened since when the import is undone', async () => {
    await fresh();
    const done = await imported('one.csv', 'Name,Email\nAna,ana@example.com\nBea,bea@example.com\n');
    const ana = customers().find(({ name }) => name === 'Ana')!;
    await world.api(workspace.keys.admin, 'POST', `/v1/customers/${ana.id}/interactions`, { channel: 'call' });
    await world.drain();
    expect((await imports.undo(done.id)).counts).toEqual({ created: 2, undone: 1, kept: 1 });
    expect(customers().map(({ name }) => name)).toEqual(['Ana']);
  });

  it('keeps what a file says of consents, with the row as evidence, and takes it back with an undo', async () => {
    await fresh();
    const consents = () =>
      (world.rows(`T#${workspace.tenant}#CUS#`) as Item[])
        .filter((row) => row.e === 'consent' && row.ttl === undefined)
        .map((row) => consentEntity.decode(row))
        .map(({ topic, status, evidence }) => [topic, status, evidence])
        .sort();
    const header = 'Id,Name,consent.email.news,consent.email.service';
    await imported('one.csv', `${header}\nA,Ana,yes,\n`);
    const both = await imported('two.csv', `${header}\nA,Ana,no,oui\nB,Bea,,ja\n`);
    expect(both.counts).toEqual({ created: 2 });
    const { mapping } = await imports.inspected('customers', 'one.csv', `${header}\nA,Ana,no,oui\n`);
    expect(mapping).toMatchObject({ source: 'one', columns: ['key', 'name', 'consent.email.news', 'consent.email.service'] });
    const second = await imported('one.csv', `${header}\nA,Ana,no,oui\nB,Bea,perhaps,\n`);
    expect(second.counts).toEqual({ updated: 1, failed: 1 });
    expect(await imports.errors(second.id)).toEqual([expect.stringMatching(/^3,consent\.email\.news,unknown_word,/)]);
    const told = (file: string) => consents().filter(([, , evidence]) => evidence?.startsWith(file));
    expect(told('one.csv')).toEqual([
      ['news', 'withdrawn', 'one.csv, row 2'],
      ['service', 'granted', 'one.csv, row 2'],
    ]);
    expect((await imports.undo(second.id)).counts).toMatchObject({ undone: 2 });
    expect(told('one.csv')).toEqual([['news', 'granted', 'one.csv, row 2']]);
  });

  it('makes one customer of rows of one file that name the same e-mail', async () => {
    await fresh();
    const rows = Array.from({ length: 30 }, (_, at) => `Ana ${at},ana@example.com`).join('\n');
    const done = await imported('same.csv', `Name,Email\n${rows}\n`, { onMatch: 'skip' });
    expect(done.counts).toEqual({ created: 1, skipped: 29 });
  });

  it('ties people to one company for a name that many rows say', async () => {
    await fresh();
    const rows = Array.from({ length: 45 }, (_, at) => `Person ${at},p${at}@example.com,${at % 2 ? 'Acme Corp' : 'ACME corp'}`).join('\n');
    const shown = await imports.inspected('customers', 'people.csv', `Name,Email,Company\n${rows}\n`);
    expect((await imports.dryRun(shown.id)).dryRun).toMatchObject({ people: 45, companies: 1 });
    await imports.start(shown.id);
    const companies = customers().filter(({ kind }) => kind === 'company');
    expect(companies).toHaveLength(1);
    expect(customers().filter(({ companyId }) => companyId === companies[0]?.id)).toHaveLength(45);
  });

  it('starts nothing before the file was inspected, and nothing twice', async () => {
    await fresh();
    const { body } = await world.api(workspace.keys.admin, 'POST', '/v1/imports', { target: 'customers', name: 'x.csv' });
    expect((await world.api(workspace.keys.admin, 'POST', `/v1/imports/${body.id}/start`)).body.code).toBe('wrong_state');
    const done = await imported('x.csv', 'Name\nAna\n');
    expect((await world.api(workspace.keys.admin, 'POST', `/v1/imports/${done.id}/start`)).status).toBe(409);
  });

  it('refuses a mapping that is not of the file or not of its target', async () => {
    await fresh();
    const shown = await imports.inspected('customers', 'x.csv', 'Name,City\nAna,Cebu\n');
    const patch = (mapping: object) =>
      world.api(
        workspace.keys.admin,
        'PATCH',
        `/v1/imports/${shown.id}`,
        { mapping: { ...shown.mapping, ...mapping } },
        { 'if-match': `"${shown.version}"` },
      );
    expect((await patch({ columns: ['name'] })).body.errors[0].pointer).toBe('/mapping/columns');
    expect((await patch({ columns: ['name', 'occurredAt'] })).body.errors[0].pointer).toBe('/mapping/columns/1');
    expect((await patch({ columns: ['name', 'custom.__proto__'] })).status).toBe(422);
    expect((await patch({ columns: ['name', 'consent.email.lottery'] })).body.errors[0].code).toBe('unknown_topic');
    expect((await patch({ columns: ['name', 'consent.pigeon.news'] })).status).toBe(422);
  });

  describe('a run that is interrupted', () => {
    const text = `Id,Name,Email\n${Array.from({ length: 180 }, (_, at) => `K${at},Person ${at},p${at}@example.com`).join('\n')}\n`;

    /** The worker dies at its n-th write, before or after the database has done it. */
    const dyingAt = (n: number, after: boolean) => {
      let calls = 0;
      const real = Table.prototype.attempt;
      vi.spyOn(Table.prototype, 'attempt').mockImplementation(async function (this: Table, actions) {
        calls += 1;
        if (calls !== n) return real.call(this, actions);
        if (after) await real.call(this, actions);
        throw new Error('the worker was killed');
      });
    };

    it.each([
      [3, true],
      [9, true],
      [12, false],
    ])('goes on without a double after a crash at write %i (done: %s)', async (n, after) => {
      await fresh();
      const shown = await imports.inspected('customers', 'crash.csv', text);
      await world.api(workspace.keys.admin, 'POST', `/v1/imports/${shown.id}/start`);
      dyingAt(n, after);
      await world.drain();
      vi.restoreAllMocks();
      for (let minutes = 0; minutes < 4 && (await imports.get(shown.id)).state === 'running'; minutes++) {
        world.advance('PT2M');
        await world.drain();
      }
      expect(await imports.get(shown.id)).toMatchObject({ state: 'done', done: 180, counts: { created: 180 } });
      expect(new Set(customers().map(({ externalKeys }) => externalKeys[0]?.id)).size).toBe(180);
      expect(customers()).toHaveLength(180);
      expect((await imports.undo(shown.id)).counts).toMatchObject({ undone: 180 });
      expect(customers()).toEqual([]);
    });
  });
});
