import { Languages } from 'lucide-react';
import { rememberLanguage } from '../auth/language.ts';
import { configuration } from '../auth/session.ts';
import { currentLanguage, t } from '../i18n/i18n.ts';
import { isLanguage, languages } from '../i18n/languages.ts';
import { buttonClass } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';

/** Each language in its own name, so that nobody has to read another one to find it. */
export function LanguageMenu({ align = 'end' }: { align?: 'start' | 'end' }) {
  const current = currentLanguage();
  return (
    <Menu
      label={t('shell.language')}
      align={align}
      trigger={(attributes) => (
        <button
          type="button"
          {...attributes}
          className={buttonClass('ghost')}
          aria-label={`${t('shell.language')}: ${languages[current].name}`}
        >
          <Languages className="size-4.5" aria-hidden /> <span>{languages[current].name}</span>
        </button>
      )}
      items={configuration()
        .languages.filter(isLanguage)
        .map((language) => ({
          key: language,
          label: languages[language].name,
          lang: language,
          checked: language === current,
          onSelect: () => void rememberLanguage(language),
        }))}
    />
  );
}
