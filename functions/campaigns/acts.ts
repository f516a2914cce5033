import type * as z from 'zod';
import type { Agent } from '../agent.ts';
import type { Ctx } from '../context.ts';
import { CrmError, type FieldError, invalid } from '../kernel/errors.ts';
import { cancelRun, pauseRun, resumeRun } from '../runs/moves.ts';
import { runEntity, runsOf } from '../runs/run.entity.ts';
import { finalStates, keyOf, type Run } from '../runs/run.ts';
import { campaignStore } from './campaign.store.ts';
import { type Campaign, definitionOf } from './campaign.ts';
import type { DryRun, WaveInput } from './campaign-views.ts';
import { keptDryRun } from './dry-run.ts';
import { startDryRun } from './dry-run-job.ts';
import { schedulePlanted } from './fire.ts';
import { plannedParts } from './planned-parts.ts';
import { referenceErrors, senderErrors } from './references.ts';
import { approved, begun, definitionErrors, ended, type Facts, paused, withWave } from './steps.ts';

/** What members do with campaigns, and with the runs that they have under way. */
const stepOf = ({ actor, now }: Pick<Ctx, 'actor' | 'now'>) => ({ memberId: actor.memberId, now });

export const refuse = (errors: FieldError[]): void => {
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
};

/** How many are in the audience and what each message is billed as, by the last dry run of exactly this campaign, or by one that is made now. */
async function sizeOf(ctx: Ctx, campaign: Campaign): Promise<Pick<Facts, 'size' | 'billedEach'>> {
  const kept = await keptDryRun(ctx, campaign.id);
  if (kept?.done && kept.definition === definitionOf(campaign)) return foundBy(kept, campaign);
  const { counted } = await startDryRun(ctx, campaign);
  if (!counted.done) throw new CrmError('wrong_state', { detail: 'the audience is being counted; start when it is done' });
  return foundBy(counted, campaign);
}

const foundBy = ({ size, messages, billed }: DryRun, campaign: Campaign): Pick<Facts, 'size' | 'billedEach'> => ({
  size,
  billedEach: messages > 0 && billed > 0 ? billed / messages : plannedParts(campaign),
});

/** Lets a campaign run, or asks for a yes. The workspace's settings are read anew: what it may send does not rest on what was so before. */
export async function startCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  await ctx.reread();
  const next = await campaignStore(ctx).change(id, async (campaign) => {
    if (campaign.archivedAt) throw new CrmError('already_archived');
    refuse([...(await senderErrors(ctx, campaign)), ...(await referenceErrors(ctx, { ...campaign, content: null }))]);
    const found = campaign.audience.include.length > 0 ? await sizeOf(ctx, campaign) : { size: 0, billedEach: 1 };
    return begun(campaign, { ...stepOf(ctx), ...found, workspace: ctx.workspace });
  });
  await schedulePlanted(ctx, next);
  return next;
}

/** Says yes to the version that the caller has seen. */
export const approveCampaign = (ctx: Ctx, id: string, version: number): Promise<Campaign> =>
  campaignStore(ctx).change(id, (campaign) => {
    if (campaign.version !== version) throw new CrmError('stale', { version: campaign.version });
    return approved(campaign, stepOf(ctx));
  });

/** The runs of a campaign that are not over. 0.5 R and 0.5 R each. */
async function liveRuns({ table, tenant }: Pick<Agent, 'table' | 'tenant'>, id: string): Promise<Run[]> {
  const keys = await table.queryAll({ index: 'gsi3', pk: runsOf(tenant, id) });
  const rows = await table.getMany(
    keys.map(({ pk, sk }) => ({ pk, sk })),
    { strong: true },
  );
  return rows.flatMap((row) => (row ? [runEntity.decode(row)] : [])).filter(({ state }) => !finalStates.includes(state));
}

/** Does something to each run of a campaign; a run that came to another state meanwhile is left as it is. */
async function toRuns(ctx: Ctx, id: string, act: (run: Run) => Promise<unknown> | undefined): Promise<void> {
  for (const run of await liveRuns(ctx, id)) {
    try {
      await act(run);
    } catch (error) {
      if (!(error instanceof CrmError) || error.code !== 'wrong_state') throw error;
    }
  }
}

/** Lets a campaign and its runs stand still. */
export async function pauseCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  const next = await campaignStore(ctx).change(id, (campaign) => paused(campaign, 'person'));
  await toRuns(ctx, id, (run) => (run.state === 'running' || run.state === 'draining' ? pauseRun(ctx, keyOf(run)) : undefined));
  return next;
}

/** Lets a paused campaign and its runs go on. */
export async function resumeCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  const before = await campaignStore(ctx).get(id);
  if (before.state !== 'paused') throw new CrmError('wrong_state', { from: before.state, to: 'active' });
  const next = await startCampaign(ctx, id);
  if (next.state === 'active') await toRuns(ctx, id, (run) => (run.state === 'paused' ? resumeRun(ctx, keyOf(run)) : undefined));
  return next;
}

/** Ends a campaign and its runs. */
export async function endCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  const next = await campaignStore(ctx).change(id, ended);
  await toRuns(ctx, id, (run) => cancelRun(ctx, keyOf(run)));
  return next;
}

/** What is wrong with a content by itself, and with the sender and survey that it names. */
const contentFaults = async (ctx: Ctx, campaign: Campaign): Promise<FieldError[]> =>
  [...definitionErrors(campaign, ctx.workspace, ctx.now), ...(await referenceErrors(ctx, campaign))].filter(({ pointer }) =>
    pointer.startsWith('/content'),
  );

/** Plans a second run to those of an earlier one who did not react. */
export async function addWave(ctx: Ctx, id: string, wave: z.output<typeof WaveInput>): Promise<Campaign> {
  const before = await campaignStore(ctx).get(id);
  if (wave.content) refuse(await contentFaults(ctx, { ...before, content: wave.content }));
  const run = await ctx.table.get(runEntity.key(ctx.tenant, { campaignId: id, occurrence: wave.of }));
  if (!run) throw invalid('/of', 'not_there', 'there is no such run');
  const isCompleted = runEntity.decode(run).state === 'completed';
  const next = await campaignStore(ctx).change(id, (campaign) => withWave(campaign, wave, { ...stepOf(ctx), isCompleted }));
  await schedulePlanted(ctx, next);
  return next;
}
