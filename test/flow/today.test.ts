import { afterAll, beforeAll, expect, it } from 'vitest';
import { memberEntity, workspaceEntity } from '../../functions/admin/admin.entity.ts';
import { contextOf } from '../../functions/context.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import type { Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { attentionItem } from '../../functions/today/attention.entity.ts';
import { mattersOf, responsesOf } from '../../functions/today/attention.ts';
import { todayOf, todaySources } from '../../functions/today/queue.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Body = Record<string, unknown>;
type Row = {
  id: string;
  kind: string;
  late: boolean;
  customer: { name: string } | null;
  reasons: { code: string; values: Body }[];
  followUp: Body | null;
  pinnedAt: string | null;
};

describeWorld('today', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  type Who = keyof SeededWorkspace['keys'];
  const good = async (
    method: string,
    path: string,
    { body, who = 'sales', headers }: { body?: unknown; who?: Who; headers?: Record<string, string> } = {},
  ) => {
    const answer = await world.api(ws.keys[who], method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Body;
  };
  const fresh = async () => {
    ws = await world.workspace({ timeZone: 'UTC' });
  };
  const ago = (hours: number) => new Date(world.now() - hours * 3_600_000).toISOString();
  const customer = async (name: string, ownerId: string | null = ws.members.sales.id) =>
    String((await good('POST', '/v1/customers', { body: { kind: 'person', name, ownerId }, who: 'admin' })).id);
  const log = (id: string, body: Body, who: Who = 'admin') => good('POST', `/v1/customers/${id}/interactions`, { body, who });
  const plan = (body: Body) => good('POST', '/v1/follow-ups', { body: { title: 'Call', ...body } });
  const dueAt = (hours: number) => {
    const at = new Date(world.now() + hours * 3_600_000).toISOString();
    return { on: at.slice(0, 10), at: at.slice(11, 16) };
  };
  const today = async (who: Who = 'sales') => {
    await world.drain();
    return (await good('GET', '/v1/today', { who })) as unknown as { data: Row[]; snoozed: number; sources: Body };
  };
  const told = ({ data }: { data: Row[] }) => data.map(({ kind, customer: of, reasons }) => [kind, of?.name ?? null, reasons[0]?.code]);

  it('is what is due, who waits and what was promised, the most urgent first, with the reason of each', async () => {
    await fresh();
    const [angry, patient, promised, called] = [
      await customer('Angry'),
      await customer('Patient'),
      await customer('Promised'),
      await customer('Called'),
    ];
    await log(angry, { channel: 'fax', direction: 'in', reason: 'complaint', occurredAt: ago(60) });
    await log(patient, { channel: 'email', direction: 'in', occurredAt: ago(2) });
    await log(promised, { channel: 'call', direction: 'out', outcome: 'promised', occurredAt: ago(50) });
    await plan({ customerId: called, channel: 'call', due: dueAt(-20) });
    const list = await today();
    expect(told(list)).toEqual([
      ['complaint', 'Angry', 'complaintLate'],
      ['followUp', 'Called', 'promisedChannel'],
      ['promise', 'Promised', 'promiseBroken'],
      ['reply', 'Patient', 'reply'],
    ]);
    expect(list.sources).toEqual({ answered: 3, of: 3, missing: [] });
  });

  it('keeps what its member pins on top until it is done, for her alone', async () => {
    await fresh();
    const [angry, calm] = [await customer('Angry'), await customer('Calm')];
    await log(angry, { channel: 'fax', direction: 'in', reason: 'complaint', occurredAt: ago(60) });
    const { id } = await plan({ customerId: calm, due: dueAt(1) });
    const names = async () => told(await today()).map(([, name]) => name);
    expect(await names()).toEqual(['Angry', 'Calm']);
    const pin = `/v1/today/pins/followUp:${id}`;
    expect(await good('PUT', pin)).toMatchObject({ id: `followUp:${id}` });
    expect(await names()).toEqual(['Calm', 'Angry']);
    expect((await today()).data[0]).toMatchObject({ pinnedAt: expect.any(String) });
    await good('DELETE', pin);
    await good('DELETE', pin);
    expect(await names()).toEqual(['Angry', 'Calm']);
    await good('PUT', pin);
    await good('POST', `/v1/follow-ups/${id}/done`, { body: {} });
    expect(await names()).toEqual(['Angry']);
    expect((await world.api(ws.keys.sales, 'PUT', '/v1/today/pins/nonsense')).status).toBe(422);
    // One more than twenty lets the oldest go.
    for (let n = 10; n < 31; n++) await good('PUT', `/v1/today/pins/followUp:fup_0000000000000000000000${String(n).padStart(4, '0')}`);
    await good('POST', `/v1/follow-ups/${id}/reopen`);
    expect((await today()).data.find((item) => item.id === `followUp:${id}`)?.pinnedAt).toBe(null);
  });

  it('holds only the own customers, and those of nobody for whoever answers everybody', async () => {
    await fresh();
    for (const [name, owner] of [
      ['Mine', ws.members.sales.id],
      ['Service’s', ws.members.service.id],
      ['Nobody’s', null],
    ] as const)
      await log(await customer(name, owner), { channel: 'email', direction: 'in', occurredAt: ago(1) });
    expect(told(await today('sales')).map(([, name]) => name)).toEqual(['Mine']);
    expect(
      told(await today('service'))
        .map(([, name]) => name)
        .sort(),
    ).toEqual(['Nobody’s', 'Service’s']);
  });

  it('loses what was answered, planned or noted as answered, and has it again when that is taken back', async () => {
    await fresh();
    const id = await customer('Amparo');
    const mail = await log(id, { channel: 'email', direction: 'in', occurredAt: ago(3) });
    const codes = async () => told(await today()).map(([kind]) => kind);
    expect(await codes()).toEqual(['reply']);
    const path = `/v1/customers/${id}/interactions/${mail.id}`;
    await good('PATCH', path, { body: { answeredAt: ago(0) }, headers: { 'if-match': '"1"' } });
    expect(await codes()).toEqual([]);
    await good('PATCH', path, { body: { answeredAt: null }, headers: { 'if-match': '"2"' } });
    expect(await codes()).toEqual(['reply']);
    const answer = await log(id, { channel: 'email', direction: 'out', occurredAt: ago(1) });
    expect(await codes()).toEqual([]);
    await good('DELETE', `/v1/customers/${id}/interactions/${answer.id}`, { who: 'admin' });
    expect(await codes()).toEqual(['reply']);
    const step = await plan({ customerId: id, interactionId: mail.id, due: dueAt(48) });
    expect(await codes()).toEqual([]);
    await good('DELETE', `/v1/follow-ups/${step.id}`);
    expect(await codes()).toEqual(['reply']);
  });

  it('goes with a customer to her new owner and leaves with an archived one', async () => {
    await fresh();
    const id = await customer('Moving');
    await log(id, { channel: 'email', direction: 'in', occurredAt: ago(3) });
    expect(told(await today('sales'))).toHaveLength(1);
    await good('PATCH', `/v1/customers/${id}`, { body: { ownerId: ws.members.manager.id }, who: 'admin', headers: { 'if-match': '"1"' } });
    expect(told(await today('sales'))).toEqual([]);
    expect(told(await today('manager'))).toHaveLength(1);
    await good('DELETE', `/v1/customers/${id}`, { who: 'admin' });
    expect(told(await today('manager'))).toEqual([]);
  });

  it('leaves out what is put off, says how much that is, and has it back when it wakes', async () => {
    await fresh();
    const { id } = await plan({ due: dueAt(-1) });
    await good('POST', `/v1/follow-ups/${id}/snooze`, { body: { until: new Date(world.now() + 3_600_000).toISOString() } });
    expect(await today()).toMatchObject({ data: [], snoozed: 1 });
    await good('POST', `/v1/follow-ups/${id}/snooze`, { body: { until: null } });
    expect(await today()).toMatchObject({ data: [{ id: `followUp:${id}` }], snoozed: 0 });
  });

  it('leaves alone what is older than 60 days, such as an import brings', async () => {
    await fresh();
    await log(await customer('Long ago'), { channel: 'email', direction: 'in', reason: 'complaint', occurredAt: ago(61 * 24) });
    expect(told(await today())).toEqual([]);
  });

  it('shows the others when a source does not answer, and says which one that is', async () => {
    await fresh();
    await plan({ due: dueAt(-1) });
    const table = tableOf(ws.tenant, world.now());
    const [workspace, member] = await table.getMany([
      workspaceEntity.key(ws.tenant, ws.tenant),
      memberEntity.key(ws.tenant, ws.members.sales.id),
    ]);
    const ctx = contextOf(
      { workspace: workspaceEntity.decode(workspace!), member: memberEntity.decode(member!) },
      { requestId: 'test', now: world.now() },
    );
    const broken = { name: 'deals', read: async () => Promise.reject(new Error('down')) };
    const list = await todayOf(ctx, [...todaySources, broken]);
    expect(list.data).toHaveLength(1);
    expect(list.sources).toEqual({ answered: 3, of: 4, missing: ['deals'] });
  });

  it('is derived so that a recount of the rows gives the same', async () => {
    await fresh();
    for (let at = 0; at < 6; at++) {
      const id = await customer(`No ${at}`);
      for (let step = 0; step < 5; step++)
        await log(id, {
          channel: step % 2 ? 'email' : 'chat',
          direction: (at + step) % 3 === 0 ? 'out' : 'in',
          reason: step === at ? 'complaint' : 'other',
          outcome: at === 5 ? 'promised' : 'none',
          occurredAt: ago(40 - at - step * 3),
        });
    }
    await world.drain();
    const rows = world.rows(`T#${ws.tenant}#CUS#`) as Item[];
    let answers = 0;
    for (const [pk, own] of Map.groupBy(rows, (row) => row.pk)) {
      const interactions = own.filter(({ e }) => e === 'interaction').map((item) => interactionEntity.decode(item));
      const { responses, waitingSince } = responsesOf(interactions);
      const customerId = pk.split('#').at(-1)!;
      const expected = attentionItem(ws.tenant, {
        customerId,
        ownerId: ws.members.sales.id,
        matters: mattersOf(interactions),
        waitingSince,
      });
      expect(
        own.find(({ sk }) => sk === 'A#ATT'),
        pk,
      ).toEqual(expected);
      expect(own.filter(({ sk }) => sk.startsWith('A#RSP#')).map(({ d }) => (d as { n: number }).n)).toEqual(
        responses.map(({ minutes }) => minutes),
      );
      answers += responses.length;
    }
    expect(answers).toBeGreaterThan(3);
  });
});
