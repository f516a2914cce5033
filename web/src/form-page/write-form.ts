import { type AskedField, askedFields, longest } from '../../../functions/forms/asked.ts';
import type { PublicForm } from '../../../functions/forms/shown.ts';
import type { Said } from '../../../functions/forms/submission.ts';
import { element } from '../public/dom.ts';
import type { Words } from './words.ts';

/** What somebody may fill in. It is the same on the public page and in the preview of its editor. */
export type Asked = Pick<PublicForm, 'fields' | 'types'>;
export type Written = Partial<Omit<Said, 'language'>> & { website?: string };

export type WriteForm = {
  root: HTMLFormElement;
  written: () => Written;
  /** Shows what is wrong with which field, and goes to the first. */
  fault: (byField: ReadonlyMap<string, string>) => void;
  /** Whether it is on its way. */
  busy: (isBusy: boolean) => void;
  focus: () => void;
};

type Field = AskedField | 'words';
type Box = HTMLInputElement | HTMLTextAreaElement;

const kinds: Record<Field, Record<string, string>> = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email', inputmode: 'email', dir: 'ltr' },
  phone: { type: 'tel', autocomplete: 'tel', dir: 'ltr' },
  reference: { type: 'text', autocomplete: 'off' },
  subject: { type: 'text', autocomplete: 'off' },
  words: { rows: '7' },
};

function faultText(field: string, code: string, words: Words): string {
  if (code === 'no_way_back') return words.wayBack;
  if (code === 'required') return field === 'type' ? words.chooseOne : words.missing;
  if (field === 'email') return words.invalidEmail;
  return field === 'phone' ? words.invalidPhone : words.invalid;
}

type Options = { asked: Asked; words: Words; written: Written; send: () => void };

/** The boxes that are asked for, each with its label and the place of its fault. */
export function writeForm({ asked, words, written, send }: Options): WriteForm {
  const { fields, types } = asked;
  const boxes = new Map<Field, Box>();
  const faults = new Map<string, HTMLElement>();

  const faultOf = (name: string) => {
    const place = element('p', { id: `${name}-fault`, class: 'fault', hidden: true });
    faults.set(name, place);
    return place;
  };

  function box(field: Field, isRequired: boolean): HTMLElement {
    const attributes = {
      ...kinds[field],
      ...{ id: `${field}-in`, name: field, maxlength: String(longest[field]), 'aria-describedby': `${field}-fault` },
      'aria-required': String(isRequired),
    };
    const made = field === 'words' ? element('textarea', { dir: 'auto', ...attributes }) : element('input', { dir: 'auto', ...attributes });
    made.value = written[field] ?? '';
    boxes.set(field, made);
    const mark = isRequired ? undefined : element('span', { class: 'optional' }, ` (${words.optional})`);
    return element(
      'div',
      { class: 'question typed', id: field },
      element('label', { for: `${field}-in` }, words[field], mark),
      made,
      faultOf(field),
    );
  }

  const choices = types.map((type) =>
    element(
      'label',
      { class: 'tick' },
      element('input', { type: 'radio', name: 'type', value: type, checked: written.type === type }),
      element('span', {}, words[type]),
    ),
  );
  const about =
    types.length > 1
      ? element(
          'fieldset',
          { class: 'question choices', id: 'type', 'aria-describedby': 'type-fault' },
          element('legend', {}, words.about),
          ...choices,
          faultOf('type'),
        )
      : undefined;
  const hidden = element('input', { type: 'text', name: 'website', tabindex: '-1', autocomplete: 'off', id: 'website-in' });
  const alert = element('p', { class: 'alert', role: 'alert' });
  const button = element('button', { type: 'submit', class: 'primary' }, words.send);
  const root = element(
    'form',
    { class: 'survey', novalidate: true },
    about,
    ...askedFields.filter((field) => fields[field] !== 'off').map((field) => box(field, fields[field] === 'required')),
    box('words', true),
    // A machine fills in whatever there is. Nobody sees this, and nobody's screen reader says it.
    element('div', { class: 'apart', 'aria-hidden': 'true' }, element('label', { for: 'website-in' }, words.leaveEmpty), hidden),
    alert,
    element('div', { class: 'row' }, button),
  );

  const chosen = () => root.querySelector<HTMLInputElement>('input[name="type"]:checked')?.value as Said['type'];
  const textIn = (field: Field) => boxes.get(field)?.value.trim() ?? '';

  function own(): Written {
    const said: Written = {};
    for (const field of boxes.keys()) if (textIn(field) !== '') said[field] = textIn(field);
    const type = chosen();
    if (type) said.type = type;
    if (hidden.value !== '') said.website = hidden.value;
    return said;
  }

  /** What can be seen before it is sent. */
  function missing(): Map<string, string> {
    const found = new Map<string, string>();
    if (about && !chosen()) found.set('type', 'required');
    for (const [field, input] of boxes) {
      if (textIn(field) === '' && input.getAttribute('aria-required') === 'true') found.set(field, 'required');
      else if (!input.validity.valid) found.set(field, 'invalid_format');
    }
    return found;
  }

  function fault(byField: ReadonlyMap<string, string>): void {
    for (const [name, place] of faults) {
      const code = byField.get(name);
      place.textContent = code === undefined ? '' : faultText(name, code, words);
      place.hidden = code === undefined;
      root.querySelector(`[id="${name}"]`)?.classList.toggle('wrong', code !== undefined);
      for (const input of root.querySelectorAll(`[name="${name}"]`)) input.setAttribute('aria-invalid', String(code !== undefined));
    }
    const first = [...faults.keys()].find((name) => byField.has(name));
    alert.textContent = byField.size === 0 ? '' : words.fix;
    if (first) root.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  root.addEventListener('submit', (event) => {
    event.preventDefault();
    const found = missing();
    fault(found);
    if (found.size === 0) send();
  });
  return {
    root,
    written: own,
    fault,
    busy: (isBusy) => {
      button.textContent = isBusy ? words.sending : words.send;
      button.setAttribute('aria-disabled', String(isBusy));
    },
    focus: () => root.querySelector<HTMLElement>('input, textarea')?.focus(),
  };
}
