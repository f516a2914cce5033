import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { idFrom } from '../../functions/kernel/ids.ts';
import type { NotificationInput } from '../../functions/notifications/notification.ts';
import { notifyActions, notifyOnce } from '../../functions/notifications/notify.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const agent = async () => (await agentIn(ws.tenant, { now: world.now(), requestId: 'test' }))!;
const about = (memberId: string, more: Partial<NotificationInput> = {}): NotificationInput => ({
  memberId,
  kind: 'followUp.due',
  subject: { type: 'followUp', id: 'fup_1' },
  data: { title: 'Call her' },
  ...more,
});
const listed = async (role: keyof SeededWorkspace['keys'] = 'sales', query = '') =>
  (await world.api(ws.keys[role], 'GET', `/v1/notifications${query}`)).body.data as Record<string, unknown>[];
const unread = async (role: keyof SeededWorkspace['keys'] = 'sales') =>
  (await world.api(ws.keys[role], 'GET', '/v1/notifications/unread')).body as { count: number; more: boolean };

describeWorld('notifications', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  const fresh = async () => {
    ws = await world.workspace();
  };

  it('are told once for one cause, newest first, and to nobody else', async () => {
    await fresh();
    const me = ws.members.sales.id;
    const [old, late] = [new Date(world.now() - 60_000).toISOString(), new Date(world.now()).toISOString()];
    await notifyOnce(await agent(), [about(me, { at: late, cause: 'b' }), about(me, { at: old, cause: 'a' })]);
    await notifyOnce(await agent(), [about(me, { at: late, cause: 'b' })]);
    expect((await listed()).map(({ at }) => at)).toEqual([late, old]);
    expect(await unread()).toEqual({ count: 2, more: false });
    expect(await listed('service')).toEqual([]);
  });

  it('are read one by one, and stay read when their cause is told again', async () => {
    await fresh();
    const me = ws.members.sales.id;
    await notifyOnce(await agent(), [about(me, { cause: 'a' }), about(me, { cause: 'b' })]);
    const [first] = await listed();
    const read = await world.api(ws.keys.sales, 'POST', `/v1/notifications/${first?.id}/read`);
    expect(read.body).toMatchObject({ id: first?.id, readAt: expect.any(String) });
    await notifyOnce(await agent(), [about(me, { cause: 'a' }), about(me, { cause: 'b' })]);
    expect(await unread()).toEqual({ count: 1, more: false });
    expect((await listed('sales', '?unread=true')).map(({ id }) => id)).not.toContain(first?.id);
  });

  it('are read all at once', async () => {
    await fresh();
    const me = ws.members.sales.id;
    await notifyOnce(
      await agent(),
      Array.from({ length: 130 }, (_, at) => about(me, { cause: String(at) })),
    );
    expect(await unread()).toEqual({ count: 100, more: true });
    expect((await world.api(ws.keys.sales, 'POST', '/v1/notifications/read')).body).toEqual({ read: 130, more: false });
    expect(await unread()).toEqual({ count: 0, more: false });
    expect((await listed('sales', '?limit=200')).every(({ readAt }) => readAt !== null)).toBe(true);
  });

  it('come in pages, each row once', async () => {
    await fresh();
    const me = ws.members.sales.id;
    await notifyOnce(
      await agent(),
      Array.from({ length: 25 }, (_, at) => about(me, { cause: String(at) })),
    );
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await world.api(ws.keys.sales, 'GET', `/v1/notifications?limit=10${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      cursor = page.body.page.nextCursor;
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  it('name a customer only to who may see her', async () => {
    await fresh();
    const body = { kind: 'person', name: 'Ana Trujillo', ownerId: ws.members.service.id };
    const { id } = (await world.api(ws.keys.admin, 'POST', '/v1/customers', body)).body;
    const subject = { type: 'customer' as const, id, customerId: id };
    await notifyOnce(await agent(), [about(ws.members.sales.id, { subject }), about(ws.members.service.id, { subject })]);
    expect((await listed('service'))[0]).toMatchObject({ customerName: 'Ana Trujillo' });
    expect((await listed('sales'))[0]).toMatchObject({ customerName: null });
  });

  it('are not written for a kind that the member has turned off', async () => {
    await fresh();
    const me = ws.members.sales.id;
    const chosen = { levels: { 'followUp.due': 'off' }, digest: { on: true, at: '07:30' } };
    const answer = await world.api(ws.keys.sales, 'PUT', '/v1/notifications/preferences', chosen);
    expect(answer.body).toMatchObject({ levels: { 'followUp.due': 'off', mention: 'digest' }, digest: { at: '07:30' } });
    expect(await notifyActions(await agent(), [about(me), about(me, { kind: 'mention' })])).toHaveLength(1);
    await notifyOnce(await agent(), [about(me)]);
    expect(await listed()).toEqual([]);
  });

  it('are gone after 90 days', async () => {
    await fresh();
    const me = ws.members.sales.id;
    await notifyOnce(await agent(), [about(me, { at: new Date(world.now() - 90 * 86_400_000).toISOString(), cause: idFrom('x', 'y') })]);
    expect(await listed()).toEqual([]);
    expect(await unread()).toEqual({ count: 0, more: false });
  });
});
