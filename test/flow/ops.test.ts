import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpsRequest } from '../../functions/workflows/ops.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
// biome-ignore lint/suspicious/noExplicitAny: each act answers another shape, and a test knows which
const ops = (request: OpsRequest) => world.invoke('ops', request) as Promise<any>;

describeWorld('the operator', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('makes a workspace with its admin, who signs in with a token of hers', async () => {
    const made = await ops({
      do: 'createWorkspace',
      id: 'ops00001',
      name: 'Batis',
      country: 'PH',
      currency: 'PHP',
      teams: ['Manila'],
      admin: { name: 'Grace', email: 'Grace@batis.example', language: 'en', timeZone: null },
    });
    expect(made.problem, JSON.stringify(made)).toBeUndefined();
    expect(made.workspace).toMatchObject({ id: 'ops00001', name: 'Batis', status: 'active' });
    expect(made.admin).toMatchObject({ email: 'grace@batis.example', role: 'admin', status: 'active' });
    expect(made.admin.sub).toBeUndefined();
    const row = world.rows('T#ops00001#MEM')[0] as { su?: string; sub?: string };
    const token = await world.token({ sub: String(row.sub ?? row.su), tenant: 'ops00001' });
    expect((await world.api(token, 'GET', '/v1/customers')).status).toBe(200);
  });

  it('refuses a second workspace of the same id, and leaves the first as it was', async () => {
    const before = world.storeHash('ops00001');
    const again = await ops({ do: 'createWorkspace', id: 'ops00001', name: 'Another' });
    expect(again.problem).toMatchObject({ code: 'duplicate', errors: [{ pointer: '/id' }] });
    expect(world.storeHash('ops00001')).toBe(before);
  });

  it('adds members of any role to their teams, a person of another workspace too', async () => {
    const jun = await ops({
      do: 'addMember',
      tenant: 'ops00001',
      name: 'Jun',
      email: 'jun@batis.example',
      role: 'sales',
      teams: ['manila'],
      language: 'fil',
      timeZone: null,
    });
    expect(jun.member).toMatchObject({ role: 'sales', teams: [expect.stringMatching(/^tea_/)] });
    const other = await ops({
      do: 'createWorkspace',
      name: 'Second',
      admin: { name: 'Jun', email: 'jun@batis.example', language: null, timeZone: null },
    });
    expect(other.workspace.id).toMatch(/^[a-z0-9]{8}$/);
    expect(other.admin.id).not.toBe(jun.member.id);
  });

  it('makes an API key whose text works at once and is stored nowhere', async () => {
    const made = await ops({ do: 'createApiKey', tenant: 'ops00001', email: 'grace@batis.example', name: 'first key' });
    expect(made.key).toMatch(/^suki_ops00001_[0-9A-Z]{10}_/);
    expect(made.apiKey.hash).toBeUndefined();
    expect((await world.api(made.key, 'GET', '/v1/customers')).status).toBe(200);
    expect(JSON.stringify(world.rows())).not.toContain(made.key.split('_')[3]);
  });

  it('lists the workspaces of the stage', async () => {
    const { workspaces } = await ops({ do: 'listWorkspaces' });
    expect(workspaces.map(({ name }: { name: string }) => name).sort()).toEqual(['Batis', 'Second']);
  });

  it('names every wrong field, and makes no member of a workspace that is none', async () => {
    const bad = await ops({ do: 'addMember', tenant: 'NO', name: '', email: 'no', role: 'boss', teams: [] } as unknown as OpsRequest);
    expect(bad.problem.code).toBe('invalid_input');
    expect(bad.problem.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['/tenant', '/name', '/email', '/role']),
    );
    const before = world.storeHash();
    const lost = await ops({
      do: 'addMember',
      tenant: 'nowhere1',
      name: 'X',
      email: 'x@batis.example',
      role: 'sales',
      language: null,
      timeZone: null,
    });
    expect(lost.problem.code).toBe('not_found');
    expect(world.storeHash()).toBe(before);
    const unknown = await ops({
      do: 'addMember',
      tenant: 'ops00001',
      name: 'X',
      email: 'x@batis.example',
      role: 'sales',
      teams: ['Atlantis'],
      language: null,
      timeZone: null,
    });
    expect(unknown.problem.errors[0].pointer).toBe('/teams/0');
  });

  it('writes its acts into the history of what it made', async () => {
    await world.drain();
    const history = world.rows('T#ops00001#').filter(({ sk }) => String(sk).startsWith('H#'));
    expect(history.length).toBeGreaterThan(0);
    expect(history.every(({ vi }) => vi === 'ops')).toBe(true);
  });
});
