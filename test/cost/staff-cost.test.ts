import { afterAll, beforeAll, expect, it } from 'vitest';
import { memberEntity } from '../../functions/admin/admin.entity.ts';
import { Member } from '../../functions/admin/member.ts';
import { agentIn } from '../../functions/agent.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { readDue } from '../../functions/table/due.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { told } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { consumedBy } from './measure.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

/** So many members more than the workspace began with. */
async function staffed(ws: SeededWorkspace, many: number): Promise<void> {
  const now = world.now();
  const newId = idMaker(() => now);
  const stamp = { by: null, via: 'key', requestId: null, now };
  const rows = Array.from({ length: many }, (_, n) => {
    const id = newId('mem', now - many + n);
    const member = Member.parse({
      ...{ id, sub: `sub-${id}`, name: `Member ${n}`, email: `member${n}@staff.example`, role: 'sales', status: 'active', teams: [] },
      ...{ createdAt: isoOf(now), updatedAt: isoOf(now), version: 1 },
    });
    const [action] = memberEntity.create(ws.tenant, id, member, stamp);
    if (!action || !('put' in action)) throw new Error('a member is one row');
    return { put: action.put };
  });
  await tableOf(ws.tenant, now).writeMany(rows);
}

/** What a step of an owned case's clock reads, and what the staff is to read. */
async function readsWith(many: number): Promise<{ step: number; staff: number }> {
  const ws = await world.workspace();
  await staffed(ws, many);
  const post = async (path: string, body: unknown) => (await world.api(ws.keys.admin, 'POST', path, body)).body;
  const { id: customerId } = await post('/v1/customers', { kind: 'person', name: 'Ana' });
  const about = { customerId, type: 'complaint', subject: 'It leaks', priority: 'urgent', ownerId: ws.members.service.id };
  const { id } = await post('/v1/cases', about);
  world.advance('P10D');
  const row = world.rows(`T#${ws.tenant}#CASE#${id}`).find(({ sk }) => sk === '~');
  const detail = readDue(String(row?.gsi5sk));
  const event = { id: 'x', source: 'suki.work', 'detail-type': 'due.case', time: detail?.at, detail };
  const step = await consumedBy(() => world.invoke('caseWork', event));
  const staff = await consumedBy(async () => (await agentIn(ws.tenant, { now: world.now(), requestId: 'test' }))?.roster());
  expect(step.wru).toBeGreaterThan(5);
  // The workspace is read by both.
  return { step: step.rru, staff: staff.rru - 1 };
}

describeWorld('a step of a case’s clock', () => {
  it('reads the same whatever the size of the staff', async () => {
    const [few, many] = [await readsWith(0), await readsWith(300)];
    told('a step of a case’s clock', { rru: many.step, 'rru of the staff': many.staff });
    expect(many.step).toBe(few.step);
    expect(many.staff).toBeGreaterThan(5);
  });
});
