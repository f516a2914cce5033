import { type Answer, boundsOf, longestText, type Question } from '../../../functions/surveys/logic.ts';
import { element } from '../public/dom.ts';
import type { Words } from './words.ts';

/** How one question is asked, in one language; what is chosen or typed goes to `tell` at once. */
export type Asked = {
  question: Question;
  title: string;
  help: string | null;
  words: Words;
  option: (key: string) => string;
  /** Says a number in digits that the language reads. */
  value: Answer | undefined;
  tell: (value: Answer | undefined) => void;
};

export type Control = {
  root: HTMLElement;
  /** Shows what is wrong with the answer, or that nothing is. */
  fault: (text: string | undefined) => void;
  focus: () => void;
};

/** Values in braces, put in as plain text. */
export const filled = (text: string, values: Record<string, string | number>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));

/** The bounds of a question as they are said, where it has any. */
export function rangeOf(question: Pick<Question, 'kind' | 'min' | 'max'>): { least: number; most: number } | undefined {
  const { kind, min, max } = question;
  if (kind === 'number' || kind === 'multiple') return min !== null && max !== null ? { least: min, most: max } : undefined;
  const bounds = boundsOf(question);
  return bounds && { least: bounds.min, most: bounds.max };
}

const steps = (least: number, most: number) => Array.from({ length: most - least + 1 }, (_, at) => least + at);

/** Radio buttons or tick boxes in a group with its question as the legend. */
function group(asked: Asked, more: { look: string; body: (Node | undefined)[]; hint?: string | undefined }): Control {
  const { question, title, help, words, tell } = asked;
  const fault = element('p', { id: `${question.key}-fault`, class: 'fault', hidden: true });
  const clear = element('button', { type: 'button', class: 'clear', hidden: question.required || asked.value === undefined }, words.clear);
  const root = element(
    'fieldset',
    { class: `question ${more.look}`, id: question.key, 'aria-describedby': `${question.key}-help ${question.key}-fault` },
    element('legend', {}, element('bdi', {}, title), mark(question, words)),
    element('p', { class: 'help', id: `${question.key}-help` }, ...[help ?? undefined, more.hint].filter((each) => each !== undefined)),
    ...more.body,
    clear,
    fault,
  );
  clear.addEventListener('click', () => {
    for (const input of root.querySelectorAll('input')) input.checked = false;
    clear.hidden = true;
    tell(undefined);
    root.querySelector('input')?.focus();
  });
  root.addEventListener('change', () => {
    clear.hidden = question.required || !root.querySelector('input:checked');
  });
  return {
    root,
    fault: (text) => {
      fault.textContent = text ?? '';
      fault.hidden = text === undefined;
      root.classList.toggle('wrong', text !== undefined);
      for (const input of root.querySelectorAll('input')) input.setAttribute('aria-invalid', String(text !== undefined));
    },
    focus: () => (root.querySelector<HTMLElement>('input:checked') ?? root.querySelector<HTMLElement>('input'))?.focus(),
  };
}

const mark = ({ required }: Question, words: Words) => (required ? element('span', { class: 'mark' }, ` (${words.required})`) : undefined);

/** On a phone: a row of up to six, and what is more in two rows that are nearly alike. */
const columnsOf = (count: number) => (count <= 6 ? count : Math.ceil(count / 2));

/** One of several numbers: their names are read out, the digits are seen. */
function scale(asked: Asked, look: string, more: { name: (value: number) => string; ends?: [string, string] }): Control {
  const { question, tell } = asked;
  const { least, most } = rangeOf(question) ?? { least: 0, most: 10 };
  const choices = steps(least, most).map((value) =>
    element(
      'label',
      { class: 'step' },
      element('input', {
        type: 'radio',
        name: question.key,
        value: String(value),
        checked: asked.value === value,
        'aria-label': more.name(value),
        change: () => tell(value),
      }),
      element('span', { class: 'face', 'aria-hidden': 'true' }, look === 'stars' ? '★' : String(value)),
      look === 'csat' ? element('span', { class: 'name', 'aria-hidden': 'true' }, more.name(value)) : undefined,
    ),
  );
  const ends = more.ends?.map((end) => element('span', {}, end));
  return group(asked, {
    look,
    body: [
      element('div', { class: 'steps', style: `--steps:${choices.length};--columns:${columnsOf(choices.length)}` }, ...choices),
      ends && element('div', { class: 'ends', 'aria-hidden': 'true' }, ...ends),
    ],
  });
}

function nps(asked: Asked): Control {
  const { words } = asked;
  const ends: [string, string] = [words.npsLow, words.npsHigh];
  return scale(asked, 'nps', { ends, name: (value) => named(value, { 0: words.npsLow, 10: words.npsHigh }) });
}

function ces(asked: Asked): Control {
  const { words } = asked;
  const ends: [string, string] = [words.cesLow, words.cesHigh];
  return scale(asked, 'ces', { ends, name: (value) => named(value, { 1: words.cesLow, 7: words.cesHigh }) });
}

const named = (value: number, names: Record<number, string>) => (names[value] ? `${value}: ${names[value]}` : String(value));

function csat(asked: Asked): Control {
  const { words } = asked;
  const names = [words.csat1, words.csat2, words.csat3, words.csat4, words.csat5];
  return scale(asked, 'csat', { name: (value) => names[value - 1] ?? String(value) });
}

function stars(asked: Asked): Control {
  const { most } = rangeOf(asked.question) ?? { most: 5 };
  return scale(asked, most <= 10 ? 'stars' : 'nps', { name: (value) => filled(asked.words.ofMost, { value, most }) });
}

function choice(asked: Asked): Control {
  const { question, option, words, tell } = asked;
  const many = question.kind === 'multiple';
  const chosen = new Set(Array.isArray(asked.value) ? asked.value : typeof asked.value === 'string' ? [asked.value] : []);
  const ticked = (key: string, on: boolean) => {
    if (!many) return tell(key);
    if (on) chosen.add(key);
    else chosen.delete(key);
    const kept = question.options.map((each) => each.key).filter((each) => chosen.has(each));
    tell(kept.length > 0 ? kept : undefined);
  };
  const choices = question.options.map(({ key }) =>
    element(
      'label',
      { class: 'tick' },
      element('input', {
        type: many ? 'checkbox' : 'radio',
        name: question.key,
        value: key,
        checked: chosen.has(key),
        change: (event) => ticked(key, (event.target as HTMLInputElement).checked),
      }),
      element('bdi', {}, option(key)),
    ),
  );
  const range = many && rangeOf(question);
  return group(asked, { look: 'choices', body: choices, hint: range ? filled(words.range, range) : many ? words.choose : undefined });
}

/** Permission is a tick of its own; left alone, nothing is said. */
function consent(asked: Asked): Control {
  const { question, words, tell } = asked;
  return group(asked, {
    look: 'choices',
    body: [
      element(
        'label',
        { class: 'tick' },
        element('input', {
          type: 'checkbox',
          name: question.key,
          checked: asked.value === true,
          change: (event) => tell((event.target as HTMLInputElement).checked ? true : undefined),
        }),
        element('span', {}, words.yes),
      ),
    ],
  });
}

/** Something that is typed: a number, a date, words. */
function typed(asked: Asked): Control {
  const { question, title, help, words, value } = asked;
  const { kind, key, min, max } = question;
  const range = rangeOf(question);
  const name = { id: `${key}-in`, name: key, 'aria-describedby': `${key}-help ${key}-fault`, 'aria-required': String(question.required) };
  const box =
    kind === 'text'
      ? element('textarea', { ...name, rows: '4', maxlength: String(longestText), dir: 'auto' })
      : element('input', {
          ...name,
          type: kind,
          ...(kind === 'number' && {
            inputmode: 'decimal',
            step: 'any',
            ...(min !== null && { min: String(min) }),
            ...(max !== null && { max: String(max) }),
          }),
        });
  if (value !== undefined) box.value = String(value);
  box.addEventListener('input', () => {
    const text = box.value.trim();
    if (kind === 'number') asked.tell(text === '' || Number.isNaN(Number(text)) ? undefined : Number(text));
    else asked.tell(text === '' ? undefined : kind === 'text' ? box.value : text);
  });
  const fault = element('p', { id: `${key}-fault`, class: 'fault', hidden: true });
  const hint = range && filled(words.range, range);
  const root = element(
    'div',
    { class: 'question typed', id: key },
    element('label', { for: name.id }, element('bdi', {}, title), mark(question, words)),
    element('p', { class: 'help', id: `${key}-help` }, ...[help ?? undefined, hint].filter((each) => each !== undefined)),
    box,
    fault,
  );
  return {
    root,
    fault: (text) => {
      fault.textContent = text ?? '';
      fault.hidden = text === undefined;
      root.classList.toggle('wrong', text !== undefined);
      box.setAttribute('aria-invalid', String(text !== undefined));
    },
    focus: () => box.focus(),
  };
}

const kinds: Record<Question['kind'], (asked: Asked) => Control> = {
  nps,
  csat,
  ces,
  rating: stars,
  single: choice,
  multiple: choice,
  number: typed,
  date: typed,
  text: typed,
  consent,
};

/** The element that asks a question. */
export const controlOf = (asked: Asked): Control => kinds[asked.question.kind](asked);
