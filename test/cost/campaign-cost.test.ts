import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../functions/table/entity.ts';
import { full, told } from '../_util/battery.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { consumedBy, load } from './measure.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const recipients = 100;
const sizes = full ? [1_000, 10_000] : [200, 2_000];

/** What a message of a campaign costs in a workspace of so many customers: to delivered, then the first opening and the first click. */
async function costIn(customers: number) {
  const ws = await world.workspace();
  const place = { tenant: ws.tenant, now: world.now() };
  await load(ws, world.engine.file, { many: customers, now: world.now() });
  await peopleIn(place, recipients);
  await world.drain();
  const campaign = await campaignIn(place, 'cost', {
    audience: { include: [{ where: { field: 'tags', op: 'eq', value: 'readers' } }], exclude: [], holdoutPercent: 0 },
  });
  await world.drain();
  const sent = await consumedBy(async () => {
    await runOf(place, campaign);
    await world.drain();
    for (let minute = 0; minute < 2; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
  });
  const sends = (world.rows(`T#${ws.tenant}#RUN#${campaign.id}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
  expect(sends.filter(({ st }) => st === 'delivered')).toHaveLength(recipients);
  const mails = world.loopback.mailbox.list(recipients * 4).filter(({ tags }) => tags.tenant === ws.tenant);
  const seen = await consumedBy(async () => {
    for (const { messageId } of mails) {
      world.loopback.mailbox.report(messageId, { type: 'open' });
      world.loopback.mailbox.report(messageId, { type: 'open' });
      world.loopback.mailbox.report(messageId, { type: 'click', link: 'https://example.com' });
    }
    await world.drain();
  });
  return { perMessage: sent.wru / recipients, reads: sent.rru / recipients, perReaction: seen.wru / recipients };
}

describeWorld('a campaign’s message', () => {
  it('costs at most 10 write units to delivered, and 2 each for the first opening and the first click, in a workspace of any size', async () => {
    const costs = [];
    for (const size of sizes) costs.push(await costIn(size));
    for (const [at, cost] of costs.entries())
      told('a campaign’s message', {
        customers: sizes[at] ?? 0,
        wru: cost.perMessage.toFixed(2),
        rru: cost.reads.toFixed(2),
        reactions: cost.perReaction.toFixed(2),
      });
    for (const cost of costs) {
      expect(cost.perMessage).toBeLessThanOrEqual(10);
      // Two openings and a click: the second opening tells nothing new.
      expect(cost.perReaction).toBeLessThanOrEqual(4.1);
    }
    // A tick of the run more or less, 7 units, is all that may differ.
    expect(Math.abs((costs[1]?.perMessage ?? 0) - (costs[0]?.perMessage ?? 0))).toBeLessThan(0.2);
  });
});
