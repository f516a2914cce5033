import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

describeWorld('the workspace, its members and its keys', () => {
  let world: World;
  let workspace: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    workspace = await world.workspace();
  });
  afterAll(() => world?.stop());

  const as = (role: keyof SeededWorkspace['keys']) => workspace.keys[role];
  const api = (role: keyof SeededWorkspace['keys'], method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(as(role), method, path, body, headers);

  it('tells who is signed in, where, and what she may do', async () => {
    const { status, body } = await api('sales', 'GET', '/v1/me');
    expect(status).toBe(200);
    expect(body.member).toMatchObject({ id: workspace.members.sales.id, role: 'sales' });
    expect(body.workspace.id).toBe(workspace.tenant);
    expect(body.permissions).toMatchObject({ 'customers:read': 'team', 'customers:write': 'own' });
    expect(body.permissions['members:write']).toBeUndefined();
  });

  it('changes a setting by who read the newest version, and refuses who read an older one of the same field', async () => {
    const { body: before } = await api('admin', 'GET', '/v1/workspace');
    const first = await api('admin', 'PATCH', '/v1/workspace', { currency: 'EUR' }, { 'if-match': `"${before.version}"` });
    expect([first.status, first.body.currency]).toEqual([200, 'EUR']);
    const other = await api('admin', 'PATCH', '/v1/workspace', { country: 'FR' }, { 'if-match': `"${before.version}"` });
    expect(other.status).toBe(200);
    const stale = await api('admin', 'PATCH', '/v1/workspace', { currency: 'USD' }, { 'if-match': `"${before.version}"` });
    expect([stale.status, stale.body.fields]).toEqual([412, ['currency']]);
  });

  it('takes no consent topic with a #', async () => {
    const { status, body } = await api('admin', 'PATCH', '/v1/workspace', { consentTopics: ['a#b'] }, { 'if-match': '"9"' });
    expect([status, body.errors[0].pointer]).toEqual([422, '/consentTopics/0']);
  });

  it('shows names to the staff and all fields to who manages members', async () => {
    const names = await api('sales', 'GET', '/v1/members');
    expect(Object.keys(names.body.data[0]).sort()).toEqual(['id', 'name', 'status']);
    const all = await api('manager', 'GET', '/v1/members');
    expect(all.body.data[0]).toHaveProperty('email');
    expect(JSON.stringify(all.body)).not.toContain('"sub"');
    expect((await api('partner', 'GET', '/v1/members')).status).toBe(403);
  });

  it('invites somebody, who finds the workspace by her next token', async () => {
    const made = await api(
      'admin',
      'POST',
      '/v1/members',
      { name: 'Liza', email: 'Liza@Example.com', role: 'sales', teams: [workspace.teamId] },
      { 'idempotency-key': 'liza' },
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email: 'liza@example.com', role: 'sales', status: 'active' });
    const again = await api(
      'admin',
      'POST',
      '/v1/members',
      { name: 'Liza', email: 'Liza@Example.com', role: 'sales', teams: [workspace.teamId] },
      { 'idempotency-key': 'liza' },
    );
    expect([again.status, again.body.id, again.headers['idempotency-replayed']]).toEqual([201, made.body.id, 'true']);
    const twice = await api('admin', 'POST', '/v1/members', { name: 'Liza', email: 'liza@example.com', role: 'sales' });
    expect([twice.status, twice.body.existing[0].id]).toEqual([409, made.body.id]);
    const row = world.rows(`T#${workspace.tenant}#MEM`).find(({ sk }) => sk === made.body.id) as { sub: string };
    const event = {
      triggerSource: 'TokenGeneration_HostedAuth',
      userName: row.sub,
      request: { userAttributes: { sub: row.sub } },
      response: {},
    };
    const answer = (await world.invoke('preToken', event)) as { response: unknown };
    expect(answer.response).toEqual({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { tenant: workspace.tenant } } },
    });
    const token = await world.token({ sub: row.sub, tenant: workspace.tenant });
    expect((await world.api(token, 'GET', '/v1/me')).body.member.id).toBe(made.body.id);
  });

  it('signs a member out everywhere: her token from before is refused', async () => {
    const liza = world.rows(`T#${workspace.tenant}#MEM`).find(({ n }) => n === 'Liza') as { sk: string; sub: string };
    const token = await world.token({ sub: liza.sub, tenant: workspace.tenant, iat: Math.floor(Date.now() / 1000) - 60 });
    expect((await world.api(token, 'GET', '/v1/me')).status).toBe(200);
    expect((await api('admin', 'POST', `/v1/members/${liza.sk}/sign-out`)).status).toBe(200);
    expect((await world.api(token, 'GET', '/v1/me')).status).toBe(401);
  });

  it('shows the text of an API key once, and keeps nothing that would prove it', async () => {
    const made = await api(
      'admin',
      'POST',
      '/v1/api-keys',
      { name: 'till', memberId: workspace.members.sales.id, scopes: ['customers:read'] },
      { 'idempotency-key': 'till' },
    );
    expect(made.status).toBe(201);
    expect(made.body.key).toMatch(new RegExp(`^suki_${workspace.tenant}_${made.body.id}_[0-9A-Z]{32}$`));
    const again = await api(
      'admin',
      'POST',
      '/v1/api-keys',
      { name: 'till', memberId: workspace.members.sales.id, scopes: ['customers:read'] },
      { 'idempotency-key': 'till' },
    );
    expect([again.status, again.body.id, again.body.key]).toEqual([201, made.body.id, undefined]);
    expect(JSON.stringify(world.rows(`T#${workspace.tenant}`))).not.toContain(made.body.key.split('_')[3]);
    expect((await world.api(made.body.key, 'GET', '/v1/customers')).status).toBe(200);
    expect((await world.api(made.body.key, 'POST', '/v1/customers', { kind: 'person', name: 'X' })).status).toBe(403);
    const revoked = await api('admin', 'DELETE', `/v1/api-keys/${made.body.id}`);
    expect([revoked.status, revoked.body.revokedAt === null]).toEqual([200, false]);
    expect((await world.api(made.body.key, 'GET', '/v1/customers')).status).toBe(401);
  });

  it('lets a narrowed key give away nothing that it does not have', async () => {
    const scopes = ['keys:write', 'members:write', 'members:read', 'customers:read'];
    const { body } = await api('admin', 'POST', '/v1/api-keys', { name: 'narrow', scopes });
    const narrow = (method: string, path: string, asked?: unknown, headers?: Record<string, string>) =>
      world.api(body.key, method, path, asked, headers);
    expect((await narrow('POST', '/v1/api-keys', { name: 'wide', scopes: [] })).body.code).toBe('role_too_high');
    expect((await narrow('POST', '/v1/api-keys', { name: 'wider', scopes: ['customers:read', 'audit:read'] })).body.code).toBe(
      'role_too_high',
    );
    expect((await narrow('POST', '/v1/api-keys', { name: 'as narrow', scopes: ['customers:read'] })).status).toBe(201);
    expect((await narrow('POST', '/v1/members', { name: 'Y', email: 'y@example.com', role: 'admin' })).body.code).toBe('role_too_high');
    const own = workspace.members.admin.id;
    expect((await narrow('PATCH', `/v1/members/${own}`, { name: 'Z' }, { 'if-match': '"1"' })).body.code).toBe('role_too_high');
    expect((await narrow('POST', '/v1/me/workspace', { id: workspace.tenant })).status).toBe(403);
  });

  it('keeps the last admin, also when two put each other out at the same moment', async () => {
    const own = await world.workspace();
    const alone = await world.api(
      own.keys.admin,
      'PATCH',
      `/v1/members/${own.members.admin.id}`,
      { role: 'manager' },
      { 'if-match': '"1"' },
    );
    expect([alone.status, alone.body.code]).toEqual([409, 'last_admin']);
    const second = await own.addMember('admin');
    const outcomes = await Promise.all([
      world.api(own.keys.admin, 'PATCH', `/v1/members/${second.id}`, { status: 'disabled' }, { 'if-match': '"1"' }),
      world.api(second.key, 'PATCH', `/v1/members/${own.members.admin.id}`, { role: 'sales' }, { 'if-match': '"1"' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(outcomes.find(({ status }) => status !== 200)?.body.code).toBe('last_admin');
  });

  it('refuses a member who is disabled, at once where it was done', async () => {
    const liza = await workspace.addMember('service');
    expect((await world.api(liza.key, 'GET', '/v1/me')).status).toBe(200);
    const changed = await api('admin', 'PATCH', `/v1/members/${liza.id}`, { status: 'disabled' }, { 'if-match': '"1"' });
    expect(changed.body.status).toBe('disabled');
    expect((await world.api(liza.key, 'GET', '/v1/me')).status).toBe(401);
  });

  it('names every team that is none', async () => {
    const { status, body } = await api(
      'admin',
      'PATCH',
      `/v1/members/${workspace.members.sales.id}`,
      { teams: ['tea_00000000000000000000000000'] },
      { 'if-match': '"1"' },
    );
    expect([status, body.errors[0]]).toEqual([422, { pointer: '/teams/0', code: 'no_such_team', detail: 'no such team' }]);
  });

  it('dissolves a team and takes it from its members', async () => {
    const { body: team } = await api('admin', 'POST', '/v1/teams', { name: 'Night' });
    expect((await api('admin', 'POST', '/v1/teams', { name: 'NIGHT' })).body.code).toBe('duplicate');
    const renamed = await api('admin', 'PATCH', `/v1/teams/${team.id}`, { name: 'Late' }, { 'if-match': '"1"' });
    expect(renamed.body).toMatchObject({ name: 'Late', version: 2 });
    const member = await workspace.addMember('sales', { teams: [team.id] });
    expect((await api('admin', 'DELETE', `/v1/teams/${team.id}`)).status).toBe(204);
    expect((await api('admin', 'GET', `/v1/members/${member.id}`)).body.teams).toEqual([]);
    expect((await api('admin', 'GET', '/v1/teams')).body.data.map(({ name }: { name: string }) => name)).toEqual(['Team']);
    expect((await api('admin', 'POST', '/v1/teams', { name: 'Night' })).status).toBe(201);
  });

  it('hides the values of a removed field, and shows them again when it comes back', async () => {
    const own = await world.workspace();
    const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      world.api(own.keys.admin, method, path, body, headers);
    const made = await ask(
      'POST',
      '/v1/fields',
      { key: 'tier', label: 'Tier', kind: 'choice', choices: ['gold', 'silver'] },
      { 'idempotency-key': 'tier' },
    );
    expect([made.status, made.body.data.length]).toEqual([201, 1]);
    const again = await ask(
      'POST',
      '/v1/fields',
      { key: 'tier', label: 'Tier', kind: 'choice', choices: ['gold', 'silver'] },
      { 'idempotency-key': 'tier' },
    );
    expect([again.status, again.body]).toEqual([201, made.body]);
    const { body: ana } = await ask('POST', '/v1/customers', { kind: 'person', name: 'Ana', custom: { tier: 'gold' } });
    expect((await ask('POST', '/v1/customers', { kind: 'person', name: 'Ben', custom: { tier: 'tin' } })).body.errors[0].pointer).toBe(
      '/custom/tier',
    );
    expect((await ask('DELETE', '/v1/fields/tier')).body.data).toEqual([]);
    expect((await ask('GET', `/v1/customers/${ana.id}`)).body.custom).toEqual({});
    expect((await ask('POST', '/v1/fields', { key: 'tier', label: 'Tier', kind: 'number' })).status).toBe(422);
    expect((await ask('POST', '/v1/fields', { key: 'tier', label: 'Level', kind: 'choice', choices: ['gold'] })).status).toBe(201);
    expect((await ask('GET', `/v1/customers/${ana.id}`)).body.custom).toEqual({ tier: 'gold' });
    const { body: fields } = await ask('GET', '/v1/fields');
    const changed = await ask('PATCH', '/v1/fields/tier', { choices: ['gold', 'tin'] }, { 'if-match': `"${fields.version}"` });
    expect(changed.body.data[0].choices).toEqual(['gold', 'tin']);
    expect((await ask('PATCH', '/v1/fields/tier', { label: 'Old' }, { 'if-match': `"${fields.version}"` })).status).toBe(412);
  });

  it('moves a person between her workspaces, and into none that does not let her in', async () => {
    const [first, second, third] = await Promise.all([world.workspace(), world.workspace(), world.workspace()]);
    const grace = { name: 'Grace', email: `grace-${first.tenant}@example.com`, role: 'manager' };
    const here = await world.api(first.keys.admin, 'POST', '/v1/members', grace);
    const there = await world.api(second.keys.admin, 'POST', '/v1/members', { ...grace, role: 'admin' });
    expect([here.status, there.status]).toEqual([201, 201]);
    const { sub } = world.rows(`T#${first.tenant}#MEM`).find(({ sk }) => sk === here.body.id) as { sub: string };
    const token = await world.token({ sub, tenant: first.tenant });
    const { body: me } = await world.api(token, 'GET', '/v1/me');
    expect(me.workspaces.map(({ id, active }: { id: string; active: boolean }) => [id, active])).toEqual([
      [first.tenant, true],
      [second.tenant, false],
    ]);
    expect((await world.api(token, 'POST', '/v1/me/workspace', { id: third.tenant })).status).toBe(404);
    expect((await world.api(token, 'POST', '/v1/me/workspace', { id: second.tenant })).status).toBe(200);
    const event = { triggerSource: 'TokenGeneration_RefreshTokens', userName: sub, request: { userAttributes: { sub } }, response: {} };
    const tenantNow = async () => JSON.stringify(((await world.invoke('preToken', event)) as { response: unknown }).response);
    expect(await tenantNow()).toContain(second.tenant);
    await world.api(second.keys.admin, 'PATCH', `/v1/members/${there.body.id}`, { status: 'disabled' }, { 'if-match': '"1"' });
    expect(await tenantNow()).toContain(first.tenant);
  });

  it('lists who changed what, the newest first, by actor and by noun', async () => {
    await world.drain();
    const { body } = await api('admin', 'GET', '/v1/audit-events?limit=5');
    expect(body.data).toHaveLength(5);
    const times = body.data.map(({ at }: { at: string }) => at);
    expect(times).toEqual([...times].sort().reverse());
    const next = await api('admin', 'GET', `/v1/audit-events?limit=5&cursor=${body.page.nextCursor}`);
    expect(next.body.data.map(({ id }: { id: string }) => id)).not.toContain(body.data[0].id);
    const teams = await api('manager', 'GET', '/v1/audit-events?entity=team');
    expect(new Set(teams.body.data.map(({ entity }: { entity: string }) => entity))).toEqual(new Set(['team']));
    expect(teams.body.data.map(({ action }: { action: string }) => action)).toContain('removed');
    const none = await api('admin', 'GET', `/v1/audit-events?actorId=${workspace.members.partner.id}`);
    expect(none.body.data).toEqual([]);
    expect((await api('sales', 'GET', '/v1/audit-events')).status).toBe(403);
    const signIns = await api('admin', 'GET', '/v1/audit-events?entity=signIn');
    expect(signIns.body.data).toHaveLength(1);
  });
});
