import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

/** What is to be done, by whom and when: the part of the tour that goes through follow-ups, rules, segments and campaigns. */
export async function tourOfWorkflows(world: World, ws: SeededWorkspace): Promise<void> {
  const { api } = world;
  const admin = ws.keys.admin;
  const on = new Date(world.now() + 86_400_000).toISOString().slice(0, 10);
  const planned = (await api(admin, 'POST', '/v1/follow-ups', { title: 'Call her', due: { on, at: '10:00' } })).body;
  await api(admin, 'POST', `/v1/follow-ups/${planned.id}/snooze`, { until: new Date(world.now() + 3_600_000).toISOString() });
  for (const path of ['/v1/follow-ups', '/v1/today', '/v1/notifications', '/v1/notifications/unread', '/v1/rules', '/v1/rules/ready'])
    await api(admin, 'GET', path);
  await api(admin, 'POST', '/v1/team-activity/recount');
  await api(admin, 'GET', '/v1/team-activity');
  const does = [{ kind: 'followUp', title: 'Call', for: { to: 'owner' } }];
  await api(admin, 'POST', '/v1/rules', { name: 'Tour', when: { kind: 'event', event: 'customer.created' }, does });
  await api(admin, 'POST', '/v1/segments', { name: 'Tour', where: { field: 'lifecycle', op: 'eq', value: 'active' } });
  await api(admin, 'POST', '/v1/segments/estimate', { where: { field: 'lifecycle', op: 'eq', value: 'active' } });
  for (const path of ['/v1/segments', '/v1/lists', '/v1/campaigns']) await api(admin, 'GET', path);
  await api(admin, 'POST', '/v1/campaigns', { name: 'Tour' });
  await campaign(world, ws);
}

/** A campaign from its time to completed. */
async function campaign(world: World, { tenant, keys }: SeededWorkspace): Promise<void> {
  const place = { tenant, now: world.now() };
  await peopleIn(place, 3, { addressOf: (n) => `tour${n}@people.example` });
  const made = await campaignIn(place, 'tour', { nextAt: new Date(world.now() + 60_000).toISOString() });
  await runOf(place, made);
  for (let minute = 0; minute < 3; minute++) {
    await world.drain({ allowFailures: true });
    world.advance('PT1M');
  }
  await world.drain({ allowFailures: true });
  for (const path of ['', '/runs', '/report']) await world.api(keys.admin, 'GET', `/v1/campaigns/${made.id}${path}`);
  // A day on, the follow-up is due, and so is what the schedules look after.
  world.advance('P1D');
  await world.drain({ allowFailures: true });
}
