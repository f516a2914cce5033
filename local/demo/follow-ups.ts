import type { FollowUpInput } from '../../functions/followups/follow-up.ts';
import { dayIn } from './compose.ts';
import { atMinute, dayMs, wallOf } from './hours.ts';
import { type DemoMember, type Language, subOf } from './people.ts';
import type { StoryCustomer } from './people-maker.ts';
import { type Random, randomOf } from './random.ts';
import type { Story, StoryInteraction } from './story.ts';
import { en } from './texts/en.ts';
import { fil } from './texts/fil.ts';
import { fr } from './texts/fr.ts';
import { th } from './texts/th.ts';
import { type Cause, causes, todo } from './texts/todo.ts';
import { ur } from './texts/ur.ts';
import { toldTodos } from './told/todo.ts';

/** Something that a member is to do; with whom and by whom is said by key and sub. */
export interface StoryFollowUp extends Pick<FollowUpInput, 'title' | 'channel' | 'priority' | 'interactionId'> {
  ownerSub: string;
  customerKey: string | null;
  due: { on: string; at: string | null; zone: string };
  snoozedUntil: string | null;
}

const voices = { en, fr, fil, ur, th };
const pad = (n: number) => String(n).padStart(2, '0');
const dayOf = (zone: string, instant: number) => {
  const { year, month, day } = wallOf(zone, instant);
  return `${year}-${pad(month)}-${pad(day)}`;
};
const overdue = 2;

/** A member at her desk: whose day it is, in which zone and language. */
interface Desk {
  member: DemoMember;
  language: Language;
  zone: string;
  start: number;
  random: Random;
}

/** Why somebody is to be called now, and since when; undefined where all is well. */
function causeOf(customer: StoryCustomer, timeline: StoryInteraction[], start: number): { cause: Cause; at: number } | undefined {
  const last = timeline.at(-1);
  if (!last) return undefined;
  const at = Date.parse(last.occurredAt);
  const age = (start - at) / dayMs;
  if (last.reason === 'complaint' && last.direction === 'in' && last.outcome === 'none') return { cause: 'complaint', at };
  if (last.outcome === 'no_answer') return { cause: 'unreached', at };
  if (customer.record.lifecycle === 'closed') return undefined;
  if (customer.record.lifecycle === 'prospect') return { cause: 'enquiry', at };
  const due = customer.record.custom?.cartridgeDueOn;
  if (typeof due === 'string' && Math.abs(Date.parse(due) - start) < 25 * dayMs) return { cause: 'cartridge', at: Date.parse(due) };
  if (last.channel === 'visit' && age < 90) return { cause: 'visit', at };
  if (last.reason === 'order' && age < 90) return { cause: 'order', at };
  return age > 60 ? { cause: 'quiet', at } : undefined;
}

/** Whose customers a member looks after: her own, and where she owns none those of her city. */
function charges({ member }: Desk, told: Pick<Story, 'customers'>): StoryCustomer[] {
  const batis = told.customers.filter((customer) => customer.workspace === 'batis' && !customer.told);
  const own = batis.filter(({ ownerSub }) => ownerSub === member.sub);
  return own.length > 0 ? own : batis.filter(({ shop }) => shop === member.workspaces[0]?.teams[0]);
}

type Reason = { customer: StoryCustomer; cause: Cause; at: number };

/** One of each cause after the other, so that a day is of many kinds. */
function mixed(reasons: Reason[], count: number): Reason[] {
  const piles = causes.map((cause) => reasons.filter((one) => one.cause === cause));
  const list: Reason[] = [];
  for (let round = 0; list.length < count && round < reasons.length; round++)
    list.push(...piles.flatMap((pile) => pile.slice(round, round + 1)));
  return list.slice(0, count);
}

/** A time of today that is still to come, in the shop's hours; null, the whole day, where there is none left. */
function clockOf({ zone, start }: Desk, place: number): string | null {
  if (place % 2 === 0) return null;
  const { hour, minute } = wallOf(zone, start);
  const at = Math.max(9, hour + (minute > 0 ? 1 : 0) + 1) + (place - 1) / 2;
  return at < 18 ? `${pad(at)}:${place % 4 === 1 ? '00' : '30'}` : null;
}

function worded({ language, zone }: Desk, { customer, cause, at }: Reason): string {
  const date = dayIn(voices[language], zone, at);
  return todo[language][cause].replace('{name}', customer.record.name).replace('{date}', date);
}

const byHand = {
  complaint: 'call',
  enquiry: 'email',
  unreached: 'call',
  cartridge: 'call',
  visit: 'call',
  order: 'call',
  quiet: 'call',
} as const;

/** What the told stories leave for her. */
function toldFor({ member, zone, start }: Desk, timelines: Map<string, StoryInteraction[]>): StoryFollowUp[] {
  return toldTodos
    .filter(({ owner }) => subOf(owner) === member.sub)
    .map(({ owner: _, day, at, fromLast, ...rest }) => ({
      ...rest,
      ownerSub: member.sub,
      due: { on: dayOf(zone, start + day * dayMs), at, zone },
      interactionId: (fromLast && timelines.get(rest.customerKey)?.at(-1)?.id) || null,
      snoozedUntil: null,
    }));
}

function dayOfMember(desk: Desk, told: Pick<Story, 'customers'>, timelines: Map<string, StoryInteraction[]>): StoryFollowUp[] {
  const { member, zone, start, random } = desk;
  const given = toldFor(desk, timelines);
  const late = given.filter(({ due }) => due.on < dayOf(zone, start)).length;
  const today = random.between(6, 10) - (given.length - late);
  const reasons = charges(desk, told).flatMap((customer) => {
    const found = causeOf(customer, timelines.get(customer.key) ?? [], start);
    return found ? [{ customer, ...found }] : [];
  });
  const chosen = mixed(reasons, today + overdue - late + 1);
  const made = chosen.map((reason, place): StoryFollowUp => {
    const isSnoozed = place === 0;
    const isLate = !isSnoozed && place <= overdue - late;
    return {
      ownerSub: member.sub,
      customerKey: reason.customer.key,
      title: worded(desk, reason),
      channel: byHand[reason.cause],
      priority: reason.cause === 'complaint' ? 'high' : 'normal',
      interactionId: null,
      due: { on: dayOf(zone, start - (isLate ? place * dayMs : 0)), at: isLate || isSnoozed ? null : clockOf(desk, place), zone },
      snoozedUntil: isSnoozed ? new Date(atMinute(zone, start + dayMs, 9 * 60)).toISOString() : null,
    };
  });
  return [...given, ...made];
}

/** The day of each member as of the start: six to ten things due today, two overdue, one put off until tomorrow morning. */
export function followUpsOf(seed: string, told: Omit<Story, 'followUps'>): StoryFollowUp[] {
  const start = Date.parse(told.start);
  const timelines = Map.groupBy(told.interactions, ({ customerKey }) => customerKey);
  return told.members.flatMap((member) => {
    const team = told.teams.find(({ key }) => key === member.workspaces[0]?.teams[0]);
    const zone = team?.timeZone ?? 'UTC';
    const desk = { member, language: member.locale, zone, start, random: randomOf(seed, member.sub, 'day') };
    return dayOfMember(desk, told, timelines);
  });
}
