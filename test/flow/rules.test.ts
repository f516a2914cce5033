import { afterAll, beforeAll, expect, it } from 'vitest';
import { noSending } from '../../functions/admin/sending.ts';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { Interaction } from '../../functions/interactions/interaction.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const zone = 'Europe/Paris';
const custom = (key: string, label: string) => ({ key, label, kind: 'date', choices: [], removedAt: null });
const fresh = async (settings: object = {}) => {
  if (ws) world.end(ws.tenant);
  ws = await world.workspace({
    timeZone: zone,
    fields: [custom('contractEnd', 'Contract ends'), custom('birthday', 'Birthday')],
    ...settings,
  });
  await world.drain();
};

const post = async (path: string, body: unknown = {}) => {
  const answer = await world.api(ws.keys.admin, 'POST', path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
const get = async (path: string) => (await world.api(ws.keys.admin, 'GET', path)).body;

const forOwner = { to: 'owner' };
const call = { kind: 'followUp', title: 'Call', for: forOwner };
/** Makes a rule and turns it on. */
async function ruleOn(rule: object, on: object = {}): Promise<string> {
  const { id } = await post('/v1/rules', { name: 'A rule', does: [call], ...rule });
  await post(`/v1/rules/${id}/on`, on);
  await world.drain();
  return id;
}
let made = 0;
const customer = async (more: object = {}): Promise<string> =>
  (await post('/v1/customers', { kind: 'person', name: `Customer ${++made}`, ownerId: ws.members.sales.id, ...more })).id;
const log = (id: string, more: object = {}) => post(`/v1/customers/${id}/interactions`, { channel: 'call', direction: 'out', ...more });

const followUps = async (): Promise<{ title: string; customerId: string; ownerId: string }[]> =>
  (await get('/v1/follow-ups?scope=all&limit=200')).data;
const firings = async (id: string): Promise<Record<string, unknown>[]> => (await get(`/v1/rules/${id}/firings`)).data;

/** The clock goes on, minute by minute as far as a sweep can tell: whatever is due is dealt with, twice. */
async function later(duration: string): Promise<void> {
  world.advance(duration);
  await world.drain();
  world.advance('PT1M');
  await world.drain();
}

/** Writes a customer or an interaction as another way than a person's hand does it. */
const newId = idMaker(() => world.now());
async function byWay(via: string, more: object = {}): Promise<string> {
  const input = CustomerInput.parse({ kind: 'person', name: `By ${via} ${++made}`, ownerId: ws.members.sales.id, ...more });
  const row = newCustomer(input, { id: newId('cus'), via: 'import', country: 'FR', now: isoOf(world.now()) });
  const stamp = { by: null, via, requestId: null, now: world.now() };
  await tableOf(ws.tenant, world.now()).commit(customerEntity.create(ws.tenant, row.id, row, stamp));
  await world.drain();
  return row.id;
}
async function complaintBy(via: string, customerId: string): Promise<void> {
  const id = newId('int');
  const row = Interaction.parse({
    id,
    customerId,
    channel: 'call',
    direction: 'in',
    reason: 'complaint',
    occurredAt: isoOf(world.now()),
    version: 1,
  });
  const stamp = { by: null, via, requestId: null, now: world.now() };
  await tableOf(ws.tenant, world.now()).commit(interactionEntity.create(ws.tenant, row, row, stamp));
  await world.drain();
}
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
    expect(await followUps()).toMatchObject([{ title: 'Call', customerId: id, ownerId: ws.members.sales.id }]);
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
    const rows = world.rows(`T#${ws.tenant}#CUS#${id}`).filter(({ sk }) => String(sk).startsWith('DUE#'));
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
      await world.api(ws.keys.admin, 'PATCH', `/v1/customers/${id}`, { custom: { contractEnd: to } }, { 'if-match': `"${version}"` });
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
      const [row] = world.rows(`T#${ws.tenant}#CUS#${id}`).filter(({ sk }) => String(sk).startsWith('DUE#'));
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
    expect((await world.api(ws.keys.sales, 'GET', '/v1/notifications')).body.data).toMatchObject([
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
    await world.api(ws.keys.admin, 'DELETE', `/v1/customers/${id}`);
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
      world.api(ws.keys.admin, 'PUT', `/v1/customers/${id}/consents/email/news`, { status, source: 'test' });
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

  it('writes to a customer by a template, where she has an address and has agreed', async () => {
    await fresh();
    const texts = {
      en: { subject: 'Welcome', body: 'Hello {{customer.name}}' },
      fr: { subject: 'Bienvenue', body: 'Bonjour {{customer.name}}' },
    };
    const { id: templateId } = await post('/v1/message-templates', { name: 'Welcome', texts });
    const rule = await ruleOn({ when: { kind: 'customer.created' }, does: [{ kind: 'message', templateId }] });
    const news = await ruleOn({ when: { kind: 'customer.created' }, does: [{ kind: 'message', templateId, topic: 'news' }] });
    const address = `ana${++made}@rules.example`;
    await customer({ name: 'Ana', emails: [{ address }], preferences: { language: 'fr' } });
    await customer();
    await world.drain();
    expect((await firings(rule)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['skipped', 'no_address'],
      ['done', null],
    ]);
    expect((await firings(news)).map(({ reason }) => reason).sort()).toEqual(['no_address', 'no_consent']);
    world.advance('PT1M');
    await world.drain();
    const mails = world.loopback.mailbox.list(50).filter(({ to }) => to[0] === address);
    expect(mails.map(({ subject, text }) => [subject, text?.trim()])).toEqual([['Bienvenue', 'Bonjour Ana']]);
  });

  it('lets whoever gets its news take leave of them, in her mail program, by the mail and for good', async () => {
    await fresh({ sending: { ...noSending, quietHours: null } });
    const own = await post('/v1/senders', { kind: 'domain', name: 'Own', address: 'news@own-rules.example' });
    world.loopback.identities.verify('own-rules.example');
    expect((await get(`/v1/senders/${own.id}`)).state).toBe('verified');
    const { version, sending } = await get('/v1/workspace');
    const usual = { sending: { ...sending, defaultSenderId: own.id } };
    await world.api(ws.keys.admin, 'PATCH', '/v1/workspace', usual, { 'if-match': `"${version}"` });
    const texts = { en: { subject: 'News', body: 'Hello {{customer.name}}, or leave: {{links.unsubscribe}}' } };
    const { id: templateId } = await post('/v1/message-templates', { name: 'News', texts });
    const when = { kind: 'consent.changed', channel: 'email', topic: 'news', status: 'granted' };
    const rule = await ruleOn({ when, does: [{ kind: 'message', templateId, topic: 'news' }] });
    const address = `leaves${++made}@rules.example`;
    const id = await customer({ name: 'Ana', emails: [{ address }] });
    const agree = () =>
      world.api(ws.keys.admin, 'PUT', `/v1/customers/${id}/consents/email/news`, { status: 'granted', source: 'counter' });
    await agree();
    await world.drain();
    await later('PT1M');
    const mail = world.loopback.mailbox.list(50).find(({ to }) => to[0] === address);
    const headers = Object.fromEntries(Object.entries(mail?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    expect(mail?.from).toContain('news@own-rules.example');
    expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    const [, token] = /^<https?:\/\/[^/]+\/p\/api\/unsubscribe\/([\w.-]+)>$/.exec(headers['list-unsubscribe'] ?? '') ?? [];
    for (const said of [mail?.text, mail?.html]) expect(said?.match(/\/p\/u\/[\w.-]+/g)).toHaveLength(said === mail?.html ? 4 : 3);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await world.api(undefined, 'POST', `/p/api/unsubscribe/${token}`, 'List-Unsubscribe=One-Click', form);
    expect(answer.body).toEqual({ unsubscribed: true });
    const { data } = await get(`/v1/customers/${id}/consents`);
    expect(data).toMatchObject([{ topic: 'news', status: 'withdrawn', evidence: `to-${id} ${mail?.tags.send}` }]);
    expect(await firings(rule)).toHaveLength(1);
  });

  it('sends its news by day, and no more of them than a customer may get', async () => {
    await fresh({ sending: { ...noSending, messageLimits: { ...noSending.messageLimits, email: { perDay: 1, perWeek: null } } } });
    const texts = { en: { subject: 'News', body: 'Hello' } };
    const { id: templateId } = await post('/v1/message-templates', { name: 'News', texts });
    const does = [
      { kind: 'message', templateId, topic: 'news', at: '23:00' },
      { kind: 'message', templateId, topic: 'news', at: '23:01' },
    ];
    await ruleOn({ when: { kind: 'consent.changed', channel: 'email', topic: 'news', status: 'granted' }, does });
    const address = `night${++made}@rules.example`;
    const id = await customer({ emails: [{ address }] });
    await world.api(ws.keys.admin, 'PUT', `/v1/customers/${id}/consents/email/news`, { status: 'granted', source: 'counter' });
    await world.drain();
    for (let hour = 0; hour < 34; hour++) {
      world.advance('PT1H');
      await world.drain();
    }
    const messages: { state: string; reason: string | null }[] = (await get(`/v1/customers/${id}/messages`)).data;
    expect(messages.map(({ state, reason }) => [state, reason]).sort()).toEqual([
      ['delivered', null],
      ['skipped', 'cap_reached'],
    ]);
    const [mail, ...more] = world.loopback.mailbox.list(50).filter(({ to }) => to[0] === address);
    expect(more).toEqual([]);
    const clock = new Date(mail?.at ?? '').toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit' });
    expect(Number(clock)).toBe(8);
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
    await world.api(ws.keys.admin, 'PATCH', `/v1/customers/${id}`, { tags: ['a'] }, { 'if-match': '"1"' });
    await world.drain();
    expect((await get('/v1/rules')).data.reduce((sum: number, { counts }: { counts: { done: number } }) => sum + counts.done, 0)).toBe(3);
  });

  it('is turned off after five failures within a day, and its maker is told', async () => {
    await fresh();
    const gone = await ws.addMember('sales');
    const rule = await ruleOn({ when: { kind: 'customer.created' }, does: [{ ...call, for: { to: 'member', memberId: gone.id } }] });
    const { version } = await get(`/v1/members/${gone.id}`);
    await world.api(ws.keys.admin, 'PATCH', `/v1/members/${gone.id}`, { status: 'disabled' }, { 'if-match': `"${version}"` });
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
    const hash = world.storeHash(ws.tenant);
    const run = async (when: object) => post('/v1/rules/dry-run', { rule: { name: 'Try', when, does: [call] } });
    expect(await run({ kind: 'date', field: 'custom.contractEnd', daysBefore: 30 })).toMatchObject({
      examined: 2,
      matching: 2,
      passed: 1,
      soon: 0,
      later: 0,
    });
    expect(await run({ kind: 'silence', days: 30 })).toMatchObject({ examined: 2, matching: 2, passed: 0, soon: 2, nextCursor: null });
    expect(world.storeHash(ws.tenant)).toBe(hash);
  });

  it('is refused where it names a field or a member that is not there', async () => {
    await fresh();
    const body = {
      name: 'Wrong',
      when: { kind: 'date', field: 'custom.nothing' },
      does: [{ ...call, for: { to: 'member', memberId: 'mem_01J9Z3T8Q4V6N2K7M5R0B1C2D3' } }],
    };
    const answer = await world.api(ws.keys.admin, 'POST', '/v1/rules', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/when/field', '/does/0/for/memberId']);
  });
});
