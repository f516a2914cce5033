import type { Agent } from '../agent.ts';
import { startRun } from '../runs/start.ts';
import { campaignDue } from './campaign.entity.ts';
import { campaignStore } from './campaign.store.ts';
import type { Campaign } from './campaign.ts';
import { plantSchedule } from './run-schedules.ts';
import { horizonMs, nextRuns } from './schedule.ts';
import { scheduled } from './steps.ts';

/**
 * A campaign whose moment has come: its run begins, and the campaign is due at its next one. The run is made first, under a key that the
 * same occurrence always has: whoever dies in between, comes twice or late finds it there. A run that begins too late says so itself.
 */
export async function fireCampaign(agent: Agent, id: string, hasTime: () => boolean): Promise<void> {
  while (hasTime()) {
    const campaign = await campaignStore(agent).find(id);
    if (!campaign || !isDue(campaign, agent.now)) return;
    const at = Date.parse(campaign.nextAt ?? '');
    for (const run of nextRuns(campaign, throughOf(campaign))) await startRun(agent, { campaign, ...run });
    const rule = (now: Campaign) => (now.version === campaign.version ? scheduled(now, at) : now);
    await schedulePlanted(agent, await campaignStore(agent).change(id, rule));
  }
}

const isDue = ({ state, nextAt }: Campaign, now: number) => state === 'active' && nextAt !== null && Date.parse(nextAt) <= now;
const throughOf = ({ occurredThrough }: Campaign) => (occurredThrough ? Date.parse(occurredThrough) : 0);

/** Makes the schedule of a campaign's next run where it comes soon; what comes later is made by the hourly reconciling. */
export async function schedulePlanted({ tenant, now }: Pick<Agent, 'tenant' | 'now'>, { id, nextAt }: Campaign): Promise<void> {
  if (nextAt === null || Date.parse(nextAt) <= now || Date.parse(nextAt) > now + horizonMs) return;
  await plantSchedule({ at: nextAt, tenant, kind: campaignDue, id });
}
