import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { audiencePages, audienceSize } from '../../functions/segments/audience.ts';
import { addChunk } from '../../functions/segments/membership.ts';
import type { Audience } from '../../functions/segments/segment.ts';
import { importer } from '../_util/imports.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Named = { id: string; name: string };

describeWorld('lists', () => {
  let world: World;
  let ws: SeededWorkspace;
  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.keys.admin, method, path, body, headers);
  const customer = async (name: string, more: object = {}): Promise<string> => {
    const { status, body } = await api('POST', '/v1/customers', { kind: 'person', name, ...more });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };
  const list = async (name = 'Fair'): Promise<string> => (await api('POST', '/v1/lists', { name })).body.id;
  const membersOf = async (id: string): Promise<string[]> =>
    (await api('GET', `/v1/lists/${id}/members?limit=200`)).body.data.map(({ name }: Named) => name).sort();
  const sizeOf = async (id: string): Promise<number> => (await api('GET', `/v1/lists/${id}`)).body.members;
  const mail = (address: string) => ({ emails: [{ address }] });
  const agent = async () => (await agentIn(ws.tenant, { now: world.now(), requestId: 'test' }))!;

  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());
  beforeEach(async () => {
    ws = await world.workspace();
  });

  it('take customers by hand, count each once, and let them go again', async () => {
    const [ana, ben] = [await customer('Ana'), await customer('Ben')];
    const id = await list();
    const add = (...customerIds: string[]) => api('POST', `/v1/lists/${id}/members`, { customerIds });
    const { headers } = await api('GET', `/v1/lists/${id}`);
    expect((await add(ana, ben)).body).toMatchObject({ lines: 2, added: 2, already: 0, misses: [], jobId: null });
    expect((await add(ana)).body).toMatchObject({ added: 0, already: 1 });
    const again = await api('GET', `/v1/lists/${id}`, undefined, { 'if-none-match': String(headers.etag) });
    expect(again, 'who saw it empty is told of them').toMatchObject({ status: 200, body: { members: 2, version: 1 } });
    expect((await api('PATCH', `/v1/lists/${id}`, { name: 'Fair' }, { 'if-match': String(again.headers.etag) })).status).toBe(200);
    expect(await membersOf(id)).toEqual(['Ana', 'Ben']);
    expect((await api('GET', `/v1/customers/${ana}/groups`)).body.lists).toEqual([{ id, name: 'Fair' }]);
    expect((await api('POST', `/v1/lists/${id}/members/remove`, { customerIds: [ana, ana] })).body).toEqual({ removed: 1 });
    expect(await membersOf(id)).toEqual(['Ben']);
    expect(await sizeOf(id)).toBe(1);
  });

  it('take a pasted column and tell of every line that leads to nobody, and why', async () => {
    const ana = await customer('Ana', { ...mail('Ana@Example.com'), phones: [{ number: '0917 555 0123' }] });
    await customer('Firm', { kind: 'company', ...mail('ana@example.com'), externalKeys: [{ source: 'northwind', id: 'ALFKI' }] });
    const gone = await customer('Gone', mail('gone@example.com'));
    await api('DELETE', `/v1/customers/${gone}`);
    await customer('Cy', { phones: [{ number: '+63 917 555 0199' }] });
    await customer('Household A', { phones: [{ number: '+63 2 555 0100' }] });
    await customer('Household B', { phones: [{ number: '+63 2 555 0100' }] });
    await world.drain();
    const id = await list();
    const text = [
      'e-mail',
      'ANA@example.com',
      '',
      '"northwind:ALFKI"',
      'Gone <gone@example.com>',
      'nobody@example.com',
      ana,
      '0917 555 0199',
      '+63 2 555 0100',
    ].join('\r\n');
    const { body } = await api('POST', `/v1/lists/${id}/members`, { text });
    expect(body).toMatchObject({ lines: 8, added: 3, already: 0 });
    expect(body.misses).toEqual([
      { line: 1, text: 'e-mail', reason: 'unreadable' },
      { line: 4, text: 'northwind:ALFKI', reason: 'repeated' },
      { line: 5, text: 'gone@example.com', reason: 'archived' },
      { line: 6, text: 'nobody@example.com', reason: 'not_found' },
      { line: 7, text: ana, reason: 'repeated' },
      { line: 9, text: '+63 2 555 0100', reason: 'several' },
    ]);
    expect(await membersOf(id)).toEqual(['Ana', 'Cy', 'Firm']);
    const person = await list('People');
    expect((await api('POST', `/v1/lists/${person}/members`, { text: 'ana@example.com', kind: 'person' })).body).toMatchObject({
      added: 1,
    });
    const keyed = await api('POST', `/v1/lists/${person}/members`, { text: 'ALFKI\n12345', source: 'northwind', by: 'key' });
    expect(keyed.body).toMatchObject({ added: 1, misses: [{ line: 2, reason: 'not_found' }] });
  });

  it('take what is pasted in thousands by a job, which a crash between two chunks does not count twice', async () => {
    const imports = importer(world, ws.keys.admin);
    const rows = Array.from({ length: 1_200 }, (_, at) => `Person ${at},p${at}@example.com`);
    await imports.start((await imports.inspected('customers', 'many.csv', `name,email\n${rows.join('\n')}`)).id);
    await world.drain();
    const id = await list();
    const text = rows.map((_, at) => `p${at}@example.com`).join('\n');
    const { body } = await api('POST', `/v1/lists/${id}/members`, { text });
    expect(body).toMatchObject({ lines: 1_200, added: 1_200, misses: [] });
    // The first chunk is written as by a worker that dies before it notes it.
    const { table } = await agent();
    const chunk = world.rows(`T#${ws.tenant}#JOB#${body.jobId}`).find(({ sk }) => sk === 'N#000000');
    await addChunk({ table, tenant: ws.tenant, by: null, now: world.now(), requestId: body.jobId }, id, chunk?.ids as string[]);
    await world.drain();
    expect(await sizeOf(id)).toBe(1_200);
    expect((await api('GET', `/v1/jobs/${body.jobId}`)).body).toMatchObject({ state: 'done', counts: { added: 1_200 } });
    expect((await api('GET', `/v1/lists/${id}`)).body.jobId).toBe(body.jobId);
    const audience: Audience = { include: [{ listId: id }], exclude: [] };
    expect(await audienceSize(await agent(), audience)).toBe(1_200);
  });

  it('are made of a segment as it is at that moment', async () => {
    await customer('Ana', { tags: ['vip'] });
    const ben = await customer('Ben', { tags: ['vip'] });
    await customer('Cy');
    const { body: segment } = await api('POST', '/v1/segments', { name: 'VIP', where: { field: 'tags', op: 'eq', value: 'vip' } });
    expect((await api('GET', `/v1/segments/${segment.id}/members`)).body.data.map(({ name }: Named) => name)).toEqual(['Ana', 'Ben']);
    const frozen = await api('POST', `/v1/segments/${segment.id}/freeze`, { name: 'VIP in November' });
    expect(frozen).toMatchObject({ status: 202, body: { name: 'VIP in November', members: 0 } });
    await world.drain();
    await api('PATCH', `/v1/customers/${ben}`, { tags: [] }, { 'if-match': '"1"' });
    expect(await membersOf(frozen.body.id)).toEqual(['Ana', 'Ben']);
    expect(await sizeOf(frozen.body.id)).toBe(2);
    expect((await api('GET', `/v1/segments/${segment.id}/members`)).body.data.map(({ name }: Named) => name)).toEqual(['Ana']);
    const groups = (await api('GET', `/v1/customers/${ben}/groups`)).body;
    expect(groups).toMatchObject({ segments: [], lists: [{ name: 'VIP in November' }], complete: true });
  });

  it('lose a customer whose import is undone', async () => {
    const imports = importer(world, ws.keys.admin);
    const done = await imports.start(
      (await imports.inspected('customers', 'two.csv', 'name,email\nAna,ana@example.com\nBen,ben@example.com')).id,
    );
    await world.drain();
    const id = await list();
    await api('POST', `/v1/lists/${id}/members`, { text: 'ana@example.com\nben@example.com' });
    expect(await sizeOf(id)).toBe(2);
    await api('POST', `/v1/imports/${done.id}/undo`);
    await world.drain();
    expect(await membersOf(id)).toEqual([]);
    expect(await sizeOf(id)).toBe(0);
    expect(world.rows(`T#${ws.tenant}#CUS#`).filter(({ sk }) => String(sk).startsWith('LST#'))).toEqual([]);
  });

  it('that are put away take nobody on, and come back with everybody on them', async () => {
    const ana = await customer('Ana');
    const id = await list();
    await api('POST', `/v1/lists/${id}/members`, { customerIds: [ana] });
    expect((await api('DELETE', `/v1/lists/${id}`)).status).toBe(200);
    expect((await api('POST', `/v1/lists/${id}/members`, { customerIds: [ana] })).body.code).toBe('already_archived');
    expect((await api('GET', `/v1/customers/${ana}/groups`)).body.lists).toEqual([]);
    await world.drain();
    expect((await api('GET', '/v1/lists')).body.data).toEqual([]);
    expect((await api('POST', `/v1/lists/${id}/restore`)).body).toMatchObject({ members: 1, archivedAt: null });
  });

  describe('and segments as audiences', () => {
    it('are read page by page, each customer once, less the exclusions, from any cursor on', async () => {
      const ids: string[] = [];
      for (let at = 0; at < 30; at++) ids.push(await customer(`C${at}`, { tags: at % 2 ? ['odd'] : ['even'] }));
      const [a, b] = [await list('A'), await list('B')];
      await api('POST', `/v1/lists/${a}/members`, { customerIds: ids.slice(0, 20) });
      await api('POST', `/v1/lists/${b}/members`, { customerIds: ids.slice(10, 30) });
      const odd = { where: { field: 'tags', op: 'eq', value: 'odd' } as const };
      const walk = async (audience: Audience, pageSize: number): Promise<string[]> => {
        const found: string[] = [];
        let cursor: string | null | undefined;
        // Every page is read by a reader of its own, as after a crash.
        for (let pages = 0; pages < 100; pages++) {
          const { value } = await audiencePages(await agent(), audience, { cursor, pageSize }).next();
          if (!value) break;
          found.push(...value.customers.map(({ id }: { id: string }) => id));
          cursor = value.cursor;
          if (cursor === null) break;
        }
        return found;
      };
      for (const pageSize of [3, 7, 1_000]) {
        expect((await walk({ include: [{ listId: a }, { listId: b }], exclude: [] }, pageSize)).sort()).toEqual(ids);
        expect((await walk({ include: [{ listId: a }], exclude: [odd] }, pageSize)).sort()).toEqual(
          ids.slice(0, 20).filter((_, at) => at % 2 === 0),
        );
        expect((await walk({ include: [odd, { listId: b }], exclude: [{ listId: a }] }, pageSize)).sort()).toEqual(ids.slice(20));
      }
    });

    it('have their size told in steps, with a cursor between them', async () => {
      for (let at = 0; at < 5; at++) await customer(`C${at}`);
      await world.drain();
      const where = { field: 'name', op: 'startsWith', value: 'C' };
      expect((await api('POST', '/v1/segments/count', { where })).body).toMatchObject({
        counted: 5,
        examined: 5,
        total: 5,
        nextCursor: null,
      });
      expect((await api('POST', '/v1/segments/count', { where, cursor: 'nonsense' })).body.code).toBe('invalid_cursor');
      expect((await api('POST', '/v1/segments/count', {})).body.code).toBe('invalid_input');
    });
  });
});
