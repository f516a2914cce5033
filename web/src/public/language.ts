import { isLanguage, type Language } from '../i18n/languages.ts';

/** The first language of the browser that the product speaks. */
export function browserLanguage(): Language {
  for (const wanted of navigator.languages) {
    const base = wanted.split('-')[0];
    if (isLanguage(base)) return base;
    if (base === 'tl') return 'fil';
  }
  return 'en';
}
