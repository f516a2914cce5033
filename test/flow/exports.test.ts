import { afterAll, beforeAll, expect, it } from 'vitest';
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

  it('is nobody else’s to see, and refused to who may not export', async () => {
    const { body } = await world.api(workspace.keys.admin, 'POST', '/v1/exports', { target: 'customers' });
    expect((await world.api(workspace.keys.manager, 'GET', `/v1/exports/${body.id}`)).status).toBe(404);
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
