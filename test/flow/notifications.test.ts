import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { Ambiguous } from '../../functions/channels/outcome.ts';
import { sendRaw } from '../../functions/channels/raw-email.ts';
import { idFrom } from '../../functions/kernel/ids.ts';
import { type SendMail, sendDigest } from '../../functions/notifications/digest.ts';
import type { NotificationInput } from '../../functions/notifications/notification.ts';
import { notifyActions, notifyOnce } from '../../functions/notifications/notify.ts';
import { findSender, fromOf } from '../../functions/senders/find-sender.ts';
import { workspaceSenderId } from '../../functions/senders/sender.ts';
import { dyingAt } from '../_util/dying.ts';
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

describeWorld('what a member is told', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  describe('notifications', () => {
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
        const page = await world.api(
          ws.keys.sales,
          'GET',
          `/v1/notifications?limit=10${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
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

  describe('a mention', () => {
    beforeAll(async () => {
      ws = await world.workspace();
      await world.drain();
    });

    const made = async (body: object) =>
      (await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Ana', ...body })).body.id;
    const at = (role: keyof SeededWorkspace['members']) => `@[Somebody](${ws.members[role].id})`;
    const logged = (id: string, body: string) =>
      world.api(ws.keys.service, 'POST', `/v1/customers/${id}/interactions`, { channel: 'note', body });
    const mentions = async (role: keyof SeededWorkspace['keys']) => (await listed(role)).filter(({ kind }) => kind === 'mention');

    it('tells who is named and may see the customer, once, and nobody who wrote it', async () => {
      const id = await made({ ownerId: ws.members.service.id });
      const { body } = await logged(id, `${at('marketing')} ${at('sales')} ${at('partner')} ${at('service')} please call`);
      await world.drain();
      expect(await mentions('marketing')).toMatchObject([
        {
          data: { by: expect.stringContaining('service'), text: '@Somebody @Somebody @Somebody @Somebody please call' },
          customerName: 'Ana',
        },
      ]);
      // Sales sees her own and her team's; a partner is not of the staff; the writer knows.
      for (const role of ['sales', 'partner', 'service'] as const) expect(await mentions(role)).toEqual([]);
      const path = `/v1/customers/${id}/interactions/${body.id}`;
      const changed = { body: `${at('marketing')} ${at('analyst')} again` };
      await world.api(ws.keys.service, 'PATCH', path, changed, { 'if-match': '"1"' });
      await world.drain();
      expect(await mentions('marketing')).toHaveLength(1);
      expect(await mentions('analyst')).toHaveLength(1);
    });

    it('in a follow-up tells who may see the customer', async () => {
      const id = await made({ ownerId: ws.members.sales.id });
      const due = { on: new Date(world.now() + 86_400_000).toISOString().slice(0, 10) };
      const task = { title: 'Visit', notes: `with ${at('manager')}`, customerId: id, due };
      await world.api(ws.keys.sales, 'POST', '/v1/follow-ups', task);
      await world.drain();
      expect(await mentions('manager')).toMatchObject([
        { subject: { type: 'followUp', customerId: id }, data: { text: 'with @Somebody' } },
      ]);
    });
  });

  describe('the daily mail', () => {
    const mails = () =>
      world.loopback.mailbox.list(1_000).filter(({ to, from }) => to[0]?.startsWith('sub-sales') && from.includes(ws.tenant));
    const tell = async (cause: string, kind: NotificationInput['kind'] = 'followUp.due') =>
      notifyOnce(await agent(), [about(ws.members.sales.id, { kind, cause })]);
    /** To a minute after the member's next hour, which it gives back. */
    const toTheHour = async ({ drains = true } = {}): Promise<string> => {
      const { nextDigestAt } = (await world.api(ws.keys.sales, 'GET', '/v1/notifications/preferences')).body;
      world.advance(`PT${Math.ceil((Date.parse(nextDigestAt) - world.now()) / 1_000) + 60}S`);
      if (drains) await world.drain();
      return nextDigestAt;
    };

    it('comes once a day at the member’s hour, only with something new and unread, in her language', async () => {
      ws = await world.workspace({ timeZone: 'Asia/Karachi' });
      const { version } = (await world.api(ws.keys.sales, 'GET', '/v1/me')).body.member;
      await world.api(ws.keys.sales, 'PATCH', '/v1/me', { language: 'fr' }, { 'if-match': `"${version}"` });
      await world.drain();
      const before = mails().length;
      await toTheHour();
      expect(mails()).toHaveLength(before);
      await tell('a');
      await tell('b', 'run.finished');
      await toTheHour();
      expect(mails()).toHaveLength(before + 1);
      expect(mails()[0]?.subject).toMatch(/^1 nouveauté pour vous/);
      world.advance('PT5M');
      await world.drain();
      await toTheHour();
      expect(mails()).toHaveLength(before + 1);
      await tell('c');
      await world.api(ws.keys.sales, 'POST', '/v1/notifications/read');
      await toTheHour();
      expect(mails()).toHaveLength(before + 1);
    });

    it('comes once, whenever its sender dies', { timeout: 120_000 }, async () => {
      world.end(ws.tenant);
      ws = await world.workspace();
      await world.drain();
      const { id } = ws.members.sales;
      let deaths = 0;
      for (const when of ['before', 'after'] as const)
        for (let call = 1; ; call++) {
          const before = mails().length;
          await tell(`${when} ${call}`);
          const at = await toTheHour({ drains: false });
          const event = { id: 'x', source: 'suki.work', 'detail-type': 'due.digest', time: at };
          const detail = { at, tenant: ws.tenant, kind: 'digest', id };
          const { died } = await dyingAt(call, when, () => world.invoke('digests', { ...event, detail }));
          for (const later of ['PT1M', 'PT61M']) {
            world.advance(later);
            await world.drain();
          }
          expect(mails().length - before, `died ${when} call ${call}`).toBe(1);
          if (!died) break;
          deaths += 1;
        }
      expect(deaths).toBeGreaterThan(10);
    });

    it('that the provider has left unanswered is settled by its event, or sent again within the hour', async () => {
      ws = await world.workspace();
      await world.drain();
      for (const wasTaken of [true, false]) {
        const before = mails().length;
        await tell(`taken: ${wasTaken}`);
        await toTheHour({ drains: false });
        const unanswered: SendMail = async (mail) => {
          if (wasTaken) await sendRaw({ ...fromOf((await findSender(await agent(), workspaceSenderId(ws.tenant)))!), ...mail });
          throw new Ambiguous('no answer');
        };
        await sendDigest(await agent(), ws.members.sales.id, { send: unanswered, url: 'x' });
        expect(mails().length - before).toBe(wasTaken ? 1 : 0);
        world.advance('PT61M');
        await world.drain();
        expect(mails().length - before).toBe(1);
      }
    });

    it('is given up for the day after a few tries that came to nothing, and what it told comes with the next', async () => {
      ws = await world.workspace();
      await world.drain();
      const before = mails().length;
      await tell('a');
      await toTheHour({ drains: false });
      let calls = 0;
      const dies = async () => {
        calls += 1;
        throw new Error('the process is gone');
      };
      for (let count = 0; count < 8; count++) {
        await sendDigest(await agent(), ws.members.sales.id, { send: dies, url: 'x' }).catch(() => {});
        world.advance('PT61M');
      }
      expect(calls).toBe(5);
      await toTheHour();
      expect(mails()).toHaveLength(before + 1);
    });

    it('is tried again a few times when the provider puts it off', async () => {
      ws = await world.workspace();
      await world.drain();
      await tell('a');
      await toTheHour({ drains: false });
      let calls = 0;
      const busy = async () => {
        calls += 1;
        return { throttled: true as const, why: 'rate' as const };
      };
      for (let count = 0; count < 8; count++) {
        await sendDigest(await agent(), ws.members.sales.id, { send: busy, url: 'x' });
        world.advance('PT16M');
      }
      expect(calls).toBe(5);
    });

    it('is off where the member turned it off, and for whoever left', async () => {
      ws = await world.workspace();
      await world.drain();
      await world.api(ws.keys.sales, 'PUT', '/v1/notifications/preferences', { digest: { on: false, at: '08:00' } });
      const { status, body } = await world.api(ws.keys.sales, 'GET', '/v1/notifications/preferences');
      expect([status, body.digest, body.nextDigestAt]).toEqual([200, { on: false, at: '08:00' }, null]);
      // She is told in the product all the same.
      const { body: customer } = await world.api(ws.keys.admin, 'POST', '/v1/customers', { kind: 'person', name: 'Ana' });
      const asked = { customerId: customer.id, type: 'complaint', subject: 'It leaks', ownerId: ws.members.sales.id, priority: 'urgent' };
      await world.api(ws.keys.admin, 'POST', '/v1/cases', asked);
      world.advance('P4D');
      await world.drain();
      const told = await world.api(ws.keys.sales, 'GET', '/v1/notifications');
      expect(told.body.data.map(({ kind }: { kind: string }) => kind)).toContain('case.breached');
      const { id } = ws.members.service;
      const { version } = (await world.api(ws.keys.admin, 'GET', `/v1/members/${id}`)).body;
      await world.api(ws.keys.admin, 'PATCH', `/v1/members/${id}`, { status: 'disabled' }, { 'if-match': `"${version}"` });
      await world.drain();
      const due = world
        .rows(`T#${ws.tenant}#NTF#`)
        .filter(({ gsi5pk }) => gsi5pk)
        .map(({ pk }) => String(pk).split('#').at(-1));
      expect(due).not.toContain(ws.members.sales.id);
      expect(due).not.toContain(id);
      expect(due).toContain(ws.members.admin.id);
    });
  });
});
