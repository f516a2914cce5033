import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

describeWorld('files and photos of an interaction', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  const photo = { name: 'leak "โฟโต้".jpg', bytes: 5, type: 'image/jpeg' };

  it('goes straight to the bucket by a form and comes back as a file', async () => {
    const { id } = (await world.api(ws.keys.service, 'POST', '/v1/customers', { kind: 'person', name: 'Noor' })).body;
    const form = (await world.api(ws.keys.service, 'POST', `/v1/customers/${id}/attachments`, photo)).body;
    const body = new FormData();
    for (const [name, value] of Object.entries(form.fields)) body.append(name, String(value));
    body.append('file', new Blob(['water']));
    expect((await fetch(form.url, { method: 'POST', body })).status).toBe(204);
    const said = { channel: 'visit', direction: 'in', attachments: [{ id: form.id, ...photo }] };
    const logged = await world.api(ws.keys.service, 'POST', `/v1/customers/${id}/interactions`, said);
    expect(logged.status, JSON.stringify(logged.body)).toBe(201);
    const link = await world.api(ws.keys.service, 'GET', `/v1/customers/${id}/interactions/${logged.body.id}/attachments/${form.id}`);
    const file = await fetch(link.body.url);
    expect(await file.text()).toBe('water');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="leak _______.jpg"; filename\*=UTF-8''leak%20/);
  });

  it('is refused where nothing was uploaded, and then nothing is logged', async () => {
    const { id } = (await world.api(ws.keys.service, 'POST', '/v1/customers', { kind: 'person', name: 'Faiz' })).body;
    const before = world.storeHash();
    const said = { channel: 'visit', attachments: [{ id: 'att_00000000000000000000000000', ...photo }] };
    const refused = await world.api(ws.keys.service, 'POST', `/v1/customers/${id}/interactions`, said);
    expect(refused.body.errors).toMatchObject([{ pointer: '/attachments/0/id', code: 'not_uploaded' }]);
    expect(world.storeHash()).toBe(before);
  });
});
