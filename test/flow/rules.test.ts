import { afterAll, beforeAll, expect, it } from 'vitest';
import { isoOf } from '../../functions/kernel/clock.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { call, forOwner, ruleDesk } from './rule-desk.ts';

let world: World;
const { ws, fresh, post, get, ruleOn, customer, log, firings, followUps, later, byWay, complaintBy } = ruleDesk(() => world);

const quietWays = ['import', 'undo', 'redrive', 'restore'];
const dayIn = (days: number) => isoOf(world.now() + days * 86_400_000).slice(0, 10);

describeWorld('a rule', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('acts once when nothing was heard of a customer for so many days, and once more after the next silence', async () => {
    await fresh();
    const id = await customer();
    const rule = await ruleOn({ when: { kind: 'silence', days: 90 } });
    await later('P89D');
    expect(await followUps()).toEqual([]);
    await later('P2D');
    expect(await followUps()).toMatchObject([{ title: 'Call', customerId: id, ownerId: ws().members.sales.id }]);
    await later('P60D');
    await log(id);
    await later('P89D');
    expect(await followUps()).toHaveLength(1);
    await later('P2D');
    expect(await followUps()).toHaveLength(2);
    expect(await firings(rule)).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
  });

  it('waits anew when something is heard in between', async () => {
    await fresh();
    const id = await customer();
    await ruleOn({ when: { kind: 'silence', days: 30 } });
    await later('P20D');
    await log(id);
    await later('P20D');
    expect(await followUps()).toEqual([]);
    await later('P11D');
    expect(await followUps()).toHaveLength(1);
  });

  it('acts once when a date comes near, at nine in the morning of the customer', async () => {
    await fresh();
    const ends = dayIn(45);
    const id = await customer({ custom: { contractEnd: ends }, timeZone: 'Asia/Karachi' });
    await ruleOn({ when: { kind: 'date', field: 'custom.contractEnd', daysBefore: 30 } });
    const rows = world.rows(`T#${ws().tenant}#CUS#${id}`).filter(({ sk }) => String(sk).startsWith('DUE#'));
    expect(rows.map(({ gsi5sk }) => String(gsi5sk).slice(0, 24))).toEqual([`${dayIn(15)}T04:00:00.000Z`]);
    await later('P16D');
    expect(await followUps()).toHaveLength(1);
    await later('P31D');
    expect(await followUps()).toHaveLength(1);
  });

  it('follows a date that is moved, and does not act twice when it is moved back', async () => {
    await fresh();
    const ends = dayIn(40);
    const id = await customer({ custom: { contractEnd: ends } });
    await ruleOn({ when: { kind: 'date', field: 'custom.contractEnd', daysBefore: 30 } });
    const move = async (to: string) => {
      const { version } = await get(`/v1/customers/${id}`);
      await world.api(ws().keys.admin, 'PATCH', `/v1/customers/${id}`, { custom: { contractEnd: to } }, { 'if-match': `"${version}"` });
      await world.drain();
    };
    await move(dayIn(60));
    await later('P11D');
    expect(await followUps()).toEqual([]);
    await later('P20D');
    expect(await followUps()).toHaveLength(1);
    const again = (await get(`/v1/customers/${id}`)).custom.contractEnd;
    await move(dayIn(100));
    await move(again);
    await later('P1D');
    expect(await followUps()).toHaveLength(1);
  });

  it('acts every so many months since the last interaction with a reason', async () => {
    await fresh();
    const id = await customer();
    await ruleOn({ when: { kind: 'every', months: 6, since: { reason: 'service' } } });
    await log(id, { reason: 'service' });
    await world.drain();
    await later('P190D');
    expect(await followUps()).toHaveLength(1);
    await log(id, { reason: 'service' });
    await world.drain();
    await later('P170D');
    expect(await followUps()).toHaveLength(1);
    await later('P20D');
    expect(await followUps()).toHaveLength(2);
    await later('P190D');
    expect(await followUps()).toHaveLength(3);
  });

  it('keeps a birthday every year, and one of 29 February too', async () => {
    await fresh();
    const id = await customer({ custom: { birthday: '1980-02-29' } });
    const rule = await ruleOn({ when: { kind: 'date', field: 'custom.birthday', yearly: true } });
    for (let year = 0; year < 5; year++) {
      const [row] = world.rows(`T#${ws().tenant}#CUS#${id}`).filter(({ sk }) => String(sk).startsWith('DUE#'));
      const seconds = Math.ceil((Date.parse(String(row?.gsi5sk).slice(0, 24)) - world.now()) / 1_000);
      world.advance(`PT${seconds - 60}S`);
      await world.drain();
      expect(await followUps()).toHaveLength(year);
      await later('PT1M');
      expect(await followUps()).toHaveLength(year + 1);
      const day = String((await firings(rule))[0]?.occurrence);
      expect(day).toBe(`${isoOf(world.now()).slice(0, 4)}-02-${Number(day.slice(0, 4)) % 4 === 0 ? '29' : '28'}`);
    }
  });

  it('acts once when a complaint is unanswered, and not when it was answered in time', async () => {
    await fresh();
    const [open, answered] = [await customer(), await customer()];
    await ruleOn({ when: { kind: 'unanswered', hours: 24 }, does: [call, { kind: 'notify', text: 'Answer', for: forOwner }] });
    const complaint = { direction: 'in', reason: 'complaint' };
    await log(open, complaint);
    await log(answered, complaint);
    await world.drain();
    world.advance('PT2H');
    await log(answered);
    await later('PT21H');
    expect(await followUps()).toEqual([]);
    await later('PT2H');
    expect(await followUps()).toMatchObject([{ customerId: open }]);
    await later('P3D');
    expect(await followUps()).toHaveLength(1);
    expect((await world.api(ws().keys.sales, 'GET', '/v1/notifications')).body.data).toMatchObject([
      { kind: 'rule', data: { text: 'Answer' } },
    ]);
  });

  it('leaves alone what came by an import, an undo or a restore, unless it asks for it', async () => {
    await fresh();
    const each = { custom: { contractEnd: dayIn(40), birthday: `1990-${dayIn(20).slice(5)}` } };
    await ruleOn({ when: { kind: 'silence', days: 30 } });
    await ruleOn({ when: { kind: 'date', field: 'custom.contractEnd', daysBefore: 30 } });
    await ruleOn({ when: { kind: 'date', field: 'custom.birthday', yearly: true } });
    await ruleOn({ when: { kind: 'unanswered', hours: 24 } });
    await ruleOn({ when: { kind: 'customer.created' } });
    const asking = await ruleOn({ when: { kind: 'customer.created' }, imported: true });
    for (const via of quietWays) await complaintBy(via, await byWay(via, each));
    await later('P60D');
    expect(await firings(asking)).toHaveLength(quietWays.length);
    expect(await followUps()).toHaveLength(quietWays.length);
  });

  it('is not set off for a customer who was archived at the moment, and waits again when she is back', async () => {
    await fresh();
    const id = await customer({ custom: { contractEnd: dayIn(40) } });
    await ruleOn({ when: { kind: 'date', field: 'custom.contractEnd', daysBefore: 30 } });
    await world.api(ws().keys.admin, 'DELETE', `/v1/customers/${id}`);
    await later('P15D');
    await post(`/v1/customers/${id}/restore`);
    await later('P30D');
    expect(await followUps()).toEqual([]);
  });

  it('goes through all customers when it is turned on; what has passed counts only where that is asked for', async () => {
    await fresh();
    const silent = await customer();
    await later('P40D');
    await customer();
    await ruleOn({ when: { kind: 'silence', days: 30 } });
    await later('P1D');
    expect(await followUps()).toEqual([]);
    await ruleOn({ when: { kind: 'silence', days: 30 }, name: 'All' }, { passed: true });
    await later('P1D');
    expect(await followUps()).toMatchObject([{ customerId: silent }]);
    await later('P30D');
    // The second customer by both rules; the first is silent for the first rule since before it was on.
    expect(await followUps()).toHaveLength(3);
  });

  it('acts on a change of a field, from what it was to what it became', async () => {
    await fresh();
    const rule = await ruleOn({
      when: { kind: 'customer.changed', field: 'lifecycle', from: 'active', to: 'lapsed' },
      does: [{ kind: 'tag', add: ['win back'], remove: [] }, call],
    });
    const [one, other] = [await customer({ lifecycle: 'active' }), await customer({ lifecycle: 'active' })];
    await post(`/v1/customers/${one}/lifecycle`, { lifecycle: 'lapsed' });
    await post(`/v1/customers/${other}/lifecycle`, { lifecycle: 'closed' });
    await world.drain();
    expect(await firings(rule)).toMatchObject([{ customerId: one, outcome: 'done', made: [{ kind: 'tag' }, { kind: 'followUp' }] }]);
    expect((await get(`/v1/customers/${one}`)).tags).toEqual(['win back']);
  });

  it('acts on an interaction, a consent and a follow-up that is done', async () => {
    await fresh();
    const id = await customer();
    const rules = await Promise.all([
      ruleOn({ when: { kind: 'interaction.created', channel: 'fax', reason: 'order' }, does: [{ kind: 'tag', add: ['fax'] }] }),
      ruleOn({ when: { kind: 'consent.changed', channel: 'email', status: 'withdrawn' }, does: [{ kind: 'tag', add: ['no mail'] }] }),
      ruleOn({ when: { kind: 'followUp.done', outcome: 'resolved' }, does: [{ kind: 'tag', add: ['resolved'] }] }),
    ]);
    await log(id, { channel: 'fax', reason: 'enquiry' });
    await log(id, { channel: 'fax', reason: 'order' });
    const consent = (status: string) =>
      world.api(ws().keys.admin, 'PUT', `/v1/customers/${id}/consents/email/news`, { status, source: 'test' });
    await consent('granted');
    await world.drain();
    await consent('withdrawn');
    await world.drain();
    const due = { on: dayIn(1) };
    const task = await post('/v1/follow-ups', { title: 'Do it', customerId: id, due });
    await post(`/v1/follow-ups/${task.id}/done`, { outcome: 'resolved' });
    await world.drain();
    for (const rule of rules) expect(await firings(rule)).toHaveLength(1);
    expect((await get(`/v1/customers/${id}`)).tags.sort()).toEqual(['fax', 'no mail', 'resolved']);
  });

  it('acts once when a follow-up stays open, and not when it was done', async () => {
    await fresh();
    const id = await customer();
    const rule = await ruleOn({
      when: { kind: 'followUp.overdue', hours: 24 },
      does: [{ kind: 'notify', text: 'Overdue', for: forOwner }],
    });
    const due = { on: dayIn(2) };
    await post('/v1/follow-ups', { title: 'Left', customerId: id, due });
    const done = await post('/v1/follow-ups', { title: 'Done', customerId: id, due });
    await world.drain();
    await post(`/v1/follow-ups/${done.id}/done`, {});
    await later('P5D');
    await later('P5D');
    expect(await firings(rule)).toHaveLength(1);
  });

  it('asks its filter at the moment at which it acts', async () => {
    await fresh();
    const where = { field: 'tags', op: 'in', value: ['gold'] };
    const rule = await ruleOn({ when: { kind: 'customer.created' }, where });
    const silent = await ruleOn({ when: { kind: 'silence', days: 30 }, where });
    const gold = await customer({ tags: ['gold'] });
    await customer({ tags: ['silver'] });
    await world.drain();
    await later('P31D');
    expect(await firings(rule)).toMatchObject([{ customerId: gold }]);
    expect(await firings(silent)).toMatchObject([{ customerId: gold }]);
  });

  it('does not set itself off, and a ring of rules ends by itself', async () => {
    await fresh();
    const to = (field: string, value: string, then: object) => ({ when: { kind: 'customer.changed', field, to: value }, does: [then] });
    const tag = (add: string, remove: string) => ({ kind: 'tag', add: [add], remove: [remove] });
    await ruleOn(to('tags', 'a', tag('b', 'a')));
    await ruleOn(to('tags', 'b', tag('a', 'b')));
    const id = await customer();
    await world.drain();
    await world.api(ws().keys.admin, 'PATCH', `/v1/customers/${id}`, { tags: ['a'] }, { 'if-match': '"1"' });
    await world.drain();
    expect((await get('/v1/rules')).data.reduce((sum: number, { counts }: { counts: { done: number } }) => sum + counts.done, 0)).toBe(3);
  });

  it('is turned off after five failures within a day, and its maker is told', async () => {
    await fresh();
    const gone = await ws().addMember('sales');
    const rule = await ruleOn({ when: { kind: 'customer.created' }, does: [{ ...call, for: { to: 'member', memberId: gone.id } }] });
    const { version } = await get(`/v1/members/${gone.id}`);
    await world.api(ws().keys.admin, 'PATCH', `/v1/members/${gone.id}`, { status: 'disabled' }, { 'if-match': `"${version}"` });
    for (let count = 0; count < 7; count++) {
      await customer();
      await world.drain();
    }
    const shown = await get(`/v1/rules/${rule}`);
    expect(shown).toMatchObject({
      on: false,
      paused: { code: 'member_gone' },
      lastProblem: { code: 'member_gone' },
      counts: { done: 0, failed: 5 },
    });
    expect((await get('/v1/notifications')).data).toMatchObject([{ kind: 'rule.paused', subject: { type: 'rule', id: rule } }]);
  });

  it('acts late where what it warns of is still to come, and marks as missed what is over', async () => {
    await fresh();
    await customer({ custom: { contractEnd: dayIn(40) } });
    const rule = await ruleOn({ when: { kind: 'date', field: 'custom.contractEnd', daysBefore: 30 } });
    const later20 = await customer({ custom: { contractEnd: dayIn(60) } });
    await world.drain();
    world.advance('P45D');
    await world.drain();
    expect(await firings(rule)).toHaveLength(2);
    expect((await firings(rule)).filter(({ outcome }) => outcome === 'missed')).toMatchObject([{ reason: 'too_late' }]);
    expect(await followUps()).toMatchObject([{ customerId: later20 }]);
  });

  it('tells by a dry run whom it would touch, and writes nothing', async () => {
    await fresh();
    await customer();
    await customer({ custom: { contractEnd: dayIn(40) } });
    await later('P20D');
    const hash = world.storeHash(ws().tenant);
    const run = async (when: object) => post('/v1/rules/dry-run', { rule: { name: 'Try', when, does: [call] } });
    expect(await run({ kind: 'date', field: 'custom.contractEnd', daysBefore: 30 })).toMatchObject({
      examined: 2,
      matching: 2,
      passed: 1,
      soon: 0,
      later: 0,
    });
    expect(await run({ kind: 'silence', days: 30 })).toMatchObject({ examined: 2, matching: 2, passed: 0, soon: 2, nextCursor: null });
    expect(world.storeHash(ws().tenant)).toBe(hash);
  });

  it('is refused where it names a field or a member that is not there', async () => {
    await fresh();
    const body = {
      name: 'Wrong',
      when: { kind: 'date', field: 'custom.nothing' },
      does: [{ ...call, for: { to: 'member', memberId: 'mem_01J9Z3T8Q4V6N2K7M5R0B1C2D3' } }],
    };
    const answer = await world.api(ws().keys.admin, 'POST', '/v1/rules', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/when/field', '/does/0/for/memberId']);
  });
});
