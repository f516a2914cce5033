import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAddress, replyAddress } from '../../functions/mail-in/reply-address.ts';
import { type Arriving, takeMail } from '../../local/mail-in.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;
let count = 0;

const domain = 'mail.suki.example';
const api = (method: string, path: string, body?: unknown, role: 'admin' | 'sales' | 'service' | 'analyst' = 'admin') =>
  world.api(ws.keys[role], method, path, body);

async function customer(fields: Record<string, unknown> = {}): Promise<{ id: string; address: string }> {
  const address = `writer${++count}@reader.example`;
  const { body } = await api('POST', '/v1/customers', { kind: 'person', name: `Writer ${count}`, emails: [{ address }], ...fields });
  return { id: body.id, address };
}

type Writing = Partial<Omit<Arriving, 'raw'>> & { header?: string; subject?: string; text?: string; messageId?: string };
async function write(from: string, said: Writing = {}): Promise<void> {
  const {
    header = '',
    subject = 'Leaking cartridge',
    text = 'It drips since Tuesday.',
    messageId = `m${++count}@reader.example`,
    ...rest
  } = said;
  const head = [`From: Writer <${from}>`, `Subject: ${subject}`, `Message-ID: <${messageId}>`, ...(header ? [header] : [])].join('\r\n');
  const type = /^content-type/im.test(header) ? '' : '\r\nContent-Type: text/plain; charset=utf-8';
  await takeMail(world.loopback, { from, to: [`${ws.tenant}@${domain}`], ...rest, raw: Buffer.from(`${head}${type}\r\n\r\n${text}`) });
  await world.drain();
}
const timeline = async (id: string) => (await api('GET', `/v1/customers/${id}/interactions`)).body.data;
const waiting = async (state?: string) => (await api('GET', `/v1/mails?limit=200${state ? `&state=${state}` : ''}`)).body.data;
const waitingFrom = async (address: string) =>
  (await waiting()).filter((mail: { from: { address: string } }) => mail.from.address === address);

describeWorld('mail that comes in', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
  });
  afterAll(() => world?.stop());

  describe('from somebody known', () => {
    it('is on her timeline, as said by her, with the checks that were made', async () => {
      const her = await customer();
      await write(her.address, { text: 'It drips since Tuesday.\r\n\r\nAna' });
      const [entry] = await timeline(her.id);
      expect(entry).toMatchObject({
        channel: 'email',
        direction: 'in',
        subject: 'Leaking cartridge',
        body: 'It drips since Tuesday.\n\nAna',
        memberId: null,
      });
      expect((await api('GET', `/v1/mails/${entry.mailId}`)).body).toMatchObject({
        state: 'attached',
        customerId: her.id,
        from: { name: 'Writer', address: her.address },
        verdicts: { spf: 'pass', dkim: 'pass', dmarc: 'pass' },
      });
      const { url } = (await api('GET', `/v1/mails/${entry.mailId}/original`)).body;
      const original = await fetch(url);
      expect(original.headers.get('content-disposition')).toMatch(/^attachment; filename="Leaking cartridge.eml"/);
      expect(await original.text()).toContain('It drips since Tuesday.');
    });

    it('counts among what came in, so that her silence is over', async () => {
      const her = await customer();
      await write(her.address);
      expect((await api('GET', `/v1/customers/${her.id}/overview`)).body.activity).toMatchObject({
        interactions: 1,
        byChannel: { email: 1 },
      });
    });

    it('has its pictures with it, and what could do harm only on a click', async () => {
      const her = await customer();
      const part = (type: string, name: string, content: string) =>
        `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content, 'latin1').toString('base64')}\r\n`;
      const text = `--b\r\nContent-Type: text/plain\r\n\r\nTwo files.\r\n${part('image/png', 'leak.png', '\x89PNG\r\n')}${part('application/zip', 'all.zip', 'PK\x03\x04')}--b--`;
      await write(her.address, { header: 'Content-Type: multipart/mixed; boundary=b', text });
      const [entry] = await timeline(her.id);
      expect(entry.attachments.map(({ name }: { name: string }) => name)).toEqual(['leak.png']);
      const { files } = (await api('GET', `/v1/mails/${entry.mailId}`)).body;
      expect(files.map(({ name, held }: { name: string; held: string | null }) => [name, held])).toEqual([
        ['leak.png', null],
        ['all.zip', 'archive'],
      ]);
      const released = await api('POST', `/v1/mails/${entry.mailId}/files/${files[1].id}/release`);
      expect(released.body.files[1].held).toBeNull();
      const { url } = (await api('GET', `/v1/customers/${her.id}/interactions/${entry.id}/attachments/${files[1].id}`)).body;
      expect(Buffer.from(await (await fetch(url)).arrayBuffer()).toString('latin1')).toBe('PK\x03\x04');
      expect((await api('POST', `/v1/mails/${entry.mailId}/files/${files[1].id}/release`)).body.code).toBe('wrong_state');
    });

    it('told twice is one entry, and so is the same mail that came on two ways', async () => {
      const her = await customer();
      await write(her.address, { messageId: 'same@reader.example' });
      const before = world.storeHash(ws.tenant);
      await write(her.address, { messageId: 'same@reader.example' });
      expect(await timeline(her.id)).toHaveLength(1);
      expect(world.storeHash(ws.tenant)).not.toBe(before);
    });

    it('goes by the domain in its own spelling and by the person where a company has the same address', async () => {
      const her = await customer();
      await api('POST', '/v1/customers', { kind: 'company', name: 'Her firm', emails: [{ address: her.address }] });
      await write(her.address.toUpperCase());
      expect(await timeline(her.id)).toHaveLength(1);
    });
  });

  describe('as an answer', () => {
    it('finds the conversation by the address that it comes to, whoever writes', async () => {
      const her = await customer();
      const to = await replyAddress(ws, { customerId: her.id, messageId: 'msg_1' });
      expect(to!.split('@')[0]).toHaveLength(64);
      await write('assistant@elsewhere.example', { to: [to!.toUpperCase()] });
      expect(await timeline(her.id)).toMatchObject([{ direction: 'in' }]);
    });

    it('finds it by what it answers', async () => {
      const her = await customer();
      await write(her.address, { messageId: 'first@reader.example' });
      await write('colleague@elsewhere.example', { header: 'In-Reply-To: <first@reader.example>' });
      expect(await timeline(her.id)).toHaveLength(2);
    });

    it('opens no other conversation where the address was made up', async () => {
      const her = await customer();
      const to = (await replyAddress(ws, { customerId: her.id, messageId: 'msg_1' }))!;
      for (const at of [20, 45, 50, 60]) {
        const other = `${to.slice(0, at)}${to[at] === 'a' ? 'b' : 'a'}${to.slice(at + 1)}`;
        expect((await openAddress(other))?.answered, `letter ${at}`).toBeUndefined();
      }
      const other = await world.workspace();
      expect((await openAddress(to.replace(ws.tenant, other.tenant)))?.answered).toBeUndefined();
      expect(await openAddress(`${ws.tenant}@elsewhere.example`)).toBeUndefined();
    });
  });

  describe('of doubtful origin', () => {
    for (const check of ['spf', 'dkim', 'dmarc'] as const)
      it(`waits for a person where ${check.toUpperCase()} failed`, async () => {
        const her = await customer();
        await write(her.address, { verdicts: { [check]: 'FAIL' } });
        expect(await timeline(her.id)).toEqual([]);
        expect(await waitingFrom(her.address)).toMatchObject([{ state: 'quarantined', why: 'failed_check', suggested: [her.id] }]);
      });

    it('is on her timeline once somebody has taken it, and cannot be taken twice', async () => {
      const her = await customer();
      await write(her.address, { verdicts: { spf: 'FAIL' } });
      const [mail] = await waitingFrom(her.address);
      expect((await api('GET', `/v1/mails/${mail.id}/text`)).body.text).toBe('It drips since Tuesday.');
      const taken = await api('POST', `/v1/mails/${mail.id}/attach`, { customerId: her.id }, 'service');
      expect(taken.body).toMatchObject({ state: 'attached', customerId: her.id });
      expect(await timeline(her.id)).toMatchObject([{ body: 'It drips since Tuesday.', mailId: mail.id }]);
      expect((await api('POST', `/v1/mails/${mail.id}/attach`, { customerId: her.id })).body.code).toBe('wrong_state');
      expect(await waitingFrom(her.address)).toEqual([]);
    });

    it('is nothing when somebody says so, and waits again when that is taken back', async () => {
      const her = await customer();
      await write(her.address, { verdicts: { dmarc: 'FAIL' } });
      const [mail] = await waitingFrom(her.address);
      expect((await api('POST', `/v1/mails/${mail.id}/discard`)).body.state).toBe('discarded');
      expect(await waitingFrom(her.address)).toEqual([]);
      expect((await api('POST', `/v1/mails/${mail.id}/reopen`)).body.state).toBe('quarantined');
    });

    it('with a virus keeps its files to itself', async () => {
      const her = await customer();
      const text = '--b\r\nContent-Type: image/png; name=a.png\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--';
      await write(her.address, { verdicts: { virus: 'FAIL' }, header: 'Content-Type: multipart/mixed; boundary=b', text });
      const [mail] = await waitingFrom(her.address);
      expect(mail).toMatchObject({ state: 'quarantined', why: 'virus' });
      const { body } = await api('POST', `/v1/mails/${mail.id}/attach`, { customerId: her.id });
      expect(body.files).toMatchObject([{ held: 'virus' }]);
      expect((await api('POST', `/v1/mails/${mail.id}/files/${body.files[0].id}/release`)).body.code).toBe('wrong_state');
    });
  });

  describe('from a stranger', () => {
    it('waits until somebody says whose it is', async () => {
      await write('stranger@new.example');
      const [mail] = await waitingFrom('stranger@new.example');
      expect(mail).toMatchObject({ state: 'unmatched', why: 'unknown_sender', preview: 'It drips since Tuesday.' });
      const emails = [{ address: 'stranger@new.example' }];
      const { body } = await api('POST', '/v1/customers', { kind: 'person', name: 'New', emails });
      await api('POST', `/v1/mails/${mail.id}/attach`, { customerId: body.id });
      expect(await timeline(body.id)).toHaveLength(1);
    });

    it('is gone after 30 days where nobody took it', async () => {
      await write('old@new.example');
      const [mail] = await waitingFrom('old@new.example');
      world.advance('P31D');
      await world.drain();
      expect((await api('GET', `/v1/mails/${mail.id}`)).status).toBe(404);
      expect(await waitingFrom('old@new.example')).toEqual([]);
    });

    it('is for those alone who log interactions, and for no other workspace', async () => {
      await write('private@new.example');
      const [mail] = await waitingFrom('private@new.example');
      expect((await api('GET', `/v1/mails/${mail.id}`, undefined, 'analyst')).status).toBe(404);
      const other = await world.workspace();
      expect((await world.api(other.keys.admin, 'GET', `/v1/mails/${mail.id}`)).status).toBe(404);
      expect((await world.api(other.keys.admin, 'GET', '/v1/mails')).body.data).toEqual([]);
    });

    it('for nobody here is left', async () => {
      const before = world.storeHash(ws.tenant);
      await write('x@new.example', { to: ['nobody@mail.suki.example', `zzzzzzzz@${domain}`, `${ws.tenant}@elsewhere.example`] });
      expect(world.storeHash(ws.tenant)).toBe(before);
    });
  });

  describe('from a machine', () => {
    const sent = () => world.loopback.mailbox.list(500).length;
    it('is told apart: an absence note is on her timeline without being an answer', async () => {
      const her = await customer();
      await write(her.address, { header: 'Auto-Submitted: auto-replied', subject: 'Out of office' });
      expect(await timeline(her.id)).toMatchObject([{ direction: 'none', subject: 'Out of office' }]);
      expect((await api('GET', `/v1/customers/${her.id}/overview`)).body.activity.lastInboundAt).toBeNull();
    });

    it('is nobody’s work where it is from a stranger', async () => {
      await write('daemon@new.example', {
        from: '',
        header: 'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        text: '--b\r\n\r\nfailed\r\n--b--',
      });
      await write('news@list.example', { header: 'List-Id: <news.list.example>' });
      expect([...(await waitingFrom('daemon@new.example')), ...(await waitingFrom('news@list.example'))]).toEqual([]);
    });

    it('that comes back to us in a circle ends there, and none of them was answered', async () => {
      const her = await customer();
      await write(her.address, { header: 'X-Suki-Message: batis001' });
      expect(await timeline(her.id)).toEqual([]);
      expect(sent()).toBe(0);
    });
  });
});
