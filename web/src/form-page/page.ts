import type { FormThanks, PublicForm } from '../../../functions/forms/shown.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';
import { type DeadEnd, deadEnd, deadEndOf, isDeadEnd, isOver } from '../public/dead-end.ts';
import { type Children, element, sentence } from '../public/dom.ts';
import { browserLanguage } from '../public/language.ts';
import { languageField } from '../public/language-field.ts';
import { showPage } from '../public/show-page.ts';
import { Busy, Faults, readForm, sendForm } from './api.ts';
import { type Labour, labour } from './labour.ts';
import './page.css';
import { type Words, words } from './words.ts';
import { type WriteForm, type Written, writeForm } from './write-form.ts';

/**
 * A page on which anybody may write to a workspace, in her own language, without sign-in, cookies or a framework. What she writes stays on
 * the page until it has been taken in; sent twice it is taken once.
 */
type State = DeadEnd | 'loading' | 'writing' | 'thanks';

let language: Language = browserLanguage();
let asked: PublicForm | undefined;
let form: WriteForm | undefined;
let work: Labour | undefined;
let thanks: FormThanks | undefined;
let state: State = 'loading';
let isSending = false;

const w = (): Words => words[language];
const status = element('p', { class: 'said', role: 'status' });

function say(text: keyof Words | undefined, isFailure = false): void {
  status.textContent = text ? w()[text] : '';
  status.className = isFailure ? 'said failed' : 'said';
}

/** What cannot go on says why, as far as it may be said. */
function fail(why: unknown): void {
  state = deadEndOf(why);
  show();
}

function begin(read: PublicForm, written: Written): void {
  asked = read;
  if (isLanguage(read.language)) language = read.language;
  state = 'writing';
  form = writeForm({ asked: read, words: w(), written, send: () => void send() });
}

/** The texts come in one language, so another is asked for; what was written stays, and so does the work that was done. */
async function choose(next: Language): Promise<void> {
  try {
    begin(await readForm(next), form?.written() ?? {});
    say(undefined);
  } catch (error) {
    if (isOver(error)) return fail(error);
    say('failed', true);
  }
  show();
  document.getElementById('language')?.focus();
}

/** Hands it in. A pass that is too old is changed for another, once. */
async function handIn(written: Written): Promise<FormThanks> {
  for (let attempt = 0; ; attempt++) {
    const now: Labour = work ?? labour(await readForm(language));
    work = now;
    try {
      return await sendForm({ ...written, language: asked?.language ?? language, pass: now.pass, proof: await now.done });
    } catch (error) {
      if (!(error instanceof Faults) || !error.needsPass || attempt > 0) throw error;
      work = undefined;
    }
  }
}

async function send(): Promise<void> {
  if (isSending || !form) return;
  isSending = true;
  form.busy(true);
  say('sending');
  try {
    thanks = await handIn(form.written());
    state = 'thanks';
    show();
    document.querySelector('h1')?.focus();
  } catch (error) {
    if (isOver(error)) return fail(error);
    say(error instanceof Busy ? 'busy' : error instanceof Faults ? undefined : 'failed', true);
    if (error instanceof Faults) form.fault(error.byField);
  } finally {
    isSending = false;
    form.busy(false);
  }
}

function another(): void {
  work = undefined;
  say(undefined);
  void open();
}

function thanked(): Children {
  return [
    element('h1', { tabindex: '-1' }, w().thanks),
    element('p', { class: 'thanks', dir: 'auto' }, thanks?.thanks || w().thanksLead),
    element('div', { class: 'row' }, element('button', { type: 'button', click: another }, w().another)),
  ];
}

function content(): Children {
  if (isDeadEnd(state)) return deadEnd(state, w(), () => void open());
  if (state === 'thanks') return thanked();
  if (!asked || !form) return [];
  return [
    element(
      'header',
      { class: 'top' },
      element(
        'div',
        {},
        element('p', { class: 'quiet' }, sentence('{workspace}', { workspace: asked.workspace })),
        element('h1', { dir: 'auto' }, asked.title),
      ),
      languageField({ offered: asked.languages, current: language, label: w().language, choose: (next) => void choose(next) }),
    ),
    asked.lead ? element('p', { class: 'lead', dir: 'auto' }, asked.lead) : undefined,
    form.root,
    status,
  ];
}

function title(): string {
  if (state === 'loading') return '…';
  return state === 'writing' ? `${asked?.title} · ${asked?.workspace}` : w()[state];
}

function show(): void {
  showPage({
    language,
    title: title(),
    isLoading: state === 'loading',
    card: content(),
    foot: w().foot,
  });
}

async function open(): Promise<void> {
  state = 'loading';
  show();
  try {
    const read = await readForm(language);
    work = labour(read);
    begin(read, {});
  } catch (error) {
    return fail(error);
  }
  show();
}

void open();
