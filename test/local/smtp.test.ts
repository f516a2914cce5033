import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendEmails } from '../../functions/channels/email.ts';
import { sendRaw } from '../../functions/channels/raw-email.ts';
import { type Loopback, startLoopback } from '../../local/loopback.ts';
import { readMime } from '../../local/mime.ts';
import { openSecrets } from '../../local/secret.ts';
import { bucketName, queueSettings, region, takeEnvironment } from '../../local/settings.ts';
import { openStore, type Store } from '../../local/store.ts';

type Taken = { from: string; to: string[]; raw: string };
const taken: Taken[] = [];

/** As much of an SMTP server as a mail needs. */
const smtp: Server = createServer((socket) => {
  let mail: Taken = { from: '', to: [], raw: '' };
  let inData = false;
  let buffer = '';
  socket.write('220 test\r\n');
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    buffer += chunk.toString('latin1');
    for (let end = buffer.indexOf('\r\n'); end >= 0; end = buffer.indexOf('\r\n')) {
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      if (inData && line === '.') {
        inData = false;
        taken.push(mail);
        mail = { from: '', to: [], raw: '' };
        socket.write('250 kept\r\n');
      } else if (inData) mail.raw += `${line.replace(/^\.\./, '.')}\r\n`;
      else if (/^DATA/i.test(line)) {
        inData = true;
        socket.write('354 go on\r\n');
      } else {
        mail.from = /^MAIL FROM:<([^>]*)>/i.exec(line)?.[1] ?? mail.from;
        const reader = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1];
        if (reader) mail.to.push(reader);
        socket.write(/^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
      }
    }
  });
});

let loopback: Loopback;
let store: Store;
const dataDir = mkdtempSync(join(tmpdir(), 'suki-smtp-'));
const from = { name: 'Batis น้ำใส', address: 'batis@mail.suki.example' };
const tags = { tenant: 'batis001', run: 'r', shard: '0', send: 's' };
const arrived = async (count: number) => {
  while (taken.length < count) await new Promise((again) => setTimeout(again, 10));
  return taken.map(({ raw, ...rest }) => ({ ...rest, ...readMime(Buffer.from(raw, 'latin1')) }));
};

beforeAll(async () => {
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready));
  const { port } = smtp.address() as { port: number };
  const secrets = openSecrets(dataDir);
  store = openStore(dataDir);
  const places = { store, dataDir, secrets, region, queues: queueSettings, buckets: [bucketName], origins: [] };
  loopback = await startLoopback({ ...places, smtp: `smtp://127.0.0.1:${port}` });
  takeEnvironment({ loopback: loopback.url, engine: 'http://127.0.0.1:1', origin: 'http://127.0.0.1:4000' }, secrets);
});
afterAll(async () => {
  await loopback.close();
  store.close();
  smtp.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it('every mail also reaches the SMTP server that one names, in bulk and single, as it was written', async () => {
  const headers = { 'List-Unsubscribe': '<https://example.com/u>' };
  await sendEmails({ from, entries: [{ to: 'ana@example.com', subject: 'สวัสดี', html: '<p>น้ำ</p>', text: 'น้ำ', headers, tags }] });
  await sendRaw({ from, to: 'gul@example.com', subject: 'سلام', text: 'شکریہ', tags });
  const [bulk, single] = (await arrived(2)).sort((a, b) => (a.to[0] ?? '').localeCompare(b.to[0] ?? ''));
  expect(bulk).toMatchObject({ from: from.address, to: ['ana@example.com'], subject: 'สวัสดี', html: '<p>น้ำ</p>' });
  expect(bulk?.headers['list-unsubscribe']).toBe('<https://example.com/u>');
  expect(single).toMatchObject({ to: ['gul@example.com'], subject: 'سلام' });
  expect(single?.text).toContain('شکریہ');
});
