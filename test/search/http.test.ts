import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { type CorpusCustomer, corpus } from './corpus.ts';
import { searches } from './searches.ts';

let world: World;
let ws: SeededWorkspace;
const keyOf = new Map<string, string>();
const idOf = new Map<string, string>();
const ownerOf = new Map<string, string | null>();

/** The corpus key of everybody found, best first. */
async function find(apiKey: string, text: string): Promise<string[]> {
  const { status, body } = await world.api(apiKey, 'POST', '/v1/customers/find', { text, limit: 50 });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data.map(({ id }: { id: string }) => keyOf.get(id) ?? id);
}

/** Every fourth customer is the sales member's, her manager's (of one team), the service member's, and nobody's. */
const owners = () => [ws.members.sales.id, ws.members.manager.id, ws.members.service.id, null];

async function create(customers: readonly CorpusCustomer[]) {
  for (let from = 0; from < customers.length; from += 100) {
    const part = customers.slice(from, from + 100);
    const operations = part.map(({ key, companyKey, input }) => {
      const ownerId = owners()[corpus.findIndex((one) => one.key === key) % 4] ?? null;
      ownerOf.set(key, ownerId);
      return { op: 'create', body: { ...input, ownerId, companyId: companyKey ? idOf.get(companyKey) : null } };
    });
    const { body } = await world.api(ws.keys.admin, 'POST', '/v1/customers/batch', { operations });
    expect(body.summary, JSON.stringify(body).slice(0, 2_000)).toEqual({ succeeded: part.length, failed: 0 });
    for (const [at, { id }] of (body.data as { id: string }[]).entries()) {
      const key = part[at]?.key ?? '';
      keyOf.set(id, key);
      idOf.set(key, id);
    }
  }
}

describeWorld('the text search over HTTP', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    await create(corpus.filter(({ input }) => input.kind === 'company'));
    await create(corpus.filter(({ input }) => input.kind === 'person'));
    await world.drain();
  }, 60_000);
  afterAll(() => world?.stop());

  describe.each(Object.entries(searches))('a search for %s', (_, asked) => {
    it.each(asked)('$ask finds $first first', async ({ ask, first }) => {
      expect((await find(ws.keys.admin, ask))[0] ?? null).toBe(first);
    });
  });

  it('shows a sales member her own and her team’s customers, in the same order, and of the others nothing', async () => {
    const hers = new Set<string | null>([ws.members.sales.id, ws.members.manager.id]);
    let hidden = 0;
    for (const { ask } of Object.values(searches).flat()) {
      const everybody = await find(ws.keys.admin, ask);
      const visible = everybody.filter((key) => hers.has(ownerOf.get(key) ?? null));
      hidden += everybody.length - visible.length;
      expect(await find(ws.keys.sales, ask), ask).toEqual(visible);
    }
    expect(hidden).toBeGreaterThan(50);
  });

  it('shows a partner nobody, as nothing is shared with one', async () => {
    for (const ask of ['ana', 'batis', '0917']) expect(await find(ws.keys.partner, ask)).toEqual([]);
  });

  it('finds nobody of another workspace', async () => {
    const other = await world.workspace();
    for (const ask of ['ana', 'batis', '0917']) expect(await find(other.keys.admin, ask)).toEqual([]);
  });
});
