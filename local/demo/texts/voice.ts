import type { Language } from '../people.ts';

/** What may happen between Batis and a customer, as one step of a thread. */
const steps = [
  'ask',
  'answer',
  'buy',
  'confirm',
  'install',
  'remind',
  'leak',
  'late',
  'sorry',
  'fix',
  'thanks',
  'bill',
  'billed',
  'note',
  'missed',
] as const;
export type Step = (typeof steps)[number];

/**
 * One language's words. A sentence's slots: {product} and {cartridge} are names, {place} says where with its preposition,
 * {past} and {soon} are a day and a month, {time} a time of day, {inv} an invoice's number, {n} a small number.
 */
export interface Voice {
  language: Language;
  /** For dates and times by Intl. */
  locale: string;
  homes: string[];
  firms: string[];
  sentences: Record<Step, string[]>;
  subjects: Record<Step, string[]>;
}
