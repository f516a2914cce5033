import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseEntity } from '../../functions/cases/case.entity.ts';
import { notificationEntity } from '../../functions/notifications/notification.entity.ts';
import { readDue } from '../../functions/table/due.ts';
import { dyingAt } from '../_util/dying.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const post = async (path: string, body: unknown = {}) => (await world.api(ws.keys.admin, 'POST', path, body)).body;
const rows = () => world.rows(`T#${ws.tenant}#`);
const customer = (): Promise<{ id: string }> => post('/v1/customers', { kind: 'person', name: 'Ana', ownerId: ws.members.service.id });
const notices = (kind: string) =>
  rows()
    .filter(({ pk, sk }) => String(pk).includes('#NTF#') && String(sk).startsWith('ntf_'))
    .filter((row) => notificationEntity.decode(row as never).kind === kind).length;

/** Around the clock: an urgent case is to be answered within an hour. */
const always = {
  calendars: [
    {
      key: 'always',
      name: 'Always',
      zone: 'UTC',
      hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
    },
  ],
  targets: [{ priority: 'urgent', calendar: 'always', firstResponseMinutes: 60, resolutionMinutes: 600 }],
};

/** Dies at every call, one after the other, and is run again each time: what came of it is there once. */
async function survives(worker: string, scene: () => Promise<{ event: object; check: () => void }>): Promise<number> {
  let deaths = 0;
  for (const when of ['before', 'after'] as const)
    for (let call = 1; ; call++) {
      ws = await world.workspace();
      const { event, check } = await scene();
      const { died } = await dyingAt(call, when, () => world.invoke(worker, event));
      for (let again = 0; again < 2; again++) await world.invoke(worker, event);
      check();
      if (!died) break;
      deaths += 1;
    }
  return deaths;
}

describeWorld('a case whose worker dies', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('at any call to the database is warned of once and broken once: neither lost nor doubled', { timeout: 120_000 }, async () => {
    const deaths = await survives('caseWork', async () => {
      await world.api(ws.keys.admin, 'PATCH', '/v1/service-levels', always, { 'if-match': '"1"' });
      const { id: customerId } = await customer();
      const { id } = await post('/v1/cases', {
        customerId,
        type: 'complaint',
        subject: 'It leaks',
        priority: 'urgent',
        ownerId: ws.members.service.id,
      });
      world.advance('PT65M');
      const row = () => rows().find(({ pk, sk }) => String(pk).endsWith(`#CASE#${id}`) && sk === '~');
      const detail = readDue(String(row()?.gsi5sk));
      return {
        event: { id: 'x', source: 'suki.work', 'detail-type': 'due.case', time: detail?.at, detail },
        check: () => {
          const { clocks, version } = caseEntity.decode(row() as never);
          expect(clocks.firstResponse).toMatchObject({ warnedAt: expect.any(String), breachedAt: expect.any(String) });
          expect(clocks.resolution).toMatchObject({ warnedAt: null, breachedAt: null });
          expect([version, notices('case.breached'), notices('case.warned')]).toEqual([2, 1, 0]);
        },
      };
    });
    expect(deaths).toBeGreaterThan(5);
  });

  it('at any call to the database is opened once from a complaint, and the complaint has that case', { timeout: 120_000 }, async () => {
    const deaths = await survives('ruleWork', async () => {
      const rule = await post('/v1/rules', {
        name: 'Rule',
        when: { kind: 'interaction.created', reason: 'complaint' },
        does: [{ kind: 'case', for: { to: 'owner' } }],
      });
      await post(`/v1/rules/${rule.id}/on`);
      await world.drain();
      const { id: customerId } = await customer();
      const complaint = await post(`/v1/customers/${customerId}/interactions`, {
        channel: 'call',
        direction: 'in',
        reason: 'complaint',
        subject: 'It leaks',
      });
      const at = new Date(world.now()).toISOString();
      const said = {
        schema: 1,
        tenant: ws.tenant,
        at,
        rowId: complaint.id,
        version: 1,
        customerId,
        actorId: null,
        via: 'person',
        requestId: null,
        fields: [],
      };
      const detail = { id: `evt_${complaint.id.slice(4)}`, type: 'interaction.created', ...said };
      return {
        event: { id: 'x', source: 'suki', 'detail-type': detail.type, time: at, detail },
        check: () => {
          const cases = rows().filter(({ e }) => e === 'case');
          expect(cases).toHaveLength(1);
          const linked = rows().filter(({ e, cs }) => e === 'interaction' && cs !== undefined);
          expect(linked.map(({ cs }) => cs)).toEqual([caseEntity.decode(cases[0] as never).id]);
        },
      };
    });
    expect(deaths).toBeGreaterThan(8);
  });
});
