import { afterAll, beforeAll, expect, it } from 'vitest';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import { importer } from '../_util/imports.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

const names = ['สมชาย ใจดี', 'محمد علی', 'Frédérique Citeaux', '=HYPERLINK("http://evil")', ' +1+1', '＝2+2', "'=3", 'Nuñez, "Bebot"'];

describeWorld('exports of a filtered list', () => {
  let world: World;
  let workspace: SeededWorkspace;

  const exported = async (key: string, body: object): Promise<{ text: string; status: number; headers: Headers }> => {
    const created = await world.api(key, 'POST', '/v1/exports', body);
    expect(created.status, JSON.stringify(created.body)).toBe(202);
    await world.drain();
    const { body: done } = await world.api(key, 'GET', `/v1/exports/${created.body.id}`);
    expect(done).toMatchObject({ state: 'done' });
    const file = await fetch(done.file.url);
    return { text: Buffer.from(await file.arrayBuffer()).toString('utf8'), status: file.status, headers: file.headers };
  };
  const lines = (text: string) => text.replace(/\r\n$/, '').split('\r\n');

  beforeAll(async () => {
    world = await startWorld();
    workspace = await world.workspace({ fields: [{ key: 'tier', label: 'Tier', kind: 'choice', choices: ['gold', 'silver'] }] });
    for (const [at, name] of names.entries()) {
      const { status } = await world.api(workspace.keys.admin, 'POST', '/v1/customers', {
        kind: 'person',
        name: name.trim(),
        emails: [{ address: `person${at}@example.com` }],
        phones: [{ number: '+63 917 555 0101', type: 'mobile' }],
        addresses: [{ lines: ['Unit 4', '12 Mabini St'], city: at % 2 ? 'Lahore' : 'Chiang Mai', country: at % 2 ? 'PK' : 'TH' }],
        custom: { tier: at % 2 ? 'gold' : 'silver' },
        tags: ['wholesale', 'vip'],
      });
      expect(status).toBe(201);
    }
    await world.drain();
  });
  afterAll(() => world.stop());

  it('begins with a byte order mark, so that Excel reads Thai, Urdu and French as they are', async () => {
    const { text, status, headers } = await exported(workspace.keys.admin, { target: 'customers' });
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="customers-\d{4}-\d{2}-\d{2}\.csv"/);
    expect(text.startsWith('\uFEFFsukiId,kind,name,')).toBe(true);
    for (const name of ['สมชาย ใจดี', 'محمد علی', 'Frédérique Citeaux']) expect(text).toContain(name);
    expect(lines(text)[0]?.endsWith(',tier')).toBe(true);
  });

  it('leaves no cell that a spreadsheet would calculate', async () => {
    const { text } = await exported(workspace.keys.admin, { target: 'customers', columns: ['name', 'mobile'], custom: false });
    for (const line of lines(text).slice(1)) expect(line).not.toMatch(/^"?[\s\uFEFF]*[=+\-@＝＋]/);
    expect(text).toContain(`'+63 917 555 0101`);
  });

  it('holds the rows of the filter only', async () => {
    const where = { and: [{ field: 'country', op: 'eq', value: 'TH' }] };
    const { text } = await exported(workspace.keys.admin, { target: 'customers', where, columns: ['name'], custom: false });
    expect(lines(text)).toHaveLength(1 + names.length / 2);
  });

  it('holds the archived customers where the list shows those', async () => {
    const { body: made } = await world.api(workspace.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Gone Away' });
    await world.api(workspace.keys.admin, 'DELETE', `/v1/customers/${made.id}`);
    const asked = { target: 'customers', archived: true, columns: ['name'], custom: false };
    expect(lines((await exported(workspace.keys.admin, asked)).text)).toEqual(['\uFEFFname', 'Gone Away']);
    expect(lines((await exported(workspace.keys.admin, { ...asked, scope: 'own' })).text)).toHaveLength(1);
    const sorted = await world.api(workspace.keys.admin, 'POST', '/v1/exports', { ...asked, sort: 'createdAt' });
    expect(sorted.body.code).toBe('filter_not_served');
  });

  it('gives every value back when it is imported again', async () => {
    const { text } = await exported(workspace.keys.admin, { target: 'customers' });
    const other = await world.workspace({ fields: [{ key: 'tier', label: 'Tier', kind: 'choice', choices: ['gold', 'silver'] }] });
    const imports = importer(world, other.keys.admin);
    const shown = await imports.inspected('customers', 'again.csv', text);
    expect(shown.mapping?.columns.filter((field) => field === null)).toHaveLength(2);
    const done = await imports.start(shown.id);
    expect(done).toMatchObject({ counts: { created: names.length }, hasErrors: false });
    await world.drain();
    const again = await exported(other.keys.admin, { target: 'customers' });
    const withoutIds = (file: string) => lines(file).map((line) => line.replace(/^\uFEFF?[^,]*,/, '').replace(/\d{4}-\d\d-\d\dT[^,]*/, ''));
    expect(withoutIds(again.text)).toEqual(withoutIds(text));
  });

  it('finds the same customers by their e-mail when the file comes back to where it was made, and changes nothing', async () => {
    const { text } = await exported(workspace.keys.admin, { target: 'customers' });
    const imports = importer(world, workspace.keys.admin);
    const done = await imports.start((await imports.inspected('customers', 'again.csv', text)).id);
    expect(done.counts).toEqual({ skipped: names.length });
  });

  it('exports interactions with the name of their customer', async () => {
    const { body } = await world.api(workspace.keys.admin, 'POST', '/v1/customers', { kind: 'company', name: 'Jollibee' });
    await world.api(workspace.keys.admin, 'POST', `/v1/customers/${body.id}/interactions`, {
      channel: 'call',
      direction: 'in',
      reason: 'complaint',
      subject: '=cold',
    });
    const { text } = await exported(workspace.keys.admin, { target: 'interactions', columns: ['customer', 'channel', 'subject'] });
    expect(lines(text)).toEqual(['\uFEFFcustomer,channel,subject', `Jollibee,call,'=cold`]);
  });

  it('holds who is in a segment now, or on a list, and nobody else', async () => {
    const { admin, marketing, sales } = workspace.keys;
    const where = { field: 'country', op: 'eq', value: 'PK' };
    const segment = (await world.api(admin, 'POST', '/v1/segments', { name: 'Pakistan', where })).body;
    const asked = { target: 'customers', columns: ['name'], custom: false };
    const inSegment = lines((await exported(marketing, { ...asked, segmentId: segment.id })).text);
    expect(inSegment).toHaveLength(1 + names.length / 2);
    expect(inSegment).toContain('محمد علی');
    const list = (await world.api(admin, 'POST', '/v1/lists', { name: 'Two' })).body;
    const [first, second] = (await world.api(admin, 'GET', '/v1/customers?country=TH&limit=2')).body.data;
    await world.api(admin, 'POST', `/v1/lists/${list.id}/members`, { customerIds: [first.id, second.id] });
    expect(lines((await exported(admin, { ...asked, listId: list.id })).text)).toHaveLength(3);
    expect((await world.api(sales, 'POST', '/v1/exports', { ...asked, segmentId: segment.id })).status).toBe(403);
    expect((await world.api(admin, 'POST', '/v1/exports', { ...asked, segmentId: segment.id, listId: list.id })).status).toBe(422);
    const own = (await world.api(admin, 'POST', '/v1/segments', { name: 'Own', where, shared: false })).body;
    expect((await world.api(workspace.keys.analyst, 'POST', '/v1/exports', { ...asked, segmentId: own.id })).status).toBe(404);
  });

  it('holds who was in a run and what became of each, by state', async () => {
    const ws = await world.workspace();
    const place = { tenant: ws.tenant, now: world.now() };
    await peopleIn(place, 2);
    await peopleIn(place, 1, { addressOf: () => 'silent@people.example', topic: 'another' });
    const campaign = await campaignIn(place, 'readers');
    const run = await runOf(place, campaign);
    await world.drain();
    world.advance('PT2M');
    await world.drain();
    const columns = ['customer', 'address', 'state', 'skipped'];
    const all = lines((await exported(ws.keys.admin, { target: 'recipients', run, columns })).text);
    expect(all[0]).toBe('\uFEFFcustomer,address,state,skipped');
    expect(all.slice(1).sort()).toEqual([
      'Reader 0,reader0@people.example,delivered,',
      'Reader 0,silent@people.example,skipped,no_consent',
      'Reader 1,reader1@people.example,delivered,',
    ]);
    expect(lines((await exported(ws.keys.analyst, { target: 'recipients', run, state: 'skipped', columns })).text)).toHaveLength(2);
    expect((await world.api(ws.keys.marketing, 'POST', '/v1/exports', { target: 'recipients', run })).status).toBe(403);
    expect((await world.api(ws.keys.admin, 'POST', '/v1/exports', { target: 'recipients' })).status).toBe(422);
  });

  it('holds the letters of a run with the address and the text of each', async () => {
    const ws = await world.workspace();
    const person = (name: string, addresses: object[]) =>
      world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name, salutation: 'Ms', addresses });
    await person('Bea', [{ lines: ['Unit 4', '12 Mabini St'], city: 'Cebu', postalCode: '6000', country: 'PH' }]);
    await person('Cora', []);
    await world.drain();
    const content = {
      ...{ senderId: null, surveyId: null, topic: 'transactional', fallbackLanguage: 'en' },
      variants: [{ key: 'A', weight: 1, texts: { en: { subject: null, body: 'Dear {{customer.name}}' } } }],
    };
    const place = { tenant: ws.tenant, now: world.now() };
    const campaign = await campaignIn(place, 'Letters', { channel: 'letter', content });
    const run = await runOf(place, campaign);
    await world.drain();
    world.advance('PT2M');
    await world.drain();
    const columns = ['salutation', 'name', 'street', 'postalCode', 'city', 'country', 'text'];
    const { text } = await exported(ws.keys.marketing, { target: 'letters', run, columns });
    expect(text).toBe(
      '\uFEFFsalutation,name,street,postalCode,city,country,text\r\nMs,Bea,"Unit 4\n12 Mabini St",6000,Cebu,PH,Dear Bea\r\n',
    );
  });

  it('is nobody else’s to see, and refused to who may not export', async () => {
    const { body } = await world.api(workspace.keys.admin, 'POST', '/v1/exports', { target: 'customers' });
    expect((await world.api(workspace.keys.manager, 'GET', `/v1/exports/${body.id}`)).status).toBe(404);
    expect((await world.api(workspace.keys.sales, 'GET', `/v1/exports/${body.id}`)).status).toBe(404);
    expect((await world.api(workspace.keys.sales, 'POST', '/v1/exports', { target: 'customers' })).status).toBe(403);
    expect((await world.api(workspace.keys.manager, 'POST', '/v1/exports', { target: 'interactions' })).status).toBe(403);
    await world.drain();
  });

  it('refuses a filter on what a list does not serve, at once', async () => {
    const { status, body } = await world.api(workspace.keys.admin, 'POST', '/v1/exports', {
      target: 'customers',
      where: { field: 'updatedAt', op: 'gt', value: '2020-01-01' },
    });
    expect(status).toBe(422);
    expect(body.code).toBe('filter_not_served');
  });
});
