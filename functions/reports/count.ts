import type { Agent } from '../agent.ts';
import { type Campaign, contentOf, textFor, variantOf } from '../campaigns/campaign.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import type { Plan } from '../runs/plan.ts';
import { planEntity } from '../runs/run.entity.ts';
import { keyOf, type Run } from '../runs/run.ts';
import { sendEntity, sendPartition, sendRange } from '../runs/send.entity.ts';
import type { Send } from '../runs/send.ts';
import { readMany } from '../segments/matching.ts';
import type { Item } from '../table/entity.ts';
import { conversionsOf } from './conversions.ts';
import { reportRow } from './report.entity.ts';
import { noTally, type Tally, tallied } from './tally.ts';
import { clickedWithin, convertedBefore } from './waves.ts';

/** A report is a recount: every message of a run with what its customer did, shard by shard, and nothing that is added up on the way. */
export type Worker = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'now' | 'workspace' | 'newId' | 'iso'>;

const pageSize = 500;

/** Counts one shard of a run and writes what it came to. About 1 R a message or one of the control. */
export async function countShard(worker: Worker, run: Run, shard: number): Promise<Tally> {
  const { table, tenant, now } = worker;
  const key = keyOf(run);
  const item = await table.get(planEntity.key(tenant, key));
  if (!item) return noTally();
  const plan = planEntity.decode(item);
  const setting = { run, plan, campaign: plan.campaign as unknown as Campaign };
  const tally = noTally();
  let after: Record<string, unknown> | undefined;
  do {
    const page = await table.query({ pk: sendPartition(tenant, { run: key, shard }), range: sendRange, limit: pageSize, after });
    await countPage(worker, setting, { tally, sends: page.items.map((row) => sendEntity.decode(row)) });
    after = page.lastKey;
  } while (after);
  await table.writeMany([{ put: reportRow(tenant, key, { shard, tally, asOf: isoOf(now) }) }]);
  return tally;
}

type Setting = { run: Run; plan: Plan; campaign: Campaign };

type Page = { tally: Tally; sends: readonly Send[] };

async function countPage(worker: Worker, setting: Setting, { tally, sends }: Page): Promise<void> {
  const { run, campaign, plan } = setting;
  const counted = sends.filter((send) => send.sentAt !== null || isKept(send));
  if (counted.length === 0) return;
  const rows = await rowsOf(worker, counted);
  const began = Date.parse(run.sealedAt ?? run.startedAt ?? run.scheduledAt);
  // The goal's days count from the message, and for control from the moment at which there would have been one.
  const fromOf = ({ sentAt, skippedAt }: Send) => ((sentAt ?? skippedAt) ? Date.parse((sentAt ?? skippedAt) as string) : began);
  const spans = counted.map((send) => ({ customerId: send.customerId, from: fromOf(send) }));
  const goal = campaign.goal;
  const planned = plan.survey && { survey: plan.survey, campaignId: run.campaignId };
  const reached = goal ? await conversionsOf(worker, { ...goal, planned }, spans) : new Set<string>();
  const before = await convertedBefore(worker, { run, campaign, planned }, counted);
  for (const send of counted) {
    const control = isKept(send);
    const converted = goal?.metric.kind === 'clicked' ? clickedWithin(send, goal.withinDays) : reached.has(send.customerId);
    const convertedBefore = converted && before.has(send.customerId);
    const outcome = { ...outcomeOf(send), control, converted, convertedBefore };
    tallied(tally, { ...outcome, ...textOf(setting, send, rows.get(send.customerId)), parts: partsOf(setting, send) });
  }
}

/** Of the control: she would have been sent the message, for that was asked last. */
const isKept = ({ state, reason }: Send) => state === 'skipped' && reason === 'control';

/** The customers of messages that do not say their language themselves: those of before, and those whose sender died before he could. */
async function rowsOf(worker: Worker, sends: readonly Send[]): Promise<Map<string, Item>> {
  const ids = sends.flatMap(({ language, customerId }) => (language === null ? [customerId] : []));
  const rows = await readMany(
    worker,
    ids.map((id) => customerEntity.key(worker.tenant, id)),
  );
  return new Map(rows.flatMap((row, at) => (row ? [[ids[at] as string, row] as const] : [])));
}

/** The parts of the audience that she was in when it was sealed. */
const partsOf = ({ campaign }: Setting, { parts }: Send) => parts ?? (campaign.audience.include.length === 1 ? [0] : []);

const outcomeOf = (send: Send) => ({
  accepted: send.sentAt !== null,
  billed: send.billed ?? 1,
  delivered: send.deliveredAt !== null && send.bouncedAt === null,
  bounced: send.bouncedAt !== null,
  complained: send.complainedAt !== null,
  opened: send.openedAt !== null,
  clicked: send.clickedAt !== null,
  unsubscribed: send.unsubscribedAt !== null,
});

/** The variant and language of a message; of control what it would have been. */
function textOf({ campaign, run }: Setting, send: Send, row: Item | undefined): { variant: string | null; language: string | null } {
  const content = contentOf(campaign, run.occurrence);
  const variant =
    content?.variants.find(({ key }) => key === send.variant) ?? (content && variantOf(content, campaign.id, send.customerId));
  if (send.language !== null) return { variant: variant?.key ?? null, language: send.language };
  const customer = row && readable(row);
  const found = content && variant && customer ? textFor(variant, customer.preferences.language, content.fallbackLanguage) : undefined;
  return { variant: variant?.key ?? null, language: found?.language ?? null };
}

function readable(row: Item): Customer | undefined {
  try {
    return customerEntity.decode(row);
  } catch {
    return undefined;
  }
}
