import { fold } from '../kernel/fold.ts';
import type { Submission } from './submission.ts';

/** How much of what was handed in speaks of spam. Pure: the same for the same words, whatever language they are in. */
export const signs = [
  'hidden_field',
  'too_fast',
  'links',
  'markup',
  'link_in_name',
  'repeated_words',
  'repeated_text',
  'shouting',
  'many_from_one',
] as const;
export type Sign = (typeof signs)[number];

/** Above this somebody looks at it first. One doubtful thing alone stays below. */
export const mostScore = 5;

/** What is known beside the words themselves. */
export type Circumstances = {
  /** Milliseconds between the page's opening and what was handed in. */
  afterMs: number;
  /** The field that nobody sees was filled in. */
  hiddenField: boolean;
  /** How many came from this address in the last hour, and with these very words in the last day; this one counted. */
  fromAddress: number;
  sameWords: number;
};

/** Nobody reads a form and writes to it in less. */
export const leastMs = 3_000;

const link = /(?:https?:\/\/|www\.)[^\s<>"')\]]+/giu;
const bareLink = /(?<![@\w.-])(?:[\w-]+\.)+(?:com|net|org|info|biz|ru|cn|xyz|top|shop|online|site|club|vip|icu)(?![\w@])/giu;
const markup = /<a\s[^>]{0,200}href|\[(?:url|link)[=\]]|<\/?(?:script|iframe|img|html|body)\b/i;

const linksIn = (text: string) => (text.match(link)?.length ?? 0) + (text.replace(link, ' ').match(bareLink)?.length ?? 0);

/** The share of different words among all, of a text of some length; 1 of a short one. */
function varietyOf(text: string): number {
  const words = fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return words.length < 30 ? 1 : new Set(words).size / words.length;
}

/** The longest run of one character; a text that is nothing but a key held down has a long one. */
const longestRun = (text: string) => Math.max(0, ...(text.match(/(\S)\1{9,}/gu) ?? []).map((run) => run.length));

function shouts(text: string): boolean {
  const [upper, lower] = [text.match(/\p{Lu}/gu)?.length ?? 0, text.match(/\p{Ll}/gu)?.length ?? 0];
  return upper + lower >= 40 && upper / (upper + lower) > 0.7;
}

const weightOfLinks = (links: number) => (links === 0 ? 0 : links === 1 ? 1 : links === 2 ? 3 : 6);
const weightOfCount = (count: number) => (count <= 3 ? 0 : count <= 8 ? 2 : 6);
const weightOfSame = (count: number) => (count <= 1 ? 0 : count === 2 ? 3 : 6);

/** The score and what it is made of. Above `mostScore` it is held back. */
export function scoreOf(
  { name, subject, words }: Pick<Submission, 'name' | 'subject' | 'words'>,
  { afterMs, hiddenField, fromAddress, sameWords }: Circumstances,
): { score: number; signs: Sign[] } {
  const text = `${subject ?? ''}\n${words}`;
  const weights: Record<Sign, number> = {
    hidden_field: hiddenField ? 10 : 0,
    too_fast: afterMs < leastMs ? 6 : 0,
    links: weightOfLinks(linksIn(text)),
    markup: markup.test(text) ? 6 : 0,
    link_in_name: name !== null && linksIn(name) > 0 ? 6 : 0,
    repeated_words: varietyOf(text) < 0.25 || longestRun(text) >= 25 ? 4 : 0,
    repeated_text: weightOfSame(sameWords),
    shouting: shouts(text) ? 2 : 0,
    many_from_one: weightOfCount(fromAddress),
  };
  const found = signs.filter((sign) => weights[sign] > 0);
  return { score: found.reduce((sum, sign) => sum + weights[sign], 0), signs: found };
}

/** By what two texts are the same: their letters and figures, in small. Undefined of what is too short to tell. */
export function samenessOf(words: string): string | undefined {
  const plain = (fold(words).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ');
  return plain.length < 20 ? undefined : plain;
}
