import type { Response } from '../responses/response.ts';
import { counted, noAnswers } from './figures.ts';
import { type Definition, type Question, type ScoredKind, scoredKinds } from './logic.ts';

/** Responses counted: how many of what, question by question. Pure. */

export type QuestionTally = {
  shown: number;
  answered: number;
  /** Of those who did not finish: this was the last that they saw. */
  left: number;
  /** By the values of its scale. */
  scale: number[];
  /** By the keys of its options; of a consent `yes` and `no`. */
  options: Map<string, number>;
};

export type Tally = {
  started: number;
  completed: number;
  /** Completed by invitations of campaigns and rules, which know how many they asked. */
  ofInvited: number;
  /** By the value of the main question. */
  score: number[];
  questions: Map<string, QuestionTally>;
};

const isScored = (kind: string): kind is ScoredKind => (scoredKinds as readonly string[]).includes(kind);

/** The question by which a survey is counted: the first with a scale. */
export function mainQuestion(definition: Definition): (Question & { kind: ScoredKind }) | undefined {
  return definition.sections
    .flatMap(({ questions }) => questions)
    .find((question): question is Question & { kind: ScoredKind } => isScored(question.kind));
}

export function noTally(main: { kind: ScoredKind; max: number | null } | undefined): Tally {
  return { started: 0, completed: 0, ofInvited: 0, score: main ? noAnswers(main.kind, main.max) : [], questions: new Map() };
}

const noQuestion = ({ kind, max }: Question): QuestionTally => ({
  ...{ shown: 0, answered: 0, left: 0, options: new Map() },
  scale: isScored(kind) ? noAnswers(kind, max) : [],
});

const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

export type Asked = { definition: Definition; main: { kind: ScoredKind } | undefined };

/** Counts one response more, in place. One that was archived counts for nothing. */
export function tallied(tally: Tally, response: Response, { definition, main }: Asked): void {
  if (response.archivedAt !== null) return;
  const isDone = response.completedAt !== null;
  tally.started++;
  if (isDone) {
    tally.completed++;
    if (response.source.kind === 'campaign' || response.source.kind === 'rule') tally.ofInvited++;
    if (main && response.score?.kind === main.kind) counted(tally.score, main.kind, response.score.value);
  }
  const shown = new Set(response.shown);
  let last: QuestionTally | undefined;
  for (const question of definition.sections.flatMap(({ questions }) => questions)) {
    const at = tally.questions.get(question.key) ?? noQuestion(question);
    tally.questions.set(question.key, at);
    if (shown.has(question.key)) {
      at.shown++;
      last = at;
    }
    // What was not handed in is nobody's answer yet.
    if (isDone) answer(at, question, response.answers[question.key]);
  }
  if (!isDone && last) last.left++;
}

function answer(at: QuestionTally, { kind }: Question, given: Response['answers'][string] | undefined): void {
  if (given === undefined) return;
  at.answered++;
  if (isScored(kind) && typeof given === 'number') counted(at.scale, kind, given);
  if (kind === 'single') add(at.options, String(given));
  if (kind === 'consent') add(at.options, given === true ? 'yes' : 'no');
  if (Array.isArray(given)) for (const option of given) add(at.options, option);
}
