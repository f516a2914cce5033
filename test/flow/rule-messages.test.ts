import { afterAll, beforeAll, expect, it } from 'vitest';
import { noSending } from '../../functions/admin/sending.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { ruleDesk, zone } from './rule-desk.ts';

let world: World;
const { ws, fresh, post, get, ruleOn, customer, firings, later, address } = ruleDesk(() => world);

describeWorld('a message of a rule', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('goes by its template to whoever has an address and has agreed', async () => {
    await fresh();
    const texts = {
      en: { subject: 'Welcome', body: 'Hello {{customer.name}}' },
      fr: { subject: 'Bienvenue', body: 'Bonjour {{customer.name}}' },
    };
    const { id: templateId } = await post('/v1/message-templates', { name: 'Welcome', texts });
    const rule = await ruleOn({ when: { kind: 'customer.created' }, does: [{ kind: 'message', templateId }] });
    const news = await ruleOn({ when: { kind: 'customer.created' }, does: [{ kind: 'message', templateId, topic: 'news' }] });
    const email = address('ana');
    await customer({ name: 'Ana', emails: [{ address: email }], preferences: { language: 'fr' } });
    await customer();
    await world.drain();
    expect((await firings(rule)).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['skipped', 'no_address'],
      ['done', null],
    ]);
    expect((await firings(news)).map(({ reason }) => reason).sort()).toEqual(['no_address', 'no_consent']);
    world.advance('PT1M');
    await world.drain();
    const mails = world.loopback.mailbox.list(50).filter(({ to }) => to[0] === email);
    expect(mails.map(({ subject, text }) => [subject, text?.trim()])).toEqual([['Bienvenue', 'Bonjour Ana']]);
  });

  it('lets whoever gets it take leave of its topic, in her mail program, by the mail and for good', async () => {
    await fresh({ sending: { ...noSending, quietHours: null } });
    const own = await post('/v1/senders', { kind: 'domain', name: 'Own', address: 'news@own-rules.example' });
    world.loopback.identities.verify('own-rules.example');
    expect((await get(`/v1/senders/${own.id}`)).state).toBe('verified');
    const { version, sending } = await get('/v1/workspace');
    const usual = { sending: { ...sending, defaultSenderId: own.id } };
    await world.api(ws().keys.admin, 'PATCH', '/v1/workspace', usual, { 'if-match': `"${version}"` });
    const texts = { en: { subject: 'News', body: 'Hello {{customer.name}}, or leave: {{links.unsubscribe}}' } };
    const { id: templateId } = await post('/v1/message-templates', { name: 'News', texts });
    const when = { kind: 'consent.changed', channel: 'email', topic: 'news', status: 'granted' };
    const rule = await ruleOn({ when, does: [{ kind: 'message', templateId, topic: 'news' }] });
    const email = address('leaves');
    const id = await customer({ name: 'Ana', emails: [{ address: email }] });
    const agree = () =>
      world.api(ws().keys.admin, 'PUT', `/v1/customers/${id}/consents/email/news`, { status: 'granted', source: 'counter' });
    await agree();
    await world.drain();
    await later('PT1M');
    const mail = world.loopback.mailbox.list(50).find(({ to }) => to[0] === email);
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

  it('goes by day where it is of a topic, and no more often than a customer may get any', async () => {
    await fresh({ sending: { ...noSending, messageLimits: { ...noSending.messageLimits, email: { perDay: 1, perWeek: null } } } });
    const texts = { en: { subject: 'News', body: 'Hello' } };
    const { id: templateId } = await post('/v1/message-templates', { name: 'News', texts });
    const does = [
      { kind: 'message', templateId, topic: 'news', at: '23:00' },
      { kind: 'message', templateId, topic: 'news', at: '23:01' },
    ];
    await ruleOn({ when: { kind: 'consent.changed', channel: 'email', topic: 'news', status: 'granted' }, does });
    const email = address('night');
    const id = await customer({ emails: [{ address: email }] });
    await world.api(ws().keys.admin, 'PUT', `/v1/customers/${id}/consents/email/news`, { status: 'granted', source: 'counter' });
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
    const [mail, ...more] = world.loopback.mailbox.list(50).filter(({ to }) => to[0] === email);
    expect(more).toEqual([]);
    const clock = new Date(mail?.at ?? '').toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit' });
    expect(Number(clock)).toBe(8);
  });
});
