import type { Wishes } from '../../../functions/preferences/preferences.ts';
import { isLanguage, type Language, languages } from '../i18n/languages.ts';
import { deadEnd, isDeadEnd, isOver } from '../public/dead-end.ts';
import { type Children, element, sentence } from '../public/dom.ts';
import { browserLanguage } from '../public/language.ts';
import { showPage } from '../public/show-page.ts';
import { keepWishes, readWishes, unsubscribe } from './api.ts';
import './page.css';
import { type Words, words } from './words.ts';

/**
 * What a recipient sees behind the link of a message: in her own language, without sign-in, cookies or a framework. Opening it changes
 * nothing; each button says what it does and does it at once.
 */
type Said = { text: keyof Words; failed?: true };

let language: Language = browserLanguage();
let wishes: Wishes | undefined;
let state: 'wrong' | 'unreachable' | 'ready' | 'loading' = 'loading';
let said: Said | undefined;

const w = () => words[language];
const values = () => ({ workspace: wishes?.workspace ?? '', topic: wishes?.topic ?? '', address: wishes?.address ?? '' });
const text = (key: keyof Words, more: Record<string, string> = {}) => sentence(w()[key], { ...values(), ...more });
const plain = (key: keyof Words) => w()[key].replaceAll(/\{(\w+)\}/g, (_, name: 'workspace') => values()[name] ?? '');

async function change(work: () => Promise<Wishes>, done: keyof Words): Promise<void> {
  document.querySelector('main')?.setAttribute('aria-busy', 'true');
  try {
    wishes = await work();
    said = { text: done };
  } catch {
    said = { text: 'failed', failed: true };
  }
  show();
  document.getElementById('said')?.focus();
}

const button = (key: keyof Words, look: string, work: () => void) =>
  element('button', { type: 'button', class: look, click: () => work() }, text(key));

function choose(next: string): void {
  if (!isLanguage(next)) return;
  language = next;
  if (wishes) void change(() => keepWishes({ language: next }), 'saved');
  else show();
}

const languageField = () =>
  element(
    'label',
    { class: 'field' },
    element('span', {}, text('language')),
    element(
      'select',
      { id: 'language', change: (event) => choose((event.target as HTMLSelectElement).value) },
      ...Object.entries(languages).map(([code, { name }]) =>
        element('option', { value: code, selected: code === language, lang: code }, name),
      ),
    ),
  );

const date = (iso: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(iso));

function pauseField({ pausedUntil }: Wishes): HTMLElement {
  const paused = pausedUntil !== null && Date.parse(pausedUntil) > Date.now();
  const option = (value: string, label: string, selected = false) => element('option', { value, selected }, label);
  return element(
    'label',
    { class: 'field' },
    element('span', {}, text('pause')),
    element(
      'select',
      { name: 'pause' },
      ...(paused ? [option('', w().pausedUntil.replace('{date}', date(pausedUntil)), true)] : []),
      option('0', w().noPause, !paused),
      ...(['7', '30', '90'] as const).map((days) => option(days, w()[`days${days}`])),
    ),
  );
}

function save(form: HTMLFormElement, { topics }: Wishes): void {
  const fields = new FormData(form);
  const pause = String(fields.get('pause') ?? '');
  const wanted = fields.getAll('topic').map(String);
  const changed = topics.map(({ topic }) => ({ topic, wanted: wanted.includes(topic) }));
  void change(() => keepWishes({ topics: changed, ...(pause !== '' && { pauseDays: Number(pause) }) }), 'saved');
}

function choices(all: Wishes): HTMLElement {
  const topics = all.topics.map(({ topic, wanted }) =>
    element(
      'label',
      { class: 'tick' },
      element('input', { type: 'checkbox', name: 'topic', value: topic, checked: wanted }),
      element('bdi', {}, topic),
    ),
  );
  const form = element(
    'form',
    {},
    topics.length > 0 ? element('fieldset', {}, element('legend', {}, text('topics')), ...topics) : undefined,
    pauseField(all),
    element('div', { class: 'row' }, element('button', { type: 'submit', class: 'secondary' }, text('save'))),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save(form, all);
  });
  return form;
}

function body(all: Wishes): (Node | undefined)[] {
  if (all.locked) return [element('p', { class: 'notice' }, text('locked'))];
  if (all.nothing)
    return [
      element('p', { class: 'notice' }, text('nothing')),
      element(
        'div',
        { class: 'row' },
        button('takeBack', 'secondary', () => void change(() => keepWishes({ nothing: false }), 'saved')),
      ),
    ];
  const taken = all.topics.some(({ topic, wanted }) => topic === all.topic && wanted);
  const first = () =>
    taken
      ? element(
          'div',
          { class: 'row' },
          button('unsubscribe', 'primary wide', () => void change(unsubscribe, 'unsubscribed')),
        )
      : element('p', { class: 'quiet' }, text('notTaken'));
  return [
    all.topic === null ? undefined : first(),
    choices(all),
    element('hr'),
    element(
      'div',
      { class: 'row' },
      button('everything', 'danger', () => void change(() => keepWishes({ nothing: true }), 'saved')),
    ),
    element('p', { class: 'quiet' }, text('still')),
  ];
}

function content(): Children {
  if (isDeadEnd(state)) return deadEnd(state, w(), () => void open());
  if (!wishes) return [];
  return [
    element('h1', {}, text('title')),
    wishes.address === null ? undefined : element('p', { class: 'quiet' }, text('to')),
    element(
      'p',
      { id: 'said', role: 'status', tabindex: '-1', class: said ? (said.failed ? 'said failed' : 'said') : 'said empty' },
      said ? text(said.text) : undefined,
    ),
    ...body(wishes),
  ];
}

function show(): void {
  showPage({
    language,
    title: state === 'ready' ? plain('title') : state === 'loading' ? '…' : plain(state),
    isLoading: state === 'loading',
    card: [...content(), element('footer', {}, state === 'loading' ? undefined : languageField())],
    foot: w().foot,
  });
}

async function open(): Promise<void> {
  state = 'loading';
  show();
  try {
    wishes = await readWishes();
    const hers = wishes.language?.split('-')[0];
    if (isLanguage(hers)) language = hers;
    state = 'ready';
  } catch (error) {
    state = isOver(error) ? 'wrong' : 'unreachable';
  }
  show();
}

void open();
