import { isLanguage, type Language, languages } from '../i18n/languages.ts';
import { element } from './dom.ts';

type Choice = { offered: readonly string[]; current: Language; label: string; choose: (next: Language) => void };

/** The languages in which a page can be read, of those that the product speaks; nothing where there is no choice. */
export function languageField({ offered, current, label, choose }: Choice): HTMLElement | undefined {
  const spoken = offered.filter((one) => isLanguage(one));
  if (spoken.length < 2) return undefined;
  const chosen = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    if (isLanguage(value)) choose(value);
  };
  return element(
    'label',
    {},
    element('span', { class: 'hidden-label' }, label),
    element(
      'select',
      { id: 'language', change: chosen },
      ...spoken.map((code) => element('option', { value: code, selected: code === current, lang: code }, languages[code].name)),
    ),
  );
}
