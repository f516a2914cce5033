import type { Interaction } from '../../functions/interactions/interaction.ts';
import type { Talk } from './compose.ts';
import { atMinute, dayMs, wallOf, whenOpen, workday } from './hours.ts';
import type { Random } from './random.ts';
import type { Shop, Weights } from './shops.ts';
import type { Step } from './texts/voice.ts';

/** A thread is a few steps that belong together: a question and its answer, a leak, an apology and a repair. */
type Leg = readonly [step: Step, fewest: number, most: number, share?: number];

const threads: Record<string, readonly Leg[]> = {
  first: [
    ['ask', 0, 0],
    ['answer', 0, 1],
    ['buy', 1, 6],
    ['confirm', 0, 1, 0.7],
    ['install', 2, 7],
    ['thanks', 1, 6, 0.25],
  ],
  renewal: [
    ['remind', 0, 0],
    ['missed', 2, 5, 0.25],
    ['buy', 1, 10],
    ['confirm', 0, 1, 0.6],
    ['install', 2, 6, 0.4],
  ],
  trouble: [
    ['leak', 0, 0],
    ['sorry', 0, 1],
    ['fix', 1, 3],
    ['thanks', 1, 4, 0.35],
  ],
  delay: [
    ['late', 0, 0],
    ['sorry', 0, 1],
    ['confirm', 1, 2, 0.6],
  ],
  billing: [
    ['bill', 0, 0],
    ['billed', 0, 2],
  ],
  question: [
    ['ask', 0, 0],
    ['answer', 0, 1],
  ],
  check: [
    ['install', 0, 0],
    ['thanks', 1, 3, 0.3],
  ],
  memo: [['note', 0, 0]],
  unreached: [['missed', 0, 0]],
  /** A complaint that nobody has answered yet. */
  open: [['leak', 0, 0]],
};

type Channel = Interaction['channel'];

interface Kind {
  direction: Interaction['direction'];
  reason: Interaction['reason'];
  outcome: Interaction['outcome'];
  /** A fixed channel, or the way that customers write in (`in`) or the shop writes out (`out`). */
  channel: Channel | 'in' | 'out';
}

export const kindOf: Record<Step, Kind> = {
  ask: { direction: 'in', reason: 'enquiry', outcome: 'none', channel: 'in' },
  answer: { direction: 'out', reason: 'enquiry', outcome: 'answered', channel: 'out' },
  buy: { direction: 'in', reason: 'order', outcome: 'none', channel: 'in' },
  confirm: { direction: 'out', reason: 'order', outcome: 'answered', channel: 'out' },
  install: { direction: 'out', reason: 'service', outcome: 'resolved', channel: 'visit' },
  remind: { direction: 'out', reason: 'service', outcome: 'none', channel: 'out' },
  leak: { direction: 'in', reason: 'complaint', outcome: 'none', channel: 'in' },
  late: { direction: 'in', reason: 'complaint', outcome: 'none', channel: 'in' },
  sorry: { direction: 'out', reason: 'complaint', outcome: 'promised', channel: 'out' },
  fix: { direction: 'out', reason: 'complaint', outcome: 'resolved', channel: 'visit' },
  thanks: { direction: 'in', reason: 'feedback', outcome: 'none', channel: 'in' },
  bill: { direction: 'in', reason: 'other', outcome: 'none', channel: 'in' },
  billed: { direction: 'out', reason: 'other', outcome: 'answered', channel: 'out' },
  note: { direction: 'none', reason: 'other', outcome: 'none', channel: 'note' },
  missed: { direction: 'out', reason: 'order', outcome: 'no_answer', channel: 'call' },
};

/** Firms write more and chat less. */
const firmWeights: Weights = { email: 2.2, fax: 3, letter: 2, chat: 0.4, sms: 0.3 };

export function channelOf(step: Step, shop: Shop, firm: boolean, random: Random): Channel {
  const { channel } = kindOf[step];
  if (step === 'buy' && random.chance(0.4)) return 'order';
  if (channel !== 'in' && channel !== 'out') return channel;
  const weights = channel === 'in' ? shop.inbound : shop.outbound;
  return random.weighted(
    Object.entries(weights).map(([name, weight]) => [name as Channel, weight * (firm ? (firmWeights[name] ?? 1) : 1)] as const),
  );
}

/** A working moment some days after another: later the same day where the days are none. */
function later(shop: Shop, from: number, days: number, random: Random): number {
  if (days === 0) {
    const soon = from + random.between(10, 150) * 60_000 + random.between(0, 59) * 1000;
    const open = whenOpen(shop, soon);
    return open === soon ? soon : open + random.between(2, 55) * 60_000;
  }
  const day = workday(shop, from + days * dayMs, 1);
  const { from: opens, to: closes } = shop.open;
  return atMinute(shop.timeZone, day, random.between(opens * 60, closes * 60 - 10)) + random.between(0, 59) * 1000;
}

export interface Happening {
  step: Step;
  at: number;
  talk: Talk;
}

/** The steps of a thread from a day on, each at a working moment, none at or after `until`. */
export function happenings(name: string, shop: Shop, span: { from: number; until: number }, random: Random): Happening[] {
  const list: Happening[] = [];
  const talk: Talk = { thread: name, places: new Map(), inv: `B-${random.between(24_000, 68_999)}` };
  let at = 0;
  for (const [step, fewest, most, share = 1] of threads[name]!) {
    if (!random.chance(share)) continue;
    at = list.length === 0 ? later(shop, span.from, 1, random) : later(shop, at, random.between(fewest, most), random);
    if (at >= span.until) break;
    list.push({ step, at, talk });
  }
  return list;
}

/** Whether a shop works at an instant: what the tests ask. */
export function isOpen(shop: Shop, instant: number): boolean {
  const wall = wallOf(shop.timeZone, instant);
  return shop.open.days.includes(wall.weekday) && wall.hour >= shop.open.from && wall.hour < shop.open.to;
}
