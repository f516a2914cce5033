import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

describeWorld('customers over HTTP', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  const ana = {
    kind: 'person',
    name: 'Ana Trujillo',
    emails: [{ address: 'ana@trujillo.example', label: 'work', primary: true }],
    phones: [{ number: '0917 555 0123', type: 'mobile' }],
    addresses: [{ lines: ['Avda. de la Constitución 2222'], city: 'México D.F.', country: 'PH' }],
  };

  it('creates a customer, finds her by word, phone and e-mail, and shows her in the list', async () => {
    const made = await world.api(ws.keys.admin, 'POST', '/v1/customers', ana);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.headers.etag).toBe('"1"');
    expect(made.headers.location).toBe(`/v1/customers/${made.body.id}`);
    expect(made.body.phones[0].e164).toBe('+639175550123');
    await world.drain();
    for (const text of ['trujillo', 'ANA tru', 'constitucion', '0917', '+63 917 555 0123', 'ana@trujillo.example']) {
      const found = await world.api(ws.keys.admin, 'POST', '/v1/customers/find', { text });
      expect(
        found.body.data?.map((hit: { name: string }) => hit.name),
        text,
      ).toEqual(['Ana Trujillo']);
    }
    const list = await world.api(ws.keys.admin, 'GET', '/v1/customers?lifecycle=prospect&include=activity');
    expect(list.status, JSON.stringify(list.body)).toBe(200);
    expect(list.body.data).toMatchObject([
      { name: 'Ana Trujillo', email: 'ana@trujillo.example', city: 'México D.F.', activity: { interactions: 0 } },
    ]);
  });

  it('lists only the fields that are asked for, and says which there are', async () => {
    const list = (fields: string) => world.api(ws.keys.admin, 'GET', `/v1/customers?fields=${fields}`);
    const { body } = await list('name,email');
    expect(body.data).toEqual([{ id: expect.stringMatching(/^cus_/), name: 'Ana Trujillo', email: 'ana@trujillo.example' }]);
    expect(body.page.examined).toBe(1);
    const { body: members } = await world.api(ws.keys.service, 'GET', '/v1/members?limit=1&fields=name');
    expect(Object.keys(members.data[0])).toEqual(['id', 'name']);
    const refused = await list('name,password');
    expect(refused.body.errors).toMatchObject([{ pointer: '/query/fields', code: 'unknown_field' }]);
  });

  it('refuses a second customer with the same e-mail and says who is there', async () => {
    const again = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
      ...ana,
      name: 'Another',
      emails: [{ address: ' ANA@trujillo.example ' }],
    });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ code: 'duplicate', existing: [{ matchedOn: 'email', archived: false, visible: true }] });
    const returned = await world.api(ws.keys.admin, 'POST', '/v1/customers?onDuplicate=return', ana);
    expect(returned.status).toBe(200);
    expect(returned.body.name).toBe('Ana Trujillo');
  });

  it('names every wrong field at once and changes nothing', async () => {
    const before = world.storeHash();
    const bad = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
      kind: 'robot',
      name: '',
      tenant: 'x',
      emails: [{ address: 'no' }],
      timeZone: 'Mars/Olympus',
      custom: { huge: 2 ** 60, tiny: 1e-300 },
    });
    expect(bad.status).toBe(422);
    expect(bad.body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/custom/huge',
      '/custom/tiny',
      '/emails/0/address',
      '/kind',
      '/name',
      '/tenant',
      '/timeZone',
    ]);
    expect(world.storeHash()).toBe(before);
  });

  it('lets two people change different fields at once, and tells the third which field he is late for', async () => {
    const made = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'company', name: 'Batis Test' })).body;
    const path = `/v1/customers/${made.id}`;
    expect((await world.api(ws.keys.admin, 'PATCH', path, { tags: ['vip'] })).status).toBe(428);
    expect((await world.api(ws.keys.admin, 'PATCH', path, { tags: ['vip'] }, { 'if-match': '"1"' })).body.version).toBe(2);
    expect((await world.api(ws.keys.admin, 'PATCH', path, { name: 'Batis' }, { 'if-match': 'W/"1"' })).body.version).toBe(3);
    const late = await world.api(ws.keys.admin, 'PATCH', path, { tags: [] }, { 'if-match': '"1"' });
    expect(late.status).toBe(412);
    expect(late.headers.etag ?? late.headers.ETag).toBe('"3"');
    expect(late.body.fields).toEqual(['tags']);
  });

  it('answers a repeated key with the first answer, and another body under it with a refusal', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const body = { kind: 'person', name: 'Once Only' };
    const first = await world.api(ws.keys.admin, 'POST', '/v1/customers', body, headers);
    const second = await world.api(ws.keys.admin, 'POST', '/v1/customers', body, headers);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers['Idempotency-Replayed'] ?? second.headers['idempotency-replayed']).toBe('true');
    expect(second.body.id).toBe(first.body.id);
    const other = await world.api(ws.keys.admin, 'POST', '/v1/customers', { ...body, name: 'Twice' }, headers);
    expect(other.body.code).toBe('idempotency_mismatch');
  });

  it('keeps the history of a customer, field by field, and counts each change once', async () => {
    const made = (await world.api(ws.keys.manager, 'POST', '/v1/customers', { kind: 'person', name: 'Maria' })).body;
    await world.api(ws.keys.manager, 'POST', `/v1/customers/${made.id}/lifecycle`, { lifecycle: 'active' });
    await world.api(ws.keys.manager, 'DELETE', `/v1/customers/${made.id}`);
    await world.api(ws.keys.manager, 'POST', `/v1/customers/${made.id}/restore`);
    await world.drain();
    const history = await world.api(ws.keys.manager, 'GET', `/v1/customers/${made.id}/history`);
    expect(history.body.data.map((entry: { action: string }) => entry.action)).toEqual(['restored', 'archived', 'changed', 'created']);
    expect(history.body.data[2]).toMatchObject({
      actorId: ws.members.manager.id,
      via: 'key',
      version: 2,
      changes: [{ field: 'lifecycle', from: 'prospect', to: 'active' }],
    });
  });

  it('logs an interaction, keeps the customer unchanged by it, and shows both in the 360', async () => {
    const made = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Liza' })).body;
    const path = `/v1/customers/${made.id}/interactions`;
    const complaint = await world.api(ws.keys.service, 'POST', path, {
      channel: 'call',
      direction: 'in',
      reason: 'complaint',
      subject: 'Leaking cartridge',
    });
    expect(complaint.status, JSON.stringify(complaint.body)).toBe(201);
    await world.drain();
    const before = await world.api(ws.keys.service, 'GET', `/v1/customers/${made.id}/overview`);
    expect(before.status, JSON.stringify(before.body)).toBe(200);
    expect(before.body.timeline.data[0].interaction).toMatchObject({ subject: 'Leaking cartridge', unanswered: true });
    expect(before.body.customer.version).toBe(1);
    world.advance('PT1H');
    await world.api(ws.keys.service, 'POST', path, { channel: 'email', direction: 'out', outcome: 'answered' });
    await world.drain();
    const after = await world.api(ws.keys.service, 'GET', `/v1/customers/${made.id}/overview`);
    expect(after.body.timeline.data.map((entry: { interaction: { unanswered: boolean } }) => entry.interaction.unanswered)).toEqual([
      false,
      false,
    ]);
    expect(after.body.activity).toMatchObject({ interactions: 2, byChannel: { call: 1, email: 1 } });
  });

  it('finds by a phone number whoever has that very number, in any national form, and nobody by the beginning of one or by a word', async () => {
    const body = { kind: 'person', name: 'Noy Lookup', phones: [{ number: '+66 2 555 0199' }] };
    const made = (await world.api(ws.keys.admin, 'POST', '/v1/customers', body)).body;
    await world.drain();
    const lookUp = async (phone: string) => {
      const { body: found } = await world.api(ws.keys.admin, 'POST', '/v1/customers/lookup', { phone });
      return found.data.map(({ id }: { id: string }) => id);
    };
    for (const phone of ['+66 2 555 0199', '02 555 0199', '(02) 555-0199']) expect(await lookUp(phone), phone).toEqual([made.id]);
    for (const phone of ['Noy', '+66 2 555', '555']) expect(await lookUp(phone), phone).toEqual([]);
  });

  it('takes an address with a domain of any script for the mailbox that it is', async () => {
    const post = (address: string) =>
      world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'IDN', emails: [{ address }] });
    const made = await post('noy@ตัวอย่าง.example');
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body.emails[0].address).toMatch(/^noy@xn--[a-z0-9-]+\.example$/);
    expect((await post('NOY@ตัวอย่าง.EXAMPLE')).status).toBe(409);
    const { body: found } = await world.api(ws.keys.admin, 'POST', '/v1/customers/lookup', { email: 'noy@ตัวอย่าง.example' });
    expect(found.data).toMatchObject([{ id: made.body.id }]);
    for (const address of ['noy@ตัว อย่าง.example', 'noy@ตัวอย่าง', '@ตัวอย่าง.example', 'noy@ตัวอย่าง.example/x'])
      expect((await post(address)).body.errors?.[0]?.pointer, address).toBe('/emails/0/address');
  });

  it('changes by an external key what the body names, and leaves what the staff or another source wrote', async () => {
    const path = '/v1/customers/by/erp/4711';
    const put = (body: object) => world.api(ws.keys.admin, 'PUT', path, { kind: 'person', name: 'Sync', ...body });
    const made = await put({ externalKeys: [{ source: 'shop', id: '9' }], tags: ['vip'], jobTitle: 'Owner' });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const pause = { preferences: { pausedUntil: '2036-01-01T00:00:00.000Z', topics: ['news'] } };
    await world.api(ws.keys.admin, 'PATCH', `/v1/customers/${made.body.id}`, pause, { 'if-match': '"1"' });
    const synced = await put({ name: 'Sync again', jobTitle: null });
    expect(synced.status).toBe(200);
    expect(synced.body).toMatchObject({ name: 'Sync again', jobTitle: null, tags: ['vip'], preferences: pause.preferences });
    const keys = synced.body.externalKeys.map(({ source, id }: { source: string; id: string }) => `${source}/${id}`);
    expect(keys.sort()).toEqual(['erp/4711', 'shop/9']);
    const { body: same } = await put({ name: 'Sync again' });
    expect(same.version).toBe(synced.body.version);
    expect((await put({ kind: 'company' })).body.errors[0].code).toBe('kind_differs');
  });

  it('names everybody who holds what a new customer claims, each once', async () => {
    const first = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
      kind: 'person',
      name: 'Holder of an address',
      emails: [{ address: 'held@batis.example' }],
    });
    const externalKeys = [{ source: 'shop', id: 'held' }];
    const second = await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'company', name: 'Holder of a key', externalKeys });
    const refused = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
      kind: 'person',
      name: 'Third',
      emails: [{ address: 'held@batis.example' }],
      externalKeys,
    });
    expect(refused.status).toBe(409);
    expect(refused.body.existing).toMatchObject([
      { id: first.body.id, matchedOn: 'email' },
      { id: second.body.id, matchedOn: 'externalKey' },
    ]);
  });

  it('takes no time that has not come, that no id tells, or that no year of four digits has', async () => {
    const made = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Untimely' })).body;
    const log = (body: object) => world.api(ws.keys.admin, 'POST', `/v1/customers/${made.id}/interactions`, { channel: 'call', ...body });
    expect((await log({ answeredAt: '2099-01-01T00:00:00Z' })).body.errors).toMatchObject([{ pointer: '/answeredAt', code: 'in_future' }]);
    for (const occurredAt of ['1969-12-31T23:59:59Z', '0001-01-01T00:00:00Z'])
      expect((await log({ occurredAt })).body.errors, occurredAt).toMatchObject([{ pointer: '/occurredAt', code: 'too_early' }]);
    for (const at of ['0000-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00']) {
      const consent = { status: 'granted', source: 'paper', at };
      const { body } = await world.api(ws.keys.admin, 'PUT', `/v1/customers/${made.id}/consents/email/news`, consent);
      expect(body.errors, at).toMatchObject([{ pointer: '/at' }]);
    }
  });

  it('keeps a workspace’s customers from a key of another', async () => {
    const other = await world.workspace();
    const made = (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Walled' })).body;
    const [stranger, absent] = await Promise.all([
      world.api(other.keys.admin, 'GET', `/v1/customers/${made.id}`),
      world.api(other.keys.admin, 'GET', '/v1/customers/cus_00000000000000000000000000'),
    ]);
    const bare = ({ requestId: _r, instance: _i, ...rest }: Record<string, unknown>) => rest;
    expect(stranger.status).toBe(404);
    expect(bare(stranger.body)).toEqual(bare(absent.body));
  });
});
