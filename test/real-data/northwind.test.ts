import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import type { Customer } from '../../functions/customers/customer.ts';
import type { ImportDetail } from '../../functions/imports/import.ts';
import type { Item } from '../../functions/table/entity.ts';
import { importer } from '../_util/imports.ts';
import { describeRealData, realFile } from '../_util/real-data.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { startWorld, type World } from '../_util/world.ts';

const headers = [
  'customerID',
  'companyName',
  'contactName',
  'contactTitle',
  'address',
  'city',
  'region',
  'postalCode',
  'country',
  'phone',
  'fax',
];

describeRealData('Northwind: 91 companies with a contact each, 24 rows with a comma too many', () => {
  let world: World;
  let workspace: SeededWorkspace;
  let imports: ReturnType<typeof importer>;
  let shown: ImportDetail;

  const customers = (): Customer[] =>
    world
      .rows(`T#${workspace.tenant}#CUS#`)
      .filter((row) => row.e === 'customer' && row.ttl === undefined)
      .map((row) => customerEntity.decode(row as Item));
  const company = (id: string) =>
    customers().find(({ kind, externalKeys }) => kind === 'company' && externalKeys.some((key) => key.id === id))!;
  const contact = (id: string) => customers().find(({ externalKeys }) => externalKeys.some((key) => key.id === `${id}:contact`))!;

  const inspected = async () => {
    const found = await imports.inspected('customers', 'northwind.csv', realFile('northwind/customers.csv'));
    return imports.change(found, { repairCommas: true });
  };

  beforeAll(async () => {
    world = await startWorld();
    workspace = await world.workspace();
    imports = importer(world, workspace.keys.admin);
  });
  afterAll(() => world.stop());

  it('reads the file as UTF-8 with commas, NULL for nothing, and knows every column', async () => {
    shown = await imports.inspected('customers', 'northwind.csv', realFile('northwind/customers.csv'));
    expect(shown).toMatchObject({
      state: 'draft',
      step: 'map',
      match: 'key',
      file: { encoding: 'utf-8', delimiter: ',', header: true, nullWords: ['null'] },
    });
    expect(shown.inspection).toMatchObject({ rows: 91, ragged: 24 });
    expect(shown.inspection?.columns.map(({ header }) => header)).toEqual(headers);
    expect(shown.mapping).toMatchObject({ kind: 'company', source: 'northwind' });
    expect(shown.mapping?.columns).toEqual([
      'key',
      'name',
      'contact.name',
      'contact.jobTitle',
      'street',
      'city',
      'region',
      'postalCode',
      'country',
      'phone',
      'fax',
    ]);
  });

  it('finds the 24 rows in the dry run, shows each repaired, and leaves them out without a yes', async () => {
    shown = await imports.dryRun(shown.id);
    expect(shown.dryRun).toMatchObject({ rows: 91, companies: 67, people: 67, create: 134, failed: 24, repairable: 24 });
    expect(shown.dryRun?.repaired).toHaveLength(24);
    expect(new Set(shown.dryRun?.repaired.map(({ column }) => column))).toEqual(new Set(['address']));
    expect(shown.dryRun?.errors).toHaveLength(24);
    expect(customers()).toEqual([]);
  });

  it('imports 67 and reports 24 row errors without the repair', async () => {
    const other = await world.workspace();
    const theirs = importer(world, other.keys.admin);
    const draft = await theirs.inspected('customers', 'northwind.csv', realFile('northwind/customers.csv'));
    const done = await theirs.start(draft.id);
    expect(done).toMatchObject({ state: 'done', done: 91, total: 91, counts: { created: 134, failed: 24 } });
    const errors = await theirs.errors(draft.id);
    expect(errors).toHaveLength(24);
    expect(errors[0]).toMatch(/^8,,too_many_fields,/);
  });

  it('imports 91 companies and 91 people with the repair', async () => {
    shown = await imports.change(await imports.get(shown.id), { repairCommas: true });
    shown = await imports.dryRun(shown.id);
    expect(shown.dryRun).toMatchObject({ companies: 91, people: 91, failed: 0, repairable: 24 });
    shown = await imports.start(shown.id);
    expect(shown).toMatchObject({ state: 'done', done: 91, counts: { created: 182 }, hasErrors: false });
    expect(customers().filter(({ kind }) => kind === 'company')).toHaveLength(91);
    expect(customers().filter(({ kind }) => kind === 'person')).toHaveLength(91);
  });

  it('ties each person to the company of the row, with the job title', () => {
    const all = customers();
    for (const person of all.filter(({ kind }) => kind === 'person')) {
      const key = person.externalKeys[0]?.id.replace(':contact', '') ?? '';
      expect(all.find(({ id }) => id === person.companyId)?.externalKeys[0]).toMatchObject({ source: 'northwind', id: key });
      expect(person.jobTitle).toBeTruthy();
    }
    expect(contact('ANATR')).toMatchObject({ name: 'Ana Trujillo', jobTitle: 'Owner', companyId: company('ANATR').id });
    expect(company('ANATR').mainContactId).toBe(contact('ANATR').id);
  });

  it('keeps 69 fax numbers, every accent, and nothing where the file says NULL', () => {
    const all = customers();
    expect(all.flatMap(({ phones }) => phones).filter(({ type }) => type === 'fax')).toHaveLength(69);
    expect(company('BERGS')).toMatchObject({ name: 'Berglunds snabbköp', addresses: [{ city: 'Luleå', region: null, country: 'SE' }] });
    expect(company('ANTON')).toMatchObject({ name: 'Antonio Moreno Taquería' });
    expect(JSON.stringify(all)).not.toMatch(/NULL/);
    expect(all.filter(({ kind }) => kind === 'company').every(({ addresses }) => addresses[0]?.country)).toBe(true);
    expect(company('AROUT').addresses[0]?.country).toBe('GB');
  });

  it('keeps the address of a repaired row whole and shifts no column', () => {
    expect(company('BLONP')).toMatchObject({
      addresses: [{ lines: ['24, place Kléber'], city: 'Strasbourg', region: null, postalCode: '67000', country: 'FR' }],
      phones: [{ number: '88.60.15.31' }, { number: '88.60.15.32', type: 'fax' }],
    });
    expect(company('WELLI').addresses[0]).toMatchObject({
      lines: ['Rua do Mercado, 12'],
      city: 'Resende',
      region: 'SP',
      postalCode: '08737-363',
      country: 'BR',
    });
    const commas = customers().filter(({ addresses }) => addresses[0]?.lines[0]?.includes(','));
    expect(commas).toHaveLength(24);
    for (const { addresses, phones } of commas) {
      expect(addresses[0]?.city).toMatch(/^\p{L}[\p{L} .]+$/u);
      expect(phones[0]?.number).toMatch(/^[\d(]/);
    }
  });

  it('changes nothing when the same file is imported again', async () => {
    const before = customers();
    const second = await imports.start((await inspected()).id);
    expect(second.counts).toEqual({ skipped: 182 });
    expect(customers()).toEqual(before);
  });

  it('leaves nothing but history when it is undone', async () => {
    const undone = await imports.undo(shown.id);
    expect(undone).toMatchObject({ state: 'undone', counts: { created: 182, undone: 182 } });
    world.advance('PT1H');
    await world.drain();
    const rest = world.rows(`T#${workspace.tenant}#`).filter(({ pk }) => /#(CUS|UNIQ#key|UNIQ#company|UNIQ#person|W)#/.test(String(pk)));
    expect(rest.filter(({ sk }) => !String(sk).startsWith('H#')).map(({ pk, sk }) => `${pk} ${sk}`)).toEqual([]);
    expect(rest.length).toBeGreaterThan(0);
  });

  it('imports again after the undo', async () => {
    const again = await imports.start((await inspected()).id);
    expect(again.counts).toEqual({ created: 182 });
    expect(customers()).toHaveLength(182);
  });

  it('finds 11 companies in Germany without an interaction for 90 days, once 90 days have passed, also where nobody ever spoke to them', async () => {
    const silent = { not: { field: 'lastInteractionAt', op: 'withinLast', value: 'P90D' } };
    const where = { and: [{ field: 'country', op: 'eq', value: 'DE' }, { field: 'kind', op: 'eq', value: 'company' }, silent] };
    const ask = async (what: 'estimate' | 'count') =>
      (await world.api(workspace.keys.admin, 'POST', `/v1/segments/${what}`, { where })).body;
    expect(await ask('count')).toMatchObject({ counted: 0, examined: 182 });
    world.advance('P91D');
    expect(await ask('count')).toMatchObject({ counted: 11, examined: 182, nextCursor: null });
    expect(await ask('estimate')).toMatchObject({ estimate: 11, exact: true, standardError: 0, reachable: { found: 11, noEmail: 11 } });
    const { id } = company('ALFKI');
    await world.api(workspace.keys.admin, 'POST', `/v1/customers/${id}/interactions`, { channel: 'call', direction: 'out' });
    await world.drain();
    expect(await ask('count')).toMatchObject({ counted: 10 });
  });
});
