import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fieldsOf } from '../../functions/table/attributes.ts';
import type { Item } from '../../functions/table/entity.ts';
import { full, told } from '../_util/battery.ts';
import { isAlive, newDataDir, type RunningProduct, startProductProcess } from '../_util/product.ts';
import { describeWorld } from '../_util/world.ts';

/** The whole product, killed in the middle of a campaign, again and again. */
const [kills, recipients] = full ? [20, 2_000] : [3, 100];
const { dataDir, remove } = newDataDir();
let product: RunningProduct;

interface Mail {
  to: string[];
  tags: Record<string, string>;
}

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${product.local.apiKeys.admin}`, 'content-type': 'application/json' };
  const response = await fetch(`${product.baseUrl}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

const mails = async () =>
  ((await (await fetch(`${product.baseUrl}/local/mail?limit=100000`)).json()) as Mail[]).filter(({ tags }) => tags.send);

async function killed(): Promise<void> {
  const { engine, consumers } = product.pids();
  for (const pid of [product.child.pid ?? 0, consumers, engine]) process.kill(pid, 'SIGKILL');
  await product.ended;
  await expect.poll(() => [engine, consumers].filter(isAlive), { timeout: 10_000 }).toEqual([]);
  product = await startProductProcess(dataDir);
}

async function startCampaign(): Promise<void> {
  for (let start = 0; start < recipients; start += 100) {
    const operations = Array.from({ length: Math.min(100, recipients - start) }, (_, at) => ({
      op: 'create',
      body: {
        kind: 'person',
        name: `Reader ${start + at}`,
        tags: ['readers'],
        emails: [{ address: `reader${start + at}@people.example` }],
      },
    }));
    await api('POST', '/v1/customers/batch', { operations });
  }
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const { id } = await api<{ id: string }>('POST', '/v1/campaigns', {
    name: 'Killed in the middle',
    goal: { metric: { kind: 'clicked' }, target: 1, deadline: new Date(Date.now() + 30 * 24 * 3_600_000).toISOString() },
    budget: { planned: { amount: '100000', currency: 'PHP' } },
    audience: { include: [{ where: { field: 'tags', op: 'eq', value: 'readers' } }] },
    content: {
      senderId: await senderId(),
      topic: 'transactional',
      fallbackLanguage: 'en',
      variants: [{ key: 'A', texts: { en: { subject: 'News', body: 'There is news.' } } }],
    },
    schedule: { kind: 'once', at: soon, zone: 'UTC' },
    quietHours: { from: '00:00', to: '00:00' },
    maxLatenessMinutes: 10_080,
  });
  // A big audience is counted by a job before the campaign may start.
  const start = async () => api('POST', `/v1/campaigns/${id}/start`, {}).catch((error: Error) => error.message);
  await expect.poll(start, { timeout: 120_000, interval: 1_000 }).toMatchObject({ state: 'active' });
  await advance('P1DT1M');
}

const senderId = async () => (await api<{ data: { id: string; kind: string }[] }>('GET', '/v1/senders')).data[0]?.id;
const advance = async (duration: string) => {
  const response = await fetch(`${product.baseUrl}/local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: duration }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
};

function rows(): Item[] {
  const db = new DatabaseSync(join(dataDir, 'table.db'), { readOnly: true, timeout: 5_000 });
  const found = db.prepare(`SELECT item_json FROM suki WHERE pk >= 'S:T#batis001#RUN#' AND pk < 'S:T#batis001#RUN$'`).all();
  db.close();
  return found.map((row) => fieldsOf(JSON.parse(String(row.item_json))) as Item);
}

/** Lets minutes pass until the run is over; a day at the end of its patience, for messages of whose fate nobody told. */
async function over(): Promise<Item[]> {
  for (let turn = 0; turn < 200; turn++) {
    const all = rows();
    const run = all.find(({ sk }) => sk === 'META');
    if (run?.st === 'completed') return all;
    const sends = all.filter(({ sk }) => sk.startsWith('TO#'));
    const isUnknown = sends.length > 0 && sends.every(({ st }) => st !== 'pending' && st !== 'claimed');
    await advance(isUnknown && turn > 20 ? 'PT6H' : 'PT1M');
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`the run is not over: ${JSON.stringify(rows().find(({ sk }) => sk === 'META'))}`);
}

describeWorld(
  `kill -9 of the whole product, ${kills} times in a campaign to ${recipients}`,
  { timeout: 120_000 + kills * 60_000 + recipients * 200 },
  () => {
    beforeAll(async () => {
      product = await startProductProcess(dataDir);
    }, 120_000);
    afterAll(async () => {
      product?.child.kill('SIGTERM');
      await product?.ended;
      remove();
    });

    it('loses nobody and sends nobody a second message', async () => {
      await startCampaign();
      const share = recipients / (kills + 1);
      // How many were sent at each kill.
      const at: number[] = [];
      for (let kill = 1; kill <= kills; kill++) {
        // Spread over the campaign as long as it goes on; a minute more where it waits for one.
        for (let waited = 0; waited < 100 && (await mails()).length < kill * share; waited++) {
          if (waited % 10 === 9) await advance('PT1M');
          await new Promise((done) => setTimeout(done, 50));
        }
        at.push((await mails()).length);
        await killed();
      }
      const sends = (await over()).filter(({ sk }) => sk.startsWith('TO#'));
      const accepted = Map.groupBy(await mails(), ({ to }) => to[0] ?? '');
      const unresolved = sends.filter(({ st }) => st === 'unresolved').length;
      const midway = at.filter((sent) => sent > 0 && sent < recipients).length;
      told('kill -9 in a campaign', { kills, recipients, midway, accepted: accepted.size, unresolved });
      expect(midway).toBeGreaterThan(kills / 2);
      expect(sends).toHaveLength(recipients);
      expect([...accepted].filter(([, list]) => list.length > 1).map(([to]) => to)).toEqual([]);
      const lost = sends.filter(({ st }) => !['sent', 'delivered', 'unresolved'].includes(String(st)));
      expect(lost.map(({ sk, st, r }) => ({ sk, st, r }))).toEqual([]);
      expect(accepted.size + unresolved).toBeGreaterThanOrEqual(recipients);
    });
  },
);
