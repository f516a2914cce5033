import { afterAll, beforeAll, expect, it } from 'vitest';
import { idFrom } from '../../functions/kernel/ids.ts';
import { readDue } from '../../functions/table/due.ts';
import { dyingAt } from '../_util/dying.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const post = async (path: string, body: unknown = {}) => (await world.api(ws.keys.admin, 'POST', path, body)).body;
const effects = [
  { kind: 'followUp', title: 'Call', for: { to: 'owner' } },
  { kind: 'notify', text: 'Look', for: { to: 'owner' } },
  { kind: 'tag', add: ['seen'] },
];
async function ruleOn(when: object): Promise<string> {
  const { id } = await post('/v1/rules', { name: 'Rule', when, does: effects });
  await post(`/v1/rules/${id}/on`);
  await world.drain();
  return id;
}
const customer = (): Promise<{ id: string }> => post('/v1/customers', { kind: 'person', name: 'Ana', ownerId: ws.members.sales.id });

/** All that a rule can have done to a customer: each once, or not at all. */
async function done(ruleId: string, customerId: string) {
  const rows = world.rows(`T#${ws.tenant}#`);
  return {
    followUps: rows.filter(({ e, d }) => e === 'followUp' && (d as { c?: string }).c === customerId).length,
    firings: rows.filter(({ pk, sk }) => pk === `T#${ws.tenant}#RULE#${ruleId}` && String(sk).startsWith(`F#${customerId}#`)).length,
    told: rows.filter(({ pk, sk }) => String(pk).startsWith(`T#${ws.tenant}#NTF#`) && String(sk).startsWith('ntf_')).length,
    counted: rows
      .filter(({ pk, sk }) => pk === `T#${ws.tenant}#RULES` && String(sk).startsWith(`${ruleId}#`))
      .reduce((sum, { dn = 0 }) => sum + Number(dn), 0),
  };
}
const once = { followUps: 1, firings: 1, told: 1, counted: 1 };

/**
 * Dies before every call, one after the other, and is run again each time: what came of it is one effect. After a call is before the next
 * one: between them a rule does nothing that anybody else could see.
 */
async function survives(scene: () => Promise<{ ruleId: string; customerId: string; event: object }>): Promise<number> {
  for (let call = 1; ; call++) {
    if (ws) world.end(ws.tenant);
    ws = await world.workspace();
    const { ruleId, customerId, event } = await scene();
    const { died } = await dyingAt(call, 'before', () => world.invoke('ruleWork', event));
    for (let again = 0; again < 2; again++) await world.invoke('ruleWork', event);
    expect(await done(ruleId, customerId), `died before call ${call}`).toEqual(once);
    if (!died) return call - 1;
  }
}

describeWorld('a rule whose worker dies', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('at any call to the database acts once on what happened', async () => {
    const deaths = await survives(async () => {
      const ruleId = await ruleOn({ kind: 'customer.created' });
      const { id: customerId } = await customer();
      const at = new Date(world.now()).toISOString();
      const rest = {
        schema: 1,
        tenant: ws.tenant,
        at,
        rowId: customerId,
        version: 1,
        customerId,
        actorId: null,
        via: 'person',
        requestId: null,
        fields: [],
      };
      const detail = { id: idFrom('evt', customerId), type: 'customer.created', ...rest };
      return { ruleId, customerId, event: { id: 'x', source: 'suki', 'detail-type': detail.type, time: at, detail } };
    });
    expect(deaths).toBeGreaterThan(4);
  });

  it('at any call to the database acts once at its moment', async () => {
    const deaths = await survives(async () => {
      const ruleId = await ruleOn({ kind: 'silence', days: 30 });
      const { id: customerId } = await customer();
      await world.drain();
      world.advance('P31DT12H');
      const [row] = world.rows(`T#${ws.tenant}#CUS#${customerId}`).filter(({ sk }) => String(sk).startsWith('DUE#'));
      const detail = readDue(String(row?.gsi5sk));
      return { ruleId, customerId, event: { id: 'x', source: 'suki.work', 'detail-type': 'due.rule', time: detail?.at, detail } };
    });
    expect(deaths).toBeGreaterThan(4);
  });
});
