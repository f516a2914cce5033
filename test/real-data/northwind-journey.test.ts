import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import type { Customer } from '../../functions/customers/customer.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { liftOf } from '../../functions/reports/lift.ts';
import { sendEntity } from '../../functions/runs/send.entity.ts';
import type { Send } from '../../functions/runs/send.ts';
import type { Item } from '../../functions/table/entity.ts';
import type { SentMail } from '../../local/mailbox.ts';
import { importer } from '../_util/imports.ts';
import { describeRealData, realFile } from '../_util/real-data.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { startWorld, type World } from '../_util/world.ts';

/** One campaign from the file to the report, as a marketing team lives it: each step by HTTP, each mail by the provider. */
const php = (amount: string) => ({ amount, currency: 'PHP' });
const text = (subject: string, body: string) => ({ subject, body });
const content = (subject: string) => ({
  topic: 'news',
  fallbackLanguage: 'en',
  variants: [{ key: 'A', texts: { en: text(subject, 'Dear {{customer.name}}\n\n[Order](https://northwind.example/order)') } }],
});
const silent = { not: { field: 'lastInteractionAt', op: 'withinLast', value: 'P90D' } };
const company = { field: 'kind', op: 'eq', value: 'company' };
/** Logged as the goal counts it. */
const ordered = { channel: 'order', direction: 'in', outcome: 'resolved', reason: 'order' };
const dayMs = 86_400_000;

describeRealData('Northwind, from the file to the report of a campaign', () => {
  let world: World;
  let ws: SeededWorkspace;
  let companies: Customer[];
  let campaignId: string;
  let first: string;
  /** The mails of the first run, by address. */
  let mails: SentMail[];
  let control: Send[];

  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    const settings = (await api('GET', '/v1/workspace', undefined, 'admin')).body;
    const sending = { ...settings.sending, unitPrices: { email: '0.5' }, approvalAbove: 40 };
    await api('PATCH', '/v1/workspace', { sending }, 'admin', { 'if-match': `"${settings.version}"` });
  });
  afterAll(() => world.stop());

  type Role = keyof SeededWorkspace['keys'];
  async function api(method: string, path: string, body?: unknown, role: Role = 'marketing', headers?: Record<string, string>) {
    const answer = await world.api(ws.keys[role], method, path, body, headers);
    expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer;
  }
  const ask = async (method: string, path: string, body?: unknown, role?: Role) => (await api(method, path, body, role)).body;
  const soon = (minutes: number) => new Date(world.now() + minutes * 60_000).toISOString();
  const minutes = async (many: number) => {
    for (let minute = 0; minute < many; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
  };
  const draft = (name: string, where: object, more: object = {}) =>
    ask('POST', '/v1/campaigns', {
      name,
      goal: {
        metric: { kind: 'interaction', outcome: 'resolved', reason: 'order' },
        target: 20,
        deadline: soon(60 * 24 * 60),
        worth: php('80'),
      },
      budget: { planned: php('250'), manualCosts: [{ label: 'Photographs', amount: php('20') }] },
      audience: { include: [{ where }] },
      content: content('News for {{customer.name}}'),
      schedule: { kind: 'once', at: soon(30), zone: 'UTC' },
      quietHours: { from: '00:00', to: '00:00' },
      ...more,
    });
  const sendsOf = (occurrence: string): Send[] =>
    (world.rows(`T#${ws.tenant}#RUN#${campaignId}#${occurrence}#`) as Item[])
      .filter(({ sk }) => sk.startsWith('TO#'))
      .map((row) => sendEntity.decode(row));
  const mailsSince = (at: number) =>
    world.loopback.mailbox
      .list(1_000)
      .filter((mail) => mail.tags.tenant === ws.tenant && mail.tags.send && Date.parse(mail.at) > at)
      .sort((a, b) => (a.to[0]! < b.to[0]! ? -1 : 1));
  const reader = (mail: SentMail | undefined) => companies.find(({ id }) => mail?.to[0] === addressOf(id))!;
  const addressOf = (id: string) => `${keyOf(id).toLowerCase()}@northwind.example`;
  const keyOf = (id: string) => companies.find((one) => one.id === id)!.externalKeys[0]!.id;
  const order = (customerId: string) => ask('POST', `/v1/customers/${customerId}/interactions`, ordered, 'service');
  const tell = (mail: SentMail | undefined, report: Parameters<typeof world.loopback.mailbox.report>[1]) =>
    world.loopback.mailbox.report(mail!.messageId, report);
  const click = (mail: SentMail | undefined) => tell(mail, { type: 'click', link: 'https://northwind.example/order' });

  it('begins with a file of 91 companies, none of which has an e-mail address', async () => {
    const imports = importer(world, ws.keys.admin);
    const shown = await imports.inspected('customers', 'northwind.csv', realFile('northwind/customers.csv'));
    const done = await imports.start((await imports.change(shown, { repairCommas: true })).id);
    expect(done).toMatchObject({ state: 'done', counts: { created: 182 } });
    companies = (world.rows(`T#${ws.tenant}#CUS#`) as Item[])
      .filter(({ e }) => e === 'customer')
      .map((row) => customerEntity.decode(row))
      .filter(({ kind }) => kind === 'company');
    expect(companies).toHaveLength(91);
  });

  it('tries a campaign to the silent ones in Germany dry: eleven, and none of them can be written to', async () => {
    world.advance('P91D');
    const { id } = await draft('Germany', { and: [{ field: 'country', op: 'eq', value: 'DE' }, company, silent] });
    expect(await ask('POST', `/v1/campaigns/${id}/dry-run`)).toMatchObject({
      size: 11,
      messages: 0,
      control: 0,
      skipped: { no_address: 11 },
      done: true,
    });
  });

  it('gets addresses and consents by a second file, matched on the key of the first', async () => {
    const lines = companies.map(({ id, name }) => `${keyOf(id)},"${name.replaceAll('"', '""')}",${addressOf(id)},yes`);
    const file = `customerID,companyName,email,consent.email.news\n${lines.join('\n')}\n`;
    const imports = importer(world, ws.keys.admin);
    const shown = await imports.inspected('customers', 'northwind.csv', file);
    expect(shown).toMatchObject({ match: 'key', onMatch: 'update', mapping: { columns: ['key', 'name', 'email', 'consent.email.news'] } });
    expect((await imports.dryRun(shown.id)).dryRun).toMatchObject({ rows: 91, create: 0, update: 91, failed: 0 });
    expect((await imports.start(shown.id)).counts).toEqual({ updated: 91 });
    const consents = await ask('GET', `/v1/customers/${companies[0]!.id}/consents`);
    expect(consents.data).toMatchObject([
      { channel: 'email', topic: 'news', status: 'granted', source: 'import', evidence: 'northwind.csv, row 2' },
    ]);
    expect((await imports.start((await imports.inspected('customers', 'northwind.csv', file)).id)).counts).toEqual({ skipped: 91 });
  });

  it('goes to all 91 with a fifth held out, once somebody else has said yes', async () => {
    const made = await draft('All of them', company, { audience: { include: [{ where: company }], holdoutPercent: 20 } });
    campaignId = made.id;
    const dry = await ask('POST', `/v1/campaigns/${campaignId}/dry-run`);
    expect([dry.size, dry.messages + dry.control, dry.skipped]).toEqual([91, 91, {}]);
    expect(Number(dry.cost)).toBe(dry.messages * 0.5 + 20);
    expect((await ask('POST', `/v1/campaigns/${campaignId}/start`)).state).toBe('waiting_approval');
    const { version } = await ask('GET', `/v1/campaigns/${campaignId}`);
    await ask('POST', `/v1/campaigns/${campaignId}/approve`, { seenVersion: version }, 'manager');
    const began = world.now();
    expect((await ask('POST', `/v1/campaigns/${campaignId}/start`)).state).toBe('active');
    world.advance('PT29M');
    await minutes(5);
    const [run] = (await ask('GET', `/v1/campaigns/${campaignId}/runs`)).data;
    first = run.occurrence;
    expect(run).toMatchObject({
      state: 'completed',
      recipients: 91,
      counts: { total: 91, accepted: dry.messages, delivered: dry.messages },
    });
    expect(run.counts.reasons).toEqual({ control: dry.control });
    expect((await ask('GET', `/v1/campaigns/${campaignId}`)).state).toBe('ended');
    mails = mailsSince(began);
    control = sendsOf(first).filter(({ reason }) => reason === 'control');
    expect([mails.length, control.length]).toEqual([dry.messages, dry.control]);
    expect(new Set(mails.map(({ to }) => to[0])).size).toBe(mails.length);
  });

  it('hears of two bounces, a complaint, opens and clicks, and of one who unsubscribes with one click', async () => {
    for (const at of [0, 1]) tell(mails[at], { type: 'bounce', bounce: 'hard' });
    tell(mails[2], { type: 'complaint' });
    for (const at of [14, 15]) tell(mails[at], { type: 'open' });
    for (let at = 4; at < 14; at++) click(mails[at]);
    const { headers, html } = mails[3]!;
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const url = new URL(headers['List-Unsubscribe']!.slice(1, -1));
    // The same link is in the text, where the provider does not count it as a click.
    expect(html).toContain(`<a ses:no-track href="${url.href.replace('/p/api/unsubscribe/', '/p/u/')}"`);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await world.api(undefined, 'POST', url.pathname, headers['List-Unsubscribe-Post'], form);
    expect(answer.body).toEqual({ unsubscribed: true });
    await world.drain();
    const of = async (state: string) => (await ask('GET', `/v1/campaigns/${campaignId}/runs/${first}/sends?state=${state}`)).data;
    expect((await of('bounced')).map(({ customerId }: Send) => customerId).sort()).toEqual(
      mails
        .slice(0, 2)
        .map((mail) => reader(mail).id)
        .sort(),
    );
    expect((await of('complained')).map(({ customerId }: Send) => customerId)).toEqual([reader(mails[2]).id]);
    const reasons = await Promise.all(
      mails.slice(0, 4).map(async ({ to }) => (await ask('POST', '/v1/suppressions/lookup', { address: to[0] }, 'admin')).data),
    );
    expect(reasons.map(([one]) => one?.reason)).toEqual(['hard_bounce', 'hard_bounce', 'complaint', undefined]);
    const consents = await ask('GET', `/v1/customers/${reader(mails[3]).id}/consents`);
    expect(consents.data).toMatchObject([{ topic: 'news', status: 'withdrawn', source: 'unsubscribe link' }]);
  });

  it('does not get back by a file what was withdrawn', async () => {
    const her = reader(mails[3]);
    const imports = importer(world, ws.keys.admin);
    const file = `customerID,companyName,consent.email.news\n${keyOf(her.id)},"${her.name}",yes\n`;
    const done = await imports.start((await imports.inspected('customers', 'northwind.csv', file)).id);
    expect(done).toMatchObject({ counts: { failed: 1 }, hasErrors: true });
    expect(await imports.errors(done.id)).toEqual([expect.stringMatching(/^2,consent\.email\.news,consent_withdrawn,/)]);
  });

  it('goes once more to those who did not click: no bounce, no complaint, nobody who unsubscribed, none of the control', async () => {
    // Orders: six who clicked, one who did not, two of the control.
    for (const mail of [...mails.slice(4, 10), mails[20]]) await order(reader(mail).id);
    for (const { customerId } of control.slice(0, 2)) await order(customerId);
    await world.drain();
    const wave = { of: first, who: 'not_clicked', at: new Date(world.now() + 2 * dayMs).toISOString(), content: content('Once more') };
    expect(await ask('POST', `/v1/campaigns/${campaignId}/waves`, wave)).toMatchObject({ state: 'active', nextAt: wave.at });
    const began = world.now();
    world.advance('P2D');
    await minutes(3);
    const path = `/v1/campaigns/${campaignId}/runs/wave-1`;
    expect(await ask('GET', path)).toMatchObject({ state: 'waiting_approval', recipients: mails.length - 13 });
    expect(mailsSince(began)).toEqual([]);
    await ask('POST', `${path}/approve`, undefined, 'manager');
    await minutes(4);
    const again = mailsSince(began);
    const left = mails.filter((_, at) => at > 13).map(({ to }) => to[0]);
    expect(again.map(({ to }) => to[0])).toEqual(left);
    expect(new Set(again.map(({ subject }) => subject))).toEqual(new Set(['Once more']));
    expect(await ask('GET', path)).toMatchObject({
      state: 'completed',
      counts: { accepted: left.length, reasons: { consent_withdrawn: 1 } },
    });
    expect((await ask('GET', `/v1/campaigns/${campaignId}`)).state).toBe('ended');
    for (const at of [21, 22, 23]) click(again.find(({ to }) => to[0] === mails[at]!.to[0]));
    // One who has ordered before orders again, two for the first time.
    for (const at of [20, 21, 22]) await order(reader(mails[at]).id);
    await world.drain();
    // Two weeks after the first message, but not after the second: one who got both, and one of the control.
    world.advance('P13D');
    for (const customerId of [reader(mails[24]).id, control[2]!.customerId]) await order(customerId);
    await world.drain();
  });

  it('tells in the report what came of it, to the last message', async () => {
    const report = await ask('POST', `/v1/campaigns/${campaignId}/report/count`);
    const second = mails.length - 14;
    const accepted = mails.length + second;
    expect(report.total).toEqual({
      accepted,
      delivered: accepted - 2,
      bounced: 2,
      complained: 1,
      opened: 2,
      clicked: 13,
      unsubscribed: 1,
      converted: 10,
      convertedBefore: 0,
      control: control.length,
      controlConverted: 2,
    });
    expect(report.compared).toEqual({ accepted: mails.length, converted: 9, control: control.length, controlConverted: 2 });
    // Who is kept from it follows from ids of chance: hardly ever are they thirty, from whom on a lift is told.
    const lift = liftOf({ conversions: 9, of: mails.length }, { conversions: 2, of: control.length }) ?? null;
    expect(report).toMatchObject({
      conversions: 10,
      goal: { target: 20 },
      lift,
      liftUnknown: lift ? null : 'not_enough_data',
      jobId: null,
    });
    const cost = String(accepted * 0.5 + 20);
    expect(report.cost).toEqual({ planned: '250', committed: cost, actual: cost, manual: '20', currency: 'PHP' });
    const wave = await ask('POST', `/v1/campaigns/${campaignId}/runs/wave-1/report/count`);
    expect(wave.total).toMatchObject({ accepted: second, clicked: 3, converted: 4, convertedBefore: 3, control: 0 });
  });

  it('is the recount of the messages’ own rows and of what their customers did', async () => {
    const report = await ask('GET', `/v1/campaigns/${campaignId}/report`);
    const sends = [...sendsOf(first), ...sendsOf('wave-1')];
    const having = (field: keyof Send) => sends.filter((send) => send[field] !== null).length;
    const taken = sends.filter(({ sentAt }) => sentAt !== null);
    const orders = (world.rows(`T#${ws.tenant}#CUS#`) as Item[])
      .filter(({ e, o, r }) => e === 'interaction' && o === 'resolved' && r === 'order')
      .map((row) => interactionEntity.decode(row));
    const orderedAfter = (customerId: string, from: number) =>
      orders.some(
        (one) => one.customerId === customerId && Date.parse(one.occurredAt) >= from && Date.parse(one.occurredAt) <= from + 14 * dayMs,
      );
    const converted = new Set(
      taken.filter(({ customerId, sentAt }) => orderedAfter(customerId, Date.parse(sentAt!))).map(({ customerId }) => customerId),
    );
    expect(report.total).toEqual({
      accepted: taken.length,
      delivered: sends.filter(({ deliveredAt, bouncedAt }) => deliveredAt !== null && bouncedAt === null).length,
      bounced: having('bouncedAt'),
      complained: having('complainedAt'),
      opened: having('openedAt'),
      clicked: having('clickedAt'),
      unsubscribed: having('unsubscribedAt'),
      converted: converted.size,
      convertedBefore: 0,
      control: sends.filter(({ reason }) => reason === 'control').length,
      controlConverted: control.filter(({ customerId, skippedAt }) => orderedAfter(customerId, Date.parse(skippedAt!))).length,
    });
    // Runs are counted anew behind the time, the less often the longer they are over.
    await minutes(4);
    const runs = (await ask('GET', `/v1/campaigns/${campaignId}/runs`)).data;
    const clicked = runs.map(({ counts }: { counts: { clicked: number } }) => counts.clicked);
    expect(clicked.sort()).toEqual([10, 3]);
    const [kept, ...more] = (await ask('GET', `/v1/campaigns/${campaignId}/runs/${first}/sends?reason=control&limit=100`)).data;
    expect([kept.state, more.length + 1]).toEqual(['skipped', control.length]);
  });

  it('leaves the silent ones silent: a campaign’s message is no interaction', async () => {
    const where = { and: [{ field: 'country', op: 'eq', value: 'DE' }, company, silent] };
    const spoken = new Set(
      (world.rows(`T#${ws.tenant}#CUS#`) as Item[]).filter(({ e }) => e === 'interaction').map(({ pk }) => pk.split('#').at(-1)),
    );
    const german = companies.filter(({ id, addresses }) => addresses[0]?.country === 'DE' && !spoken.has(id));
    expect(await ask('POST', '/v1/segments/count', { where })).toMatchObject({ counted: german.length });
  });
});
