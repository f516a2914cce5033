import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Campaign, isControl } from '../../functions/campaigns/campaign.ts';
import { liftOf } from '../../functions/reports/lift.ts';
import type { Item } from '../../functions/table/entity.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** What a campaign came to is what its rows say: counted here a second time, another way. */
describeWorld('a report', () => {
  let world: World;
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace({ sending: { unitPrices: { email: '0.5' } } });
  });
  afterAll(() => world.stop());

  const api = (method: string, path: string, body?: unknown) => world.api(ws.members.admin.key, method, path, body);
  const people = 300;
  const goal: Campaign['goal'] = {
    metric: { kind: 'interaction', outcome: 'resolved', reason: 'order', channel: null },
    target: 50,
    deadline: '2030-01-01T00:00:00Z',
    withinDays: 10,
    worth: { amount: '100', currency: 'PHP' },
    group: null,
  };
  const audience = {
    include: [
      { where: { field: 'createdAt', op: 'exists' as const, value: true } },
      { where: { field: 'name', op: 'eq' as const, value: 'Reader 7' } },
    ],
    exclude: [],
    holdoutPercent: 25,
  };
  const text = { subject: 'Spring', body: 'It is spring.' };
  let campaign: Campaign;
  let ids: string[];
  let ordered: string[];
  let barred: string[];

  const log = (customerId: string, body: object) => api('POST', `/v1/customers/${customerId}/interactions`, { channel: 'order', ...body });
  const minute = async () => {
    world.advance('PT1M');
    await world.drain();
  };
  const count = async () => (await api('POST', `/v1/campaigns/${campaign.id}/report/count`)).body;

  it('counts conversions of treated and control alike, within the goal’s days and by its words alone', async () => {
    const place = { tenant: ws.tenant, now: world.now() };
    ids = await peopleIn(place, people);
    campaign = await campaignIn(place, 'Order again', {
      goal,
      audience,
      budget: {
        planned: { amount: '1000', currency: 'PHP' },
        manualCosts: [{ label: 'Photos', amount: { amount: '12.5', currency: 'PHP' } }],
      },
    });
    // Two of those whom chance chose could not be written to: they are control as little as they would be treated.
    barred = ids.filter((id, at) => at !== 7 && isControl(campaign, id)).slice(0, 2);
    for (const id of barred) await api('PUT', `/v1/customers/${id}/consents/email/news`, { status: 'withdrawn', source: 'call' });
    await runOf(place, campaign);
    await world.drain();
    for (let at = 0; at < 3; at++) await minute();
    // Every third treated customer orders, and every tenth of the control; some do something else, or too late.
    const control = ids.filter((id) => isControl(campaign, id) && !barred.includes(id));
    const treated = ids.filter((id) => !isControl(campaign, id));
    ordered = [...treated.filter((_, at) => at % 3 === 0), ...control.filter((_, at) => at % 10 === 0)];
    for (const id of ordered) await log(id, { outcome: 'resolved', reason: 'order', direction: 'in' });
    const [other = '', wrong = ''] = treated.filter((id) => !ordered.includes(id));
    await log(other, { outcome: 'answered', reason: 'order' });
    await log(wrong, { outcome: 'resolved', reason: 'enquiry' });
    await world.drain();
    const report = await count();
    const converted = ordered.filter((id) => treated.includes(id)).length;
    expect(report.total).toMatchObject({
      accepted: treated.length,
      delivered: treated.length,
      converted,
      control: control.length,
      controlConverted: ordered.length - converted,
    });
    expect(report).toMatchObject({
      conversions: converted,
      counted: report.parts,
      complete: true,
      liftUnknown: null,
      returnUnknown: null,
      jobId: null,
    });
    const lift = liftOf({ conversions: converted, of: treated.length }, { conversions: ordered.length - converted, of: control.length });
    expect(report.lift).toEqual(lift);
    const cost = treated.length * 0.5 + 12.5;
    expect(report.cost).toEqual({ planned: '1000', committed: String(cost), actual: String(cost), manual: '12.5', currency: 'PHP' });
    expect(report.returned.value).toBeCloseTo(((lift?.value ?? 0) * treated.length * 100 - cost) / cost, 8);
  });

  it('equals a recount of the rows, over all and in each of its parts', async () => {
    const report = await count();
    const sends = (world.rows(`T#${ws.tenant}#RUN#${campaign.id}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
    const accepted = sends.filter(({ sa }) => sa !== undefined);
    expect(report.total.accepted).toBe(accepted.length);
    expect(report.total.control).toBe(sends.filter(({ r }) => r === 'control').length);
    const interactions = (world.rows(`T#${ws.tenant}#CUS#`) as Item[]).filter(
      ({ e, o, r }) => e === 'interaction' && o === 'resolved' && r === 'order',
    );
    const who = new Set(interactions.map(({ pk }) => pk.split('#').at(-1)));
    expect(report.total.converted).toBe(accepted.filter(({ c }) => who.has(String(c))).length);
    const sum = (groups: { accepted: number }[]) => groups.reduce((total, group) => total + group.accepted, 0);
    expect(sum(report.byVariant)).toBe(accepted.length);
    expect(sum(report.byLanguage)).toBe(accepted.length);
    expect(report.bySegment.find(({ key }: { key: string }) => key === '0').accepted).toBe(accepted.length);
    const seventh = report.bySegment.find(({ key }: { key: string }) => key === '1');
    expect(seventh.accepted + seventh.control).toBe(1);
    expect((await api('GET', `/v1/campaigns/${campaign.id}/report`)).body).toEqual(report);
  });

  it('tells languages and parts of the audience as they were when the message went, whatever becomes of the customer', async () => {
    const before = await count();
    const send = (world.rows(`T#${ws.tenant}#RUN#${campaign.id}#`) as Item[]).find(({ pt }) => Array.isArray(pt) && pt.includes(1));
    expect(send).toMatchObject({ pt: [0, 1], la: 'en' });
    const path = `/v1/customers/${send?.c}`;
    const { version } = (await api('GET', path)).body;
    const renamed = { name: 'Somebody else', preferences: { language: 'fr' } };
    expect((await world.api(ws.members.admin.key, 'PATCH', path, renamed, { 'if-match': `"${version}"` })).status).toBe(200);
    await world.drain();
    const { bySegment, byLanguage } = await count();
    expect({ bySegment, byLanguage }).toEqual({ bySegment: before.bySegment, byLanguage: before.byLanguage });
  });

  it('leaves out of the control whoever could not have been written to, by what was so when the message would have gone', async () => {
    const sends = (world.rows(`T#${ws.tenant}#RUN#${campaign.id}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
    const of = (id = '') => sends.find(({ c }) => c === id);
    expect(barred.map((id) => [of(id)?.st, of(id)?.r])).toEqual([
      ['skipped', 'consent_withdrawn'],
      ['skipped', 'consent_withdrawn'],
    ]);
    const before = (await count()).total;
    const later = ids.find((id) => isControl(campaign, id) && !barred.includes(id)) ?? '';
    expect(of(later)).toMatchObject({ r: 'control', va: 'control', ka: expect.stringMatching(/^20/) });
    await api('PUT', `/v1/customers/${later}/consents/email/news`, { status: 'withdrawn', source: 'call' });
    expect((await count()).total.control).toBe(before.control);
    barred.push(later);
  });

  it('keeps the control of a goal group from every campaign of the group until the goal’s days are over', async () => {
    const place = () => ({ tenant: ws.tenant, now: world.now() });
    const inGroup = (name: string, holdoutPercent: number) =>
      campaignIn(place(), name, {
        goal: { ...goal, group: 'spring' },
        content: {
          senderId: null,
          surveyId: null,
          topic: 'transactional',
          fallbackLanguage: 'en',
          variants: [{ key: 'A', weight: 1, texts: { en: text } }],
        },
        audience: { ...audience, holdoutPercent },
      });
    const run = async (one: Campaign) => {
      await runOf(place(), one);
      await world.drain();
      for (let at = 0; at < 3; at++) await minute();
      const rows = (world.rows(`T#${ws.tenant}#RUN#${one.id}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
      return (reason: string) => rows.filter(({ r }) => r === reason).map(({ c }) => String(c));
    };
    const many = await inGroup('Many are kept', 40);
    const kept = (await run(many))('control');
    expect(kept.length).toBeGreaterThan(80);
    const few = await inGroup('Few are kept', 10);
    const after = await run(few);
    const own = ids.filter((id) => isControl(few, id));
    expect(after('control').sort()).toEqual(own.sort());
    expect(after('excluded').sort()).toEqual(kept.filter((id) => !own.includes(id)).sort());
    world.advance('P11D');
    const later = await run(await inGroup('Days later', 10));
    expect(later('excluded')).toEqual([]);
  });

  it('takes no conversion after the goal’s days', async () => {
    const before = await count();
    world.advance('P11D');
    const late = ids.find((id) => !ordered.includes(id)) ?? '';
    await log(late, { outcome: 'resolved', reason: 'order' });
    await world.drain();
    expect((await count()).total.converted).toBe(before.total.converted);
  });

  it('measures a step of the life cycle by the day on which it was taken', async () => {
    const place = { tenant: ws.tenant, now: world.now() };
    const steps = await campaignIn(place, 'Won', {
      goal: { ...goal, metric: { kind: 'lifecycle', reached: 'active' } },
      audience,
      reentry: 'always',
    });
    const [before = '', after = ''] = ids.filter((id) => !isControl(steps, id) && !barred.includes(id));
    // Written without a type, as the many are, a customer has no history before she is changed for the first time.
    for (const id of [before, after])
      await world.api(ws.members.admin.key, 'PATCH', `/v1/customers/${id}`, { jobTitle: 'Owner' }, { 'if-match': '"1"' });
    await world.drain();
    const move = (id: string) => api('POST', `/v1/customers/${id}/lifecycle`, { lifecycle: 'active' });
    await move(before);
    await world.drain();
    await minute();
    await runOf({ tenant: ws.tenant, now: world.now() }, steps);
    await world.drain();
    for (let at = 0; at < 3; at++) await minute();
    await move(after);
    await world.drain();
    const { body } = await api('POST', `/v1/campaigns/${steps.id}/report/count`);
    expect(body.total.converted).toBe(1);
  });

  it('says why there is no lift: nobody held out, or a goal that only a message leads to', async () => {
    const place = { tenant: ws.tenant, now: world.now() };
    const all = await campaignIn(place, 'All', { goal, audience: { ...audience, holdoutPercent: 0 } });
    const click = await campaignIn(place, 'Click', { goal: { ...goal, metric: { kind: 'clicked' } }, audience });
    const unknown = async (id: string) => (await api('GET', `/v1/campaigns/${id}/report`)).body;
    expect(await unknown(all.id)).toMatchObject({
      lift: null,
      liftUnknown: 'no_control',
      returned: null,
      returnUnknown: 'no_control',
      asOf: null,
    });
    expect(await unknown(click.id)).toMatchObject({ lift: null, liftUnknown: 'not_comparable' });
  });
});
