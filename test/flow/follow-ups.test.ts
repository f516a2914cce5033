import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Body = Record<string, unknown>;

describeWorld('follow-ups', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  const fresh = async () => {
    ws = await world.workspace({ timeZone: 'Asia/Manila' });
  };
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.keys.admin, method, path, body, headers);
  const good = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body> => {
    const answer = await call(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** The day so many days from now in Manila. */
  const dayIn = (days: number) => new Date(world.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
  const customer = async () => String((await good('POST', '/v1/customers', { kind: 'person', name: 'Anita Trujillo' })).id);
  const plan = (more: Body = {}) => good('POST', '/v1/follow-ups', { title: 'Call her', due: { on: dayIn(1), at: '10:00' }, ...more });
  const list = async (query: string) => (await good('GET', `/v1/follow-ups?${query}`)).data as Body[];
  const timeline = async (id: string, archived = false) =>
    (await good('GET', `/v1/customers/${id}/interactions?archived=${archived}`)).data as Body[];

  it('tells who changed what in it, the newest first', async () => {
    await fresh();
    const { id, version } = await plan({ priority: 'normal' });
    await good('PATCH', `/v1/follow-ups/${id}`, { priority: 'high' }, { 'if-match': `"${version}"` });
    await good('POST', `/v1/follow-ups/${id}/done`, {});
    await world.drain();
    const data = (await good('GET', `/v1/follow-ups/${id}/history`)).data as { action: string; changes: unknown[] }[];
    expect(data.map(({ action }) => action)).toEqual(['changed', 'changed', 'created']);
    expect(data[1]?.changes).toEqual(expect.arrayContaining([{ field: 'priority', from: 'normal', to: 'high' }]));
    expect(data[0]?.changes).toEqual(expect.arrayContaining([{ field: 'state', from: 'open', to: 'done' }]));
  });

  it('are planned in the zone of the workspace and found by due time, customer and owner', async () => {
    await fresh();
    const customerId = await customer();
    const late = await plan({ title: 'Later', due: { on: dayIn(2) }, customerId });
    const early = await plan({ customerId });
    expect(early).toMatchObject({
      due: { on: dayIn(1), at: '10:00', zone: 'Asia/Manila' },
      dueAt: `${dayIn(1)}T02:00:00.000Z`,
      ownerId: ws.members.admin.id,
      remindAt: `${dayIn(1)}T02:00:00.000Z`,
    });
    expect(late.dueAt).toBe(`${dayIn(2)}T01:00:00.000Z`);
    expect((await list('scope=own')).map(({ id, customerName }) => [id, customerName])).toEqual([
      [early.id, 'Anita Trujillo'],
      [late.id, 'Anita Trujillo'],
    ]);
    expect((await list(`customerId=${customerId}`)).map(({ id }) => id)).toEqual([early.id, late.id]);
    expect((await list(`from=${dayIn(2)}T00:00:00Z`)).map(({ id }) => id)).toEqual([late.id]);
    expect((await list(`to=${dayIn(1)}T23:00:00Z`)).map(({ id }) => id)).toEqual([early.id]);
    expect(await list(`ownerId=${ws.members.sales.id}`)).toEqual([]);
  });

  it('are listed page by page without a gap, each once', async () => {
    await fresh();
    const operations = Array.from({ length: 25 }, (_, at) => ({
      op: 'create',
      body: { title: `No ${at}`, due: { on: dayIn(1 + (at % 3)) } },
    }));
    expect((await good('POST', '/v1/follow-ups/batch', { operations })).summary).toEqual({ succeeded: 25, failed: 0 });
    for (const scope of ['own', 'team', 'all']) {
      const seen: unknown[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { data, page } = (await good('GET', `/v1/follow-ups?scope=${scope}&limit=7${cursor && `&cursor=${cursor}`}`)) as {
          data: Body[];
          page: { nextCursor: string | null };
        };
        seen.push(...data.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(new Set(seen).size, scope).toBe(25);
      expect(seen, scope).toHaveLength(25);
    }
  });

  it('that are done are listed page by page too, each once', async () => {
    await fresh();
    for (let at = 0; at < 9; at++) await good('POST', `/v1/follow-ups/${(await plan()).id}/done`, {});
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { data, page } = (await good('GET', `/v1/follow-ups?state=done&limit=3${cursor && `&cursor=${cursor}`}`)) as {
        data: Body[];
        page: { nextCursor: string | null };
      };
      seen.push(...data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(9);
    expect(seen).toHaveLength(9);
  });

  it('become an interaction with the outcome when they are done, and take it back when that is undone', async () => {
    await fresh();
    const customerId = await customer();
    const { id } = await plan({ customerId, channel: 'call' });
    const finished = await good('POST', `/v1/follow-ups/${id}/done`, { outcome: 'promised', interaction: { body: 'On Friday.' } });
    expect(finished).toMatchObject({ state: 'done', outcome: 'promised', remindAt: null });
    expect(await timeline(customerId)).toMatchObject([
      {
        id: finished.loggedId,
        channel: 'call',
        direction: 'out',
        subject: 'Call her',
        body: 'On Friday.',
        outcome: 'promised',
        followUpId: id,
      },
    ]);
    expect(await list('state=open')).toEqual([]);
    expect((await list('state=done')).map((row) => row.id)).toEqual([id]);
    expect((await call('POST', `/v1/follow-ups/${id}/done`, {})).body.code).toBe('wrong_state');
    expect(await good('POST', `/v1/follow-ups/${id}/reopen`)).toMatchObject({ state: 'open', loggedId: null, outcome: null });
    expect(await timeline(customerId)).toEqual([]);
    expect(await timeline(customerId, true)).toHaveLength(1);
    expect((await list('state=open')).map((row) => row.id)).toEqual([id]);
  });

  it('are ticked off without a word, and then nothing is logged', async () => {
    await fresh();
    const customerId = await customer();
    const { id } = await plan({ customerId });
    await good('POST', `/v1/follow-ups/${id}/done`, {});
    expect(await timeline(customerId)).toEqual([]);
  });

  it('come again as their rule says, once for each time that they are done', async () => {
    await fresh();
    const first = await plan({ title: 'Change the cartridge', recurrence: { every: 'month', interval: 6 } });
    const key = { 'idempotency-key': 'again' };
    const done = await good('POST', `/v1/follow-ups/${first.id}/done`, {}, key);
    const again = await call('POST', `/v1/follow-ups/${first.id}/done`, {}, key);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body.nextId).toBe(done.nextId);
    const open = await list('state=open');
    expect(open.map(({ id, seriesId }) => [id, seriesId])).toEqual([[done.nextId, first.id]]);
    // Undone, it is the only one again; done again, there is one to come again.
    await good('POST', `/v1/follow-ups/${first.id}/reopen`);
    expect((await list('state=open')).map(({ id }) => id)).toEqual([first.id]);
    await good('POST', `/v1/follow-ups/${first.id}/done`, {});
    expect(await list('state=open')).toHaveLength(1);
  });

  it('keep the next of a series that somebody has changed, and make no second one', async () => {
    await fresh();
    const first = await plan({ recurrence: { every: 'day' } });
    const { nextId } = await good('POST', `/v1/follow-ups/${first.id}/done`, {});
    await good('PATCH', `/v1/follow-ups/${nextId}`, { title: 'Write to her' }, { 'if-match': '"1"' });
    expect((await good('POST', `/v1/follow-ups/${first.id}/reopen`)).nextId).toBe(nextId);
    expect(await list('state=open')).toHaveLength(2);
    await good('POST', `/v1/follow-ups/${first.id}/done`, {});
    expect((await list('state=open')).map(({ id }) => id)).toEqual([nextId]);
  });

  it('are put off without a new due time, and woken', async () => {
    await fresh();
    const { id, dueAt } = await plan();
    const until = `${dayIn(3)}T01:00:00.000Z`;
    expect(await good('POST', `/v1/follow-ups/${id}/snooze`, { until })).toMatchObject({ snoozedUntil: until, remindAt: until, dueAt });
    expect(await good('POST', `/v1/follow-ups/${id}/snooze`, { until: null })).toMatchObject({ snoozedUntil: null, remindAt: dueAt });
    expect((await call('POST', `/v1/follow-ups/${id}/snooze`, { until: '2020-01-01T00:00:00Z' })).body.errors[0].code).toBe('in_past');
  });

  it('are cancelled and brought back', async () => {
    await fresh();
    const { id } = await plan();
    expect(await good('DELETE', `/v1/follow-ups/${id}`)).toMatchObject({ state: 'cancelled', remindAt: null });
    expect((await call('DELETE', `/v1/follow-ups/${id}`)).body.code).toBe('already_archived');
    expect(await good('POST', `/v1/follow-ups/${id}/restore`)).toMatchObject({ state: 'open', remindAt: expect.any(String) });
  });

  it('that follow from an interaction are named by it until they are cancelled', async () => {
    await fresh();
    const customerId = await customer();
    const complaint = await good('POST', `/v1/customers/${customerId}/interactions`, {
      channel: 'fax',
      direction: 'in',
      reason: 'complaint',
    });
    const { id } = await plan({ customerId, interactionId: complaint.id });
    const nextStep = async () => (await timeline(customerId))[0]?.nextStepId;
    expect(await nextStep()).toBe(id);
    await good('DELETE', `/v1/follow-ups/${id}`);
    expect(await nextStep()).toBeNull();
    await good('POST', `/v1/follow-ups/${id}/restore`);
    expect(await nextStep()).toBe(id);
  });

  it('are changed only by who has read the fields that he changes, and not when they are done', async () => {
    await fresh();
    const { id } = await plan();
    expect(await good('PATCH', `/v1/follow-ups/${id}`, { due: { on: dayIn(4) } }, { 'if-match': '"1"' })).toMatchObject({
      due: { on: dayIn(4), at: null, zone: 'Asia/Manila' },
      version: 2,
    });
    expect((await call('PATCH', `/v1/follow-ups/${id}`, { due: { on: dayIn(5) } }, { 'if-match': '"1"' })).status).toBe(412);
    await good('PATCH', `/v1/follow-ups/${id}`, { notes: 'Bring the key' }, { 'if-match': '"1"' });
    await good('POST', `/v1/follow-ups/${id}/done`, {});
    expect((await call('PATCH', `/v1/follow-ups/${id}`, { title: 'x' }, { 'if-match': '"4"' })).body.code).toBe('wrong_state');
  });

  it('are refused with the reason where they cannot be meant', async () => {
    await fresh();
    const refusal = async (body: Body) =>
      (await call('POST', '/v1/follow-ups', { title: 'x', due: { on: dayIn(1) }, ...body })).body.errors?.map(
        ({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`,
      );
    const nobody = 'mem_00000000000000000000000000';
    expect(await refusal({ ownerId: nobody })).toEqual(['/ownerId no_such_member']);
    expect(await refusal({ customerId: 'cus_00000000000000000000000000' })).toEqual(['/customerId no_such_customer']);
    expect(await refusal({ due: { on: dayIn(1), zone: 'Mars/Olympus' } })).toEqual(['/due/zone custom']);
    expect(await refusal({ recurrence: { every: 'day', weekdays: [1] } })).toEqual(['/recurrence/weekdays not_for_this']);
    expect(await refusal({ recurrence: { every: 'day', until: dayIn(-1) } })).toEqual(['/recurrence/until before_due']);
    expect(await refusal({ due: { on: '2026-02-30' } })).toEqual(['/due/on invalid_format']);
  });

  it('remind their owner once at their time, by the second tick, however often that is told', async () => {
    await fresh();
    const { id } = await plan({ due: soon(30) });
    await world.drain();
    expect(await reminders()).toEqual([]);
    world.advance('PT29M');
    await world.drain();
    expect(await reminders()).toEqual([]);
    for (let minute = 0; minute < 4; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
    expect(await reminders()).toMatchObject([{ kind: 'followUp.due', subject: { id } }]);
    expect((await good('GET', `/v1/follow-ups/${id}`)).remindAt).toBeNull();
  });

  it('whose moments passed while the product stood still for two hours remind once', async () => {
    await fresh();
    const { id } = await plan({ due: soon(90), reminders: [0, 30, 60] });
    world.advance('PT2H');
    await world.drain();
    world.advance('PT2M');
    await world.drain();
    expect(await reminders()).toMatchObject([{ subject: { id } }]);
  });

  it('that are done or put off before their time stay silent', async () => {
    await fresh();
    const [one, other] = [await plan({ due: soon(10) }), await plan({ due: soon(10) })];
    await good('POST', `/v1/follow-ups/${one.id}/done`, {});
    await good('POST', `/v1/follow-ups/${other.id}/snooze`, { until: new Date(world.now() + 3 * 3_600_000).toISOString() });
    world.advance('PT1H');
    await world.drain();
    expect(await reminders()).toEqual([]);
    world.advance('PT3H');
    await world.drain();
    expect(await reminders()).toMatchObject([{ subject: { id: other.id } }]);
  });

  it('are in the history with who did what, and on the bus', async () => {
    await fresh();
    const { id } = await plan();
    await good('POST', `/v1/follow-ups/${id}/done`, {});
    await world.drain();
    const { data } = (await good('GET', `/v1/audit-events?entity=followUp&rowId=${id}`)) as { data: Body[] };
    expect(data.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['changed', ws.members.admin.id],
      ['created', ws.members.admin.id],
    ]);
    const types = world.loopback.bus.journal(20).map((event) => event['detail-type']);
    expect(types).toEqual(expect.arrayContaining(['followUp.created', 'followUp.changed']));
  });

  it('that are open go over to the receiver of a leaving member, and back', async () => {
    await fresh();
    const [leaving, staying] = [await ws.addMember('sales'), await ws.addMember('sales')];
    const open = await plan({ ownerId: leaving.id });
    const closed = await plan({ ownerId: leaving.id });
    await good('POST', `/v1/follow-ups/${closed.id}/done`, {});
    const job = await good('POST', `/v1/members/${leaving.id}/hand-over`, { toMemberId: staying.id });
    await world.drain();
    const owners = async () => Promise.all([open, closed].map(async ({ id }) => (await good('GET', `/v1/follow-ups/${id}`)).ownerId));
    expect(await owners()).toEqual([staying.id, leaving.id]);
    await good('POST', `/v1/jobs/${job.id}/undo`);
    await world.drain();
    expect(await owners()).toEqual([leaving.id, leaving.id]);
  });

  /** So many minutes from six in the morning in Manila, to which the clock moves. */
  function soon(minutes: number) {
    const untilMorning = (24 * 60 - Math.floor(((world.now() + 8 * 3_600_000) % 86_400_000) / 60_000) + 6 * 60) % (24 * 60);
    if (untilMorning > 0) world.advance(`PT${untilMorning}M`);
    return { on: dayIn(0), at: new Date(world.now() + 8 * 3_600_000 + minutes * 60_000).toISOString().slice(11, 16) };
  }
  async function reminders(): Promise<Body[]> {
    return ((await good('GET', '/v1/notifications')).data as Body[]).filter(({ kind }) => kind === 'followUp.due');
  }
});
