import { afterAll, beforeAll, expect, it } from 'vitest';
import { noSending } from '../../functions/admin/sending.ts';
import { agentIn } from '../../functions/agent.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { joinCampaign } from '../../functions/runs/join.ts';
import type { RunKey } from '../../functions/runs/run.ts';
import type { Item } from '../../functions/table/entity.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

const everybody = { where: { field: 'createdAt', op: 'exists' as const, value: true } };
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const sendsOf = (tenant: string, campaignId: string) =>
  (world.rows(`T#${tenant}#RUN#${campaignId}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
const runRow = (tenant: string, campaignId: string) =>
  (world.rows(`T#${tenant}#RUN#${campaignId}#`) as Item[]).find(({ sk }) => sk === 'META');
const statesOf = (sends: Item[]) =>
  Object.fromEntries([...Map.groupBy(sends, ({ st }) => String(st))].map(([state, rows]) => [state, rows.length]));

/** The driver's next look, without what it tells others to do. */
const look = (tenant: string, { campaignId, occurrence }: RunKey) =>
  world.invoke('runWork', {
    id: 'look',
    source: 'suki.work',
    'detail-type': 'work.run',
    time: '',
    detail: { at: '', tenant, kind: 'run', id: `${campaignId}#${occurrence}` },
  });
const mailsTo = (tenant: string) => world.loopback.mailbox.list(2_000).filter(({ tags }) => tags.tenant === tenant);
const minutes = async (many: number) => {
  for (let minute = 0; minute < many; minute++) {
    world.advance('PT1M');
    await world.drain();
  }
};

/** A workspace with readers, a campaign to them, and its run. */
async function begun(many: number, said: Partial<Campaign> = {}, settings: Record<string, unknown> = {}) {
  const ws = await world.workspace(settings);
  const place = { tenant: ws.tenant, now: world.now() };
  const ids = await peopleIn(place, many);
  const campaign = await campaignIn(place, 'readers', said);
  const key = await runOf(place, campaign);
  const path = `/v1/campaigns/${campaign.id}/runs/${key.occurrence}`;
  const api = (method: string, suffix = '', body?: unknown) => world.api(ws.keys.admin, method, `${path}${suffix}`, body);
  return { ws, tenant: ws.tenant, place, ids, campaign, key, api, sends: () => sendsOf(ws.tenant, campaign.id) };
}

describeWorld('a run', () => {
  it('sends everybody one message and is completed', async () => {
    const { tenant, campaign, sends, api, ids, ws } = await begun(120);
    await world.drain();
    await minutes(3);
    expect(statesOf(sends())).toEqual({ delivered: 120 });
    const mails = mailsTo(tenant);
    expect([mails.length, new Set(mails.map(({ to }) => to[0])).size]).toEqual([120, 120]);
    const run = (await api('GET')).body;
    expect(run).toMatchObject({ state: 'completed', recipients: 120, counts: { total: 120, delivered: 120 } });
    const page = (await api('GET', '/sends?state=delivered&limit=50')).body;
    expect([page.data.length, page.page.hasMore, page.data[0].name]).toEqual([50, true, expect.stringMatching(/^Reader/)]);
    const timeline = (await world.api(ws.keys.admin, 'GET', `/v1/customers/${ids[0]}/interactions`)).body.data;
    expect(timeline).toMatchObject([
      { channel: 'email', direction: 'out', subject: 'News for Reader 0', campaign: { campaignId: campaign.id } },
    ]);
  });

  it('stands still when it is paused, goes on when it is resumed, and ends when it is cancelled', async () => {
    const { tenant, key, api, sends } = await begun(30);
    await look(tenant, key);
    expect((await api('POST', '/pause')).body).toMatchObject({ state: 'paused', pausedFor: 'person' });
    await world.drain();
    await minutes(2);
    expect(mailsTo(tenant)).toEqual([]);
    expect((await api('POST', '/resume')).body.state).toBe('running');
    await look(tenant, key);
    expect((await api('POST', '/cancel')).body.state).toBe('cancelled');
    await world.drain();
    await minutes(3);
    expect(mailsTo(tenant)).toEqual([]);
    expect(sends().map(({ st, r }) => `${st} ${r}`)).toEqual(Array.from({ length: 30 }, () => 'skipped run_cancelled'));
    expect((await api('POST', '/resume')).status).toBe(409);
  });

  it('goes on after an outage of two hours in the middle, and nothing is sent twice', async () => {
    const { tenant, key, sends } = await begun(130);
    await look(tenant, key);
    // One worker takes its chunk; then the product is gone for two hours.
    const told = world.loopback.queues.receive('on-runWork', { atMost: 100, all: true });
    const message = told.find(({ body }) => body.includes('work.shard'));
    await world.invoke('runWork', JSON.parse(message?.body ?? '{}'));
    const before = mailsTo(tenant).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(130);
    world.advance('PT2H');
    await world.drain();
    await minutes(3);
    expect(statesOf(sends())).toEqual({ delivered: 130 });
    expect(mailsTo(tenant)).toHaveLength(130);
  });

  it('is missed where its time is over before it began', async () => {
    const { tenant, campaign, sends } = await begun(5, { maxLatenessMinutes: 60 });
    world.loopback.queues.receive('on-runWork', { atMost: 100, all: true });
    world.advance('PT2H');
    await world.drain();
    expect(runRow(tenant, campaign.id)?.st).toBe('missed');
    expect([sends(), mailsTo(tenant)]).toEqual([[], []]);
  });

  it('pauses when the budget is used up, and goes on when there is more of it', async () => {
    const sending = { ...noSending, unitPrices: { email: '10', sms: '0', call: '0', letter: '0' } };
    const budget = { planned: { amount: '70', currency: 'PHP' }, manualCosts: [] };
    const { tenant, api, campaign, ws } = await begun(20, { budget }, { sending });
    await world.drain();
    await minutes(3);
    expect(mailsTo(tenant)).toHaveLength(7);
    expect((await api('GET')).body).toMatchObject({ state: 'paused', pausedFor: 'budget' });
    const more = { budget: { planned: { amount: '500', currency: 'PHP' } } };
    const path = `/v1/campaigns/${campaign.id}`;
    const { version } = (await world.api(ws.keys.admin, 'GET', path)).body;
    expect((await world.api(ws.keys.admin, 'PATCH', path, more, { 'if-match': `"${version}"` })).status).toBe(200);
    expect((await api('POST', '/resume')).body.state).toBe('running');
    await world.drain();
    await minutes(2);
    expect(mailsTo(tenant)).toHaveLength(20);
    expect((await api('GET')).body.state).toBe('completed');
  });

  it('pays for a text message by its parts, and goes no further than the budget covers of them', async () => {
    const sending = { ...noSending, unitPrices: { email: '0', sms: '10', call: '0', letter: '0' } };
    const ws = await world.workspace({ sending });
    const place = { tenant: ws.tenant, now: world.now() };
    await peopleIn(place, 5, { phoneOf: (n) => `+63 917 555 041${n}` });
    const body = `สวัสดี {{customer.name}} ${'ข่าว'.repeat(20)}`;
    const content = {
      ...{ senderId: null, surveyId: null, topic: 'transactional', fallbackLanguage: 'th' },
      variants: [{ key: 'A', weight: 1, texts: { th: { subject: null, body } } }],
    };
    const campaign = await campaignIn(place, 'By SMS', {
      ...{ channel: 'sms', content, audience: { include: [everybody], exclude: [], holdoutPercent: 0 } },
      budget: { planned: { amount: '70', currency: 'PHP' }, manualCosts: [] },
    });
    const api = async (method: string, path: string) =>
      (await world.api(ws.keys.admin, method, `/v1/campaigns/${campaign.id}${path}`)).body;
    expect(await api('GET', '')).toMatchObject({ unitPrice: '20' });
    expect(await api('POST', '/dry-run')).toMatchObject({
      messages: 5,
      billed: 10,
      cost: '100',
      overBudget: true,
      finishesAt: expect.any(String),
    });
    const { occurrence } = await runOf(place, campaign);
    await world.drain();
    await minutes(3);
    expect(world.loopback.phones.list(50).filter(({ to }) => to.startsWith('+6391755504'))).toHaveLength(3);
    expect(await api('GET', `/runs/${occurrence}`)).toMatchObject({ state: 'paused', pausedFor: 'budget', counts: { billed: 6 } });
    expect((await api('POST', '/report/count')).cost).toMatchObject({ actual: '60', committed: '100' });
  });

  it('skips whom it must not or cannot write to, each with the reason, and keeps the control without a message', async () => {
    const { tenant, sends } = await begun(60, { audience: { include: [everybody], exclude: [], holdoutPercent: 50 } });
    await world.drain();
    await minutes(2);
    const control = sends().filter(({ r }) => r === 'control').length;
    expect(control).toBeGreaterThan(10);
    expect(mailsTo(tenant)).toHaveLength(60 - control);
  });

  it('makes a call list of a campaign by phone: a follow-up each, in the commit that says so', async () => {
    const ws = await world.workspace();
    const now = world.now();
    const made = await world.api(ws.keys.admin, 'POST', '/v1/customers', {
      kind: 'person',
      name: 'Bea',
      ownerId: ws.members.sales.id,
      phones: [{ number: '+63 917 555 0101', type: 'mobile' }],
    });
    await world.drain();
    const content = {
      senderId: null,
      surveyId: null,
      topic: 'transactional',
      fallbackLanguage: 'en',
      variants: [{ key: 'A', weight: 1, texts: { en: { subject: null, body: 'Ask about the coffee.' } } }],
    };
    const campaign = await campaignIn({ tenant: ws.tenant, now }, 'Calls', { channel: 'call', content });
    await runOf({ tenant: ws.tenant, now }, campaign);
    await world.drain();
    await minutes(2);
    expect(statesOf(sendsOf(ws.tenant, campaign.id))).toEqual({ sent: 1 });
    const listed = (await world.api(ws.keys.admin, 'GET', '/v1/follow-ups?scope=all')).body.data;
    expect(listed).toMatchObject([{ title: 'Calls', customerId: made.body.id, ownerId: ws.members.sales.id }]);
  });

  it('lets a customer join the open run of a triggered campaign once a day', async () => {
    const ws = await world.workspace();
    const place = { tenant: ws.tenant, now: world.now() };
    const [first = '', second = ''] = await peopleIn(place, 2);
    const schedule = { kind: 'triggered' as const, event: null };
    const campaign = await campaignIn(place, 'welcome', { schedule, reentry: 'always' });
    const join = async (customerId: string) => {
      const agent = await agentIn(ws.tenant, { now: world.now(), requestId: 'join' });
      return agent && joinCampaign(agent, { campaign, customerId }, { msLeft: () => 60_000 });
    };
    expect([await join(first), await join(first)]).toEqual(['joined', 'there']);
    await world.drain();
    expect(await join(second)).toBe('joined');
    await world.drain();
    await minutes(2);
    expect(
      mailsTo(ws.tenant)
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(['reader0@people.example', 'reader1@people.example']);
    world.advance('P1D');
    expect(await join(first)).toBe('joined');
    await world.drain();
    expect(mailsTo(ws.tenant)).toHaveLength(3);
  });
});
