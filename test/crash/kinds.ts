import { agentIn } from '../../functions/agent.ts';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { messageActions } from '../../functions/messages/plan.ts';
import { dueAtOfRow } from '../../functions/runs/send.entity.ts';
import { suppressAction } from '../../functions/suppressions/suppression.entity.ts';
import type { Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { movableNow } from '../../local/clock.ts';
import type { Chance } from '../_util/battery.ts';
import { campaignIn, peopleIn, runOf } from '../_util/campaign.ts';
import { seedWorkspace } from '../_util/seed.ts';
import { surveyIn } from '../_util/survey.ts';
import type { CampaignWorld } from './campaign-world.ts';
import { invitation } from './invitations.ts';
import { beginEscalation, beginSecond, hasOpenClocks, type Told } from './workflows.ts';

/**
 * Everything that goes to somebody by a send row: campaigns by mail and text, call lists, what members write to one customer, and the second
 * question of a rule; and what goes by none: the escalation of cases.
 */
export const kinds = ['email', 'sms', 'call', 'direct', 'second', 'escalation'] as const;
export type Kind = (typeof kinds)[number];

export type Story = {
  kind: Kind;
  tenant: string;
  /** Direct messages have none. */
  campaign: Campaign | undefined;
  /** Addresses that are to get exactly one message. */
  expected: Set<string>;
  /** Addresses that must not be written to. */
  barred: Set<string>;
  /** Sends of which an event of the provider's was lost on purpose. */
  untold: Set<string>;
  /** The rule that acts; what it is told at the beginning, and what the stream tells it of what came since. */
  ruleId?: string;
  told?: Told[];
  stream?: (world: CampaignWorld) => Promise<Told[]>;
};

type Beginning = { chance: Chance; retry: boolean; kind: Kind; at: number };

/** A workspace with some readers, of whom some must not be written to, and what is to be sent to all of them. */
export async function begin({ chance, retry, kind, at }: Beginning): Promise<Story> {
  const workspace = await seedWorkspace({ timeZone: 'UTC' });
  const { tenant, members } = workspace;
  const now = movableNow();
  const place = { tenant, now };
  const many = kind === 'email' ? 6 + chance.below(14) : 4 + chance.below(5);
  const isMail = kind !== 'sms' && kind !== 'call';
  const mailTo = (n: number) => `${fates(n)}${n}.${at}@people.example`;
  const phoneOf = (n: number) => `+63917${String(5_550_000 + at * 100 + n).padStart(7, '0')}`;
  const ids = await peopleIn(place, many, isMail ? { addressOf: mailTo } : { addressOf: mailTo, phoneOf });
  const addresses = Array.from({ length: many }, (_, n) => (isMail ? mailTo(n) : phoneOf(n)));
  // What a rule may not write to is no send at all.
  const byRule = kind === 'second' || kind === 'escalation';
  const barred = new Set(byRule ? [] : addresses.filter(() => chance.oneIn(12)));
  const channel = isMail ? 'email' : kind;
  for (const address of barred) {
    const why = { reason: 'by_hand', at: new Date(now).toISOString() } as const;
    const stamp = { by: null, via: 'key', requestId: null, now };
    await tableOf(tenant, now).commit([suppressAction(tenant, { channel, address, ...why, stamp })]);
  }
  const base = { kind, tenant, barred, expected: new Set(addresses.filter((address) => !barred.has(address))), untold: new Set<string>() };
  if (kind === 'direct') {
    await writeTo(place, ids, addresses);
    return { ...base, campaign: undefined };
  }
  if (kind === 'second') return { ...base, campaign: undefined, ...(await beginSecond(place, ids)) };
  if (kind === 'escalation') return { ...base, campaign: undefined, ...(await beginEscalation(place, ids, workspace)) };
  // Every third mail asks a survey.
  const survey = kind === 'email' && at % 3 === 0 ? await surveyIn(place, { coolDownDays: 30 }) : undefined;
  const campaign = await campaignIn(place, `story ${at}`, {
    onUnknown: retry ? 'retry' : 'skip',
    maxLatenessMinutes: 10_080,
    // Whose the calls are, where nobody is named and nobody owns the customer.
    authors: [members.sales.id],
    ...(kind !== 'email' && { channel: kind, content: plain }),
    ...(survey && { content: invitation(survey.id) }),
  });
  // The estimate decides how many shards there are: some stories have several, with few sends each.
  const counter = { pk: `T#${tenant}#CNT`, sk: '~', customers: chance.pick([0, 3_000, 7_000]) };
  await tableOf(tenant, now).commit([{ put: counter, guard: { absent: true } }]);
  await runOf(place, campaign);
  return { ...base, campaign };
}

const plain: Campaign['content'] = {
  senderId: null,
  topic: 'transactional',
  fallbackLanguage: 'en',
  surveyId: null,
  variants: [{ key: 'A', weight: 1, texts: { en: { subject: null, body: 'Dear {{customer.name}}, it is ready.' } } }],
};

/** Some readers' servers refuse, some readers complain. */
const fates = (n: number) => (n % 11 === 7 ? 'bounce+' : n % 11 === 9 ? 'complaint+' : 'reader');

async function writeTo({ tenant, now }: { tenant: string; now: number }, ids: readonly string[], addresses: readonly string[]) {
  const agent = await agentIn(tenant, { now, requestId: 'direct' });
  if (!agent) throw new Error('the workspace is not active');
  const said = { channel: 'email', subject: 'Your order', body: 'It is ready.', language: 'en' } as const;
  const rest = { senderId: null, templateId: null, attachments: [], answers: null, memberId: null };
  for (const [at, customerId] of ids.entries()) {
    const to = addresses[at] ?? '';
    await agent.table.commit(messageActions(agent, { ...said, ...rest, customerId, to, sendAt: agent.iso }).actions);
  }
}

/** The sends of a story, by the name that its provider knows them by. */
export function sendsOf(world: CampaignWorld, story: Story): Map<string, Item> {
  const rows = world.rows(partitionOf(story), 'TO#').filter(({ sk }) => sk.startsWith('TO#'));
  return new Map(rows.map((row) => [row.sk.replace('TO#', '').replace('#', '-'), row]));
}
export const partitionOf = ({ tenant, campaign }: Story) => (campaign ? `T#${tenant}#RUN#${campaign.id}#` : `T#${tenant}#MSG#`);

/** One thing that came to somebody: to which address, for which send, and the highest that was told of it. */
export type Got = { tag: string; to: string | undefined; told: 'delivered' | 'bounced' | 'complained' | undefined };

/** What providers accepted and members were given to do, by what they themselves wrote down. */
export function gotIn(world: CampaignWorld, { kind, tenant, campaign }: Story): Got[] {
  if (kind === 'sms')
    return world.loopback.phones
      .list(100_000)
      .filter(({ context }) => context.tenant === tenant)
      .map(({ context, to, events }) => ({ tag: context.send ?? '', to, told: highest(events) }));
  if (kind === 'call')
    return world
      .rows(`T#${tenant}#FUP#`, '~')
      .map(({ so, si, d }) => ({ so, si, ...(d as { so?: string; si?: string } | undefined) }))
      .filter(({ so, si }) => so === 'callList' && String(si).startsWith(String(campaign?.id)))
      .map(({ si }) => ({ tag: `call-${String(si).split('#')[1]}`, to: undefined, told: undefined }));
  return world.loopback.mailbox
    .list(100_000)
    .filter(({ tags }) => tags.tenant === tenant)
    .map(({ tags, to, events }) => ({ tag: tags.send ?? '', to: to[0], told: highest(events) }));
}

const words = { delivery: 'delivered', DELIVERED: 'delivered', bounce: 'bounced', complaint: 'complained' } as const;
const rank = ['delivered', 'bounced', 'complained'] as const;
function highest(events: readonly { type: string }[]): Got['told'] {
  const found = new Set(events.map(({ type }) => words[type as keyof typeof words]));
  return rank.findLast((state) => found.has(state));
}

/** Entries on a customer's timeline that say so: one for what reached her. */
export const entriesOf = (world: CampaignWorld, { kind, tenant }: Story, customerId: string): number =>
  world
    .rows(`T#${tenant}#CUS#${customerId}`, 'TL#')
    .filter(({ sk, mg, e }) => sk.startsWith('TL#') && (kind === 'direct' || kind === 'second' ? e === 'interaction' : mg === kind)).length;

const finished = new Set(['completed', 'cancelled', 'missed']);
/** Whether nothing is left to do: the run has ended, or no direct message is looked after any more. */
export function isOver(world: CampaignWorld, story: Story): boolean {
  if (story.kind === 'escalation') return !hasOpenClocks(world, story.tenant);
  if (!story.campaign) return world.rows(partitionOf(story), 'M#').every(({ sk, gsi5pk }) => !sk.startsWith('M#') || gsi5pk === undefined);
  const run = world.rows(partitionOf(story), 'META')[0];
  return run !== undefined && finished.has(String(run.st));
}

/** In how long the first of what is to go goes, where nothing goes before; undefined where something is on its way. Milliseconds. */
export function inOf(world: CampaignWorld, story: Story): number | undefined {
  const sends = [...sendsOf(world, story).values()].filter(({ st }) => st === 'pending' || st === 'claimed');
  const times = sends.map((row) => (row.st === 'pending' ? Date.parse(dueAtOfRow(row) ?? '') - movableNow() : Number.NaN));
  return times.length > 0 && times.every((time) => time > 0) ? Math.min(...times) : undefined;
}

/** Whether nothing of it waits for anything but news of the provider's. */
export function isWaiting(world: CampaignWorld, story: Story): boolean {
  const states = [...sendsOf(world, story).values()].map(({ st }) => String(st));
  return states.length > 0 && !states.some((state) => state === 'pending' || state === 'claimed');
}
