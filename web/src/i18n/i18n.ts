import { setupI18n } from '@lingui/core';
import type { messages as english } from './en.ts';
import { isLanguage, type Language, languages } from './languages.ts';
import type { messages as englishMore } from './more/en.ts';
import type { messages as englishRecords } from './records/en.ts';

export type MessageKey = keyof typeof english | keyof typeof englishMore | keyof typeof englishRecords;
type Catalogue = Record<keyof typeof english, string>;
type MoreCatalogue = Record<keyof typeof englishMore | keyof typeof englishRecords, string>;

const i18n = setupI18n();

// One chunk a language: only the active one is fetched, and its font with it.
const catalogues: Record<Language, () => Promise<{ messages: Catalogue }>> = {
  en: () => import('./en.ts'),
  fr: () => import('./fr.ts'),
  fil: () => import('./fil.ts'),
  ur: () => import('./urdu-font.css').then(() => import('./ur.ts')),
  th: () => import('./th.ts'),
};

type Part = Promise<{ messages: Partial<MoreCatalogue> }>;
const more: Record<Language, () => [Part, Part]> = {
  en: () => [import('./records/en.ts'), import('./more/en.ts')],
  fr: () => [import('./records/fr.ts'), import('./more/fr.ts')],
  fil: () => [import('./records/fil.ts'), import('./more/fil.ts')],
  ur: () => [import('./records/ur.ts'), import('./more/ur.ts')],
  th: () => [import('./records/th.ts'), import('./more/th.ts')],
};
const moreOf = async (language: Language) => {
  const [records, others] = await Promise.all(more[language]());
  return { ...records.messages, ...others.messages } as MoreCatalogue;
};
let moreWanted = false;

/** Loads what only some screens say, in the active language and from then on in every other that is chosen. */
export async function loadMore(): Promise<void> {
  moreWanted = true;
  const language = currentLanguage();
  const messages = await moreOf(language);
  // A load adds to what is there, and draws nothing anew; whoever waits for it has drawn nothing yet.
  i18n.load(language, messages);
}

/** A part of the client and what it says, side by side. */
export async function withMore<T>(part: Promise<T>): Promise<T> {
  await loadMore();
  return part;
}

/** The language to begin with: the one chosen on this device, else the browser's first that we have. */
export function preferredLanguage(offered: readonly string[]): Language {
  const candidates = [localStorage.getItem('suki.language'), ...navigator.languages.flatMap((tag) => [tag, tag.split('-')[0]]), 'en'];
  return (
    candidates.map((tag) => (tag === 'tl' ? 'fil' : tag)).find((tag): tag is Language => isLanguage(tag) && offered.includes(tag)) ?? 'en'
  );
}

export async function activate(language: Language): Promise<void> {
  const [{ messages }, others] = await Promise.all([catalogues[language](), moreWanted ? moreOf(language) : undefined]);
  i18n.loadAndActivate({ locale: language, messages: { ...messages, ...others } });
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].dir;
}

/** Remembers the choice on this device and turns the whole client. */
export async function chooseLanguage(language: Language): Promise<void> {
  await activate(language);
  localStorage.setItem('suki.language', language);
  for (const listener of listeners) listener();
}

export const currentLanguage = (): Language => (isLanguage(i18n.locale) ? i18n.locale : 'en');

const listeners = new Set<() => void>();
export const onLanguage = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The message in the active language. Values are put in by name, plurals by the language's own rule. */
export const t = (key: MessageKey, values?: Record<string, string | number>): string => i18n._(key, values);

/** Like `t` for a key made at run time (a role, a channel, a problem code): undefined where the catalogue has none. */
export function tMaybe(key: string, values?: Record<string, string | number>): string | undefined {
  return i18n.messages[key] === undefined ? undefined : i18n._(key, values);
}
