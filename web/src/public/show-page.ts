import { type Language, languages } from '../i18n/languages.ts';
import { type Children, element } from './dom.ts';

interface Shown {
  language: Language;
  title: string;
  isLoading: boolean;
  card: Children;
  foot: string;
}

/** Shows the page of a link, and turns it to a language: its direction and, where the device may have none that fits, its font. */
export function showPage({ language, title, isLoading, card, foot }: Shown): void {
  const root = document.documentElement;
  root.lang = language;
  root.dir = languages[language].dir;
  if (language === 'ur') void import('../i18n/urdu-font.css');
  if (language === 'th') void import('../i18n/thai-font.css');
  document.title = title;
  const main = document.querySelector('main') as HTMLElement;
  main.setAttribute('aria-busy', String(isLoading));
  main.replaceChildren(element('div', { class: 'card' }, ...card), element('p', { class: 'foot' }, foot));
}
