import { setupI18n } from '@lingui/core';
import type { messages as english } from './en.ts';
import { isLanguage, type Language, languages } from './languages.ts';

export type MessageKey = keyof typeof english;
type Catalogue = Record<MessageKey, string>;

const i18n = setupI18n();

// One chunk a language: only the active one is fetched, and its font with it.
const catalogues: Record<Language, () => Promise<{ messages: Catalogue }>> = {
  en: () => import('./en.ts'),
  fr: () => import('./fr.ts'),
  fil: () => import('./fil.ts'),
  ur: () => import('./urdu-font.css').then(() => import('./ur.ts')),
  th: () => import('./th.ts'),
};

/** The language to begin with: the one chosen on this device, else the browser's first that we have. */
export function preferredLanguage(offered: readonly string[]): Language {
  const candidates = [localStorage.getItem('suki.language'), ...navigator.languages.flatMap((tag) => [tag, tag.split('-')[0]]), 'en'];
  return (
    candidates.map((tag) => (tag === 'tl' ? 'fil' : tag)).find((tag): tag is Language => isLanguage(tag) && offered.includes(tag)) ?? 'en'
  );
}

export async function activate(language: Language): Promise<void> {
  const { messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
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
