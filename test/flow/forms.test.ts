import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentIn } from '../../functions/agent.ts';
import { callerOf, countIt } from '../../functions/forms/counts.ts';
import { addressOf } from '../../functions/forms/visit.ts';
import { formIn, workFor } from '../_util/form.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;
beforeAll(async () => {
  world = await startWorld();
  ws = await world.workspace();
});
afterAll(() => world?.stop());

type Role = 'admin' | 'service' | 'sales';
const api = (method: string, path: string, body?: unknown, role: Role = 'admin') => world.api(ws.keys[role], method, path, body);
const place = () => ({ tenant: ws.tenant, now: world.now() });
/** Each visitor comes from an address of his own, as CloudFront tells it. */
const from = (host = ++count % 250) => ({ 'x-forwarded-for': `198.51.${Math.floor(count / 250)}.${host}, 130.176.1.1` });

type Page = { pass: string; bits: number };
const pageOf = (form: { id: string }) => `/p/api/f/${addressOf(ws.tenant, form.id)}`;
const opened = async (form: { id: string }): Promise<Page> => (await world.api(undefined, 'GET', pageOf(form))).body;
const hand = (form: { id: string }, body: unknown, headers = from()) => world.api(undefined, 'POST', pageOf(form), body, headers);
const stranger = () => `visitor${++count}@form.example`;
const words = () => `The cartridge number ${++count} leaks since Monday.`;

/** What a person does: she opens the page, writes for a while, and sends. */
async function write(form: { id: string }, said: Record<string, unknown> = {}) {
  const page = await opened(form);
  world.advance('PT20S');
  const body = { pass: page.pass, proof: workFor(page), language: 'en', type: 'complaint', name: 'Ana Trujillo', words: words(), ...said };
  return { body, answer: await hand(form, body) };
}
const customersBy = async (email: string) => (await api('POST', '/v1/customers/lookup', { email })).body.data ?? [];
const casesOf = async (customerId: string) => (await api('GET', `/v1/cases?customerId=${customerId}&state=any`)).body.data;
const heldWith = async (text: string) =>
  (await api('GET', '/v1/held-submissions?limit=200')).body.data.filter(({ said }: { said: { words: string } }) => said.words === text);

describeWorld('what somebody writes on a web form', () => {
  it('is a case of a customer whom nobody knew, with what was written on her timeline', async () => {
    const form = await formIn(place());
    const email = stranger();
    const { body, answer } = await write(form, { email, phone: '0917 555 0123', reference: '4711', language: 'ur' });
    expect([answer.status, answer.body]).toEqual([200, { thanks: 'We have it.' }]);
    const [her] = await customersBy(email);
    expect(her).toMatchObject({
      name: 'Ana Trujillo',
      kind: 'person',
      lifecycle: 'prospect',
      via: 'form',
      preferences: { language: 'ur' },
    });
    const [made, ...others] = await casesOf(her.id);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ type: 'complaint', priority: 'high', state: 'new', subject: body.words });
    expect((await api('GET', `/v1/cases/${made.id}`)).body).toMatchObject({ source: { kind: 'form', id: form.id }, via: 'form' });
    await world.drain();
    const entries = (await api('GET', `/v1/customers/${her.id}/interactions`)).body.data;
    expect(entries).toMatchObject([{ channel: 'web', direction: 'in', reason: 'complaint', caseId: made.id, memberId: null }]);
    expect(entries[0].body).toBe(`${body.words}\n\nآرڈر یا حوالہ: 4711`);
  });

  it('is hers whose e-mail it is, and nothing that is known of her is written over', async () => {
    const form = await formIn(place());
    const email = stranger();
    const { body: her } = await api('POST', '/v1/customers', { kind: 'person', name: 'Ana T.', emails: [{ address: email }] });
    const { body, answer } = await write(form, { email: email.toUpperCase(), name: 'Somebody Else', phone: '+63 917 555 9999' });
    expect(answer.status).toBe(200);
    const { body: after } = await api('GET', `/v1/customers/${her.id}`);
    const { possibleDuplicates: _, ...before } = her;
    expect(after).toEqual(before);
    const [entry] = (await api('GET', `/v1/customers/${her.id}/interactions`)).body.data;
    expect(entry.body).toBe(`${body.words}\n\nName: Somebody Else\nPhone: +63 917 555 9999`);
  });

  it('brings her back who was archived: her case has a clock that runs', async () => {
    const form = await formIn(place());
    const email = stranger();
    const { body: her } = await api('POST', '/v1/customers', { kind: 'person', name: 'Gone', emails: [{ address: email }] });
    await api('DELETE', `/v1/customers/${her.id}`);
    const { body, answer } = await write(form, { email });
    expect([answer.status, await heldWith(body.words as string)]).toEqual([200, []]);
    expect((await api('GET', `/v1/customers/${her.id}`)).body).toMatchObject({ name: 'Gone', archivedAt: null });
    expect(await casesOf(her.id)).toMatchObject([{ state: 'new', firstResponse: 'running' }]);
    await world.drain();
    const [change] = (await api('GET', `/v1/customers/${her.id}/history`)).body.data;
    expect(change).toMatchObject({ via: 'form' });
  });

  it('brings nobody back while it may be spam, and does so once a member lets it in', async () => {
    const form = await formIn(place());
    const email = stranger();
    const { body: her } = await api('POST', '/v1/customers', { kind: 'person', name: 'Gone', emails: [{ address: email }] });
    await api('DELETE', `/v1/customers/${her.id}`);
    const { body } = await write(form, { email, website: 'x' });
    const archivedAt = async () => (await api('GET', `/v1/customers/${her.id}`)).body.archivedAt;
    expect(await archivedAt()).not.toBeNull();
    const [held] = await heldWith(body.words as string);
    expect((await api('POST', `/v1/held-submissions/${held.id}/release`, undefined, 'service')).body).toMatchObject({ customerId: her.id });
    expect([await archivedAt(), (await casesOf(her.id)).length]).toEqual([null, 1]);
  });

  it('is hers whose phone it is, where no e-mail leads to anybody; of a phone that two have it is a new one’s', async () => {
    const form = await formIn(place());
    const phones = [{ number: '+63 918 444 1212' }];
    const { body: her } = await api('POST', '/v1/customers', { kind: 'person', name: 'By phone', phones });
    await world.drain();
    await write(form, { phone: '0918 444 1212' });
    expect(await casesOf(her.id)).toHaveLength(1);
    await api('POST', '/v1/customers', { kind: 'person', name: 'The same phone', phones });
    await world.drain();
    await write(form, { phone: '0918 444 1212', name: 'Third of a phone' });
    expect(await casesOf(her.id)).toHaveLength(1);
  });

  it('is one case however often it is sent, and another needs another pass', async () => {
    const form = await formIn(place());
    const email = stranger();
    const { body, answer } = await write(form, { email });
    const [again, ...more] = await Promise.all([hand(form, body), hand(form, body), hand(form, body)]);
    expect([answer, again, ...more].map(({ status, body: said }) => [status, said])).toEqual(
      Array.from({ length: 4 }, () => [200, { thanks: 'We have it.' }]),
    );
    const [her] = await customersBy(email);
    expect(await casesOf(her.id)).toHaveLength(1);
    const other = await hand(form, { ...body, words: words() });
    expect(other.body.errors).toMatchObject([{ pointer: '/pass', code: 'used' }]);
    expect(await casesOf(her.id)).toHaveLength(1);
  });

  it('is one where it is sent several times at once, and one customer where two write from one address', async () => {
    const form = await formIn(place());
    const email = stranger();
    const [one, two] = [await opened(form), await opened(form)];
    world.advance('PT20S');
    const said = (page: Page, text: string) => ({
      ...{ pass: page.pass, proof: workFor(page), language: 'en', type: 'question', name: 'Both', email, words: text },
    });
    const [first, second] = [said(one, words()), said(two, words())];
    const answers = await Promise.all([hand(form, first), hand(form, second), hand(form, first), hand(form, second)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const found = await customersBy(email);
    expect(found).toHaveLength(1);
    expect(await casesOf(found[0].id)).toHaveLength(2);
  });

  it('names every field that lacks, and every reason for which a pass is not good', async () => {
    const form = await formIn(place());
    const page = await opened(form);
    const empty = await hand(form, { pass: page.pass, proof: '0', language: 'en', email: 'nobody', phone: 'call me' });
    expect(empty.status).toBe(422);
    expect(empty.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)).toEqual([
      ...['/name required', '/words required', '/type required', '/email invalid_format', '/phone invalid_format', '/proof not_done'],
    ]);
    const unknown = await hand(form, { pass: page.pass, proof: '0', language: 'en', words: 'x', tip: 'x' });
    expect(unknown.body.errors).toMatchObject([{ pointer: '/tip', code: 'unknown_field' }]);
    const neither = await write(form);
    expect(neither.answer.body.errors).toMatchObject([{ pointer: '/email', code: 'no_way_back' }]);
    const other = await formIn(place());
    const foreign = await hand(other, { ...neither.body, email: stranger() });
    expect(foreign.body.errors).toMatchObject([{ pointer: '/pass', code: 'unknown_pass' }]);
    const late = { ...neither.body, email: stranger() };
    world.advance('PT6H');
    expect((await hand(form, late)).body.errors).toMatchObject([{ pointer: '/pass', code: 'expired' }]);
    const forged = late.pass.replace(/^[^.]+/, world.now().toString(36));
    expect((await hand(form, { ...late, pass: forged })).body.errors).toMatchObject([{ pointer: '/pass', code: 'unknown_pass' }]);
    expect((await hand(form, { ...late, words: 'x'.repeat(60_000) })).body).toMatchObject({ code: 'body_too_large', limitBytes: 49_152 });
  });

  it('is kept as words, whatever it is', async () => {
    const form = await formIn(place());
    const email = stranger();
    const name = '<img src=x onerror=alert(1)>';
    const { answer } = await write(form, { email, name, words: 'A <b>bold</b> leak: {{customer.name}} & "quotes"' });
    expect(answer.status).toBe(200);
    const [her] = await customersBy(email);
    expect(her.name).toBe(name);
    const [entry] = (await api('GET', `/v1/customers/${her.id}/interactions`)).body.data;
    expect(entry.body).toBe('A <b>bold</b> leak: {{customer.name}} & "quotes"');
  });
});

describeWorld('what may be spam', () => {
  const bots: [string, Record<string, unknown>, string][] = [
    ['fills in the field that nobody sees', { website: 'https://pills.example' }, 'hidden_field'],
    ['brings links', { words: 'See https://a.example https://b.example https://c.example' }, 'links'],
    ['brings a script', { words: `Nice <script>alert(${++count})</script> site` }, 'markup'],
    ['has a link for a name', { name: 'https://pills.example' }, 'link_in_name'],
  ];
  it.each(bots)('is held back where it %s, and is thanked as anybody is', async (_, said, reason) => {
    const form = await formIn(place());
    const email = stranger();
    const { body, answer } = await write(form, { email, ...said });
    expect([answer.status, answer.body]).toEqual([200, { thanks: 'We have it.' }]);
    expect(await customersBy(email)).toEqual([]);
    const [held, ...others] = await heldWith(body.words as string);
    expect(others).toEqual([]);
    expect(held).toMatchObject({ formName: 'Write to us', reasons: expect.arrayContaining([reason]), said: { email } });
    expect((await hand(form, body)).body).toEqual({ thanks: 'We have it.' });
    expect(await heldWith(body.words as string)).toHaveLength(1);
  });

  it('is held back where it comes faster than anybody reads', async () => {
    const form = await formIn(place());
    const page = await opened(form);
    const said = {
      pass: page.pass,
      proof: workFor(page),
      language: 'en',
      type: 'question',
      name: 'Fast',
      email: stranger(),
      words: words(),
    };
    expect((await hand(form, said)).body).toEqual({ thanks: 'We have it.' });
    expect(await heldWith(said.words)).toMatchObject([{ reasons: ['too_fast'] }]);
  });

  it('is held back where many come from one address or say the same, and asked to wait beyond all measure', async () => {
    const form = await formIn(place());
    const text = `We offer the best ranking number ${++count}`;
    for (let time = 0; time < 3; time++) await write(form, { email: stranger(), words: text });
    expect(await heldWith(text)).toMatchObject([{ reasons: ['repeated_text'] }]);
    // From the beginning of an hour on, in which an address is counted.
    world.advance(`PT${3_600 - Math.floor((world.now() % 3_600_000) / 1_000)}S`);
    const one = await formIn(place());
    const said = async () => {
      const page = await opened(one);
      world.advance('PT55S');
      return { pass: page.pass, proof: workFor(page), language: 'en', type: 'question', name: 'Many', email: stranger(), words: words() };
    };
    const statuses: number[] = [];
    const handIn = async () => statuses.push((await hand(one, await said(), from(7))).status);
    for (let time = 0; time < 10; time++) await handIn();
    const caller = callerOf(from(7)['x-forwarded-for']);
    const agent = await agentIn(ws.tenant, { now: world.now(), requestId: 'forms' });
    if (!agent) throw new Error('the workspace is gone');
    for (let time = 10; time < 59; time++) await countIt({ agent, formId: one.id }, { caller, words: words() });
    for (let time = 0; time < 2; time++) await handIn();
    expect(statuses).toEqual([...Array.from({ length: 11 }, () => 200), 429]);
    const held = (await api('GET', '/v1/held-submissions?limit=200')).body.data;
    expect(held.filter(({ formId }: { formId: string }) => formId === one.id)).toHaveLength(3);
    // The more come, the more work each is.
    expect((await opened(one)).bits).toBeGreaterThan((await opened(await formIn(place()))).bits);
  });

  it('becomes its case once somebody says that it is none, once', async () => {
    const form = await formIn(place());
    const email = stranger();
    const text = `Look at https://a${++count}.example and https://b.example and https://c.example, my order is wrong`;
    await write(form, { email, words: text });
    const [held] = await heldWith(text);
    world.advance('P1D');
    const first = await api('POST', `/v1/held-submissions/${held.id}/release`, undefined, 'service');
    const second = await api('POST', `/v1/held-submissions/${held.id}/release`);
    expect(first.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect(await heldWith(text)).toEqual([]);
    const [her] = await customersBy(email);
    expect(first.body).toMatchObject({ customerId: her.id });
    const [made, ...others] = await casesOf(her.id);
    expect([made.id, others]).toEqual([first.body.caseId, []]);
    const [entry] = (await api('GET', `/v1/customers/${her.id}/interactions`)).body.data;
    expect(entry).toMatchObject({ occurredAt: held.receivedAt, body: text });
  });

  it('is told to those who may let it in, once a day, however much there is', async () => {
    const form = await formIn(place());
    world.advance('P1D');
    const told = async (role: Role) =>
      (await api('GET', '/v1/notifications?unread=true&limit=200', undefined, role)).body.data.filter(
        ({ kind }: { kind: string }) => kind === 'form.held',
      ).length;
    const before = await told('service');
    for (let time = 0; time < 2; time++) await write(form, { email: stranger(), website: 'x' });
    expect([await told('service'), await told('admin'), await told('sales')]).toEqual([before + 1, before + 1, 0]);
    const [newest] = (await api('GET', '/v1/notifications?limit=1', undefined, 'service')).body.data;
    expect(newest).toMatchObject({ kind: 'form.held', subject: { type: 'form', id: form.id }, data: { name: 'Write to us' } });
    world.advance('P1D');
    await write(form, { email: stranger(), website: 'x' });
    expect(await told('service')).toBe(before + 2);
  });

  it('is gone when somebody deletes it, and after 30 days by itself', async () => {
    const form = await formIn(place());
    const texts = [1, 2].map((each) => `https://x${++count}.example https://y.example https://z.example ${each}`);
    for (const text of texts) await write(form, { email: stranger(), words: text });
    const [[deleted], [kept]] = [await heldWith(texts[0]!), await heldWith(texts[1]!)];
    expect(Date.parse(kept.endsAt) - Date.parse(kept.receivedAt)).toBe(30 * 86_400_000);
    expect((await api('DELETE', `/v1/held-submissions/${deleted.id}`)).status).toBe(204);
    expect((await api('DELETE', `/v1/held-submissions/${deleted.id}`)).status).toBe(404);
    world.advance('P30DT1S');
    expect(await heldWith(texts[1]!)).toEqual([]);
    expect((await api('POST', `/v1/held-submissions/${kept.id}/release`)).status).toBe(404);
  });
});

describeWorld('a web form', () => {
  const input = { name: 'Contact', languages: ['en', 'fr'], fallbackLanguage: 'en', texts: { en: { title: 'Write to us' } } };

  it('is a draft that nobody can open, then out, then closed, then gone', async () => {
    const { body: form, headers } = await api('POST', '/v1/forms', input);
    expect([form.state, headers.location]).toEqual(['draft', `/v1/forms/${form.id}`]);
    expect(form.url).toMatch(/\/p\/f\/[a-z0-9]{8}\.[0-9A-Z]{26}$/);
    expect(form.qr).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    const open = async () => {
      const { status, body } = await world.api(undefined, 'GET', `/p/api/f/${form.url.split('/p/f/')[1]}?language=fr-FR`);
      return status === 200 ? [200, body.language, body.title] : [status, body.code];
    };
    expect(await open()).toEqual([404, 'not_found']);
    await api('POST', `/v1/forms/${form.id}/publish`);
    expect(await open()).toEqual([200, 'fr', 'Write to us']);
    await api('POST', `/v1/forms/${form.id}/close`);
    expect(await open()).toEqual([409, 'form_closed']);
    expect((await api('POST', `/v1/forms/${form.id}/close`)).body.code).toBe('wrong_state');
    expect((await api('DELETE', `/v1/forms/${form.id}`)).status).toBe(204);
    expect(await open()).toEqual([404, 'not_found']);
    expect((await api('GET', `/v1/forms/${form.id}`)).status).toBe(404);
  });

  it('is refused where nobody could be answered, or where its languages do not fit', async () => {
    const fields = { name: 'off', email: 'off', phone: 'off', reference: 'off', subject: 'off' };
    const wrong = await api('POST', '/v1/forms', { ...input, fallbackLanguage: 'th', fields, queue: 'Nowhere' });
    expect(wrong.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)).toEqual([
      ...['/fallbackLanguage unknown_language', '/texts/th required', '/fields/email no_way_back', '/queue no_such_queue'],
    ]);
  });

  it('leaves its cases and what it held back when it is gone', async () => {
    const form = await formIn(place());
    const text = `https://a${++count}.example https://b.example https://c.example`;
    await write(form, { email: stranger(), words: text });
    await api('DELETE', `/v1/forms/${form.id}`);
    const [held] = await heldWith(text);
    const { body } = await api('POST', `/v1/held-submissions/${held.id}/release`);
    expect((await api('GET', `/v1/cases/${body.caseId}`)).body).toMatchObject({ priority: 'normal', queue: null });
  });

  it('is told of in events and history, and what was held back is not', async () => {
    const { body: form } = await api('POST', '/v1/forms', input);
    await world.drain();
    const events = (await api('GET', '/v1/audit-events?entity=form&limit=200')).body.data;
    expect(events).toContainEqual(expect.objectContaining({ action: 'created', rowId: form.id }));
  });
});
