import type { PublicSurvey, Thanks } from '../../../functions/responses/shown.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';
import { type DeadEnd, deadEnd, deadEndOf, isDeadEnd, isOver } from '../public/dead-end.ts';
import { type Children, element, sentence } from '../public/dom.ts';
import { browserLanguage } from '../public/language.ts';
import { languageField } from '../public/language-field.ts';
import { showPage } from '../public/show-page.ts';
import { completeSurvey, readSurvey, StaleAnswers } from './api.ts';
import { filled } from './controls.ts';
import { type Form, type Said, surveyForm } from './form.ts';
import './page.css';
import { keeper } from './keeper.ts';
import { type Words, words } from './words.ts';

/**
 * What a customer sees behind the link of an invitation: the questions in her own language, without sign-in, cookies or a framework. Each
 * answer is saved as it is given, so that she may close the page and go on another day.
 */
type State = DeadEnd | 'loading' | 'asking' | 'thanks';

let language: Language = browserLanguage();
let survey: PublicSurvey | undefined;
let form: Form | undefined;
let thanks: Thanks | undefined;
let state: State = 'loading';
let leaving: ReturnType<typeof setTimeout> | undefined;

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
  gone: (why) => fail(why),
});

/** What cannot go on says why, as far as it may be said. */
function fail(why: unknown): void {
  state = deadEndOf(why);
  show();
}

/** The texts come in one language, so another is asked for; what was answered stays. */
async function choose(next: Language): Promise<void> {
  try {
    await keep.flush();
    const read = await readSurvey(next);
    language = next;
    survey = read;
    keep.begin(read.rev);
    form?.speak(language, w(), read.survey.definition);
    if (form) keep.note(form.said());
    show();
  } catch (error) {
    if (isOver(error)) return fail(error);
    say('failed', true);
    show();
  }
  document.getElementById('language')?.focus();
}

async function complete(said: Said): Promise<void> {
  const main = document.querySelector('main') as HTMLElement;
  if (main.getAttribute('aria-busy') === 'true') return;
  main.setAttribute('aria-busy', 'true');
  try {
    await keep.flush();
    thanks = await completeSurvey({ rev: keep.rev(), language, ...said });
    keep.stop();
    state = 'thanks';
    leave();
    show();
    document.querySelector('h1')?.focus();
  } catch (error) {
    main.setAttribute('aria-busy', 'false');
    if (isOver(error)) return fail(error);
    say(error instanceof StaleAnswers ? 'newer' : 'failed', true);
    if (error instanceof StaleAnswers) await again();
  }
}

/** Somebody has gone on elsewhere at the very last moment: her newest answers are shown, to be sent once more. */
async function again(): Promise<void> {
  const read = await readSurvey(language);
  keep.begin(read.rev);
  form?.take(read.answers);
}

/** Where she goes on afterwards; the address is from the workspace's list, and is shown before anything moves. */
const redirect = () => {
  const url = thanks?.redirectUrl;
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

function thanked(): Children {
  const to = redirect();
  const host = to?.host ?? '';
  return [
    element('h1', { tabindex: '-1', dir: 'auto' }, thanks?.title || w().thanks),
    thanks?.body ? element('p', { class: 'thanks', dir: 'auto' }, thanks.body) : undefined,
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

function content(): Children {
  if (isDeadEnd(state)) return deadEnd(state, w(), () => void open());
  if (state === 'thanks') return thanked();
  if (!survey || !form) return [];
  return [
    element(
      'header',
      { class: 'top' },
      element('div', {}, element('h1', {}, sentence(w().asks, { workspace: survey.survey.workspace }))),
      languageField({ offered: survey.survey.languages, current: language, label: w().language, choose: (next) => void choose(next) }),
    ),
    form.root,
    status,
  ];
}

function title(): string {
  if (state === 'loading') return '…';
  return state === 'asking' ? filled(w().asks, { workspace: survey?.survey.workspace ?? '' }) : w()[state];
}

function show(): void {
  showPage({ language, title: title(), isLoading: state === 'loading', card: content(), foot: w().foot });
}

function begin(read: PublicSurvey): void {
  const { language: given, definition } = read.survey;
  if (isLanguage(given)) language = given;
  survey = read;
  state = 'asking';
  keep.begin(read.rev);
  form = surveyForm({
    definition,
    fallback: given,
    language: given,
    words: w(),
    answers: read.answers,
    changed: (said) => keep.note(said),
    send: (said) => void complete(said),
  });
}

async function open(): Promise<void> {
  state = 'loading';
  show();
  try {
    const opened = location.pathname;
    const read = await readSurvey();
    // Whoever comes by an open link is not known: the browser says what she reads.
    const isStranger = location.pathname !== opened && language !== read.survey.language && read.survey.languages.includes(language);
    begin(isStranger ? await readSurvey(language) : read);
  } catch (error) {
    return fail(error);
  }
  show();
}

void open();
