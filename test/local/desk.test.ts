import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeState } from '../../local/demo/demo-state.ts';
import { demoPeople, languages } from '../../local/demo/people.ts';
import { createDesk, untilTomorrowNine } from '../../local/desk.ts';
import type { SentMail } from '../../local/mailbox.ts';
import type { SentText } from '../../local/phones.ts';

const mail = (change: Partial<SentMail>): SentMail => ({
  messageId: 'local-1',
  at: '2026-11-22T01:00:00.000Z',
  from: 'batis@mail.example',
  to: ['ana@sulatan.example'],
  cc: [],
  bcc: [],
  replyTo: [],
  subject: 'Your cartridge',
  headers: {},
  tags: {},
  events: [],
  ...change,
});

describe('the demo desk', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'suki-desk-'));
  const done: string[] = [];
  let mails: SentMail[] = [];
  const phoneTexts: SentText[] = [
    {
      messageId: 'text-1',
      at: '2026-11-22T01:00:00.000Z',
      from: 'SUKI',
      to: '+639175550123',
      text: 'Kumusta <b>',
      context: {},
      events: [],
    },
  ];
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    const desk = createDesk({
      dataDir,
      apiKeys: { admin: 'suki_batis001_AAAAAAAAAA_secret' },
      other: { apiKeys: { admin: 'suki_sarisari_BBBBBBBBBB_secret' } },
      mailbox: { list: () => mails, find: (id) => mails.find((one) => one.messageId === id) },
      queues: { names: ['jobs'], depth: () => ({ waiting: 3, delayed: 0, inFlight: 1 }) },
      lag: () => ({ project: 7, publish: 0 }),
      now: () => Date.parse('2026-11-22T06:30:00Z'),
      clockOffset: () => 0,
      advance: (duration) => done.push(`advance ${duration}`),
      phones: { list: () => phoneTexts, find: (id) => phoneTexts.find((one) => one.messageId === id) },
      identities: {
        list: () => [
          { name: 'batis.example', verified: false, tokens: [], tags: [] },
          { name: 'proved.example', verified: true, tokens: [], tags: [] },
        ],
      },
      report: (id, { type, bounce, link }) => void done.push(['report', id, type, bounce, link].filter(Boolean).join(' ')),
      reportText: (id, type) => void done.push(`text ${id} ${type}`),
      reply: async ({ messageId }, text) => void done.push(`reply ${messageId} ${text}`),
      verify: (name) => void done.push(`verify ${name}`),
      sender: { kill: () => void done.push('kill'), kills: () => 3 },
      refresh: async () => void done.push('refresh'),
    });
    server = createServer((req, res) => {
      desk(req, res).then((mine) => mine || res.writeHead(404).end());
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(dataDir, { recursive: true });
  });
  beforeEach(() => {
    done.length = 0;
    mails = [];
  });

  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

  it.each(languages)('speaks %s, and offers the eight people, the clock and the keys', async (language) => {
    const answer = await fetch(`${origin}/local?lang=${language}`);
    const html = await answer.text();
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ur' ? 'rtl' : 'ltr'}">`);
    expect(html.match(/action="\/oidc\/as"/g)).toHaveLength(demoPeople.length);
    for (const text of ['name="move" value="hour"', 'value="tomorrow"', 'value="month"', 'suki_batis001_', 'suki_sarisari_'])
      expect(html).toContain(text);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script>|style=|undefined/);
  });

  it('moves the clock by an hour, to tomorrow nine, by thirty days, and by nothing else', async () => {
    for (const move of ['hour', 'tomorrow', 'month', 'P99Y'])
      expect((await post('/local/desk/clock', { move, lang: 'th' })).headers.get('location')).toBe('/local?lang=th');
    expect(done).toEqual(['advance PT1H', 'advance PT66600S', 'advance P30D']);
  });

  it('knows when tomorrow nine is, late in the evening too', () => {
    expect(untilTomorrowNine(Date.parse('2026-11-22T15:30:00Z'))).toBe(`PT${9.5 * 3600}S`);
    expect(untilTomorrowNine(Date.parse('2026-11-22T16:30:00Z'))).toBe(`PT${32.5 * 3600}S`);
    expect(untilTomorrowNine(Date.parse('2026-03-28T11:00:00Z'), 'Europe/Paris')).toBe(`PT${20 * 3600}S`);
  });

  it('shows a mail in a frame that runs nothing and has no origin', async () => {
    mails = [mail({ html: '<p>Hello</p><script>alert(1)</script>', subject: '"><img src=x onerror=alert(1)>' })];
    const page = await (await fetch(`${origin}/local`)).text();
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox" src="/local/desk/mail/local-1"');
    expect(page).not.toContain('<img src=x');
    const shown = await fetch(`${origin}/local/desk/mail/local-1`);
    expect(shown.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox allow-popups/);
    expect(shown.headers.get('content-security-policy')).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
  });

  it('makes the links of a text mail work', async () => {
    mails = [mail({ text: 'Answer here: https://batis.example/p/s/1?a=1&b=2 <now>' })];
    const shown = await (await fetch(`${origin}/local/desk/mail/local-1`)).text();
    expect(shown).toContain('<a href="https://batis.example/p/s/1?a=1&amp;b=2"');
    expect(shown).toContain('&lt;now&gt;');
  });

  it('opens the question of a mail or a text message as on a phone, its click noted', async () => {
    const survey = 'http://127.0.0.1:4000/p/s/batis001.AAAAAAAAAAAAAAAAAAAAAAAAAA';
    mails = [mail({ html: `<a href="${survey}">Answer</a>` })];
    phoneTexts.push({ ...(phoneTexts[0] as SentText), messageId: 'text-2', text: `How was it? ${survey}` });
    const page = await (await fetch(`${origin}/local`)).text();
    phoneTexts.pop();
    const links = [...page.matchAll(/<a [^>]*href="([^"]+)"[^>]*data-phone/g)].map(([, href]) => href);
    expect(links).toEqual([`/local/desk/click/local-1?to=${encodeURIComponent(survey)}`, survey]);
  });

  it('reports a bounce of a mail that was sent, and of no other', async () => {
    mails = [mail({})];
    await post('/local/desk/report', { messageId: 'local-1', type: 'bounce' });
    await post('/local/desk/report', { messageId: 'local-2', type: 'bounce' });
    await post('/local/desk/report', { messageId: 'local-1', type: 'softBounce' });
    await post('/local/desk/report', { messageId: 'local-1', type: 'explode' });
    await post('/local/desk/report', { messageId: 'local-1', type: 'constructor' });
    expect(done).toEqual(['report local-1 bounce hard', 'report local-1 bounce soft']);
  });

  it('leads a link by way of a click that is noted, and nowhere else', async () => {
    mails = [mail({ html: '<a href="https://batis.example/a?x=1&amp;y=2">A</a> <a ses:no-track href="https://batis.example/u">U</a>' })];
    const shown = await (await fetch(`${origin}/local/desk/mail/local-1`)).text();
    const [tracked = ''] = /\/local\/desk\/click\/[^"]+/.exec(shown) ?? [];
    expect(shown).toContain('href="https://batis.example/u"');
    const answer = await fetch(`${origin}${tracked}`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('https://batis.example/a?x=1&y=2');
    const astray = await fetch(`${origin}/local/desk/click/local-1?to=${encodeURIComponent('https://evil.example/')}`, {
      redirect: 'manual',
    });
    expect(astray.status).toBe(404);
    expect(done).toEqual(['report local-1 open', 'report local-1 click https://batis.example/a?x=1&y=2']);
  });

  it('answers a mail as its reader, and shows the phone, whose owner can say stop', async () => {
    mails = [mail({})];
    await post('/local/desk/reply', { messageId: 'local-1', text: 'Yes, please' });
    await post('/local/desk/reply', { messageId: 'local-2', text: 'Not mine' });
    await post('/local/desk/text', { messageId: 'text-1', type: 'stop' });
    await post('/local/desk/text', { messageId: 'text-1', type: 'EXPLODED' });
    expect(done).toEqual(['reply local-1 Yes, please', 'text text-1 stop']);
    const page = await (await fetch(`${origin}/local`)).text();
    expect(page).toContain('+639175550123');
    expect(page).toContain('Kumusta &lt;b&gt;');
  });

  it('kills the sender and says how often, and proves a sender that waits', async () => {
    await post('/local/desk/kill', { lang: 'en' });
    await post('/local/desk/verify', { name: 'batis.example' });
    await post('/local/desk/verify', { name: 'nobody.example' });
    expect(done).toEqual(['kill', 'verify batis.example']);
    const page = await (await fetch(`${origin}/local?lang=en`)).text();
    expect(page).toContain('Killed so far: 3.');
    expect(page).not.toContain('proved.example');
  });

  it('links the customers of the tour once they are there', async () => {
    expect(await (await fetch(`${origin}/local`)).text()).not.toContain('/customers/');
    writeState(dataDir, {
      seed: 'batis',
      start: '2026-11-22T06:30:00.000Z',
      done: true,
      told: { fournier: 'cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3' },
    });
    expect(await (await fetch(`${origin}/local`)).text()).toContain('href="/customers/cus_01J9Z3T8Q4V6N2K7M5R0B1C2D3"');
  });

  it('tells the numbers to its page', async () => {
    const { numbers } = (await (await fetch(`${origin}/local/desk/state`)).json()) as { numbers: object };
    expect(numbers).toEqual({ 'lag project': 7, 'lag publish': 0, 'waiting jobs': 3, 'inFlight jobs': 1 });
  });

  it('tells the demo anew when asked', async () => {
    await post('/local/desk/refresh', { lang: 'fr' });
    expect(done).toEqual(['refresh']);
  });

  it('leaves every other path to the product', async () => {
    for (const path of ['/local/mail', '/local/other', '/local/desk/none', '/local/desk/mail/%'])
      expect((await fetch(`${origin}${path}`)).status).toBe(404);
  });
});
