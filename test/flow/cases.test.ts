import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerTo, takeMail } from '../../local/mail-in.ts';
import type { SentMail } from '../../local/mailbox.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

type Body = Record<string, unknown>;
const hour = 3_600_000;

describeWorld('cases', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  /** Around the clock, so that a test need not know what day it is: urgent in 60 and 480 minutes. */
  const always = {
    calendars: [
      {
        key: 'always',
        name: 'Always',
        zone: 'UTC',
        hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
      },
    ],
    targets: ['low', 'normal', 'high', 'urgent'].map((priority, at) => ({
      ...{ priority, calendar: 'always' },
      ...{ firstResponseMinutes: 60 * (4 - at), resolutionMinutes: 480 * (4 - at) },
    })),
    queues: ['Workshop'],
  };
  const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.keys.admin, method, path, body, headers);
  const good = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Body> => {
    const answer = await call(method, path, body, headers);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const fresh = async (levels: Body | null = always) => {
    ws = await world.workspace({ timeZone: 'Asia/Manila' });
    if (levels) await good('PATCH', '/v1/service-levels', levels, { 'if-match': '"1"' });
  };
  const customer = async (more: Body = {}) =>
    String((await good('POST', '/v1/customers', { kind: 'person', name: 'Anita Trujillo', ...more })).id);
  const complaint = async (customerId: string) =>
    String(
      (
        await good('POST', `/v1/customers/${customerId}/interactions`, {
          channel: 'call',
          direction: 'in',
          reason: 'complaint',
          subject: 'It leaks',
        })
      ).id,
    );
  const open = async (more: Body = {}) =>
    good('POST', '/v1/cases', { customerId: await customer(), type: 'complaint', subject: 'It leaks', ...more });
  const list = async (query = '') => (await good('GET', `/v1/cases?${query}`)).data as Body[];
  const move = (id: unknown, state: string, more: Body = {}) => good('POST', `/v1/cases/${id}/state`, { state, ...more });
  const iso = (at: number) => new Date(at).toISOString();
  const clocks = async (id: unknown) => (await good('GET', `/v1/cases/${id}`)).clocks as Record<string, Body>;

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
      await open({ priority: 'urgent', ownerId: ws.members.service.id, queue: 'Workshop' }),
    ];
    expect((await list()).map(({ id }) => id)).toEqual([urgent.id, low.id]);
    expect((await list(`owner=${ws.members.service.id}`)).map(({ id }) => id)).toEqual([urgent.id]);
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
    const { id } = await open({ priority: 'urgent', ownerId: ws.members.service.id });
    const told = async () =>
      ((await world.api(ws.keys.service, 'GET', '/v1/notifications')).body.data as Body[])
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

  it('are one where they were two: the other goes on', async () => {
    await fresh();
    const customerId = await customer();
    const [one, other, strange] = [await open({ customerId }), await open({ customerId }), await open()];
    expect((await call('POST', `/v1/cases/${one.id}/merge`, { into: strange.id })).body.errors).toMatchObject([{ code: 'other_customer' }]);
    expect(await good('POST', `/v1/cases/${one.id}/merge`, { into: other.id })).toMatchObject({ state: 'closed', mergedIntoId: other.id });
    expect(await good('GET', `/v1/cases/${other.id}`)).toMatchObject({ mergedIds: [one.id], state: 'new' });
    expect((await call('POST', `/v1/cases/${one.id}/state`, { state: 'open' })).body.code).toBe('wrong_state');
  });

  const her = () => `anita${++people}@trujillo.example`;
  let people = 0;
  const answer = (customerId: unknown, caseId: unknown, more: Body = {}) =>
    call('POST', `/v1/customers/${customerId}/messages`, { subject: 'Re: It leaks', body: 'We send a new one.', caseId, ...more });
  const later = async (duration = 'PT1M') => {
    world.advance(duration);
    await world.drain();
  };
  const reply = async (mail: SentMail | undefined, from: string, text: string) => {
    if (!mail) throw new Error('no mail was sent');
    await takeMail(world.loopback, { from, to: [mail.replyTo[0] ?? mail.from], raw: await answerTo(mail, { from, text }) });
  };
  const entries = async (id: unknown) =>
    ((await good('GET', `/v1/cases/${id}/interactions`)).data as Body[]).map(({ channel, direction, subject }) => [
      channel,
      direction,
      subject,
    ]);

  it('are answered by mail, which is the first answer once it is sent, and the answer to it lands on the case', async () => {
    await fresh();
    const address = her();
    const customerId = await customer({ emails: [{ address }] });
    const { id } = await open({ customerId, priority: 'urgent', ownerId: ws.members.service.id });
    expect((await answer(customerId, id)).status).toBe(201);
    expect((await good('GET', `/v1/cases/${id}`)).state).toBe('new');
    await later();
    const [mail] = world.loopback.mailbox.list(500).filter(({ to }) => to.includes(address));
    expect((await good('GET', `/v1/cases/${id}`)).state).toBe('open');
    expect((await clocks(id)).firstResponse).toMatchObject({ metAt: expect.any(String), breachedAt: null });
    await move(id, 'waiting');
    await reply(mail, address, 'It still leaks.');
    await later();
    expect(await entries(id)).toEqual([
      ['email', 'in', expect.stringContaining('It leaks')],
      ['email', 'out', 'Re: It leaks'],
      ['call', 'in', 'It leaks'],
    ]);
    const back = await good('GET', `/v1/cases/${id}`);
    expect(back.state).toBe('open');
    expect((back.clocks as Record<string, Body>).resolution).toMatchObject({ pausedAt: null, runningSince: expect.any(String) });
    const told = (await world.api(ws.keys.service, 'GET', '/v1/notifications')).body.data as Body[];
    expect(told.map(({ kind }) => kind)).toContain('case.answered');
  });

  it('refuse an answer to an address that is never written to, with the reason', async () => {
    await fresh();
    const address = her();
    const customerId = await customer({ emails: [{ address }] });
    const { id } = await open({ customerId });
    await good('POST', '/v1/suppressions', { address, reason: 'by_hand' });
    const refused = await answer(customerId, id);
    expect([refused.status, refused.body.errors[0].pointer, refused.body.errors[0].code]).toEqual([422, '/to', 'suppressed']);
    expect(refused.body.errors[0].detail).toContain('by_hand');
    await later();
    expect(world.loopback.mailbox.list(500).filter(({ to }) => to.includes(address))).toEqual([]);
    expect((await clocks(id)).firstResponse?.metAt).toBeNull();
  });

  it('take notes that answer nobody, and calls that do', async () => {
    await fresh();
    const { id } = await open();
    await good('POST', `/v1/cases/${id}/interactions`, { channel: 'note', body: 'A worn seal, I think.' });
    expect((await clocks(id)).firstResponse?.metAt).toBeNull();
    await good('POST', `/v1/cases/${id}/interactions`, { channel: 'call', direction: 'out', subject: 'Called her' });
    expect((await clocks(id)).firstResponse?.metAt).not.toBeNull();
    expect((await good('GET', `/v1/cases/${id}`)).state).toBe('open');
    expect((await entries(id)).map(([channel]) => channel)).toEqual(['call', 'note', 'call']);
    await move(id, 'resolved', { resolution: 'Done.' });
    await good('POST', `/v1/cases/${id}/interactions`, { channel: 'call', direction: 'in', subject: 'It leaks again' });
    expect(await good('GET', `/v1/cases/${id}`)).toMatchObject({ state: 'open', reopened: 1 });
  });

  it('that are merged keep what was said on both, and an answer to the one lands on the other', async () => {
    await fresh();
    const address = her();
    const customerId = await customer({ emails: [{ address }] });
    const [one, other] = [await open({ customerId, subject: 'One' }), await open({ customerId, subject: 'Other' })];
    await answer(customerId, one.id);
    await later();
    await good('POST', `/v1/cases/${one.id}/merge`, { into: other.id });
    const [mail] = world.loopback.mailbox.list(500).filter(({ to }) => to.includes(address));
    await reply(mail, address, 'Thank you.');
    await later();
    expect((await entries(other.id)).map(([channel, direction]) => `${channel} ${direction}`)).toEqual([
      'email in',
      'email out',
      'call in',
      'call in',
    ]);
  });

  const rule = async (more: Body) => {
    const { id } = await good('POST', '/v1/rules', { name: 'Rule', ...more });
    return good('POST', `/v1/rules/${id}/on`, {});
  };
  const ready = async (name: string) => {
    const { data } = (await good('GET', '/v1/rules/ready')) as { data: Body[] };
    return rule(data.find((one) => one.ready === name) ?? {});
  };

  it('are opened by a rule from a complaint, once, for the owner of the customer', async () => {
    await fresh();
    await ready('case');
    const customerId = await customer({ ownerId: ws.members.service.id });
    const interactionId = await complaint(customerId);
    await world.drain();
    await world.drain();
    expect(await list()).toMatchObject([
      { type: 'complaint', priority: 'high', subject: 'It leaks', ownerId: ws.members.service.id, number: 1 },
    ]);
    expect((await good('GET', `/v1/customers/${customerId}/interactions/${interactionId}`)).caseId).toBe((await list())[0]?.id);
    // What was opened by hand is not opened again.
    await open({ customerId });
    await world.drain();
    expect(await list()).toHaveLength(2);
  });

  it('set rules off when they are opened, taken a step on, and too late, each once', async () => {
    await fresh();
    const notify = (text: string) => [{ kind: 'notify', text, for: { to: 'member', memberId: ws.members.manager.id } }];
    await rule({ when: { kind: 'case.created', type: 'complaint' }, does: notify('opened') });
    await rule({ when: { kind: 'case.changed', to: 'resolved' }, does: notify('resolved') });
    await rule({ when: { kind: 'case.breach', step: 'warn', clock: 'firstResponse' }, does: notify('warned') });
    await rule({ when: { kind: 'case.breach', step: 'breach', clock: 'resolution' }, does: notify('broken') });
    const told = async () =>
      ((await world.api(ws.keys.manager, 'GET', '/v1/notifications?limit=200')).body.data as { kind: string; data: { text: string } }[])
        .filter(({ kind }) => kind === 'rule')
        .map(({ data }) => data.text)
        .toReversed();
    const { id } = await open({ priority: 'urgent' });
    const { id: question } = await open({ type: 'question' });
    await good('DELETE', `/v1/cases/${question}`);
    await later();
    expect(await told()).toEqual(['opened']);
    await later('PT50M');
    await later('PT20M');
    expect(await told()).toEqual(['opened', 'warned']);
    await later('PT8H');
    expect(await told()).toEqual(['opened', 'warned', 'broken']);
    await move(id, 'resolved', { resolution: 'Done.' });
    await later();
    expect(await told()).toEqual(['opened', 'warned', 'broken', 'resolved']);
  });

  it('stand in the queue of the day where they are due today or late, with the reason', async () => {
    await fresh();
    const mine = await open({ priority: 'urgent', ownerId: ws.members.admin.id });
    const others = await open({ priority: 'urgent', ownerId: ws.members.service.id });
    const nobodys = await open({ priority: 'urgent' });
    world.advance('PT65M');
    await world.drain();
    const { data } = (await good('GET', '/v1/today')) as { data: { kind: string; late: boolean; case: Body | null; reasons: Body[] }[] };
    const cases = data.filter(({ kind }) => kind === 'case');
    expect(new Set(cases.map((item) => item.case?.id))).toEqual(new Set([mine.id, nobodys.id]));
    expect(cases.map(({ late, reasons }) => [late, reasons[0]?.code])).toEqual([
      [true, 'caseLate'],
      [true, 'caseLate'],
    ]);
    expect(cases.map((item) => item.case?.id)).not.toContain(others.id);
    await move(mine.id, 'waiting');
    const after = (await good('GET', '/v1/today')) as { data: { case: Body | null }[] };
    expect(after.data.map((item) => item.case?.id)).not.toContain(mine.id);
  });

  it('come to what was kept and broken of our own promises, by priority and owner', async () => {
    await fresh();
    const from = iso(world.now() - 60_000);
    const made = [];
    for (const priority of ['urgent', 'urgent', 'low', 'normal']) made.push(await open({ priority, ownerId: ws.members.service.id }));
    const [kept, late, quick, merged] = made;
    const called = { channel: 'call', direction: 'out', subject: 'Called' };
    await good('POST', `/v1/cases/${kept?.id}/interactions`, called);
    await move(quick?.id, 'resolved', { resolution: 'Done.' });
    await good('POST', `/v1/cases/${merged?.id}/merge`, { into: (await open({ customerId: merged?.customerId })).id });
    world.advance('PT90M');
    await good('POST', `/v1/cases/${late?.id}/interactions`, called);
    await world.drain();
    const report = await good('GET', `/v1/case-report?from=${from}&to=${iso(world.now())}`);
    expect(report).toMatchObject({
      cases: 4,
      firstResponse: { kept: 2, broken: 1, open: 1 },
      resolution: { kept: 1, broken: 0, open: 3 },
      reportedBySource: { yes: 0, no: 0, unknown: 0 },
      complete: true,
    });
    expect((report.byPriority as Body[]).find(({ priority }) => priority === 'urgent')).toMatchObject({
      cases: 2,
      firstResponse: { kept: 1, broken: 1, open: 0 },
    });
    expect((report.byOwner as Body[]).map(({ ownerId, cases }) => [ownerId, cases])).toEqual([
      [ws.members.service.id, 3],
      [null, 1],
    ]);
    expect((await list('state=any&breached=true')).map(({ id }) => id)).toEqual([late?.id]);
  });

  it('are gathered under a theme, and closing it drafts a message to exactly those who raised it', async () => {
    await fresh();
    const theme = await good('POST', '/v1/themes', { name: 'Cartridges leak' });
    const raisers = [await open(), await open()];
    const twice = await open({ customerId: raisers[0]?.customerId, themeId: theme.id });
    for (const { id } of raisers) await good('PATCH', `/v1/cases/${id}`, { themeId: theme.id }, { 'if-match': '"1"' });
    const taken = await open({ themeId: theme.id });
    await good('PATCH', `/v1/cases/${taken.id}`, { themeId: null }, { 'if-match': '"1"' });
    await open();
    expect(await good('GET', `/v1/themes/${theme.id}`)).toMatchObject({ cases: 3, responses: 0, customers: 2, state: 'open' });
    expect((await list(`themeId=${theme.id}`)).map(({ id }) => id).sort()).toEqual([...raisers.map(({ id }) => id), twice.id].sort());
    expect((await call('POST', `/v1/themes/${theme.id}/state`, { state: 'planned', draft: true })).body.code).toBe('wrong_state');
    const done = await good('POST', `/v1/themes/${theme.id}/state`, { state: 'done', draft: true });
    expect(done).toMatchObject({ state: 'done', campaignId: expect.stringMatching(/^cmp_/) });
    const campaign = (await good('GET', `/v1/campaigns/${done.campaignId}`)) as {
      state: string;
      audience: { include: { listId: string }[] };
    };
    expect(campaign.state).toBe('draft');
    const members = (await good('GET', `/v1/lists/${campaign.audience.include[0]?.listId}/members`)).data as Body[];
    expect(members.map(({ id }) => id).sort()).toEqual(raisers.map(({ customerId }) => customerId).sort());
    const again = await good('POST', `/v1/themes/${theme.id}/state`, { state: 'done', draft: true });
    expect(again.campaignId).toBe(done.campaignId);
  });
});
