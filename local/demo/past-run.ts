import type { Agent } from '../../functions/agent.ts';
import { type Campaign, contentOf, textFor, variantOf } from '../../functions/campaigns/campaign.ts';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { money } from '../../functions/kernel/money.ts';
import { activityNames, messageRows, reactionKey } from '../../functions/runs/activity.ts';
import { decide } from '../../functions/runs/decide.ts';
import { heldOutRows } from '../../functions/runs/held-out.entity.ts';
import { readKnown } from '../../functions/runs/known.ts';
import { Plan, type PlannedSurvey } from '../../functions/runs/plan.ts';
import { planEntity, progressEntity, runEntity, shardEntity, tallyEntity } from '../../functions/runs/run.entity.ts';
import { Run, type RunKey, runIdOf } from '../../functions/runs/run.ts';
import { sendEntity, standInHash } from '../../functions/runs/send.entity.ts';
import { accepted, afterEvent, claimed, postponed, type Send, type SendEvent, skipped } from '../../functions/runs/send.ts';
import { count1, noCounts, Progress, Shard, Tally } from '../../functions/runs/shard.ts';
import { sendFor, withParts } from '../../functions/runs/snapshot.ts';
import { rulesOf } from '../../functions/runs/start.ts';
import { audiencePages } from '../../functions/segments/audience.ts';
import type { Action, Item } from '../../functions/table/entity.ts';

/**
 * A run that went on before the demo began: its rows as the product's own rules make them, message by message, without the minutes and the
 * provider in between. From here on it is a run like any other: one that is still under way goes on by itself.
 */

/** What became of a message, in ms after it was sent. */
export type Fate = { bounced?: number; opened?: number; clicked?: number };

export type PastRun = {
  campaign: Campaign;
  occurrence: string;
  /** When it was to begin. */
  at: number;
  /** How it stands now. */
  state: 'completed' | 'running' | 'paused';
  /** It stands still after so many messages; null where nothing stopped it. */
  most: number | null;
  fateOf(send: Send): Fate;
  /** What it asks; null where it asks nothing. */
  survey: PlannedSurvey | null;
};

/** Between two messages: about the rate of a mail account that is new. */
const paceMs = 200;
const tickMs = 50_000;

type Recipient = { send: Send; row: Item };

/** Writes a run with all its messages; gives the messages. What makes the product look at it comes last. */
export async function writePastRun(agent: Agent, run: PastRun): Promise<Send[]> {
  const { campaign, occurrence, at } = run;
  const key: RunKey = { campaignId: campaign.id, occurrence };
  const then = { ...agent, now: at };
  const rules = rulesOf(campaign, agent.workspace, { occurrence, at });
  const plan = Plan.parse({ rules, campaign: { ...campaign }, survey: run.survey, version: 1 });
  const recipients = await recipientsOf(then, plan, campaign);
  const sends = await sentTo(agent, { run, plan, key }, recipients);
  await agent.table.writeMany(sends.flatMap(({ send, row }) => rowsOf(agent, { campaign, key }, { send, row })));
  await agent.table.writeMany(
    runRows(
      agent,
      { run, plan, key },
      sends.map(({ send }) => send),
    ),
  );
  return sends.map(({ send }) => send);
}

/** Everybody of the audience; of two with one address the second gets nothing. */
async function recipientsOf(agent: Agent, plan: Plan, { audience }: Campaign): Promise<Recipient[]> {
  const found: Recipient[] = [];
  const taken = new Set<string>();
  for await (const { customers } of audiencePages(agent, audience, { cursor: null, pageSize: 500 }))
    for (const customer of await withParts(agent, plan, customers)) {
      const send = sendFor(plan, customer);
      const isSecond = taken.has(send.hash) && send.state === 'pending';
      taken.add(send.hash);
      found.push({
        row: customer.row,
        send: isSecond ? { ...skipped(send, 'duplicate_address', agent.now), hash: standInHash(customer.id) } : send,
      });
    }
  return found;
}

type Setting = { run: PastRun; plan: Plan; key: RunKey };

/** What became of each, by the rules of the claim and of the provider's events. */
async function sentTo(agent: Agent, { run, plan, key }: Setting, recipients: readonly Recipient[]): Promise<Recipient[]> {
  const reads = await readKnown(
    agent,
    { plan, run: key },
    recipients.map(({ send }) => send),
  );
  let sent = 0;
  return recipients.map(({ send, row }, nth) => {
    const read = reads[nth];
    if (send.state !== 'pending' || !read) return { send, row };
    if ('broken' in read) return { send: skipped(send, 'broken_data', run.at), row };
    const decision = decide(read.known, plan.rules, { now: run.at, scheduledAt: run.at, zone: agent.workspace.timeZone });
    if ('skip' in decision) return { send: skipped(send, decision.skip, run.at), row };
    const at = 'later' in decision ? decision.later : run.at;
    if (at > agent.now) return { send: postponed(send, at), row };
    if (run.most !== null && sent >= run.most) return { send, row };
    if (read.known.control) return { send: skipped(send, 'control', at), row };
    // Never after now, however many go at one moment.
    const when = Math.min(at + sent++ * paceMs, agent.now - 1_000);
    return { send: withFate(agent, send, { at: when, fate: run.fateOf(send) }), row };
  });
}

function withFate(agent: Agent, pending: Send, { at, fate }: { at: number; fate: Fate }): Send {
  const token = agent.newId('clm', at);
  const messageId = `demo-${pending.hash}`;
  let send = accepted(claimed({ ...pending, dueAt: null }, { token, now: at }), { token, messageId, now: at });
  const tell = (kind: SendEvent['kind'], after: number, more: Partial<SendEvent> = {}) => {
    if (at + after <= agent.now) send = afterEvent(send, { kind, at: isoOf(at + after), messageId, ...more });
  };
  if (fate.bounced !== undefined) tell('bounced', fate.bounced, { bounce: 'soft' });
  else tell('delivered', 900);
  if (fate.opened !== undefined) tell('opened', fate.opened);
  if (fate.clicked !== undefined) tell('clicked', fate.clicked);
  return send;
}

type Of = { campaign: Campaign; key: RunKey };

/** A message and what it leaves with its customer. */
function rowsOf({ tenant, stamp }: Agent, { campaign, key }: Of, { send, row }: Recipient): { put: Item }[] {
  const place = { run: key, shard: 0, channel: send.channel, hash: send.hash };
  const own = puts(sendEntity.create(tenant, place, send, stamp));
  if (send.reason === 'control') {
    const { customerId, skippedAt } = send;
    const about = { customerId, campaign, occurrence: key.occurrence, now: Date.parse(skippedAt ?? '') };
    return [...heldOutRows(tenant, about, undefined), ...own];
  }
  if (send.sentAt === null) return own;
  const content = contentOf(campaign, key.occurrence);
  const { language } = customerEntity.decode(row).preferences;
  const said = content && textFor(variantOf(content, campaign.id, send.customerId), language, content.fallbackLanguage);
  const facts = Object.entries(activityNames).flatMap(([fact, name]) => {
    const at = send[fact as keyof Send];
    return at ? [[name, at]] : [];
  });
  return [
    ...messageRows(tenant, { send, run: key, subject: said?.text.subject ?? null }),
    ...(facts.length > 0 ? [{ put: { ...reactionKey(tenant, send.customerId, key.campaignId), ...Object.fromEntries(facts) } }] : []),
    ...own,
  ];
}

const puts = (actions: Action[]) => actions.flatMap((action) => ('put' in action ? [{ put: action.put }] : []));

/** The run's own rows, as its driver leaves them. */
function runRows({ tenant, workspace, stamp, now }: Agent, { run, plan, key }: Setting, sends: readonly Send[]): { put: Item }[] {
  const { at, state, campaign } = run;
  const counts = structuredClone(noCounts);
  for (const send of sends) count1(counts, send);
  const pending = counts.states.pending ?? 0;
  const due = sends.flatMap((send) => (send.state === 'pending' && send.dueAt ? [send.dueAt] : [])).sort();
  const last = sends.reduce((latest, { sentAt }) => Math.max(latest, sentAt ? Date.parse(sentAt) : at), at);
  const ended = state === 'completed' ? isoOf(Math.min(last + 120_000, now)) : null;
  const row = Run.parse({
    ...key,
    id: runIdOf(tenant, key),
    state,
    pausedFor: state === 'paused' ? 'bounces' : null,
    scheduledAt: isoOf(at),
    campaignVersion: campaign.version,
    unitPrice: money(workspace.sending.unitPrices[campaign.channel], workspace.currency),
    authors: campaign.authors,
    recipients: sends.length,
    startedAt: isoOf(at),
    sealedAt: isoOf(at + 1_000),
    endedAt: ended,
    createdAt: isoOf(at),
    updatedAt: ended ?? isoOf(now),
    version: 1,
  });
  const shard = Shard.parse({
    ...key,
    number: 0,
    state: pending > 0 ? 'idle' : 'done',
    wakeAt: pending > 0 ? (due[0] ?? isoOf(now)) : null,
    unfinished: pending,
    version: 1,
  });
  const tally = Tally.parse({
    ...key,
    number: 0,
    counts,
    lastDueAt: due.at(-1) ?? null,
    asOf: isoOf(now),
    seen: shard.version,
    version: 1,
  });
  const progress = Progress.parse({
    ...key,
    ...{ examined: sends.length, matched: sends.length, read: true, sealed: 1, perSecond: state === 'running' ? 500 : null },
    wakeAt: state === 'running' ? isoOf(now + tickMs) : null,
    aftercare: state === 'completed' ? 8 : 0,
    version: 1,
  });
  const id = { ...key, number: 0 };
  return [
    ...puts(planEntity.create(tenant, key, plan, stamp)),
    ...puts(shardEntity.create(tenant, id, shard, stamp)),
    ...puts(tallyEntity.create(tenant, id, tally, stamp)),
    ...puts(runEntity.create(tenant, key, row, stamp)),
    ...puts(progressEntity.create(tenant, key, progress, stamp)),
  ];
}
