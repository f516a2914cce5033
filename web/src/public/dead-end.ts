import { type Children, element } from './dom.ts';

/** Why a page cannot go on: nothing is at its address, nothing is taken any more, or nobody answers. */
const deadEnds = ['wrong', 'closed', 'unreachable'] as const;
export type DeadEnd = (typeof deadEnds)[number];
export const isDeadEnd = (state: string): state is DeadEnd => deadEnds.some((one) => one === state);

/** Nothing is at this address: none of ours, used up or too old; which of these nobody says. */
export class NothingHere extends Error {}
/** Nothing is taken any more. */
export class Closed extends Error {}

/** Whether no other try helps. */
export const isOver = (why: unknown): boolean => why instanceof NothingHere || why instanceof Closed;
export const deadEndOf = (why: unknown): DeadEnd =>
  why instanceof NothingHere ? 'wrong' : why instanceof Closed ? 'closed' : 'unreachable';

type Words = Record<'wrong' | 'wrongLead' | 'unreachable' | 'retry', string> & { closed?: string; closedLead?: string };

/** What a page shows instead of what it was opened for: what it can say of why, and where that may help a way to try again. */
export function deadEnd(why: DeadEnd, words: Words, again: () => void): Children {
  const heading = element('h1', {}, words[why]);
  if (why === 'unreachable')
    return [heading, element('div', { class: 'row' }, element('button', { type: 'button', class: 'primary', click: again }, words.retry))];
  const lead = words[`${why}Lead`];
  return [heading, lead === undefined ? undefined : element('p', {}, lead)];
}
