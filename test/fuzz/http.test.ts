import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemsOf } from '../../bin/openapi.ts';
import type { ProblemCode } from '../../functions/kernel/errors.ts';
import { matchRoute } from '../../local/payload.ts';
import { chanceOf, full, seed, told } from '../_util/battery.ts';
import { operations } from '../_util/contract.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { type ApiAnswer, describeWorld, startWorld, type World } from '../_util/world.ts';
import { watchFile } from '../_util/written.ts';
import { canary, type Known, malformed, type Request } from './malformed.ts';

const refusalsWanted = full ? 10_000 : 2_000;
// Five seconds on an idle machine; the bound is for one that is not.
const mostSeconds = full ? 600 : 90;

let world: World;
let ws: SeededWorkspace;
let known: Known;

/** Records to aim at: of this workspace, archived, and of another. */
async function targets(): Promise<Known> {
  const other = await world.workspace();
  const made = [];
  for (const [key, name] of [
    [ws.keys.admin, 'One'],
    [ws.keys.admin, 'Two'],
    [other.keys.admin, 'Three'],
  ] as const) {
    const customer = (await world.api(key, 'POST', '/v1/customers', { kind: 'person', name, externalKeys: [{ source: 'shop', id: name }] }))
      .body;
    const interaction = (await world.api(key, 'POST', `/v1/customers/${customer.id}/interactions`, { channel: 'call' })).body;
    made.push({ customer, interaction });
  }
  await world.api(ws.keys.admin, 'DELETE', `/v1/customers/${made[1]?.customer.id}`);
  await world.drain();
  const foreign = await world.api(other.keys.admin, 'POST', '/v1/customers/batch', {
    operations: ['A', 'B', 'C'].map((name) => ({ op: 'create', body: { kind: 'person', name } })),
  });
  expect(foreign.body.summary.succeeded).toBe(3);
  await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Four' });
  const cursors = [];
  for (const [key, path] of [
    [other.keys.admin, '/v1/customers?limit=1'],
    [ws.keys.admin, '/v1/customers?limit=1'],
    [ws.keys.admin, '/v1/customers?limit=1&sort=createdAt'],
  ] as const)
    cursors.push(encodeURIComponent((await world.api(key, 'GET', path)).body.page.nextCursor));
  const pasted = (await world.api(ws.keys.admin, 'POST', '/v1/imports', { target: 'customers', name: 'Pasted', text: 'name\nAna\n' })).body
    .id;
  const exported = (await world.api(ws.keys.admin, 'POST', '/v1/exports', { target: 'customers' })).body.id;
  return {
    ids: {
      customers: made.map(({ customer }) => customer.id),
      members: [ws.members.analyst.id, other.members.admin.id],
      teams: [ws.teamId, other.teamId],
      'api-keys': [ws.keys.partner, other.keys.admin].map((key) => key.split('_')[2] as string),
      jobs: [pasted, exported],
      imports: [pasted],
      exports: [exported],
    },
    params: {
      interactionId: made.map(({ interaction }) => interaction.id),
      attachmentId: ['att_00000000000000000000000000'],
      source: ['shop', 'nowhere'],
      externalId: ['One', 'Nobody'],
      channel: ['email', 'sms'],
      topic: ['news', 'gossip'],
      key: ['tier'],
    },
    cursors,
  };
}

function faultOf(request: Request, answer: ApiAnswer): string | undefined {
  if (answer.status >= 500) return `${answer.status}`;
  if (answer.status < 400) return undefined;
  const { instance: _instance, errors, ...rest } = answer.body as Record<string, unknown>;
  // A pointer names the field, and an unknown field's name is the caller's own.
  const said = JSON.stringify([rest, ((errors ?? []) as { code: string; detail: string }[]).map(({ code, detail }) => [code, detail])]);
  if (said.includes(canary)) return 'a value came back';
  if (answer.body.code === 'no_route' || answer.body.code === 'method_not_allowed') return undefined;
  const operation = operations.get(matchRoute(request.method, request.target.split('?')[0] ?? '').routeKey);
  const documented = operation ? problemsOf(operation.route) : [];
  return documented.includes(answer.body.code as ProblemCode) || answer.body.detail === 'come by the front door'
    ? undefined
    : `${operation?.name} does not document ${answer.body.code}`;
}

describeWorld('malformed requests', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    known = await targets();
  });
  afterAll(() => world?.stop());

  it(`are refused with a problem, never a 5xx, and change nothing`, { timeout: (mostSeconds + 20) * 1_000 }, async () => {
    const chance = chanceOf(seed);
    const routes = [...operations.values()];
    const until = Date.now() + mostSeconds * 1_000;
    const codes: Record<string, number> = {};
    const faults: string[] = [];
    const file = watchFile(world.engine.file);
    let sent = 0;
    let refused = 0;
    let hash = world.storeHash();
    for (; refused < refusalsWanted && Date.now() < until; sent++) {
      const operation = routes[sent % routes.length]!;
      const request = malformed(chance, operation, known);
      const answer = await world
        .api(ws.keys.admin, request.method, request.target, request.body, request.headers)
        .catch((error: Error) => ({ status: 599, headers: {}, body: error.message }));
      const fault = faultOf(request, answer);
      const line = () =>
        `${request.method} ${request.target.slice(0, 200)} ${JSON.stringify(request.headers).slice(0, 200)} ${String(request.body ?? '').slice(0, 300)}`;
      if (fault) faults.push(`${fault}: ${line()} → ${JSON.stringify(answer.body).slice(0, 600)}`);
      if (answer.status >= 400) {
        refused++;
        codes[answer.body.code] = (codes[answer.body.code] ?? 0) + 1;
      }
      if (!file.changed()) continue;
      const now = world.storeHash();
      if (answer.status >= 400 && now !== hash) faults.push(`refused with ${answer.status}, and yet the store changed: ${line()}`);
      hash = now;
    }
    file.close();
    told('malformed requests', { sent, refused, routes: routes.length, ...codes });
    faults.sort((a, b) => Number(b.startsWith('5')) - Number(a.startsWith('5')));
    expect(faults.slice(0, 10), `${faults.length} faults`).toEqual([]);
    expect(refused).toBeGreaterThanOrEqual(refusalsWanted);
    expect((await world.api(ws.keys.admin, 'GET', '/healthz')).status).toBe(200);
  });
});
