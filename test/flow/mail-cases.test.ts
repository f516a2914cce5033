import { afterAll, beforeAll, expect, it } from 'vitest';
import { takeMail } from '../../local/mail-in.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let count = 0;
const domain = 'mail.suki.example';

type Writing = { header?: string; subject?: string; text?: string; messageId?: string; to?: string };

const placeFor = (ws: SeededWorkspace) => {
  const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    world.api(ws.keys.admin, method, path, body, headers);
  const customer = async () => {
    const address = `writes${++count}@reader.example`;
    const { body } = await api('POST', '/v1/customers', { kind: 'person', name: `Writer ${count}`, emails: [{ address }] });
    return { id: body.id as string, address };
  };
  /** Turns it on or off for the address of the workspace. */
  const opens = async (newCases: unknown) => {
    const own = (await api('GET', '/v1/senders')).body.data.find(({ kind }: { kind: string }) => kind === 'workspace');
    return api('PATCH', `/v1/senders/${own.id}`, { newCases }, { 'if-match': `"${own.version}"` });
  };
  const write = async (from: string, said: Writing = {}) => {
    const { header, subject = 'The tap drips', text = 'Since Tuesday.', messageId = `c${++count}@reader.example` } = said;
    const head = [`From: <${from}>`, `Subject: ${subject}`, `Message-ID: <${messageId}>`, ...(header ? [header] : [])].join('\r\n');
    const raw = Buffer.from(`${head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`);
    await takeMail(world.loopback, { from, to: [said.to ?? `${ws.tenant}@${domain}`], raw });
    await world.drain();
  };
  const casesOf = async (id: string) => (await api('GET', `/v1/cases?customerId=${id}&state=any`)).body.data;
  return { api, customer, opens, write, casesOf };
};

describeWorld('a mail that answers nothing of ours', () => {
  let ws: SeededWorkspace;
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  it('opens no case as long as nobody has said so', async () => {
    const { customer, write, casesOf, api } = placeFor(ws);
    const her = await customer();
    await write(her.address);
    expect((await api('GET', `/v1/customers/${her.id}/interactions`)).body.data).toHaveLength(1);
    expect(await casesOf(her.id)).toEqual([]);
  });

  it('opens one where the address says so, with its queue and priority, and what comes back lands on it', async () => {
    const { api, customer, opens, write, casesOf } = placeFor(ws);
    const { body: levels } = await api('GET', '/v1/service-levels');
    await api('PATCH', '/v1/service-levels', { queues: ['Inbox'] }, { 'if-match': `"${levels.version}"` });
    expect((await opens({ type: 'request', priority: 'high', queue: 'Inbox' })).body.newCases).toEqual({
      ...{ type: 'request', priority: 'high', queue: 'Inbox' },
    });
    const her = await customer();
    await write(her.address, { messageId: 'first@reader.example' });
    const [opened, ...others] = await casesOf(her.id);
    expect(others).toEqual([]);
    expect(opened).toMatchObject({ type: 'request', priority: 'high', queue: 'Inbox', subject: 'The tap drips', state: 'new' });
    const { body: whole } = await api('GET', `/v1/cases/${opened.id}`);
    expect(whole.source).toMatchObject({ kind: 'mail', id: expect.stringMatching(/^mai_/) });
    const [entry] = (await api('GET', `/v1/customers/${her.id}/interactions`)).body.data;
    expect(entry).toMatchObject({ caseId: opened.id, channel: 'email', direction: 'in', body: 'Since Tuesday.' });
    expect((await api('GET', `/v1/mails/${entry.mailId}`)).body.caseId).toBe(opened.id);

    await write(her.address, { header: 'In-Reply-To: <first@reader.example>', subject: 'Re: The tap drips', text: 'Still.' });
    expect(await casesOf(her.id)).toHaveLength(1);
    expect((await api('GET', `/v1/cases/${opened.id}/interactions`)).body.data).toHaveLength(2);
  });

  it('opens one case however often it is delivered', async () => {
    const { customer, write, casesOf } = placeFor(ws);
    const her = await customer();
    await write(her.address, { messageId: 'twice@reader.example' });
    await write(her.address, { messageId: 'twice@reader.example' });
    expect(await casesOf(her.id)).toHaveLength(1);
  });

  it('opens none where a machine wrote it: an absence, a bounce, a list', async () => {
    const { api, customer, write, casesOf } = placeFor(ws);
    const her = await customer();
    for (const header of [
      'Auto-Submitted: auto-replied',
      'X-Autoreply: yes',
      'Precedence: bulk',
      'List-Id: <news.reader.example>',
      'Content-Disposition: inline\r\nAuto-Submitted: auto-generated',
    ])
      await write(her.address, { header });
    expect((await api('GET', `/v1/customers/${her.id}/interactions`)).body.data).toHaveLength(5);
    expect(await casesOf(her.id)).toEqual([]);
  });

  it('waits where nobody is known by its address, and opens its case once a person says whose it is', async () => {
    const { api, customer, write, casesOf } = placeFor(ws);
    const stranger = `stranger${++count}@reader.example`;
    await write(stranger);
    const [mail] = (await api('GET', '/v1/mails?limit=200')).body.data.filter(
      (one: { from: { address: string } }) => one.from.address === stranger,
    );
    expect(mail).toMatchObject({ state: 'unmatched', caseId: null });
    const her = await customer();
    const { body: taken } = await api('POST', `/v1/mails/${mail.id}/attach`, { customerId: her.id });
    const [opened] = await casesOf(her.id);
    expect(taken).toMatchObject({ state: 'attached', caseId: opened.id });
    expect(opened).toMatchObject({ priority: 'high', queue: 'Inbox' });
  });

  it('is switched on for the address at which mail comes in and no other, and for a queue that there is', async () => {
    const { api, opens } = placeFor(ws);
    const added = (await api('POST', '/v1/senders', { kind: 'address', name: 'Else', address: 'else@shop.example' })).body;
    const refused = await api('PATCH', `/v1/senders/${added.id}`, { newCases: {} }, { 'if-match': `"${added.version}"` });
    expect(refused.body.errors).toMatchObject([{ pointer: '/newCases', code: 'no_mail_here' }]);
    expect((await opens({ queue: 'Nowhere' })).body.errors).toMatchObject([{ pointer: '/newCases/queue', code: 'no_such_queue' }]);
    expect((await opens(null)).body.newCases).toBeNull();
  });
});
