import { afterAll, beforeAll, expect, it } from 'vitest';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { dayOf } from '../../functions/kernel/days.ts';
import type { Item } from '../../functions/table/entity.ts';
import { interactionsIn, mondayOf, weekBefore } from '../../functions/team/team.entity.ts';
import type { MemberActivity } from '../../functions/team/team-activity.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Body = Record<string, unknown>;

describeWorld('the activity of a team', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  type Who = keyof SeededWorkspace['keys'];
  const good = async (method: string, path: string, body?: unknown, who: Who = 'sales') => {
    const answer = await world.api(ws.keys[who], method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Body;
  };
  const zone = 'Asia/Manila';
  const fresh = async () => {
    ws = await world.workspace({ timeZone: zone });
  };
  const hours = (many: number) => new Date(world.now() - many * 3_600_000).toISOString();
  const customer = async () =>
    String((await good('POST', '/v1/customers', { kind: 'person', name: 'Anita', ownerId: ws.members.sales.id })).id);
  const team = async (who: Who = 'admin') => {
    await world.drain();
    return (await good('GET', '/v1/team-activity', undefined, who)) as { data: MemberActivity[]; unseenAsOf: string | null };
  };
  const mine = async () => (await team()).data.find(({ id }) => id === ws.members.sales.id)!;

  it('is shown to who reads reports: of everybody, or of who shares a team', async () => {
    await fresh();
    expect((await team('manager')).data).toHaveLength(6);
    expect((await team('sales')).data.map(({ id }) => id).sort()).toEqual([ws.members.manager.id, ws.members.sales.id].sort());
    expect((await world.api(ws.keys.partner, 'GET', '/v1/team-activity')).status).toBe(403);
  });

  it('counts the interactions of this week and the last in the workspace’s zone, and a recount of the rows agrees', async () => {
    await fresh();
    const id = await customer();
    const operations = Array.from({ length: 30 }, (_, at) => ({
      customerId: id,
      body: { channel: 'call', direction: 'out', occurredAt: hours(1 + at * 11) },
    }));
    const { data } = (await good('POST', '/v1/interactions/batch', { operations })) as { data: { id: string }[] };
    await world.drain();
    for (const { id: gone } of data.slice(0, 3)) await good('DELETE', `/v1/customers/${id}/interactions/${gone}`, undefined, 'admin');
    const { interactions } = await mine();
    const rows = (world.rows(`T#${ws.tenant}#CUS#${id}`) as Item[])
      .filter(({ e }) => e === 'interaction')
      .map((item) => interactionEntity.decode(item))
      .filter(({ archivedAt }) => archivedAt === null);
    const monday = mondayOf(dayOf(world.now(), zone));
    const inWeek = (week: string) => rows.filter(({ occurredAt }) => mondayOf(dayOf(Date.parse(occurredAt), zone)) === week).length;
    expect(interactions.thisWeek).toBe(inWeek(monday));
    expect(interactions.lastWeek).toBe(inWeek(weekBefore(monday)));
    expect(interactions.lastWeekSoFar).toBeLessThanOrEqual(interactions.lastWeek);
    expect(rows).toHaveLength(27);
    const counters = world.rows(`T#${ws.tenant}#CNT`) as Item[];
    const counted = counters
      .filter(({ sk }) => sk.startsWith('W#'))
      .reduce((sum, week) => sum + interactionsIn(week, ws.members.sales.id), 0);
    expect(counted).toBe(27);
  });

  it('counts what is overdue, and takes the middle of the first answers', async () => {
    await fresh();
    const day = (days: number) => new Date(world.now() + days * 86_400_000).toISOString().slice(0, 10);
    for (const on of [day(-3), day(-2), day(2)]) await good('POST', '/v1/follow-ups', { title: 'x', due: { on } });
    for (const waited of [1, 2, 9]) {
      const id = await customer();
      await good('POST', `/v1/customers/${id}/interactions`, { channel: 'email', direction: 'in', occurredAt: hours(20) });
      await world.drain();
      await good('POST', `/v1/customers/${id}/interactions`, { channel: 'email', direction: 'out', occurredAt: hours(20 - waited) });
    }
    expect(await mine()).toMatchObject({ overdue: { count: 2, more: false }, firstResponse: { medianMinutes: 120, answers: 3 } });
  });

  it('counts who was not seen for 60 days when asked to, says when that was, and again when it has changed', async () => {
    await fresh();
    expect((await mine()).unseen).toBeNull();
    for (let at = 0; at < 3; at++) await customer();
    world.advance('P61D');
    const seen = await customer();
    expect(await good('POST', '/v1/team-activity/recount', undefined, 'admin')).toEqual({ members: 6 });
    expect(await mine()).toMatchObject({ unseen: { count: 3, of: 4 } });
    expect((await team()).unseenAsOf).toBe((await mine()).unseen?.asOf);
    world.advance('P61D');
    await good('POST', `/v1/customers/${seen}/interactions`, { channel: 'call' });
    await world.drain();
    await good('POST', '/v1/team-activity/recount', undefined, 'admin');
    expect(await mine()).toMatchObject({ unseen: { count: 3, of: 4 } });
  });
});
