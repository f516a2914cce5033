import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo, takeMail } from '../../local/mail-in.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;

const api = (method: string, path: string, body?: unknown, role: 'admin' | 'sales' | 'service' | 'analyst' | 'marketing' = 'admin') =>
  world.api(ws.keys[role], method, path, body);

async function customer(fields: Record<string, unknown> = {}): Promise<{ id: string; address: string }> {
  const address = `reader${++count}@reader.example`;
  const said = {
    kind: 'person',
    name: `Reader ${count}`,
    givenName: 'Ana',
    emails: [{ address }],
    phones: [{ number: `0917555${1000 + count}`, type: 'mobile' }],
  };
  const { body } = await api('POST', '/v1/customers', { ...said, ...fields });
  return { id: body.id, address };
}
const write = async (id: string, said: Record<string, unknown> = {}) =>
  api('POST', `/v1/customers/${id}/messages`, {
    subject: 'Your offer',
    body: 'Dear {{customer.givenName | customer}},\n\nhere it is.',
    ...said,
  });
const sentTo = (address: string) => world.loopback.mailbox.list(500).filter((mail) => mail.to.includes(address));
const later = async (duration = 'PT1M') => {
  world.advance(duration);
  await world.drain();
};
const timeline = async (id: string) => (await api('GET', `/v1/customers/${id}/interactions`)).body.data;
const look = async (id: string, messageId: string) => (await api('GET', `/v1/customers/${id}/messages/${messageId}`)).body;

describeWorld('a message to one customer', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  it('goes with her own words set in, from its author, and stands on her timeline', async () => {
    const her = await customer();
    const { body: message } = await write(her.id);
    expect(message).toMatchObject({ state: 'pending', to: her.address, body: 'Dear Ana,\n\nhere it is.', language: 'en' });
    expect(await timeline(her.id)).toEqual([]);
    await later();
    const [mail] = sentTo(her.address);
    expect(mail).toMatchObject({ subject: 'Your offer' });
    expect(mail?.text).toContain('Dear Ana,');
    expect(await timeline(her.id)).toMatchObject([
      { channel: 'email', direction: 'out', subject: 'Your offer', mailId: message.id, memberId: ws.members.admin.id },
    ]);
    expect((await look(her.id, message.id)).state).toMatch(/^(sent|delivered)$/);
  });

  it('goes once, however often it is told that it is due', async () => {
    const her = await customer();
    const { body: message } = await write(her.id);
    world.advance('PT1M');
    const due = { at: message.sendAt, tenant: ws.tenant, kind: 'message', id: `${her.id}#${message.id.slice(4)}` };
    const event = { id: '1', source: 'suki.work', 'detail-type': 'due.message', time: message.sendAt, detail: due };
    await Promise.all([world.invoke('messageWork', event), world.invoke('messageWork', event)]);
    await later();
    await later('PT5M');
    expect(sentTo(her.address)).toHaveLength(1);
    expect(await timeline(her.id)).toHaveLength(1);
  });

  it('can be taken back for ten seconds, and then no more', async () => {
    const her = await customer();
    const { body: first } = await write(her.id);
    const taken = await api('POST', `/v1/customers/${her.id}/messages/${first.id}/cancel`);
    expect(taken.body.state).toBe('canceled');
    const { body: second } = await write(her.id, { subject: 'Second' });
    await later();
    expect(sentTo(her.address).map(({ subject }) => subject)).toEqual(['Second']);
    expect((await api('POST', `/v1/customers/${her.id}/messages/${second.id}/cancel`)).body.code).toBe('wrong_state');
  });

  it('waits for its time', async () => {
    const her = await customer();
    await write(her.id, { sendAt: new Date(world.now() + 3 * 3_600_000).toISOString() });
    await later('PT2H');
    expect(sentTo(her.address)).toEqual([]);
    await later('PT61M');
    expect(sentTo(her.address)).toHaveLength(1);
  });

  it('does not go to a barred address, and says why', async () => {
    const her = await customer();
    await api('POST', '/v1/suppressions', { address: her.address });
    const { body: message } = await write(her.id);
    await later();
    expect(sentTo(her.address)).toEqual([]);
    expect(await look(her.id, message.id)).toMatchObject({ state: 'skipped', reason: 'suppressed', interactionId: null });
  });

  it('does not go where the address is hers no longer, nor after she was archived', async () => {
    const [moved, gone] = [await customer(), await customer()];
    const { body: first } = await write(moved.id);
    const { body: second } = await write(gone.id);
    await world.api(
      ws.keys.admin,
      'PATCH',
      `/v1/customers/${moved.id}`,
      { emails: [{ address: `new${count}@reader.example` }] },
      { 'if-match': '"1"' },
    );
    await api('DELETE', `/v1/customers/${gone.id}`);
    await later();
    expect((await look(moved.id, first.id)).reason).toBe('no_address');
    expect((await look(gone.id, second.id)).reason).toBe('archived');
  });

  it('goes to whoever wants no news, for it is an answer and no news', async () => {
    const her = await customer();
    await api('PUT', `/v1/customers/${her.id}/consents/email/news`, { status: 'withdrawn', source: 'counter' });
    await write(her.id);
    await later();
    expect(sentTo(her.address)).toHaveLength(1);
  });

  it('bounces: her address is barred, and the message says so', async () => {
    const { body } = await api('POST', '/v1/customers', {
      kind: 'person',
      name: 'Bo',
      emails: [{ address: 'bounce@simulator.amazonses.com' }],
    });
    const { body: message } = await write(body.id);
    await later();
    await later('PT5M');
    expect(await look(body.id, message.id)).toMatchObject({ state: 'bounced', bounce: 'hard' });
    const found = await api('POST', '/v1/suppressions/lookup', { address: 'bounce@simulator.amazonses.com' });
    expect(found.body.data).toMatchObject([{ reason: 'hard_bounce' }]);
    expect((await api('GET', `/v1/customers/${body.id}`)).body.emails[0].state).toBe('bounced');
  });

  it('is answered, and the answer stands below it, whoever of hers wrote it', async () => {
    const her = await customer();
    await write(her.id);
    await later();
    const [mail] = sentTo(her.address);
    expect(mail?.replyTo[0]).toMatch(/^reply\+/);
    const raw = await answerTo(mail!, { from: 'assistant@elsewhere.example', text: 'Thank you.' });
    await takeMail(world.loopback, { from: 'assistant@elsewhere.example', to: mail!.replyTo, raw });
    await later();
    const [answer, sent] = await timeline(her.id);
    expect([answer, sent]).toMatchObject([{ direction: 'in' }, { direction: 'out' }]);
    expect(answer.body).toContain('Thank you.');
    const again = await write(her.id, { answers: answer.mailId, subject: 'Re: Your offer' });
    expect(again.status).toBe(201);
    await later();
    const reply = sentTo(her.address).find(({ subject }) => subject === 'Re: Your offer');
    expect(reply?.headers['in-reply-to']).toMatch(/^<.+@elsewhere\.example>$/);
  });

  it('takes files with it', async () => {
    const her = await customer();
    const file = { name: 'offer.pdf', bytes: 8, type: 'application/pdf' };
    const form = (await api('POST', `/v1/customers/${her.id}/attachments`, file)).body;
    const body = new FormData();
    for (const [name, value] of Object.entries(form.fields)) body.append(name, String(value));
    body.append('file', new Blob(['%PDF-1.7']));
    expect((await fetch(form.url, { method: 'POST', body })).status).toBe(204);
    await write(her.id, { attachments: [{ id: form.id, ...file }] });
    await later();
    expect(await timeline(her.id)).toMatchObject([{ attachments: [{ name: 'offer.pdf' }] }]);
    expect(sentTo(her.address)).toHaveLength(1);
  });

  it('is a text message just as well, to her mobile', async () => {
    const her = await customer();
    const { body: message } = await write(her.id, { channel: 'sms', subject: null, body: 'Your order is ready, {{customer.givenName}}.' });
    expect(message.to).toMatch(/^\+63917/);
    await later();
    expect(await timeline(her.id)).toMatchObject([{ channel: 'sms', direction: 'out', body: 'Your order is ready, Ana.' }]);
  });

  describe('is refused when it is written', () => {
    const refused = async (said: Record<string, unknown>) => {
      const her = await customer();
      const before = world.storeHash(ws.tenant);
      const { body } = await write(her.id, said);
      expect(world.storeHash(ws.tenant)).toBe(before);
      return body.errors?.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`) ?? body.code;
    };
    it('with a variable that is none, or that she has no value for', async () => {
      expect(await refused({ body: 'Dear {{customer.shoeSize}}' })).toEqual(['/body unknown_variable']);
      expect(await refused({ body: 'Dear {{customer.jobTitle}}' })).toEqual(['/body absent']);
      expect(await refused({ body: '{{constructor}} {{__proto__}}' })).toEqual(['/body unknown_variable', '/body invalid_variable']);
    });
    it('to an address that is not hers', async () => {
      expect(await refused({ to: 'somebody@else.example' })).toEqual(['/to no_address']);
    });
    it('without a subject, too large, for the past or too far ahead', async () => {
      const id = 'att_00000000000000000000000000';
      const files = [1, 2].map(() => ({ id, name: 'a', bytes: 6 * 1024 * 1024, type: 'image/png' }));
      expect(await refused({ subject: null, attachments: files, sendAt: '2020-01-01T00:00:00Z' })).toEqual([
        '/subject required',
        '/attachments too_large',
        '/sendAt in_past',
      ]);
      expect(await refused({ sendAt: '2099-01-01T00:00:00Z' })).toEqual(['/sendAt too_far']);
    });
    it('from a sender that there is not', async () => {
      expect(await refused({ senderId: 'snd_00000000000000000000000000' })).toEqual(['/senderId no_such_sender']);
    });
  });

  describe('from a template', () => {
    it('that marketing makes and service uses, in the language asked for', async () => {
      const texts = {
        en: { subject: 'Ready', body: 'Dear {{customer.givenName}}' },
        th: { subject: 'พร้อม', body: 'เรียน {{customer.name}}' },
      };
      const made = await api('POST', '/v1/message-templates', { name: 'Ready', texts }, 'marketing');
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      expect((await api('GET', '/v1/message-templates', undefined, 'service')).body.data).toMatchObject([{ name: 'Ready', texts }]);
      const { id } = made.body;
      expect((await api('DELETE', `/v1/message-templates/${id}`)).body.archivedAt).not.toBeNull();
      expect((await api('GET', '/v1/message-templates')).body.data).toEqual([]);
      expect((await api('POST', `/v1/message-templates/${id}/restore`)).body.archivedAt).toBeNull();
    });
    it('is refused with a variable that is none, with its place', async () => {
      const texts = { en: { subject: 'Hi', body: 'Dear you,\n{{customer.shoeSize}}' } };
      const { body } = await api('POST', '/v1/message-templates', { name: 'Broken', texts });
      expect(body.errors).toMatchObject([{ pointer: '/texts/en/body', code: 'unknown_variable' }]);
      expect(body.errors[0].detail).toContain('line 2');
    });
    it('is shown as she would get it before it is sent', async () => {
      const her = await customer();
      const preview = (body: string) => api('POST', `/v1/customers/${her.id}/messages/preview`, { subject: 'Hi', body });
      expect((await preview('Dear {{customer.givenName}}')).body).toEqual({ subject: 'Hi', body: 'Dear Ana', problem: null });
      expect((await preview('{{customer.jobTitle}}')).body.problem).toEqual({ code: 'absent', variable: 'customer.jobTitle' });
    });
  });
});
