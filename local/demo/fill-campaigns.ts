import { type Agent, agentIn } from '../../functions/agent.ts';
import { campaignEntity } from '../../functions/campaigns/campaign.entity.ts';
import { Campaign, contentOf, isControl, textFor, variantOf } from '../../functions/campaigns/campaign.ts';
import { occurrenceAt } from '../../functions/campaigns/schedule.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { memberIdOf, ulidAt } from '../../functions/kernel/ids.ts';
import { reportRow } from '../../functions/reports/report.entity.ts';
import { noTally, tallied } from '../../functions/reports/tally.ts';
import type { Send } from '../../functions/runs/send.ts';
import { beginnings, type CampaignKey, campaignInputs, campaignNames, firstOnEarth } from './campaigns.ts';
import { type BatchAnswer, batches, describeProblem, type Shelf, type Work } from './fill-work.ts';
import { offerList } from './groups.ts';
import { dayMs } from './hours.ts';
import { type Fate, writePastRun } from './past-run.ts';
import { subOf } from './people.ts';
import { bytesOf, randomOf } from './random.ts';
import { orderSubjects } from './texts/campaigns.ts';

/** The campaigns of the demo: the one to come by the API, those that have gone on before by their rows. */

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** The campaign that bounces stops after so many messages, of which one in so many came back: more than the guard lets pass. */
const stopped = { after: 104, bounceEach: 13 };
/** Shares of those who order: of those who got the offer, and of those who were kept from it. */
const ordering = { treated: 0.3, control: 0.09 };
/** A control of about what the campaign asks for: chance gives some ids a small one. */
const fewestControl = 0.27;

type Made = { segments: ReadonlyMap<string, string>; listId: string };
type Past = Exclude<CampaignKey, 'scheduled'>;

/** Makes all four. What an earlier attempt made to the end stays as it is. */
export async function makeCampaigns(work: Work, shelf: Shelf, { made, now }: { made: Made; now: number }): Promise<void> {
  const start = Date.parse(work.told.start);
  const inputs = campaignInputs({ tenant: shelf.tenant, start, ...made });
  const agent = await agentIn(shelf.tenant, { now, requestId: 'demo' });
  if (!agent) throw new Error('the workspace of the demo is not active');
  const teller = { ...agent, stamp: { by: memberIdOf(shelf.tenant, subOf('bilal')), via: 'key', requestId: null, now } };
  const past = (['completed', 'bounced', 'running'] as const).map((key) =>
    makePast(work, shelf, { agent: teller, key, campaign: pastCampaign(work, shelf, { key, input: inputs[key] }) }),
  );
  await Promise.all([...past, schedule(shelf, inputs.scheduled)]);
  work.report.campaigns = 4;
}

/** The one that goes out tomorrow, started as a member starts it. */
async function schedule({ api }: Shelf, input: { name: string }): Promise<void> {
  const { data } = await api.get<{ data: { id: string; name: string; state: string }[] }>('/v1/campaigns?limit=100');
  const known = data.find(({ name }) => name === input.name) ?? (await api.post<{ id: string; state: string }>('/v1/campaigns', input));
  if (known.state === 'draft') await api.post(`/v1/campaigns/${known.id}/start`, {});
}

type Setting = { key: Past; input: object };

/** As it stands now, with an id that follows from the story. */
function pastCampaign(work: Work, shelf: Shelf, { key, input }: Setting): Campaign {
  const begins = beginnings(Date.parse(work.told.start))[key];
  const at = key === 'running' ? firstOnEarth(begins) : begins;
  const named = (nth: number) => `cmp_${ulidAt(at - dayMs, bytesOf(work.told.seed, work.told.start, key, nth))}`;
  const campaign = Campaign.parse({
    ...input,
    id: named(0),
    state: ({ completed: 'ended', bounced: 'paused', running: 'active' } as const)[key],
    pausedBecause: key === 'bounced' ? 'bounces' : null,
    authors: [memberIdOf(shelf.tenant, subOf('bilal'))],
    startedAt: isoOf(at - hourMs),
    occurredThrough: isoOf(at),
    createdAt: isoOf(at - dayMs),
    updatedAt: isoOf(at),
    version: 1,
  });
  if (key !== 'completed') return campaign;
  const ids = offerList.keys(work.told.customers, work.told.consents).flatMap((name) => shelf.ids.get(name) ?? []);
  const candidates = Array.from({ length: 50 }, (_, nth) => ({ ...campaign, id: named(nth) }));
  const enough = (one: Campaign) => ids.filter((id) => isControl(one, id)).length >= fewestControl * ids.length;
  return candidates.find(enough) ?? campaign;
}

type Making = { agent: Agent; key: Past; campaign: Campaign };

async function makePast(work: Work, shelf: Shelf, { agent, key, campaign }: Making): Promise<void> {
  if (await agent.table.get(campaignEntity.key(shelf.tenant, campaign.id))) return;
  const at = Date.parse(campaign.occurredThrough ?? '');
  const occurrence = occurrenceAt(at);
  const state = ({ completed: 'completed', bounced: 'paused', running: 'running' } as const)[key];
  const fateOf = fates(work, key);
  const sends = await writePastRun(agent, {
    campaign,
    occurrence,
    at,
    state,
    most: key === 'bounced' ? stopped.after : null,
    fateOf,
    survey: null,
  });
  if (key === 'completed') {
    const ordered = await logOrders(work, shelf, sends);
    await writeReport(work, shelf, { agent, campaign, occurrence, sends, ordered });
  }
  // The campaign itself comes last: with it all of the rest is there.
  const puts = campaignEntity.create(shelf.tenant, campaign.id, campaign, agent.stamp);
  await agent.table.writeMany(puts.flatMap((action) => ('put' in action ? [{ put: action.put }] : [])));
}

/** What becomes of the messages of a campaign, the same at each telling. */
function fates(work: Work, key: Past): (send: Send) => Fate {
  const random = randomOf(work.told.seed, key, 'fates');
  let nth = 0;
  return () => {
    nth++;
    const [opens, clicks, after] = [random.next(), random.next(), random.between(4, 900) * minuteMs];
    if (key === 'bounced' && nth % stopped.bounceEach === 0) return { bounced: 20_000 };
    if (key === 'completed' && nth % 60 === 0) return { bounced: 45_000 };
    const isOpened = opens < 0.55;
    return { ...(isOpened && { opened: after }), ...(isOpened && clicks < 0.4 && { clicked: after + 30_000 }) };
  };
}

/** The order of a customer after the offer, if she is one who orders: its id and time follow from the story. */
function orderOf(work: Work, customerKey: string) {
  const start = Date.parse(work.told.start);
  const random = randomOf(work.told.seed, customerKey, 'offer');
  const at = Math.min(start - hourMs, beginnings(start).completed + random.between(24, 9 * 24) * hourMs);
  return { id: `int_${ulidAt(at, bytesOf(work.told.seed, work.told.start, customerKey, 'order'))}`, at, chance: random.next() };
}

/** Who ordered, and when. */
type Order = { customerId: string; at: number };

/** Orders that follow the offer. Whoever was silent for long stays so: the segments count them. */
async function logOrders(work: Work, shelf: Shelf, sends: readonly Send[]): Promise<Order[]> {
  const customers = new Map(work.told.customers.flatMap((one) => (shelf.ids.has(one.key) ? [[shelf.ids.get(one.key), one] as const] : [])));
  const since = Date.parse(work.told.start) - 90 * dayMs;
  const heard = new Set(work.told.interactions.flatMap((one) => (Date.parse(one.occurredAt) > since ? [one.customerKey] : [])));
  const pool = sends.filter(
    ({ sentAt, reason, customerId }) => (sentAt || reason === 'control') && heard.has(customers.get(customerId)?.key ?? ''),
  );
  const chosen = [true, false].flatMap((isTreated) => {
    const [all, mine] = [sends, pool].map((list) =>
      list.filter(({ sentAt, reason }) => (isTreated ? sentAt !== null : reason === 'control')),
    );
    const wanted = Math.round((all?.length ?? 0) * ordering[isTreated ? 'treated' : 'control']);
    const keyed = (mine ?? []).flatMap(({ customerId }) => customers.get(customerId) ?? []);
    return keyed.sort((a, b) => orderOf(work, a.key).chance - orderOf(work, b.key).chance).slice(0, wanted);
  });
  const operations = chosen.map(({ key, record, ownerSub }) => {
    const { id, at } = orderOf(work, key);
    const language = record.preferences?.language ?? 'en';
    const subject = orderSubjects[language as keyof typeof orderSubjects] ?? orderSubjects.en;
    const memberId = memberIdOf(shelf.tenant, ownerSub ?? subOf('bilal'));
    const said = { channel: 'order', direction: 'in', reason: 'order', outcome: 'resolved' };
    return { customerId: shelf.ids.get(key)!, body: { id, occurredAt: isoOf(at), ...said, subject, memberId } };
  });
  for (const batch of batches(operations)) {
    const { data } = await shelf.api.post<BatchAnswer>('/v1/interactions/batch', { operations: batch });
    for (const [at, { status, problem }] of data.entries())
      if (status >= 300 && problem?.code !== 'duplicate') work.report.failed.push(describeProblem(batch[at]!.body.id, problem));
  }
  return operations.map(({ customerId, body }) => ({ customerId, at: Date.parse(body.occurredAt) }));
}

type Reported = { agent: Agent; campaign: Campaign; occurrence: string; sends: readonly Send[]; ordered: readonly Order[] };

/** What the report says of it: the story knows who ordered before the product has worked through the year. A count anew comes to the same. */
async function writeReport(work: Work, shelf: Shelf, { agent, campaign, occurrence, sends, ordered }: Reported): Promise<void> {
  const told = work.told.interactions
    .filter(({ reason, outcome }) => reason === 'order' && outcome === 'resolved')
    .map(({ customerKey, occurredAt }) => ({ customerId: shelf.ids.get(customerKey) ?? '', at: Date.parse(occurredAt) }));
  const orders = Map.groupBy([...told, ...ordered], ({ customerId }) => customerId);
  const languages = new Map(work.told.customers.map(({ key, record }) => [shelf.ids.get(key), record.preferences?.language ?? null]));
  const content = contentOf(campaign, occurrence);
  const tally = noTally();
  for (const send of sends) {
    const control = send.reason === 'control';
    const from = Date.parse(send.sentAt ?? send.skippedAt ?? '');
    if (!content || !(control || send.sentAt)) continue;
    const until = from + (campaign.goal?.withinDays ?? 0) * dayMs;
    const variant = variantOf(content, campaign.id, send.customerId);
    const said = textFor(variant, languages.get(send.customerId) ?? null, content.fallbackLanguage);
    tallied(tally, {
      control,
      accepted: send.sentAt !== null,
      billed: 1,
      delivered: send.deliveredAt !== null && send.bouncedAt === null,
      bounced: send.bouncedAt !== null,
      complained: false,
      opened: send.openedAt !== null,
      clicked: send.clickedAt !== null,
      unsubscribed: false,
      converted: (orders.get(send.customerId) ?? []).some(({ at }) => at >= from && at <= until),
      convertedBefore: false,
      variant: variant.key,
      language: said?.language ?? null,
      parts: [0],
    });
  }
  const run = { campaignId: campaign.id, occurrence };
  await agent.table.writeMany([{ put: reportRow(shelf.tenant, run, { shard: 0, tally, asOf: isoOf(agent.now) }) }]);
}

/** Ends and archives the campaigns of a story that is told anew, with the orders that followed. */
export async function dropCampaigns(work: Work, { api, ids }: Shelf): Promise<void> {
  const ours = new Set(Object.values(campaignNames));
  const { data } = await api.get<{ data: { id: string; name: string; state: string }[] }>('/v1/campaigns?limit=100');
  for (const { id, state } of data.filter((one) => ours.has(one.name))) {
    if (state === 'active' || state === 'paused') await api.post(`/v1/campaigns/${id}/end`, {});
    await api.remove(`/v1/campaigns/${id}`);
  }
  for (const key of offerList.keys(work.told.customers, work.told.consents)) {
    const customerId = ids.get(key);
    if (customerId) await api.remove(`/v1/customers/${customerId}/interactions/${orderOf(work, key).id}`).catch(() => {});
  }
}
