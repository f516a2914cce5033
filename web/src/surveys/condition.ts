import type { Condition, Question, Test } from '../../../functions/surveys/logic.ts';

/** Conditions as the editor shows them: groups of tests, one group inside another at most. Pure. */
export type One = Extract<Condition, { question: string }>;
export type Group = { join: 'all' | 'any'; parts: (One | Group)[] };

const isOne = (part: Condition | One | Group): part is One => 'question' in part;

export function groupOf(condition: Condition): Group {
  if (isOne(condition)) return { join: 'all', parts: [condition] };
  const [join, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
  return { join, parts: parts.map((part) => (isOne(part) ? part : groupOf(part))) };
}

/** What is kept: a group of one is that one, a group of none is no condition. */
export function conditionOf({ join, parts }: Group): Condition | null {
  const kept = parts.map((part) => (isOne(part) ? part : conditionOf(part))).filter((part) => part !== null);
  const [only] = kept;
  if (only === undefined) return null;
  if (kept.length === 1) return only;
  return join === 'all' ? { all: kept } : { any: kept };
}

/** A comparison as it is chosen: `unanswered` is `answered` with false. */
export type Word = Test | 'unanswered';
export const wordOf = ({ is, value }: One): Word => (is === 'answered' && value === false ? 'unanswered' : is);

/** The comparisons that fit a kind of question. */
export function wordsFor({ kind }: Pick<Question, 'kind'>): Word[] {
  const asked: Word[] = ['answered', 'unanswered'];
  if (kind === 'single') return ['equals', 'not', ...asked];
  if (kind === 'multiple') return ['includes', ...asked];
  if (kind === 'consent') return ['equals', ...asked];
  if (kind === 'text') return asked;
  return ['atLeast', 'atMost', 'equals', 'not', ...asked];
}

/** A comparison with a value that fits, to begin with. */
export function testOf(question: Question, word: Word, value?: One['value']): One {
  const { key } = question;
  if (word === 'answered' || word === 'unanswered') return { question: key, is: 'answered', value: word === 'answered' };
  return { question: key, is: word, value: fitting(question, value) };
}

function fitting({ kind, options, min }: Question, value: One['value'] | undefined): One['value'] {
  if (kind === 'single' || kind === 'multiple') return options.some(({ key }) => key === value) ? String(value) : (options[0]?.key ?? '');
  if (kind === 'consent') return typeof value === 'boolean' ? value : true;
  if (kind === 'date') return typeof value === 'string' && value ? value : new Date().toISOString().slice(0, 10);
  return typeof value === 'number' ? value : (min ?? { nps: 9, csat: 4, ces: 5, rating: 4 }[kind as 'nps'] ?? 0);
}

export const firstTest = (question: Question): One => testOf(question, wordsFor(question)[0] ?? 'answered');
