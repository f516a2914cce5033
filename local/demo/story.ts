import type { Interaction } from '../../functions/interactions/interaction.ts';
import { ulidAt } from '../../functions/kernel/ids.ts';
import { dayIn, write } from './compose.ts';
import { consentsOf, type StoryConsent } from './consents.ts';
import { followUpsOf, type StoryFollowUp } from './follow-ups.ts';
import { atMinute, dayMs, workday } from './hours.ts';
import type { Name } from './names.ts';
import { type DemoMember, type DemoTeam, type DemoWorkspace, demoPeople, demoWorkspaces } from './people.ts';
import { type Draft, makeFirm, makePerson, makeTold, type StoryCustomer } from './people-maker.ts';
import { bytesOf, type Random, randomOf } from './random.ts';
import { sariSari } from './sari-sari.ts';
import { type Shop, shops } from './shops.ts';
import { channelOf, happenings, kindOf } from './threads.ts';
import { told } from './told.ts';
import type { Told } from './told-shape.ts';

/** Something that happened in the story. Its id carries its time and follows from the seed, so that it can never be made twice. */
export interface StoryInteraction
  extends Pick<
    Interaction,
    'id' | 'channel' | 'via' | 'sourceWord' | 'direction' | 'reason' | 'durationSeconds' | 'subject' | 'body' | 'outcome' | 'occurredAt'
  > {
  customerKey: string;
  workspace: DemoWorkspace['key'];
  memberSub: string;
}

export interface Story {
  seed: string;
  start: string;
  workspaces: DemoWorkspace[];
  teams: (DemoTeam & { workspace: DemoWorkspace['key'] })[];
  members: DemoMember[];
  customers: StoryCustomer[];
  interactions: StoryInteraction[];
  consents: (StoryConsent & { workspace: DemoWorkspace['key'] })[];
  /** What the members of Batis are to do. */
  followUps: StoryFollowUp[];
}

/** How far back the story reaches, in days: fourteen months. */
export const reach = 426;

const companySeats = { manila: 48, karachi: 38, lyon: 34, bangkok: 36 };

/** All given and family names of a pool, shuffled: the first n are n different people. */
function namesOf(seed: string, shop: Shop): (readonly [Name, Name])[] {
  const random = randomOf(seed, shop.key, 'names');
  const all = shop.names.given.flatMap((given) => shop.names.family.map((family) => [given, family] as const));
  const list: (readonly [Name, Name])[] = [];
  while (list.length < shop.people) list.push(all.splice(Math.floor(random.next() * all.length), 1)[0]!);
  return list;
}

function draftsOf(seed: string, shop: Shop, start: Date): Draft[] {
  const mine = told.filter((one) => one.shop === shop.key).map((one) => makeTold(seed, one, shop, start));
  const firms = shop.firms.map((_, index) => makeFirm(seed, shop, index));
  const people = shop.people - mine.filter((draft) => draft.customer.record.kind === 'person').length;
  const names = namesOf(seed, shop);
  const seats = companySeats[shop.key];
  const others = Array.from({ length: people }, (_, index) =>
    makePerson(seed, { shop, index, name: names[index]!, firm: index < seats ? firms[index % firms.length] : undefined }),
  );
  return [...mine, ...firms, ...others];
}

/** How many interactions a customer is to have, and from which day on. */
function plan({ role, customer, random }: Draft): { wanted: number; days: number } {
  const lifecycle = customer.record.lifecycle ?? 'active';
  if (lifecycle === 'prospect') return { wanted: random.between(1, 4), days: random.between(4, 70) };
  const usual = role === 'company' ? 14.4 : role === 'contact' ? 5.2 : 10.9;
  const days = Math.round(reach * (1 - 0.75 * random.next() ** 2));
  return {
    wanted: Math.max(2, Math.round(usual * (0.45 + 1.1 * random.next()))),
    days: lifecycle === 'active' ? days : reach - random.between(0, 60),
  };
}

const laterThreads = (random: Random) =>
  random.weighted([
    ['renewal', 38],
    ['trouble', 15],
    ['delay', 7],
    ['billing', 10],
    ['question', 12],
    ['check', 9],
    ['memo', 6],
    ['unreached', 3],
  ] as const);

const isFirst = (draft: Draft) => draft.role !== 'contact' && draft.customer.record.lifecycle !== 'prospect';

/** Threads on random days of the customer's time with the shop, in order of time, until there is enough. */
function course(draft: Draft, start: number) {
  const { shop, random, customer } = draft;
  const { wanted, days } = plan(draft);
  const gone = customer.record.lifecycle === 'lapsed' ? 215 : customer.record.lifecycle === 'closed' ? 60 : 0;
  const from = start - days * dayMs;
  const until = start - gone * dayMs;
  const list = happenings(isFirst(draft) ? 'first' : 'question', shop, { from, until }, random);
  const renewed: number[] = [from];
  for (let tries = 0; list.length < wanted && tries < 60; tries++) {
    const name = customer.record.lifecycle === 'prospect' ? random.pick(['question', 'unreached', 'memo'] as const) : laterThreads(random);
    const day = from + random.between(6, Math.max(7, Math.floor((until - from) / dayMs))) * dayMs;
    // A cartridge lasts half a year: nobody is reminded a month after the last one.
    const tooSoon = name === 'renewal' && renewed.some((other) => Math.abs(day - other) < 110 * dayMs);
    if (day >= until || tooSoon) continue;
    if (name === 'renewal') renewed.push(day);
    list.push(...happenings(name, shop, { from: day, until }, random));
  }
  if (isUnanswered(draft)) {
    const open = happenings('open', shop, { from: start - random.between(1, 9) * dayMs, until: start }, random);
    const since = open[0]?.at ?? Number.POSITIVE_INFINITY;
    return [...list.filter((one) => one.at < since), ...open].sort((a, b) => a.at - b.at);
  }
  return list.sort((a, b) => a.at - b.at);
}

/** A few complaints still wait for an answer; nothing went out after them. */
const isUnanswered = ({ role, customer }: Draft) =>
  role === 'private' && customer.record.lifecycle === 'active' && /[27]3$/.test(customer.key);

const withSubject = new Set(['email', 'fax', 'letter', 'web', 'visit', 'order', 'note', 'other']);
const otherWords: Record<Shop['key'], string> = {
  manila: 'Barangay fair',
  karachi: 'نمائش',
  lyon: 'Salon de l’habitat',
  bangkok: 'งานแฟร์',
};

function duration(channel: Interaction['channel'], outcome: Interaction['outcome'], random: Random): number | null {
  if (channel === 'call') return outcome === 'no_answer' ? 0 : random.between(60, 900);
  return channel === 'visit' ? random.between(20, 110) * 60 : null;
}

const interactionId = (seed: string, key: string, at: number, n: number) => `int_${ulidAt(at, bytesOf(seed, key, n))}`;

function generated(seed: string, draft: Draft, start: number): StoryInteraction[] {
  const { customer, shop, voice, product, firm, random } = draft;
  const writer = { voice, timeZone: shop.timeZone, product, firm, random, said: new Set<string>(), used: new Set<string>() };
  return course(draft, start).map(({ step, at, talk }, n) => {
    const { direction, reason, outcome } = kindOf[step];
    const channel = channelOf(step, shop, firm, random);
    const { subject, body } = write(writer, step, at, talk);
    return {
      id: interactionId(seed, customer.key, at, n),
      customerKey: customer.key,
      workspace: 'batis',
      memberSub: random.pick(shop.staff),
      occurredAt: new Date(at).toISOString(),
      channel,
      via: channel === 'chat' ? shop.messenger : null,
      sourceWord: channel === 'other' ? otherWords[shop.key] : null,
      direction,
      reason,
      outcome,
      durationSeconds: duration(channel, outcome, random),
      subject: withSubject.has(channel) ? subject : null,
      body,
    };
  });
}

/** The written-out stories: their days before the start, moved back to days on which the shop works. */
function recounted(seed: string, draft: Draft & { told: Told }, start: number): StoryInteraction[] {
  const { told: one, shop, voice, customer } = draft;
  const contract = dayIn(voice, shop.timeZone, start + (one.contractEndsIn ?? 0) * dayMs);
  let last = 0;
  return one.events.map(({ days, minute, body, ...event }, n) => {
    const onDay = (day: number) => atMinute(shop.timeZone, day, minute);
    const meant = onDay(workday(shop, start - days * dayMs, -1));
    // A weekend may move two days onto one; what came second stays second.
    const at = meant > last ? meant : onDay(workday(shop, last + dayMs, 1));
    last = at;
    return {
      ...event,
      id: interactionId(seed, customer.key, at, n),
      customerKey: customer.key,
      workspace: 'batis',
      memberSub: shop.staff[0]!,
      occurredAt: new Date(at).toISOString(),
      via: event.channel === 'chat' ? shop.messenger : null,
      sourceWord: null,
      body: body.replaceAll('{contract}', contract),
    };
  });
}

/** The custom fields that follow from what happened: which filter, and when its cartridge has done its half year. */
function withFilter({ customer, product, firm, random, told: one }: Draft, timeline: StoryInteraction[]): StoryCustomer {
  const { record } = customer;
  const last = timeline.findLast(({ reason, channel }) => reason === 'order' || (channel === 'visit' && reason === 'service'));
  const owns = record.lifecycle !== 'prospect' && last !== undefined && !one && (random.chance(0.7) || firm);
  if (!owns) return customer;
  const cartridgeDueOn = new Date(Date.parse(last.occurredAt) + 182 * dayMs).toISOString().slice(0, 10);
  return { ...customer, record: { ...record, custom: { model: product.name, cartridgeDueOn, users: random.between(2, firm ? 60 : 7) } } };
}

/**
 * The story of Batis, and of the small second workspace beside it: the same for the same seed and start, told as of `start`.
 * Customers are named by key; who owns them and who logged what is said by the person's sub.
 */
export function story(seed: string, start: Date): Story {
  const until = start.getTime();
  const drafts = shops.flatMap((shop) => draftsOf(seed, shop, start));
  const timelines = drafts.map((draft) =>
    draft.told ? recounted(seed, { ...draft, told: draft.told }, until) : generated(seed, draft, until),
  );
  const consents = drafts.flatMap((draft, n) =>
    consentsOf(seed, draft, Date.parse(timelines[n]![0]?.occurredAt ?? start.toISOString()), until),
  );
  const second = sariSari(seed, start);
  const whole = {
    seed,
    start: start.toISOString(),
    workspaces: demoWorkspaces,
    teams: demoWorkspaces.flatMap((workspace) => workspace.teams.map((team) => ({ ...team, workspace: workspace.key }))),
    members: demoPeople,
    customers: [...drafts.map((draft, n) => withFilter(draft, timelines[n]!)), ...second.customers],
    interactions: [...timelines.flat(), ...second.interactions].sort((a, b) => (a.id < b.id ? -1 : 1)),
    consents: [...consents.map((consent) => ({ ...consent, workspace: 'batis' as const })), ...second.consents],
  };
  return { ...whole, followUps: followUpsOf(seed, whole) };
}
