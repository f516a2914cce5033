import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemsOf } from '../../bin/openapi.ts';
import { apiKeyEntity, workspaceEntity } from '../../functions/admin/admin.entity.ts';
import { type Role, roles } from '../../functions/admin/roles.ts';
import { now } from '../../functions/kernel/clock.ts';
import type { ProblemCode } from '../../functions/kernel/errors.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { told } from '../_util/battery.ts';
import { operations } from '../_util/contract.ts';
import { type ApiAnswer, describeWorld, startWorld, type World } from '../_util/world.ts';
import { watchFile } from '../_util/written.ts';
import { type Call, letterOf, targetFor } from './permission-case.ts';
import { cases } from './permission-cases.ts';
import { relations, table } from './permission-table.ts';
import { gather, type People } from './permission-world.ts';

let world: World;
let people: People;
const names = new Map([...operations.values()].map((operation) => [operation.name, operation.route]));
const operationOf = (row: string) => row.split(':')[0] as string;

/** An answer without what differs from request to request. */
const bare = ({ status, body }: ApiAnswer) => JSON.stringify([status, { ...body, requestId: '', instance: '' }]);

async function call(token: string, { method, path, body, headers, token: own }: Call): Promise<ApiAnswer> {
  return world.api(own ?? token, method, path, body, headers);
}

/** Settings that `updateWorkspace` and `updateField` find: a custom field, at version 9. */
async function prepareWorkspace({ ws: { tenant } }: People): Promise<void> {
  const item = await tableOf(tenant, now()).get(workspaceEntity.key(tenant, tenant));
  const to = {
    ...workspaceEntity.decode(item!),
    fields: [{ key: 'known', label: 'Known', kind: 'text' as const, choices: [], removedAt: null }],
  };
  await tableOf(tenant, now()).commit(
    workspaceEntity.update(tenant, tenant, { from: item!, to }, { by: null, via: 'test', requestId: null, now: now() }),
  );
}

describeWorld('the permission matrix', () => {
  beforeAll(async () => {
    world = await startWorld();
    people = await gather(world);
    await prepareWorkspace(people);
    for (const role of roles)
      for (const relation of relations) {
        await targetFor({ world, people, actor: people.actors[role], relation, fresh: false });
        await targetFor({ world, people, actor: people.actors[role], relation, fresh: false }, { interactionArchived: true });
      }
    await world.drain();
  });
  afterAll(() => world?.stop());

  it('has a row for every operation, and no row for none', () => {
    const rows = new Set(Object.keys(table).map(operationOf));
    expect(
      [...names.keys()].filter((name) => !rows.has(name)),
      'operations without a row',
    ).toEqual([]);
    expect(
      [...rows].filter((name) => !names.has(name)),
      'rows without an operation',
    ).toEqual([]);
    expect(
      Object.keys(table).filter((row) => !cases[row]),
      'rows without a case',
    ).toEqual([]);
  });

  /** The cells of a row that are expected to be refused, or those that are not. */
  const cellsOf = (row: string, refused: boolean) =>
    roles.flatMap((role) =>
      // Backwards, so that what an absence looks like is known before a foreign record is asked for.
      [...relations.entries()].reverse().flatMap(([at, relation]) => {
        const cells = table[row]![role];
        const expected = cells.length === 1 && at > 0 ? '-' : cells[at]!;
        return expected === '-' || (expected !== 'y') !== refused ? [] : [{ role, relation, expected, cell: `${row} ${role} ${relation}` }];
      }),
    );

  it('holds for every operation, role and relation; a refusal changes nothing and looks like an absence', {
    timeout: 120_000,
  }, async () => {
    const file = watchFile(world.engine.file);
    const wrong: string[] = [];
    const counts: Record<string, number> = {};
    for (const row of Object.keys(table)) {
      const asked = cases[row];
      const route = names.get(operationOf(row));
      if (!asked || !route) continue;
      const send = async (request: Call, { role, expected, cell }: ReturnType<typeof cellsOf>[number]) => {
        const answer = await call(people.tokens[role], request);
        const letter = asked.outcome?.(answer, request) ?? letterOf(answer);
        counts[letter] = (counts[letter] ?? 0) + 1;
        if (letter !== expected)
          wrong.push(
            `${cell}: expected ${expected}, got ${letter} (${request.method} ${request.path} ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)})`,
          );
        if (answer.status >= 400 && !problemsOf(route).includes(answer.body.code as ProblemCode))
          wrong.push(`${cell}: ${answer.body.code} is not documented`);
        return answer;
      };
      const settingOf = ({ role, relation, expected }: ReturnType<typeof cellsOf>[number]) => ({
        world,
        people,
        actor: people.actors[role],
        relation,
        fresh: expected === 'y' && route.method !== 'GET' && !route.readOnly,
      });
      const refusals = [];
      for (const one of cellsOf(row, true)) refusals.push({ one, request: await asked.call(settingOf(one)) });
      const before = world.storeHash();
      file.changed();
      const absences = new Map<Role, string>();
      for (const { one, request } of refusals) {
        const answer = await send(request, one);
        if (file.changed()) wrong.push(`${one.cell}: refused, and yet something was written`);
        if (answer.status !== 404) continue;
        if (one.relation === 'absent') absences.set(one.role, bare(answer));
        else if (absences.has(one.role) && bare(answer) !== absences.get(one.role))
          wrong.push(`${one.cell}: differs from an absence: ${bare(answer)}`);
      }
      if (refusals.length > 0 && world.storeHash() !== before) wrong.push(`${row}: a refusal changed the store`);
      for (const one of cellsOf(row, false)) await send(await asked.call(settingOf(one)), one);
    }
    file.close();
    told('permission matrix', {
      operations: names.size,
      rows: Object.keys(table).length,
      cells: Object.values(counts).reduce((sum, count) => sum + count, 0),
      ...counts,
    });
    expect(wrong.slice(0, 20), `${wrong.length} cells`).toEqual([]);
  });

  it('narrows a key to its scopes on every operation', async () => {
    const { ws } = people;
    const admin = await ws.addMember('admin');
    const keyId = admin.key.split('_')[2] as string;
    const item = await tableOf(ws.tenant, now()).get(apiKeyEntity.key(ws.tenant, keyId));
    const to = { ...apiKeyEntity.decode(item!), scopes: ['customers:read' as const] };
    await tableOf(ws.tenant, now()).commit(
      apiKeyEntity.update(ws.tenant, keyId, { from: item!, to }, { by: null, via: 'test', requestId: null, now: now() }),
    );
    const hash = world.storeHash();
    for (const { route, name } of operations.values()) {
      if (!route.permission.includes(':') || route.permission === 'customers:read') continue;
      const path = route.path.replaceAll(/\{(\w+)\}/g, 'x');
      const answer = await world.api(admin.key, route.method, path, route.body ? {} : undefined, { 'if-match': '"1"' });
      expect([name, answer.status, answer.body.code]).toEqual([name, 403, 'forbidden']);
    }
    expect((await world.api(admin.key, 'GET', '/v1/customers')).status).toBe(200);
    expect(world.storeHash()).toBe(hash);
  });

  it('lets nobody grant a role or a key above his own', async () => {
    const { ws, tokens } = people;
    for (const role of roles.filter((one): one is Role => one !== 'admin')) {
      expect((await world.api(tokens[role], 'POST', '/v1/members', { name: 'Up', email: 'up@matrix.example', role: 'admin' })).status).toBe(
        403,
      );
      expect((await world.api(tokens[role], 'POST', '/v1/api-keys', { name: 'Up', memberId: ws.members.admin.id })).status).toBe(403);
      expect((await world.api(tokens[role], 'PATCH', '/v1/me', { role: 'admin' }, { 'if-match': '"1"' })).status).toBe(422);
    }
  });
});
