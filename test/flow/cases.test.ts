import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { type Body, caseDesk, hour, iso } from './case-desk.ts';

describeWorld('cases', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());
  const { ws, call, good, fresh, customer, complaint, open, list, move, clocks } = caseDesk(() => world);

  it('begin from a complaint, are numbered, and count from when the customer spoke', async () => {
    await fresh();
    const customerId = await customer();
    const interactionId = await complaint(customerId);
    const said = (await good('GET', `/v1/customers/${customerId}/interactions/${interactionId}`)) as { occurredAt: string };
    world.advance('PT10M');
    const one = await good('POST', '/v1/cases', { customerId, type: 'complaint', subject: 'It leaks', priority: 'urgent', interactionId });
    expect(one).toMatchObject({
      number: 1,
      state: 'new',
      ownerId: null,
      source: { kind: 'interaction', id: interactionId },
      openedAt: said.occurredAt,
    });
    const began = Date.parse(said.occurredAt);
    expect(one.clocks).toMatchObject({
      firstResponse: { targetMinutes: 60, dueAt: iso(began + hour), warnAt: iso(began + 0.75 * hour) },
      resolution: { targetMinutes: 480, dueAt: iso(began + 8 * hour) },
    });
    expect(one.dueAt).toBe(iso(began + hour));
    expect(await good('GET', `/v1/customers/${customerId}/interactions/${interactionId}`)).toMatchObject({ caseId: one.id });
    expect((await call('POST', '/v1/cases', { customerId, type: 'complaint', subject: 'Again', interactionId })).body.code).toBe(
      'duplicate',
    );
    expect(await open()).toMatchObject({ number: 2 });
    expect((await list()).map(({ number, customerName }) => [number, customerName])).toEqual([
      [1, 'Anita Trujillo'],
      [2, 'Anita Trujillo'],
    ]);
  });

  it('log what they begin with where nothing is on the timeline yet', async () => {
    await fresh();
    const { id, customerId, interactionId, source } = await open({ channel: 'visit', body: 'At the counter.', type: 'return' });
    expect(source).toEqual({ kind: 'person', id: null });
    expect((await good('GET', `/v1/customers/${customerId}/interactions`)).data).toMatchObject([
      { id: interactionId, caseId: id, channel: 'visit', direction: 'in', subject: 'It leaks', body: 'At the counter.' },
    ]);
  });

  it('are listed by state, owner, customer and what is due first', async () => {
    await fresh();
    const [low, urgent] = [
      await open({ priority: 'low' }),
      await open({ priority: 'urgent', ownerId: ws().members.service.id, queue: 'Workshop' }),
    ];
    expect((await list()).map(({ id }) => id)).toEqual([urgent.id, low.id]);
    expect((await list(`owner=${ws().members.service.id}`)).map(({ id }) => id)).toEqual([urgent.id]);
    expect((await list('owner=none')).map(({ id }) => id)).toEqual([low.id]);
    expect((await list('queue=Workshop')).map(({ id }) => id)).toEqual([urgent.id]);
    expect((await list(`customerId=${low.customerId}&state=any`)).map(({ id }) => id)).toEqual([low.id]);
    await move(urgent.id, 'open');
    expect((await list('state=open')).map(({ id, state }) => [id, state])).toEqual([
      [urgent.id, 'open'],
      [low.id, 'new'],
    ]);
    expect((await list('state=new')).map(({ id }) => id)).toEqual([low.id]);
    expect(
      (await call('POST', '/v1/cases', { ...{ customerId: low.customerId, type: 'question', subject: 'x' }, queue: 'Nowhere' })).status,
    ).toBe(422);
  });

  it('are listed page by page without a gap, each once', async () => {
    await fresh();
    for (let at = 0; at < 13; at++) await open({ priority: ['low', 'normal', 'high', 'urgent'][at % 4] });
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { data, page } = (await good('GET', `/v1/cases?limit=4${cursor && `&cursor=${cursor}`}`)) as {
        data: Body[];
        page: { nextCursor: string | null };
      };
      seen.push(...data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(13);
    expect(new Set(seen).size).toBe(13);
  });

  it('stop their clocks while the customer is waited for', async () => {
    await fresh();
    const { id } = await open({ priority: 'urgent' });
    world.advance('PT30M');
    await move(id, 'waiting');
    world.advance('PT5H');
    expect(await clocks(id)).toMatchObject({ firstResponse: { dueAt: null, runningSince: null }, resolution: { dueAt: null } });
    const before = world.now();
    const back = await move(id, 'open');
    const { resolution, firstResponse } = back.clocks as Record<string, { dueAt: string; elapsedMinutes: number }>;
    expect(Math.abs(Date.parse(firstResponse?.dueAt ?? '') - (before + 30 * 60_000))).toBeLessThan(5_000);
    expect(Math.abs(Date.parse(resolution?.dueAt ?? '') - (before + 450 * 60_000))).toBeLessThan(5_000);
  });

  it('warn once and break once, at their time, and tell the owner each time', async () => {
    await fresh();
    const { id } = await open({ priority: 'urgent', ownerId: ws().members.service.id });
    const told = async () =>
      ((await world.api(ws().keys.service, 'GET', '/v1/notifications')).body.data as Body[])
        .filter(({ kind }) => String(kind).startsWith('case.'))
        .map(({ kind }) => kind);
    world.advance('PT46M');
    await world.drain();
    expect(await told()).toEqual(['case.warned']);
    await world.drain();
    world.advance('PT15M');
    await world.drain();
    expect(await told()).toEqual(['case.breached', 'case.warned']);
    const { firstResponse } = await clocks(id);
    expect(firstResponse?.breachedAt).toBe(firstResponse?.dueAt);
    expect((await list('breached=true')).map((row) => [row.id, row.firstResponse, row.resolution])).toEqual([[id, 'breached', 'running']]);
    expect(await list('breached=false')).toEqual([]);
    world.advance('PT1H');
    await world.drain();
    expect(await told()).toHaveLength(2);
  });

  it('are resolved with a word on how, closed by themselves a week later, and open again where they were not', async () => {
    await fresh();
    const { id } = await open();
    expect((await call('POST', `/v1/cases/${id}/state`, { state: 'resolved' })).body.errors).toMatchObject([{ pointer: '/resolution' }]);
    expect((await call('POST', `/v1/cases/${id}/state`, { state: 'closed' })).body.code).toBe('wrong_state');
    const resolved = await move(id, 'resolved', { resolution: 'A new cartridge.', rootCause: 'Seal' });
    expect(resolved).toMatchObject({ state: 'resolved', rootCause: 'Seal', dueAt: null });
    expect((resolved.clocks as Body).resolution).toMatchObject({ breachedAt: null });
    world.advance('P6D');
    await world.drain();
    expect(await good('GET', `/v1/cases/${id}`)).toMatchObject({ state: 'resolved' });
    world.advance('P1DT1H');
    await world.drain();
    expect(await good('GET', `/v1/cases/${id}`)).toMatchObject({ state: 'closed' });
    const again = await move(id, 'open');
    expect(again).toMatchObject({ state: 'open', reopened: 1, resolvedAt: null, closedAt: null });
    expect((again.clocks as Body).resolution).toMatchObject({ metAt: null });
  });

  it('promise other times under another priority, less what has gone', async () => {
    await fresh();
    const { id, openedAt } = (await open({ priority: 'low' })) as { id: string; openedAt: string };
    world.advance('PT3H');
    const changed = await good('PATCH', `/v1/cases/${id}`, { priority: 'urgent' }, { 'if-match': '"1"' });
    const began = Date.parse(openedAt);
    expect(changed.clocks).toMatchObject({
      firstResponse: { targetMinutes: 60, breachedAt: expect.any(String) },
      resolution: { targetMinutes: 480, breachedAt: null },
    });
    const { resolution } = changed.clocks as Record<string, { dueAt: string }>;
    expect(Math.abs(Date.parse(resolution?.dueAt ?? '') - (began + 8 * hour))).toBeLessThan(2_000);
  });

  it('promise by what the customer is to us, on days when somebody works', async () => {
    await fresh(null);
    await good('POST', '/v1/fields', { key: 'tier', label: 'Tier', kind: 'choice', choices: ['gold', 'silver'] });
    const gold = { priority: 'normal', tier: 'gold', calendar: 'office', firstResponseMinutes: 30, resolutionMinutes: 60 };
    const { targets } = (await good('GET', '/v1/service-levels')) as { targets: unknown[] };
    await good('PATCH', '/v1/service-levels', { tierField: 'tier', targets: [...targets, gold] }, { 'if-match': '"1"' });
    const golden = await open({ customerId: await customer({ custom: { tier: 'gold' } }) });
    const plain = await open({ customerId: await customer({ custom: { tier: 'silver' } }) });
    expect((golden.clocks as Body).firstResponse).toMatchObject({ targetMinutes: 30 });
    expect((plain.clocks as Body).firstResponse).toMatchObject({ targetMinutes: 480 });
  });
});
