import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { factAction } from '../../functions/runs/activity.ts';
import { occurrenceAt } from '../../functions/runs/run.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { takeMail } from '../../local/mail-in.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';

let world: World;
let ws: SeededWorkspace;

const minutes = async (many: number) => {
  for (let minute = 0; minute < many; minute++) {
    world.advance('PT1M');
    await world.drain();
  }
};

/** A campaign to six people that was sent, and what it takes to send its wave to those who did not react. */
async function sent(who: Campaign['waves'][number]['who'], before: (ids: string[]) => Promise<void> = async () => {}) {
  ws = await world.workspace();
  const place = { tenant: ws.tenant, now: world.now() };
  const ids = await peopleIn(place, 6);
  await before(ids);
  const of = occurrenceAt(world.now());
  const waves = [{ number: 1, of, who, at: isoOf(world.now() + 86_400_000), content: null }];
  const campaign = await campaignIn({ ...place, now: world.now() }, 'Asked', { waves });
  await runOf({ ...place, now: world.now() }, campaign, of);
  await world.drain();
  await minutes(2);
  const wave = async () => {
    world.advance('PT2H');
    await runOf({ tenant: ws.tenant, now: world.now() }, campaign, 'wave-1');
    await world.drain();
    await minutes(2);
    const rows = world.rows(`T#${ws.tenant}#RUN#${campaign.id}#wave-1#`).filter(({ sk }) => String(sk).startsWith('TO#'));
    expect(new Set(rows.map(({ st }) => st))).toEqual(new Set(['delivered']));
    return rows.map(({ c }) => ids.indexOf(String(c))).sort();
  };
  return { ids, campaign, wave };
}
const log = (id: string, direction: string) =>
  world.api(ws.keys.admin, 'POST', `/v1/customers/${id}/interactions`, { channel: 'call', direction });

describeWorld('a reminder', () => {
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  it('goes to those who did not click', async () => {
    const { wave } = await sent('not_clicked');
    const mine = world.loopback.mailbox.list(100).filter(({ tags }) => tags.tenant === ws.tenant);
    const first = mine.find(({ to }) => to[0] === 'reader0@people.example');
    world.loopback.mailbox.report(first?.messageId ?? '', { type: 'click', link: 'https://example.com' });
    await world.drain();
    expect(await wave()).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes to those who have not written or called since, whatever they did before', async () => {
    const { ids, wave } = await sent('not_replied', async ([first = '']) => {
      await log(first, 'in');
      await world.drain();
      world.advance('PT1H');
    });
    const [, second = '', third = ''] = ids;
    await log(second, 'in');
    await log(third, 'out');
    const raw = Buffer.from('From: reader3@people.example\r\nSubject: Re\r\nMessage-ID: <wave@people.example>\r\n\r\nThank you.');
    await takeMail(world.loopback, { from: 'reader3@people.example', to: [`${ws.tenant}@mail.suki.example`], raw });
    await world.drain();
    expect(await wave()).toEqual([0, 2, 4, 5]);
  });

  it('goes to those who have not answered what the message asked, whatever they answered before', async () => {
    const { ids, campaign, wave } = await sent('not_answered');
    const answered = (customerId = '', at = world.now()) =>
      tableOf(ws.tenant, world.now()).commit([
        factAction(ws.tenant, { customerId, campaignId: campaign.id }, { fact: 'answeredAt', at: isoOf(at) }),
      ]);
    await answered(ids[0], world.now() - 86_400_000);
    await answered(ids[1]);
    await answered(ids[2], world.now() - 86_400_000);
    await answered(ids[2]);
    expect(await wave()).toEqual([0, 3, 4, 5]);
  });
});
