import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../functions/table/entity.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** A campaign over HTTP: written, refused where it cannot be, shown as a customer would get it. */
const text = (subject: string, body: string) => ({ subject, body });
const content = (texts: Record<string, { subject: string | null; body: string }>) => ({
  topic: 'news',
  fallbackLanguage: 'en',
  variants: [{ key: 'A', texts }],
});

describeWorld('a campaign', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world.stop());

  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.members.marketing.key, method, path, body, headers);
  const make = async (body: object) => (await api('POST', '/v1/campaigns', { name: 'Spring', ...body })).body;
  const refusal = async (body: object) => {
    const { status, body: problem } = await api('POST', '/v1/campaigns', { name: 'Spring', ...body });
    return { status, errors: (problem.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`) };
  };

  it('comes back as it was said, and is in the list of its state', async () => {
    const campaign = await make({
      goal: { metric: { kind: 'lifecycle', reached: 'active' }, target: 10, deadline: '2027-06-01T00:00:00Z' },
      audience: { include: [{ where: { field: 'tags', op: 'exists', value: false } }], holdoutPercent: 20 },
      content: content({ en: text('Hello', 'Hello {{customer.name}}'), 'pt-BR': text('Olá', 'Olá') }),
    });
    const again = (await api('GET', `/v1/campaigns/${campaign.id}`)).body;
    expect(again).toEqual(campaign);
    expect(again.audience.include[0].where.value).toBe(false);
    const ids = async (state: string) => (await api('GET', `/v1/campaigns?state=${state}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await ids('draft')).toContain(campaign.id);
    expect(await ids('active')).not.toContain(campaign.id);
  });

  it('is refused with the reason and the place where it could never be sent', async () => {
    const recurring = (cron: string, zone = 'Asia/Manila') => ({ schedule: { kind: 'recurring', cron, zone } });
    const { body } = await api('POST', '/v1/campaigns', {
      name: 'Spring',
      content: content({ en: text('Hi', 'Dear {{customer.givenName}},\n\nyour {{customer.custom.nothing}} is due') }),
    });
    const long = { channel: 'sms', content: content({ en: text('Hi', 'a'.repeat(1_601)) }) };
    expect((await refusal(long)).errors).toEqual(['/content/variants/0/texts/en/body too_long']);
    const { id, version } = await make({});
    const strangers = { callList: { memberIds: ['mem_01J9Z3T8Q4V6N2K7M5R0B1C2D3'] } };
    const changed = await api('PATCH', `/v1/campaigns/${id}`, strangers, { 'if-match': `"${version}"` });
    expect(changed.body.errors).toMatchObject([{ pointer: '/callList/memberIds/0', code: 'no_such_member' }]);
    expect(body.errors).toEqual([
      {
        pointer: '/content/variants/0/texts/en/body',
        code: 'unknown_variable',
        detail: 'line 3, column 6: there is no such variable',
      },
    ]);
    for (const name of ['customer.__proto__', 'customer.constructor', 'customer.custom.constructor', 'workspace.fields'])
      expect(await refusal({ content: content({ en: text('Hi', `{{${name}}}`) }) })).toMatchObject({ status: 422 });
    expect(await refusal(recurring('0 9 31 2 *'))).toEqual({ status: 422, errors: ['/schedule/cron never_fires'] });
    expect(await refusal(recurring('*/5 * * * *'))).toEqual({ status: 422, errors: ['/schedule/cron too_often'] });
    expect(await refusal(recurring('nine o’clock'))).toEqual({ status: 422, errors: ['/schedule/cron invalid_cron'] });
    expect((await refusal(recurring('0 9 * * *', 'Mars/Olympus'))).errors[0]).toContain('/schedule/zone');
    expect((await refusal({ budget: { planned: { amount: '0', currency: 'PHP' } } })).errors[0]).toContain('/budget/planned');
    expect(await refusal({ budget: { planned: { amount: '10', currency: 'USD' } } })).toEqual({
      status: 422,
      errors: ['/budget/planned/currency other_currency'],
    });
    expect((await refusal({ goal: { metric: 'more fame', target: 1, deadline: '2027-06-01T00:00:00Z' } })).status).toBe(422);
  });

  it('says what still stands in the way of a start', async () => {
    const { lacks } = await make({});
    expect(lacks.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/goal',
      '/budget',
      '/audience/include',
      '/content',
      '/schedule',
    ]);
  });

  it('is shown as a customer gets it: her language, her name harmless, her absence of a name a reason to leave her out', async () => {
    const campaign = await make({
      content: content({
        en: text('For {{customer.name}}', 'Dear {{customer.givenName}}'),
        fr: text('Pour {{customer.name}}', '[Voir](https://shop.example/?qui={{customer.name}})'),
      }),
    });
    const customer = (
      await world.api(ws.members.admin.key, 'POST', '/v1/customers', {
        kind: 'person',
        name: '<b>Anne & "Cie"</b>',
        preferences: { language: 'fr-CA' },
      })
    ).body;
    const preview = async (body: object) => (await api('POST', `/v1/campaigns/${campaign.id}/preview`, body)).body;
    const hers = await preview({ customerId: customer.id });
    expect(hers).toMatchObject({ language: 'fr', variant: 'A', subject: 'Pour <b>Anne & "Cie"</b>', problem: null });
    expect(hers.html).toContain('href="https://shop.example/?qui=%3Cb%3EAnne%20%26%20%22Cie%22%3C%2Fb%3E"');
    expect(hers.html).not.toContain('<b>Anne');
    expect(hers.text).toContain('Voir: https://shop.example/?qui=%3Cb%3E');
    const inEnglish = await preview({ customerId: customer.id, language: 'en' });
    expect(inEnglish.problem).toEqual({ code: 'absent', variable: 'customer.givenName' });
  });

  const soon = (minutes: number) => new Date(world.now() + minutes * 60_000).toISOString();
  const php = (amount: string) => ({ amount, currency: 'PHP' });
  const ready = (body: object = {}) => ({
    goal: { metric: { kind: 'clicked' }, target: 5, deadline: soon(60 * 24 * 60), worth: php('100') },
    budget: { planned: php('1000') },
    audience: { include: [{ where: { field: 'tags', op: 'eq', value: 'spring' } }] },
    content: {
      ...content({ en: text('Hello {{customer.name}}', 'Dear {{customer.givenName}}') }),
      topic: 'transactional',
    },
    schedule: { kind: 'once', at: soon(30), zone: 'Asia/Manila' },
    ...body,
  });
  let made = 0;
  const people = async (count: number, fields: (at: number) => object = () => ({})) => {
    for (let at = 0; at < count; at++) {
      const body = {
        kind: 'person',
        name: `Person ${++made}`,
        givenName: 'Ana',
        tags: ['spring'],
        emails: [{ address: `p${made}@spring.example` }],
        ...fields(at),
      };
      expect((await world.api(ws.members.admin.key, 'POST', '/v1/customers', body)).status).toBe(201);
    }
  };
  const sending = async (fields: object) => {
    const { body: now } = await world.api(ws.members.admin.key, 'GET', '/v1/workspace');
    const body = { sending: { ...now.sending, ...fields } };
    const answer = await world.api(ws.members.admin.key, 'PATCH', '/v1/workspace', body, { 'if-match': `"${now.version}"` });
    expect(answer.status).toBe(200);
  };
  const act = async (id: string, what: string, body?: object, role: 'admin' | 'manager' | 'marketing' = 'marketing') =>
    world.api(ws.members[role].key, 'POST', `/v1/campaigns/${id}/${what}`, body);
  /** The states of its runs. */
  const runsOf = (id: string) => (world.rows(`T#${ws.tenant}#RUN#${id}#`) as Item[]).flatMap(({ sk, st }) => (sk === 'META' ? [st] : []));
  const minutes = async (count: number) => {
    for (let at = 0; at < count; at++) {
      world.advance('PT1M');
      await world.drain();
    }
  };

  it('is tried dry: who gets it, who does not and why, and what it costs', async () => {
    await people(6);
    await people(1, () => ({ emails: [] }));
    await people(1, () => ({ givenName: null }));
    await sending({ unitPrices: { email: '2.5' }, quietHours: null });
    const campaign = await make(ready());
    const { body: dry } = await act(campaign.id, 'dry-run');
    expect(dry).toMatchObject({
      size: 8,
      messages: 6,
      control: 0,
      skipped: { no_address: 1, broken_data: 1 },
      byLanguage: { en: 6 },
      byVariant: { A: 6 },
      byZone: { 'Asia/Manila': 6 },
      cost: '15',
      overBudget: false,
      done: true,
      current: true,
      jobId: null,
    });
    expect(dry.broken).toHaveLength(1);
    expect((await api('GET', `/v1/campaigns/${campaign.id}/dry-run`)).body).toMatchObject({ size: 8, current: true });
    await api('PATCH', `/v1/campaigns/${campaign.id}`, { onUnknown: 'retry' }, { 'if-match': '"1"' });
    expect((await api('GET', `/v1/campaigns/${campaign.id}/dry-run`)).body.current).toBe(false);
  });

  it('does not start where it would cost more than its budget', async () => {
    const campaign = await make(ready({ budget: { planned: php('30'), manualCosts: [{ label: 'Photos', amount: php('10.5') }] } }));
    const { status, body } = await act(campaign.id, 'start');
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/budget/planned', code: 'over_budget', detail: 'it would cost 30.5 PHP' }]);
    expect((await api('GET', `/v1/campaigns/${campaign.id}`)).body.state).toBe('draft');
  });

  it('waits for the yes of somebody else where it goes to many, and waits again after a change', async () => {
    await sending({ approvalAbove: 5, quietHours: null });
    const { id } = await make(ready());
    const state = async () => (await api('GET', `/v1/campaigns/${id}`)).body;
    expect((await act(id, 'start')).body.state).toBe('waiting_approval');
    expect((await act(id, 'approve', { seenVersion: 2 })).status).toBe(403);
    expect((await act(id, 'approve', { seenVersion: 1 }, 'manager')).body.code).toBe('stale');
    expect((await act(id, 'approve', { seenVersion: 2 }, 'manager')).body).toMatchObject({ state: 'approved' });
    const changed = await api('PATCH', `/v1/campaigns/${id}`, { reentry: 'always' }, { 'if-match': '"3"' });
    expect(changed.body).toMatchObject({ state: 'draft', approval: null });
    expect((await act(id, 'start')).body.state).toBe('waiting_approval');
    // Who changed it is among its authors by now.
    const byManager = await world.api(
      ws.members.manager.key,
      'PATCH',
      `/v1/campaigns/${id}`,
      { reentry: 'never' },
      { 'if-match': `"${(await state()).version}"` },
    );
    expect(byManager.body.state).toBe('draft');
    expect((await act(id, 'start')).body.state).toBe('waiting_approval');
    expect((await act(id, 'approve', { seenVersion: (await state()).version }, 'manager')).body.code).toBe('own_approval');
    expect((await act(id, 'approve', { seenVersion: (await state()).version }, 'admin')).body.state).toBe('approved');
    expect((await act(id, 'start')).body).toMatchObject({ state: 'active', nextAt: expect.any(String) });
    await act(id, 'end');
    await sending({ approvalAbove: null, quietHours: null });
  });

  it('runs at its time and not before, once, and is over with its run', async () => {
    const { id } = await make(ready());
    expect((await act(id, 'start')).body.state).toBe('active');
    await world.drain();
    expect(runsOf(id)).toEqual([]);
    world.advance('PT28M');
    await minutes(1);
    expect(runsOf(id)).toEqual([]);
    await minutes(5);
    expect(runsOf(id)).toEqual(['completed']);
    expect((await api('GET', `/v1/campaigns/${id}`)).body).toMatchObject({ state: 'ended', nextAt: null });
  });

  it('has one schedule a run; one that is lost is made again, a stray one is removed', async () => {
    const { id } = await make(ready({ schedule: { kind: 'once', at: soon(90), zone: 'Asia/Manila' } }));
    const { nextAt } = (await act(id, 'start')).body;
    const planted = () => world.loopback.schedules.list('suki', 'run-').map(({ Name }) => Name);
    const [name = ''] = planted();
    expect(planted()).toHaveLength(1);
    expect(name).toMatch(/^run-[0-9a-f]{40}$/);
    const schedule = world.loopback.schedules.get(name, 'suki');
    expect(schedule?.ScheduleExpression).toBe(`at(${nextAt.slice(0, 19)})`);
    world.loopback.schedules.remove(name, 'suki');
    const stray = `run-${'0'.repeat(40)}`;
    world.loopback.schedules.create(stray, 'suki', { ...schedule!, ...{ Name: stray, GroupName: 'suki' }, ClientToken: stray });
    expect(await world.invoke('campaignSchedules', {})).toEqual({ planted: 1, uprooted: 1 });
    expect(planted()).toEqual([name]);
    expect(await world.invoke('campaignSchedules', {})).toEqual({ planted: 0, uprooted: 0 });
    await act(id, 'end');
    expect(await world.invoke('campaignSchedules', {})).toEqual({ planted: 0, uprooted: 1 });
  });

  it('runs by the sweep alone where its schedule is lost', async () => {
    const { id } = await make(ready({ reentry: 'always' }));
    await act(id, 'start');
    for (const { Name } of world.loopback.schedules.list('suki', 'run-')) world.loopback.schedules.remove(Name, 'suki');
    world.advance('PT29M');
    await minutes(5);
    expect(runsOf(id)).toEqual(['completed']);
  });

  it('recurs, begins nothing while it is paused, and goes on with the next time after it', async () => {
    const { id } = await make(ready({ schedule: { kind: 'recurring', cron: '0 * * * *', zone: 'Asia/Manila' }, reentry: 'always' }));
    await act(id, 'start');
    world.advance('PT59M');
    await minutes(2);
    expect(runsOf(id)).toHaveLength(1);
    expect((await act(id, 'pause')).body).toMatchObject({ state: 'paused', pausedBecause: 'person', nextAt: null });
    world.advance('PT3H');
    await minutes(1);
    expect(runsOf(id)).toHaveLength(1);
    expect((await act(id, 'resume')).body.state).toBe('active');
    world.advance('PT59M');
    await minutes(2);
    expect(runsOf(id)).toHaveLength(2);
    await act(id, 'end');
  });

  it('lets a reminder follow when it is over by itself, and none where a member has ended it or it recurred', async () => {
    const occurrenceOf = async (id: string) => (await api('GET', `/v1/campaigns/${id}/runs`)).body.data[0].occurrence;
    const remind = async (id: string) =>
      act(id, 'waves', {
        of: await occurrenceOf(id),
        who: 'not_clicked',
        at: soon(10),
        content: content({ en: text('Again', 'Hello again') }),
      });
    const run = async (schedule: object = {}) => {
      const { id } = await make(ready({ reentry: 'always', content: { ...ready().content, topic: 'transactional' }, ...schedule }));
      expect((await act(id, 'start')).body.state).toBe('active');
      return id;
    };
    const over = await run({ schedule: { kind: 'once', at: soon(2), zone: 'UTC' } });
    // Nobody gets it before a member ends it: quiet all day.
    const stopped = await run({ schedule: { kind: 'once', at: soon(2), zone: 'UTC' }, quietHours: { from: '00:00', to: '23:59' } });
    await minutes(6);
    await act(stopped, 'end');
    await minutes(2);
    expect((await remind(stopped)).body.code).toBe('wrong_state');
    expect((await api('GET', `/v1/campaigns/${over}`)).body.state).toBe('ended');
    const unknown = {
      of: await occurrenceOf(over),
      who: 'not_clicked',
      at: soon(10),
      content: content({ en: text('Hi', '{{customer.shoe}}') }),
    };
    expect((await act(over, 'waves', unknown)).body.errors).toMatchObject([
      { pointer: '/content/variants/0/texts/en/body', code: 'unknown_variable' },
    ]);
    const again = await remind(over);
    expect(again.body).toMatchObject({ state: 'active', waves: [{ number: 1, who: 'not_clicked' }] });
    await act(over, 'end');
    // What was planned when it was ended does not come back with another one; and whoever plans one is an author.
    const { body } = await remind(over);
    expect([body.waves.map(({ number }: { number: number }) => number), body.authors[0]]).toEqual([[1], ws.members.marketing.id]);
    await act(over, 'end');
    const recurring = await run({ schedule: { kind: 'recurring', cron: '0 * * * *', zone: 'Asia/Manila' } });
    world.advance('PT59M');
    await minutes(3);
    await act(recurring, 'end');
    expect((await remind(recurring)).body.code).toBe('wrong_state');
  });

  it('is sent to oneself to be tried, and changes nothing by it', async () => {
    const { id } = await make(ready());
    const before = world.loopback.mailbox.list(1_000).length;
    const { body } = await act(id, 'test-send', { language: 'en' });
    expect(body).toMatchObject({ language: 'en', variant: 'A' });
    const mails = world.loopback.mailbox.list(1_000);
    expect(mails).toHaveLength(before + 1);
    expect(mails.some(({ subject, to }) => subject === 'Hello Alma Reyes' && to[0] === body.to)).toBe(true);
  });
});
