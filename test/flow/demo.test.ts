import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseEntity } from '../../functions/cases/case.entity.ts';
import { followUpEntity } from '../../functions/followups/follow-up.entity.ts';
import { sources } from '../../functions/workflows/change.ts';
import { readState } from '../../local/demo/demo-state.ts';
import { type FillOptions, fillDemo, refreshDemo } from '../../local/demo/fill.ts';
import { segments as kept, offerList } from '../../local/demo/groups.ts';
import { demoPeople } from '../../local/demo/people.ts';
import { type Story, story } from '../../local/demo/story.ts';
import { demoProduct } from '../_util/demo-product.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

/** The told ones, the second workspace, and every fiftieth of the others: small enough to be told several times over. */
function excerpt(seed: string, start: Date): Story {
  const whole = story(seed, start);
  const chosen = whole.customers.filter(
    (customer, at) => customer.told || customer.workspace === 'sarisari' || customer.key === 'manila-firm-001' || at % 50 === 0,
  );
  const keys = new Set(chosen.map(({ key }) => key));
  const customers = chosen.map((customer) => ({
    ...customer,
    companyKey: customer.companyKey && keys.has(customer.companyKey) ? customer.companyKey : null,
  }));
  const isIn = ({ customerKey }: { customerKey: string }) => keys.has(customerKey);
  const followUps = whole.followUps.map((one) => ({
    ...one,
    customerKey: one.customerKey && keys.has(one.customerKey) ? one.customerKey : null,
  }));
  return { ...whole, customers, interactions: whole.interactions.filter(isIn), consents: whole.consents.filter(isIn), followUps };
}

// Told several times over, against a product in the same process: on a busy machine that takes its time.
describeWorld('the demo in the running product', { timeout: 120_000 }, () => {
  let world: World;
  let product: Awaited<ReturnType<typeof demoProduct>>;
  let options: FillOptions;
  let calls = 0;
  let stopAfter = Number.POSITIVE_INFINITY;
  let stopping = new AbortController();

  beforeAll(async () => {
    world = await startWorld();
    product = await demoProduct(world, () => {
      calls += 1;
      if (calls >= stopAfter) stopping.abort();
    });
    options = { ...product.options, tell: excerpt };
  });
  afterAll(async () => {
    product?.close();
    await world?.stop();
  });

  const told = () => {
    const { seed, start } = readState(world.dataDir)!;
    return excerpt(seed, new Date(start));
  };
  const rows = (type: string) => world.rows('T#').filter((row) => row.e === type);
  /** Orders that follow the offer: beside the story, since chance says who is control. */
  const orders = () => {
    const ids = new Set(told().interactions.map(({ id }) => `TL#${id.slice('int_'.length)}`));
    return rows('interaction').filter((row) => !ids.has(String(row.sk)) && row.a === undefined).length;
  };

  it('goes on after a kill where it was, and makes nothing twice', async () => {
    for (const after of [1, 4, 9, 30]) {
      calls = 0;
      stopAfter = after;
      stopping = new AbortController();
      await expect(fillDemo({ ...options, signal: stopping.signal })).rejects.toThrow();
    }
    stopAfter = Number.POSITIVE_INFINITY;
    const report = await fillDemo(options);
    expect(report!.failed).toEqual([]);
    const { customers, interactions, consents } = told();
    expect([rows('customer').length, rows('interaction').length - orders(), rows('consent').length]).toEqual([
      customers.length,
      interactions.length,
      consents.length,
    ]);
  });

  it('has planned the day of each member: six to ten things today, two overdue, one put off', () => {
    const { followUps } = told();
    expect(rows('followUp')).toHaveLength(followUps.length);
    const snoozed = rows('followUp').map((row) => followUpEntity.decode(row as never).snoozedUntil);
    expect(snoozed.filter(Boolean)).toHaveLength(demoPeople.length);
  });

  it('has six segments, a list of those who permit it, and the ready-made rules on', async () => {
    const of = async (path: string) => (await world.api(options.keys.batis, 'GET', path)).body.data;
    const segments = await of('/v1/segments');
    expect(segments.map(({ name }: { name: string }) => name).sort()).toEqual([...kept.map(({ name }) => name)].sort());
    const lists = await of('/v1/lists');
    expect(lists).toHaveLength(1);
    const { customers, consents } = told();
    const members = await of(`/v1/lists/${lists[0].id}/members?limit=100`);
    expect(members).toHaveLength(offerList.keys(customers, consents).length);
    const rules = await of('/v1/rules');
    expect(rules.map(({ ready, on }: { ready: string; on: boolean }) => [ready, on]).sort()).toEqual(
      ['again', 'breach', 'case', 'closed', 'complaint', 'date', 'detractor', 'service', 'silence', 'visit'].map((ready) => [ready, true]),
    );
  });

  it('has cases in every state, two of which are too late within three hours', async () => {
    const found = rows('case').map((row) => caseEntity.decode(row as never));
    expect(found.length).toBeGreaterThan(20);
    expect(new Set(found.map(({ number }) => number)).size).toBe(found.length);
    expect([...new Set(found.map(({ state }) => state))].sort()).toEqual(['closed', 'new', 'open', 'resolved', 'waiting']);
    const soon = found.filter(({ dueAt, priority }) => priority === 'urgent' && dueAt && Date.parse(dueAt) < world.now() + 3 * 3_600_000);
    expect(soon).toHaveLength(2);
    for (const { dueAt } of soon) expect(Date.parse(String(dueAt))).toBeGreaterThan(world.now());
  });

  it('has three themes, one open, one planned, one done, each with the cases that are about it', async () => {
    const themes = (await world.api(product.options.keys.batis, 'GET', '/v1/themes')).body.data;
    expect(themes.map(({ state }: { state: string }) => state).sort()).toEqual(['done', 'open', 'planned']);
    const cases = rows('case').map((row) => caseEntity.decode(row as never));
    for (const theme of themes) expect(theme.cases).toBe(cases.filter(({ themeId }) => themeId === theme.id).length);
    expect(Math.max(...themes.map((theme: { cases: number }) => theme.cases))).toBeGreaterThan(2);
  });

  it('shows the promise to the loyal customer as the first thing that is overdue', async () => {
    const { told: ids } = readState(world.dataDir)!;
    const { body } = await world.api(options.keys.batis, 'GET', `/v1/follow-ups?scope=all&customerId=${ids.fournier}`);
    const [promise] = body.data;
    expect(promise).toMatchObject({ title: 'Rappeler Mme Fournier, c’était promis : un prix pour deux appareils', due: { at: '15:00' } });
    expect(promise.interactionId).not.toBeNull();
    expect(Date.parse(promise.dueAt)).toBeLessThan(world.now());
  });

  it('has rows that tell whose they are as they do when they are read whole', () => {
    for (const [type, { identity, decode }] of Object.entries(sources))
      for (const row of rows(type)) {
        const { id, customerId } = decode(row as never) as { id?: string; customerId?: string };
        expect(identity(row as never)).toEqual({ ...(id && { id }), ...(customerId && { customerId }) });
      }
  });

  it('is told once: the next start finds it done', async () => {
    const before = world.storeHash();
    expect(await fillDemo(options)).toBeUndefined();
    expect(world.storeHash()).toBe(before);
  });

  it('has closed and won back the customer who returned, with the reason', async () => {
    const { told: ids } = readState(world.dataDir)!;
    const { body } = await world.api(options.keys.batis, 'GET', `/v1/customers/${ids.siriporn}`);
    expect([body.lifecycle, body.lifecycleReason]).toEqual(['active', 'ย้ายกลับกรุงเทพฯ ขอติดตั้งใหม่และต่อแผนเดิม']);
  });

  it('ties the three of the hotel group to their company', async () => {
    const { told: ids } = readState(world.dataDir)!;
    for (const key of ['gulzar-owner', 'gulzar-gm', 'gulzar-buyer']) {
      const { body } = await world.api(options.keys.batis, 'GET', `/v1/customers/${ids[key]}`);
      expect(body.companyId).toBe(ids.gulzar);
    }
    const { body: company } = await world.api(options.keys.batis, 'GET', `/v1/customers/${ids.gulzar}`);
    expect(company.mainContactId).toBe(ids['gulzar-owner']);
  });

  it('shows the loyal customer’s story in her 360, newest first', async () => {
    const { told: ids } = readState(world.dataDir)!;
    const { body } = await world.api(options.keys.batis, 'GET', `/v1/customers/${ids.fournier}/interactions`);
    expect(body.data.map((one: { subject: string | null }) => one.subject).slice(0, 2)).toEqual([
      'Un filtre pour sa sœur',
      'Contrat renouvelé',
    ]);
    // Eighteen of her story, and the four times that she was asked whether she would recommend Batis.
    expect(body.data).toHaveLength(22);
  });

  it.each([
    ['0917', 'Manalo'],
    ['นภา', 'นภา แสงทอง'],
    ['گلزار', 'گلزار ہوٹلز'],
    ['cartri', 'Cartridge King Water Station'],
  ])('finds by %s whom the tour promises', async (text, name) => {
    await world.drain();
    const { body } = await world.api(options.keys.batis, 'POST', '/v1/customers/find', { text, limit: 50 });
    expect(body.data.map((hit: { name: string }) => hit.name).join()).toContain(name);
  });

  it('keeps the second workspace’s customers out of the first', async () => {
    const { body } = await world.api(options.keys.batis, 'POST', '/v1/customers/find', { text: 'Aling Puring', limit: 10 });
    expect(body.data).toEqual([]);
    const other = await world.api(options.keys.sarisari, 'POST', '/v1/customers/find', { text: 'Aling Puring', limit: 10 });
    expect(other.body.data[0].name).toBe('Aling Puring Store');
  });

  it('tells the story anew: the same customers, the old interactions archived, fresh ones in their place', async () => {
    const before = told().interactions.length + orders();
    world.advance('P30D');
    const report = await refreshDemo(options);
    expect(report.failed).toEqual([]);
    const fresh = told();
    const archived = rows('interaction').filter((row) => row.a !== undefined).length;
    expect(archived).toBe(before);
    expect(rows('interaction')).toHaveLength(before + fresh.interactions.length + orders());
    expect(rows('customer')).toHaveLength(fresh.customers.length);
    const open = rows('followUp')
      .map((row) => followUpEntity.decode(row as never))
      .filter(({ state, source }) => state === 'open' && source === 'person');
    expect(open).toHaveLength(fresh.followUps.length);
  });
});
