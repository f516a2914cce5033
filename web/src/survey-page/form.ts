import {
  type Answer,
  type Answers,
  type Definition,
  keptAnswers,
  problemsOf,
  type Question,
  type Step,
  wayThrough,
} from '../../../functions/surveys/logic.ts';
import { element } from '../public/dom.ts';
import { type Control, controlOf, filled, rangeOf } from './controls.ts';
import type { Words } from './words.ts';

/** What a form is made of. It is the same on the public page, in the preview and on the screen of an agent who holds the phone. */
export type FormOptions = {
  definition: Definition;
  fallback: string;
  language: string;
  words: Words;
  answers: Answers;
  /** Told at each change. */
  changed: (said: Said) => void;
  /** Told when the end is reached without a fault. */
  send: (said: Said) => void;
};

/** The answers to what is shown, and nothing else; and the questions that were on the screen. */
export type Said = { answers: Answers; shown: string[] };

export type Form = {
  root: HTMLElement;
  /** Shows other answers in place of those that are there. */
  take: (answers: Answers) => void;
  /** Turns to another language, in which the texts come anew where they were there in one alone; what was answered stays. */
  speak: (language: string, words: Words, definition?: Definition) => void;
  said: () => Said;
  /** Puts the focus on the heading of the part, or its first question. */
  focus: () => void;
};

/** A text in a language, else in the survey's own, else in any that there is. */
export function textIn<T>(texts: Readonly<Record<string, T>>, language: string, fallback: string): T | undefined {
  return texts[language] ?? texts[fallback] ?? Object.values(texts)[0];
}

const faultText = (code: string, question: Question, words: Words): string => {
  const range = rangeOf(question);
  if (code === 'required') return words.missing;
  return code === 'out_of_range' && range ? filled(words.outside, range) : words.invalid;
};

/** Where somebody goes on: the last part that has an answer in it. */
const resumedAt = (way: readonly Step[], answers: Answers): string | undefined =>
  (way.findLast(({ questions }) => questions.some(({ key }) => answers[key] !== undefined)) ?? way[0])?.section;

export function surveyForm(options: FormOptions): Form {
  const { fallback } = options;
  let { definition, language, words } = options;
  const seen = new Set<string>();
  let entered: Answers = { ...options.answers };
  let at = resumedAt(wayThrough(definition, entered), entered) ?? '';
  let controls = new Map<string, Control>();
  const root = element('form', { class: 'survey', novalidate: true });

  const kept = () => keptAnswers(definition, entered);
  const said = (): Said => ({ answers: kept(), shown: [...seen] });
  const way = () => wayThrough(definition, entered);
  const shownKeys = () => new Set(way().flatMap(({ questions }) => questions.map(({ key }) => key)));
  const section = () => definition.sections.find(({ key }) => key === at) ?? definition.sections[0];

  function tell(key: string, value: Answer | undefined): void {
    const { [key]: _, ...others } = entered;
    entered = value === undefined ? others : { ...others, [key]: value };
    controls.get(key)?.fault(undefined);
    root.querySelector<HTMLElement>('.alert')!.textContent = '';
    reveal();
    options.changed(said());
  }

  /** Hides and shows questions in place, so that nobody loses her place or the focus. */
  function reveal(): void {
    const shown = shownKeys();
    for (const [key, control] of controls) {
      control.root.hidden = !shown.has(key);
      if (shown.has(key)) seen.add(key);
    }
    const path = way();
    const now = path.findIndex(({ section }) => section === at);
    const last = now === path.length - 1;
    root.querySelector<HTMLElement>('.back')!.hidden = now <= 0;
    root.querySelector<HTMLElement>('.primary')!.textContent = last ? words.send : words.next;
    const progress = root.querySelector<HTMLElement>('.progress')!;
    progress.hidden = path.length < 2;
    progress.replaceChildren(
      element('span', {}, filled(words.step, { step: now + 1, steps: path.length })),
      element('progress', { value: String(now + 1), max: String(path.length), 'aria-hidden': 'true' }),
    );
  }

  /** The faults of this part, shown beside their questions; the first gets the focus. */
  function faulty(): boolean {
    const here = new Map(section()?.questions.map((question) => [question.key, question]));
    const shown = shownKeys();
    const found = problemsOf(definition, kept(), { complete: true }).filter(({ question }) => here.has(question) && shown.has(question));
    for (const [key, control] of controls) {
      const problem = found.find(({ question }) => question === key);
      control.fault(problem && faultText(problem.code, here.get(key) as Question, words));
    }
    const alert = root.querySelector<HTMLElement>('.alert')!;
    alert.textContent = found.length > 0 ? words.fix : '';
    const first = section()?.questions.find(({ key }) => found.some(({ question }) => question === key));
    if (first) controls.get(first.key)?.focus();
    return found.length > 0;
  }

  function go(key: string): void {
    at = key;
    draw();
    focus();
    root.scrollIntoView({ block: 'nearest' });
  }

  function onward(): void {
    if (faulty()) return;
    const path = way();
    const next = path[path.findIndex(({ section }) => section === at) + 1];
    if (next) go(next.section);
    else options.send(said());
  }

  function back(): void {
    const path = way();
    const before = path[path.findIndex(({ section }) => section === at) - 1];
    if (before) go(before.section);
  }

  function ask(question: Question): Control {
    const texts = textIn(question.texts, language, fallback);
    return controlOf({
      question,
      title: texts?.title ?? '',
      help: texts?.help ?? null,
      words,
      option: (key) => textIn(question.options.find((one) => one.key === key)?.texts ?? {}, language, fallback)?.title ?? key,
      value: entered[question.key],
      tell: (value) => tell(question.key, value),
    });
  }

  function draw(): void {
    const now = section();
    controls = new Map(now?.questions.map((question) => [question.key, ask(question)]));
    const title = textIn(now?.texts ?? {}, language, fallback)?.title;
    root.replaceChildren(
      element('p', { class: 'progress quiet' }),
      element('h2', { tabindex: '-1', hidden: !title, dir: 'auto' }, title ?? ''),
      ...[...controls.values()].map(({ root }) => root),
      element('p', { class: 'alert', role: 'alert' }),
      element(
        'div',
        { class: 'row' },
        element('button', { type: 'button', class: 'back', click: back }, words.back),
        element('button', { type: 'submit', class: 'primary' }),
      ),
    );
    reveal();
  }

  function focus(): void {
    const heading = root.querySelector<HTMLElement>('h2');
    if (heading && !heading.hidden) heading.focus();
    else [...controls.values()].find(({ root }) => !root.hidden)?.focus();
  }

  root.addEventListener('submit', (event) => {
    event.preventDefault();
    onward();
  });
  draw();
  return {
    root,
    focus,
    said,
    take: (answers) => {
      entered = { ...answers };
      if (!way().some(({ section }) => section === at)) at = resumedAt(way(), entered) ?? at;
      draw();
    },
    speak: (next, nextWords, again = definition) => {
      definition = again;
      language = next;
      words = nextWords;
      draw();
    },
  };
}
