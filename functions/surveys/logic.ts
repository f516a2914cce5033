/**
 * What a survey asks of whom: which questions are shown after which answers, and what is wrong with answers. Types and arithmetic only, for
 * the public page carries this file: no schema, nothing of node. Pure.
 */
export const questionKinds = ['nps', 'csat', 'ces', 'rating', 'single', 'multiple', 'number', 'date', 'text', 'consent'] as const;
export type QuestionKind = (typeof questionKinds)[number];
export const tests = ['equals', 'not', 'atLeast', 'atMost', 'includes', 'answered'] as const;
export type Test = (typeof tests)[number];

/** A word of an option, a number, a date `YYYY-MM-DD`, yes or no, or the options chosen. */
export type Answer = string | number | boolean | string[];
export type Answers = Record<string, Answer>;

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  /** `not` holds where the answer is another, or absent; `answered` with false where there is none. All others need an answer. */
  | { question: string; is: Test; value: string | number | boolean };

export type Texts<T> = Record<string, T>;
export type Option = { key: string; texts: Texts<{ title: string }> };
export type Question = {
  key: string;
  kind: QuestionKind;
  texts: Texts<{ title: string; help: string | null }>;
  options: Option[];
  min: number | null;
  max: number | null;
  required: boolean;
  requiredIf: Condition | null;
  showIf: Condition | null;
  /** Of a consent: what is agreed to. */
  topic: { channel: string; topic: string } | null;
};
export type Section = { key: string; texts: Texts<{ title: string | null }>; questions: Question[]; showIf: Condition | null };
/** After a question that was shown: what follows it in its section is left out. */
export type Jump = { after: string; when: Condition; to: string };
export type Definition = {
  sections: Section[];
  jumps: Jump[];
  thanks: { texts: Texts<{ title: string; body: string | null }>; redirectUrl: string | null };
};

/** Where a way through a survey ends. */
export const end = 'end';

export const longestText = 5_000;
const scales: Partial<Record<QuestionKind, { min: number; max: number }>> = {
  nps: { min: 0, max: 10 },
  csat: { min: 1, max: 5 },
  ces: { min: 1, max: 7 },
};

/** The bounds of a question that is answered by a number; undefined for another. NPS 0–10, CSAT 1–5, CES 1–7, a rating up to 10. */
export function boundsOf({ kind, min, max }: Pick<Question, 'kind' | 'min' | 'max'>): { min: number; max: number } | undefined {
  if (kind === 'rating') return { min: 1, max: max ?? 5 };
  if (kind === 'number') return { min: min ?? -1e9, max: max ?? 1e9 };
  return scales[kind];
}

function holdsOne(answer: Answer | undefined, is: Test, value: string | number | boolean): boolean {
  if (is === 'answered') return (answer !== undefined) === (value !== false);
  if (is === 'not') return !holdsOne(answer, 'equals', value);
  if (answer === undefined) return false;
  if (is === 'includes') return Array.isArray(answer) ? answer.includes(String(value)) : answer === value;
  if (is === 'equals') return Array.isArray(answer) ? answer.length === 1 && answer[0] === value : answer === value;
  // Dates are compared as they are written, numbers as numbers.
  if (typeof answer !== typeof value || typeof answer === 'boolean' || Array.isArray(answer)) return false;
  return is === 'atLeast' ? answer >= (value as typeof answer) : answer <= (value as typeof answer);
}

/** Whether a condition holds with these answers. An empty `all` always does, an empty `any` never. */
export function holds(condition: Condition | null, answers: Answers): boolean {
  if (condition === null) return true;
  if ('all' in condition) return condition.all.every((one) => holds(one, answers));
  if ('any' in condition) return condition.any.some((one) => holds(one, answers));
  return holdsOne(own(answers, condition.question), condition.is, condition.value);
}

const own = (answers: Answers, key: string): Answer | undefined => (Object.hasOwn(answers, key) ? answers[key] : undefined);

/** One section on the way, and the questions of it that are shown. */
export type Step = { section: string; questions: Question[] };

/**
 * The way through a survey with these answers: the sections that are come to, in order, those without a question left out. Only answers
 * to questions that were shown before count for a condition.
 */
export function wayThrough({ sections, jumps }: Definition, answers: Answers): Step[] {
  const seen: Answers = {};
  const steps: Step[] = [];
  const visited = new Set<string>();
  let at = 0;
  for (let section = sections[at]; section && !visited.has(section.key); section = sections[at]) {
    visited.add(section.key);
    const questions: Question[] = [];
    let target: string | undefined;
    if (holds(section.showIf, seen))
      for (const question of section.questions) {
        if (!holds(question.showIf, seen)) continue;
        questions.push(question);
        const answer = own(answers, question.key);
        if (answer !== undefined) seen[question.key] = answer;
        target = jumps.find(({ after, when }) => after === question.key && holds(when, seen))?.to;
        if (target !== undefined) break;
      }
    if (questions.length > 0) steps.push({ section: section.key, questions });
    if (target === end) break;
    at = target === undefined ? at + 1 : sections.findIndex(({ key }) => key === target);
  }
  return steps;
}

/** The questions that are shown with these answers, in order. */
export const shownQuestions = (definition: Definition, answers: Answers): Question[] =>
  wayThrough(definition, answers).flatMap(({ questions }) => questions);

/** The answers that stay where another one has changed: those to questions that are still shown. */
export function keptAnswers(definition: Definition, answers: Answers): Answers {
  const shown = shownQuestions(definition, answers);
  return Object.fromEntries(shown.flatMap(({ key }) => (Object.hasOwn(answers, key) ? [[key, answers[key] as Answer]] : [])));
}

export type AnswerProblem = {
  question: string;
  code: 'unknown_question' | 'not_shown' | 'required' | 'wrong_kind' | 'out_of_range' | 'unknown_option' | 'too_long';
};

/** What is wrong with the answers. `complete`: whether what is required must be there. */
export function problemsOf(definition: Definition, answers: Answers, { complete = false } = {}): AnswerProblem[] {
  const shown = shownQuestions(definition, answers);
  const known = new Set(definition.sections.flatMap(({ questions }) => questions.map(({ key }) => key)));
  const isShown = new Set(shown.map(({ key }) => key));
  const foreign = Object.keys(answers).flatMap((question): AnswerProblem[] =>
    isShown.has(question) ? [] : [{ question, code: known.has(question) ? 'not_shown' : 'unknown_question' }],
  );
  return [
    ...foreign,
    ...shown.flatMap((question): AnswerProblem[] => {
      const answer = own(answers, question.key);
      if (answer !== undefined) return faultOf(question, answer).map((code) => ({ question: question.key, code }));
      const needed = question.required || (question.requiredIf !== null && holds(question.requiredIf, answers));
      return complete && needed ? [{ question: question.key, code: 'required' }] : [];
    }),
  ];
}

const isDay = (value: string) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

function faultOf(question: Question, answer: Answer): AnswerProblem['code'][] {
  const bounds = boundsOf(question);
  if (bounds) {
    if (typeof answer !== 'number' || (question.kind !== 'number' && !Number.isInteger(answer))) return ['wrong_kind'];
    return answer < bounds.min || answer > bounds.max ? ['out_of_range'] : [];
  }
  const isOption = (key: string) => question.options.some((option) => option.key === key);
  switch (question.kind) {
    case 'single':
      return typeof answer !== 'string' ? ['wrong_kind'] : isOption(answer) ? [] : ['unknown_option'];
    case 'multiple': {
      if (!Array.isArray(answer) || answer.length === 0 || new Set(answer).size < answer.length) return ['wrong_kind'];
      if (!answer.every(isOption)) return ['unknown_option'];
      return answer.length > (question.max ?? answer.length) || answer.length < (question.min ?? 0) ? ['out_of_range'] : [];
    }
    case 'date':
      return typeof answer === 'string' && isDay(answer) ? [] : ['wrong_kind'];
    case 'consent':
      return typeof answer === 'boolean' ? [] : ['wrong_kind'];
    default:
      if (typeof answer !== 'string' || answer.trim() === '') return ['wrong_kind'];
      return answer.length > longestText ? ['too_long'] : [];
  }
}

export const scoredKinds = ['nps', 'csat', 'ces', 'rating'] as const;
export type ScoredKind = (typeof scoredKinds)[number];
export type Score = { question: string; kind: ScoredKind; value: number };

/** What a response is counted by: the first question with a scale that was answered. */
export function scoreOf(definition: Definition, answers: Answers): Score | null {
  for (const { key, kind } of shownQuestions(definition, answers)) {
    const answer = own(answers, key);
    if ((scoredKinds as readonly string[]).includes(kind) && typeof answer === 'number')
      return { question: key, kind: kind as ScoredKind, value: answer };
  }
  return null;
}

export const bands = ['detractor', 'passive', 'promoter'] as const;
export type Band = (typeof bands)[number];

/** NPS: 0–6, 7–8, 9–10. CSAT 1–2, 3, 4–5; CES 1–3, 4, 5–7; a rating has no bands. */
export function bandOf({ kind, value }: Pick<Score, 'kind' | 'value'>): Band | null {
  const [passive, promoter] = { nps: [7, 9], csat: [3, 4], ces: [4, 5], rating: [] }[kind];
  if (passive === undefined || promoter === undefined) return null;
  return value >= promoter ? 'promoter' : value >= passive ? 'passive' : 'detractor';
}
