import type { Answers } from '../../../functions/surveys/logic.ts';
import { isLanguage, type Language, languages } from '../i18n/languages.ts';
import { element, sentence } from '../preferences/dom.ts';
import { completeSurvey, ownTokenOf, type PublicSurvey, readSurvey, WrongLink } from './api.ts';
import { filled } from './controls.ts';
import { type Form, surveyForm, textIn } from './form.ts';
import './page.css';
import { keeper } from './keeper.ts';
import { type Words, words } from './words.ts';

/**
 * What a customer sees behind the link of an invitation: the questions in her own language, without sign-in, cookies or a framework. Each
 * answer is saved as it is given, so that she may close the page and go on another day.
 */
type State = 'loading' | 'wrong' | 'unreachable' | 'asking' | 'thanks';

let language: Language = browserLanguage();
let survey: PublicSurvey | undefined;
let form: Form | undefined;
let state: State = 'loading';
let leaving: ReturnType<typeof setTimeout> | undefined;

function browserLanguage(): Language {
  for (const wanted of navigator.languages) {
    const base = wanted.split('-')[0];
    if (isLanguage(base)) return base;
    if (base === 'tl') return 'fil';
  }
  return 'en';
}

const w = (): Words => words[language];
const status = element('p', { class: 'said', role: 'status' });

function say(text: keyof Words | undefined, isFailure = false): void {
  status.textContent = text ? w()[text] : '';
  status.className = isFailure ? 'said failed' : 'said';
}

const keep = keeper({
  language: () => language,
  saved: () => say('saved'),
  saving: () => say(undefined),
  unsaved: () => say('unsaved', true),
  newer: (answers) => {
    form?.take(answers);
    say('newer');
  },
  gone: (isCompleted) => {
    state = isCompleted ? 'thanks' : 'wrong';
    show();
  },
});

/** The languages of the survey that the page can speak as well; others are shown with the page's words in English. */
const offered = () => (survey?.survey.languages ?? []).filter((one) => isLanguage(one));

function choose(next: string): void {
  if (!isLanguage(next)) return;
  language = next;
  form?.speak(language, w());
  if (form) keep.note(form.answers());
  show();
  document.getElementById('language')?.focus();
}

function languageField(): HTMLElement | undefined {
  if (offered().length < 2) return undefined;
  return element(
    'label',
    {},
    element('span', { class: 'hidden-label' }, w().language),
    element(
      'select',
      { id: 'language', change: (event) => choose((event.target as HTMLSelectElement).value) },
      ...offered().map((code) =>
        element('option', { value: code, selected: code === language, lang: code }, languages[code as Language].name),
      ),
    ),
  );
}

async function complete(answers: Answers): Promise<void> {
  const main = document.querySelector('main') as HTMLElement;
  if (main.getAttribute('aria-busy') === 'true') return;
  main.setAttribute('aria-busy', 'true');
  try {
    await keep.flush();
    await completeSurvey({ language, answers });
    keep.stop();
    state = 'thanks';
    show();
    leave();
    document.querySelector('h1')?.focus();
  } catch (error) {
    main.setAttribute('aria-busy', 'false');
    if (!(error instanceof WrongLink)) return say('failed', true);
    state = 'wrong';
    show();
  }
}

/** Where she goes on afterwards; the address is from the workspace's list, and is shown before anything moves. */
const redirect = () => {
  const url = survey?.survey.definition.thanks.redirectUrl;
  return url?.startsWith('https://') ? new URL(url) : undefined;
};

function leave(): void {
  const to = redirect();
  if (!to) return;
  leaving = setTimeout(() => location.replace(to), 8_000);
}

function stay(): void {
  clearTimeout(leaving);
  leaving = undefined;
  show();
  document.querySelector<HTMLElement>('a.primary')?.focus();
}

function thanked(): (Node | undefined)[] {
  const texts = textIn(survey?.survey.definition.thanks.texts ?? {}, language, survey?.survey.fallbackLanguage ?? language);
  const to = redirect();
  const host = to?.host ?? '';
  return [
    element('h1', { tabindex: '-1', dir: 'auto' }, texts?.title || w().thanks),
    texts?.body ? element('p', { class: 'thanks', dir: 'auto' }, texts.body) : undefined,
    leaving === undefined ? undefined : element('p', { class: 'quiet', role: 'status' }, sentence(w().goingOn, { host })),
    to &&
      element(
        'div',
        { class: 'row' },
        leaving === undefined ? undefined : element('button', { type: 'button', click: stay }, w().stay),
        element('a', { class: 'primary', href: to.href, rel: 'noreferrer' }, sentence(w().goOn, { host })),
      ),
  ];
}

function content(): (Node | undefined)[] {
  if (state === 'wrong') return [element('h1', {}, w().wrong), element('p', {}, w().wrongLead)];
  if (state === 'unreachable')
    return [
      element('h1', {}, w().unreachable),
      element('div', { class: 'row' }, element('button', { type: 'button', class: 'primary', click: () => void open() }, w().retry)),
    ];
  if (state === 'thanks') return thanked();
  if (!survey || !form) return [];
  return [
    element(
      'header',
      { class: 'top' },
      element('div', {}, element('h1', {}, sentence(w().asks, { workspace: survey.workspace }))),
      languageField(),
    ),
    form.root,
    status,
  ];
}

const titles = (): Record<State, string> => ({
  loading: '…',
  wrong: w().wrong,
  unreachable: w().unreachable,
  asking: filled(w().asks, { workspace: survey?.workspace ?? '' }),
  thanks: w().thanks,
});

function show(): void {
  const root = document.documentElement;
  root.lang = language;
  root.dir = languages[language].dir;
  if (language === 'ur') void import('../i18n/urdu-font.css');
  if (language === 'th') void import('../i18n/thai-font.css');
  document.title = titles()[state];
  const main = document.querySelector('main') as HTMLElement;
  main.setAttribute('aria-busy', String(state === 'loading'));
  main.replaceChildren(
    element('div', { class: 'card' }, ...content().filter((each) => each !== undefined)),
    element('p', { class: 'foot' }, w().foot),
  );
}

function begin(read: PublicSurvey): void {
  const hers = [read.language?.split('-')[0], language, read.survey.fallbackLanguage].find(
    (one) => isLanguage(one) && read.survey.languages.includes(one),
  );
  if (isLanguage(hers)) language = hers;
  survey = read;
  keep.begin(read);
  if (read.state === 'completed') state = 'thanks';
  else {
    state = 'asking';
    form = surveyForm({
      definition: read.survey.definition,
      fallback: read.survey.fallbackLanguage,
      language,
      words: w(),
      answers: read.answers,
      changed: (answers) => keep.note(answers),
      send: (answers) => void complete(answers),
    });
  }
}

async function open(): Promise<void> {
  state = 'loading';
  show();
  try {
    const read = await readSurvey();
    // An open link is everybody's: from here on the address is this answer's own, so that the same address comes back to it.
    if (read.state === 'open') history.replaceState(null, '', ownTokenOf());
    begin(read);
  } catch (error) {
    state = error instanceof WrongLink ? 'wrong' : 'unreachable';
  }
  show();
}

void open();
