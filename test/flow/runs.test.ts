import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../functions/table/entity.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const sendsOf = (tenant: string, campaignId: string) =>
  (world.rows(`T#${tenant}#RUN#${campaignId}#`) as Item[]).filter(({ sk }) => sk.startsWith('TO#'));
const runRow = (tenant: string, campaignId: string) =>
  (world.rows(`T#${tenant}#RUN#${campaignId}#`) as Item[]).find(({ sk }) => sk === 'META');
const statesOf = (sends: Item[]) =>
  Object.fromEntries([...Map.groupBy(sends, ({ st }) => String(st))].map(([state, rows]) => [state, rows.length]));

describeWorld('a run', () => {
  it('sends everybody one message and is completed', async () => {
    const ws = await world.workspace();
    const place = { tenant: ws.tenant, now: world.now() };
    await peopleIn(place, 120);
    const campaign = await campaignIn(place, 'first');
    await runOf(place, campaign);
    await world.drain();
    for (let minute = 0; minute < 3; minute++) {
      world.advance('PT1M');
      await world.drain();
    }
    const sends = sendsOf(ws.tenant, campaign.id);
    expect(statesOf(sends)).toEqual({ delivered: 120 });
    expect(runRow(ws.tenant, campaign.id)?.st).toBe('completed');
    const mails = world.loopback.mailbox.list(1_000).filter(({ tags }) => tags.tenant === ws.tenant);
    expect(new Set(mails.map(({ to }) => to[0])).size).toBe(120);
    expect(mails).toHaveLength(120);
  });
});
