import {
  type Condition,
  type Definition,
  end,
  type Option,
  type Question,
  type QuestionKind,
  type Section,
} from '../../../functions/surveys/logic.ts';

/** Changes to a survey while it is written: each takes a definition and gives another. Pure. */

const isTaken = (definition: Definition, key: string) =>
  definition.sections.some((section) => section.key === key || section.questions.some((question) => question.key === key));

/** The first free of `q1`, `q2`, … Answers are kept by it, so that it never changes once it is given. */
export function freeKey(definition: Definition, letter: 'q' | 's'): string {
  for (let number = 1; ; number += 1) if (!isTaken(definition, `${letter}${number}`)) return `${letter}${number}`;
}

function freeOption(options: readonly Option[]): string {
  for (let number = 1; ; number += 1) if (!options.some(({ key }) => key === `o${number}`)) return `o${number}`;
}

export const emptyOption = (options: readonly Option[]): Option => ({ key: freeOption(options), texts: {} });

const isChoice = (kind: QuestionKind) => kind === 'single' || kind === 'multiple';

/** A question as it begins: two options of a choice, the rest empty. */
export function newQuestion(definition: Definition, kind: QuestionKind): Question {
  const options = isChoice(kind)
    ? [
        { key: 'o1', texts: {} },
        { key: 'o2', texts: {} },
      ]
    : [];
  return {
    key: freeKey(definition, 'q'),
    kind,
    texts: {},
    options,
    min: null,
    max: null,
    required: kind === 'nps' || kind === 'csat' || kind === 'ces',
    requiredIf: null,
    showIf: null,
    topic: null,
  };
}

/** Another kind for a question: what the new kind has no use for goes. */
export function ofKind(question: Question, kind: QuestionKind): Question {
  const options = isChoice(kind)
    ? question.options.length > 0
      ? question.options
      : [
          { key: 'o1', texts: {} },
          { key: 'o2', texts: {} },
        ]
    : [];
  return { ...question, kind, options, min: null, max: null, topic: null };
}

const withSection = (definition: Definition, key: string, change: (section: Section) => Section): Definition => ({
  ...definition,
  sections: definition.sections.map((section) => (section.key === key ? change(section) : section)),
});

export const addQuestion = (definition: Definition, section: string, question: Question): Definition =>
  withSection(definition, section, (one) => ({ ...one, questions: [...one.questions, question] }));

export const changeQuestion = (definition: Definition, question: Question): Definition => ({
  ...definition,
  sections: definition.sections.map((section) => ({
    ...section,
    questions: section.questions.map((one) => (one.key === question.key ? question : one)),
  })),
});

/** A condition without what it says of a question; null where nothing is left. */
function without(condition: Condition | null, question: string): Condition | null {
  if (condition === null) return null;
  if ('question' in condition) return condition.question === question ? null : condition;
  const parts = ('all' in condition ? condition.all : condition.any).map((one) => without(one, question)).filter((one) => one !== null);
  if (parts.length === 0) return null;
  return 'all' in condition ? { all: parts } : { any: parts };
}

const forget = (definition: Definition, question: string): Definition => ({
  ...definition,
  sections: definition.sections.map((section) => ({
    ...section,
    showIf: without(section.showIf, question),
    questions: section.questions.map((one) => ({
      ...one,
      showIf: without(one.showIf, question),
      requiredIf: without(one.requiredIf, question),
    })),
  })),
  // A jump whose condition is gone would be taken by everybody.
  jumps: definition.jumps.filter(
    ({ after, when }) => after !== question && JSON.stringify(without(when, question)) === JSON.stringify(when),
  ),
});

/** Takes a question out, and whatever waits for its answer with it. A part that is empty then goes as well, but for the last. */
export function removeQuestion(definition: Definition, key: string): Definition {
  const left = forget(definition, key);
  const sections = left.sections.map((section) => ({
    ...section,
    questions: section.questions.filter((question) => question.key !== key),
  }));
  const filled = sections.filter(({ questions }) => questions.length > 0);
  return withoutLostJumps({ ...left, sections: filled.length > 0 ? filled : sections.slice(0, 1) });
}

const withoutLostJumps = (definition: Definition): Definition => ({
  ...definition,
  jumps: definition.jumps.filter(({ to }) => to === end || definition.sections.some(({ key }) => key === to)),
});

/** One place up or down; from the edge of a part into the next. */
export function moveQuestion(definition: Definition, key: string, step: 1 | -1): Definition {
  const at = definition.sections.findIndex(({ questions }) => questions.some((question) => question.key === key));
  const section = definition.sections[at];
  if (!section) return definition;
  const place = section.questions.findIndex((question) => question.key === key);
  const to = place + step;
  if (to >= 0 && to < section.questions.length) return placeQuestion(definition, key, { section: section.key, at: to });
  const neighbour = definition.sections[at + step];
  if (!neighbour || section.questions.length === 1) return definition;
  return placeQuestion(definition, key, { section: neighbour.key, at: step > 0 ? 0 : neighbour.questions.length });
}

/** Puts a question at a place of a part, counted without it. */
export function placeQuestion(definition: Definition, key: string, to: { section: string; at: number }): Definition {
  const question = definition.sections.flatMap(({ questions }) => questions).find((one) => one.key === key);
  if (!question) return definition;
  const sections = definition.sections.map((section) => {
    const others = section.questions.filter((one) => one.key !== key);
    return { ...section, questions: section.key === to.section ? others.toSpliced(to.at, 0, question) : others };
  });
  // A part asks something.
  return sections.some(({ questions }) => questions.length === 0) ? definition : { ...definition, sections };
}

export const addSection = (definition: Definition): Definition => ({
  ...definition,
  sections: [
    ...definition.sections,
    { key: freeKey(definition, 's'), texts: {}, questions: [newQuestion(definition, 'text')], showIf: null },
  ],
});

export const changeSection = (definition: Definition, section: Section): Definition => withSection(definition, section.key, () => section);

export function moveSection(definition: Definition, key: string, step: 1 | -1): Definition {
  const at = definition.sections.findIndex((section) => section.key === key);
  const section = definition.sections[at];
  const to = at + step;
  if (!section || to < 0 || to >= definition.sections.length) return definition;
  return { ...definition, sections: definition.sections.toSpliced(at, 1).toSpliced(to, 0, section) };
}

export function removeSection(definition: Definition, key: string): Definition {
  if (definition.sections.length < 2) return definition;
  const gone = definition.sections.find((section) => section.key === key)?.questions ?? [];
  const left = gone.reduce((all, question) => forget(all, question.key), definition);
  return withoutLostJumps({ ...left, sections: left.sections.filter((section) => section.key !== key) });
}

/** The questions that are asked before one, whose answers its conditions may look at. `after` counts the question itself. */
export function askedBefore(definition: Definition, key: string, after = false): Question[] {
  const all = definition.sections.flatMap(({ questions }) => questions);
  const at = all.findIndex((question) => question.key === key);
  return all.slice(0, at < 0 ? 0 : after ? at + 1 : at);
}

export const askedBeforeSection = (definition: Definition, key: string): Question[] => {
  const first = definition.sections.find((section) => section.key === key)?.questions[0];
  return first ? askedBefore(definition, first.key) : [];
};

/** How many texts a language lacks that the fallback language has. */
export function lacking({ sections, thanks }: Definition, language: string, fallback: string): number {
  const all: Record<string, unknown>[] = [
    thanks.texts,
    ...sections.flatMap(({ texts, questions }) => [
      texts,
      ...questions.flatMap((question) => [question.texts, ...question.options.map((option) => option.texts)]),
    ]),
  ];
  return all.filter((texts) => texts[fallback] !== undefined && texts[language] === undefined).length;
}

/** What may be saved: a text that was emptied is none. */
export function tidy(definition: Definition): Definition {
  const said = <T extends { title: string | null }>(texts: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(texts).filter(([, { title }]) => title?.trim()));
  return {
    ...definition,
    thanks: { ...definition.thanks, texts: said(definition.thanks.texts) },
    sections: definition.sections.map((section) => ({
      ...section,
      texts: said(section.texts),
      questions: section.questions.map((question) => ({
        ...question,
        texts: said(question.texts),
        options: question.options.map((option) => ({ ...option, texts: said(option.texts) })),
      })),
    })),
  };
}

/** Brings a question back that was taken out. Where nothing else has changed since, everything is as it was; else it stands where it stood. */
export function putBack(now: Definition, { before, after, key }: { before: Definition; after: Definition; key: string }): Definition {
  if (now === after) return before;
  const section = before.sections.find(({ questions }) => questions.some((question) => question.key === key));
  const question = section?.questions.find((one) => one.key === key);
  if (!section || !question || isTaken(now, key)) return now;
  const into = now.sections.find((one) => one.key === section.key) ?? now.sections.at(-1);
  if (!into) return now;
  const place = section.questions.indexOf(question);
  // What it waited for may be gone.
  const plain = { ...question, showIf: null, requiredIf: null };
  return withSection(now, into.key, (one) => ({ ...one, questions: one.questions.toSpliced(place, 0, plain) }));
}

const ordered = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(ordered)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, ordered(one)]),
        )
      : value;

/** Whether two things say the same, in whatever order their parts stand. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
