import { chooseLanguage, currentLanguage } from '../i18n/i18n.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';

const keyOf = (person: string) => `suki.language.${person}`;
let signedInAs: string | undefined;

/** On signing in: the language this person chose here before, else the one the provider knows. */
export async function adoptLanguage(person: string, locale: string | undefined): Promise<void> {
  signedInAs = person;
  const chosen = localStorage.getItem(keyOf(person)) ?? locale?.split('-')[0];
  const language = chosen === 'tl' ? 'fil' : chosen;
  if (isLanguage(language) && language !== currentLanguage()) await chooseLanguage(language);
}

/** The person's own choice, remembered for the next sign-in on this device. */
export async function rememberLanguage(language: Language): Promise<void> {
  const person = signedInAs ?? sessionStorage.getItem('suki.person');
  if (person) localStorage.setItem(keyOf(person), language);
  await chooseLanguage(language);
}
