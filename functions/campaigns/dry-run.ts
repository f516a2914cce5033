import type { Agent } from '../agent.ts';
import { textParts } from '../channels/text-parts.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import { compareAmounts } from '../kernel/money.ts';
import { plannedSurvey } from '../responses/by-run.ts';
import { addressFor, decide } from '../runs/decide.ts';
import { readKnown } from '../runs/known.ts';
import type { Plan } from '../runs/plan.ts';
import type { RunKey } from '../runs/run.ts';
import { standInHash } from '../runs/send.entity.ts';
import { newSend, type SkipReason } from '../runs/send.ts';
import { rulesOf } from '../runs/start.ts';
import { type AudienceCustomer, audiencePages } from '../segments/audience.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import type { Item } from '../table/entity.ts';
import { dryRunKey } from './campaign.entity.ts';
import { type Campaign, definitionOf } from './campaign.ts';
import { DryRun } from './campaign-views.ts';
import { renderFor } from './content.ts';
import { costOf } from './cost.ts';
import { sampleLinks } from './sample-links.ts';
import { nextRuns, occurrenceAt } from './schedule.ts';
import type { Links } from './variables.ts';

/**
 * What a run would come to: the audience that a run would read, each recipient decided upon as the claim decides, and counted instead of
 * sent. It goes on from a cursor, so that a big audience may take a while.
 */
export type Worker = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'now' | 'workspace' | 'newId' | 'iso'>;

/** Where a dry run is: what it counted, and where the next page begins; null when it is done. */
export type Counting = { counted: DryRun; cursor: string | null };

const pageSize = 500;
const keptSeconds = 86_400;

export function newDryRun(campaign: Campaign, { now }: Pick<Worker, 'now'>): DryRun {
  const none = { size: 0, messages: 0, billed: 0, control: 0, skipped: {}, byLanguage: {}, byZone: {}, byVariant: {} };
  const rest = { cost: '0', overBudget: false, lastAt: null, examined: 0, done: false, broken: [] };
  return { ...none, ...rest, definition: definitionOf(campaign), at: isoOf(now) };
}

type Setting = { campaign: Campaign; plan: Plan; run: RunKey; at: number; seen: Set<string>; links: Links };

async function settingOf(worker: Worker, campaign: Campaign): Promise<Setting> {
  const [next] = nextRuns(campaign, worker.now);
  const at = next?.at ?? worker.now;
  const occurrence = occurrenceAt(at);
  const rules = rulesOf(campaign, worker.workspace, { occurrence, at });
  const survey = await plannedSurvey(worker, campaign, occurrence);
  const plan: Plan = { rules, campaign: { ...campaign }, previous: null, survey, spentBefore: 0, lastSpent: null, version: 1 };
  const { survey: asked, ...leave } = await sampleLinks(worker.tenant, campaign, occurrence);
  const links = { ...leave, ...(survey && { survey: asked }) };
  return { campaign, plan, run: { campaignId: campaign.id, occurrence }, at, seen: new Set(), links };
}

/** Pages of a dry run, from where it was left. Each is a `Counting` to be kept; the last one is done. */
export async function* dryRunPages(worker: Worker, campaign: Campaign, from: Counting): AsyncGenerator<Counting> {
  const setting = await settingOf(worker, campaign);
  const counted = structuredClone(from.counted);
  for await (const page of audiencePages(worker, campaign.audience, { cursor: from.cursor, pageSize })) {
    await countPage(worker, setting, { counted, customers: page.customers });
    counted.examined += page.examined;
    yield { counted: finished(worker, campaign, { ...counted, done: page.cursor === null }), cursor: page.cursor };
    if (page.cursor === null) return;
  }
  yield { counted: finished(worker, campaign, { ...counted, done: true }), cursor: null };
}

function finished({ workspace }: Worker, campaign: Campaign, counted: DryRun): DryRun {
  const cost = costOf(campaign, workspace, counted.billed);
  return { ...counted, cost, overBudget: campaign.budget !== null && compareAmounts(cost, campaign.budget.planned.amount) > 0 };
}

const count = (counts: Record<string, number>, name: string) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

type Page = { counted: DryRun; customers: readonly AudienceCustomer[] };

async function countPage(worker: Worker, setting: Setting, { counted, customers }: Page): Promise<void> {
  const { channel } = setting.plan.rules;
  const sends = customers.map(({ id, row }) => {
    const address = addressOf(setting, row);
    return newSend({ channel, hash: address === undefined ? standInHash(id) : addressHash(channel, address), customerId: id });
  });
  const reads = await readKnown(worker, setting, sends);
  counted.size += customers.length;
  for (const [at, { id }] of customers.entries()) {
    const read = reads[at];
    const skip =
      read && 'known' in read ? outcomeFor(worker, setting, { counted, known: read.known, hash: sends[at]?.hash ?? '' }) : 'broken_data';
    if (!skip) continue;
    count(counted.skipped, skip);
    if (skip === 'broken_data' && counted.broken.length < 10) counted.broken.push({ customerId: id, variable: null });
  }
}

function addressOf({ plan }: Setting, row: Item): string | undefined {
  try {
    const addressed = addressFor(plan.rules.channel, customerEntity.decode(row));
    return 'address' in addressed ? addressed.address : undefined;
  } catch {
    return undefined;
  }
}

type Considered = { counted: DryRun; known: Parameters<typeof decide>[0]; hash: string };

/** Counts a recipient who gets a message, or would if she were not control; gives the reason where she gets none. */
function outcomeFor(worker: Worker, setting: Setting, { counted, known, hash }: Considered): SkipReason | undefined {
  const { campaign, plan, at, seen, links } = setting;
  const { workspace } = worker;
  const decision = decide(known, plan.rules, { now: Math.max(at, worker.now), scheduledAt: at, zone: workspace.timeZone });
  if ('skip' in decision) return decision.skip;
  const customer = known.customer as Customer;
  if (seen.has(hash)) return 'duplicate_address';
  seen.add(hash);
  const message = renderFor(campaign, customer, {
    workspace,
    now: worker.now,
    links,
  });
  if ('problem' in message) {
    count(counted.skipped, 'broken_data');
    if (counted.broken.length < 10) counted.broken.push({ customerId: customer.id, variable: message.problem.variable });
    return undefined;
  }
  // As when it is sent: at the very last.
  if (known.control) {
    counted.control++;
    return undefined;
  }
  counted.messages++;
  counted.billed += campaign.channel === 'sms' ? textParts(message.text) : 1;
  count(counted.byLanguage, message.language);
  count(counted.byVariant, message.variant);
  count(counted.byZone, customer.timeZone ?? workspace.timeZone);
  if ('later' in decision) counted.lastAt = latest(counted.lastAt, isoOf(decision.later));
  return undefined;
}

const latest = (a: string | null, b: string) => (a !== null && a > b ? a : b);

/** Keeps what a dry run came to, for a day. 1 W each KiB. */
export const keepDryRun = ({ table, tenant, now }: Worker, campaignId: string, counted: DryRun): Promise<void> =>
  table.writeMany([{ put: { ...dryRunKey(tenant, campaignId), result: counted, ttl: Math.floor(now / 1_000) + keptSeconds } }]);

/** What the last dry run came to; undefined where there was none within a day. 1 R. */
export async function keptDryRun({ table, tenant }: Pick<Worker, 'table' | 'tenant'>, campaignId: string): Promise<DryRun | undefined> {
  const row = await table.get(dryRunKey(tenant, campaignId));
  return row && DryRun.parse(row.result);
}
