import { languageName } from '../i18n/format.ts';
import { languages as spoken } from '../i18n/languages.ts';
import { Check } from './field.tsx';

type Props = {
  label: string;
  chosen: readonly string[];
  /** Cannot be taken away: the others fall back to it. */
  fallback: string;
  set: (chosen: string[]) => void;
};

/** The languages in which something is written: any of ours, and whatever it has beside them. */
export function LanguageChecks({ label, chosen, fallback, set }: Props) {
  const all = [...new Set([...Object.keys(spoken), ...chosen])];
  const choose = (language: string, isOn: boolean) => set(all.filter((each) => (each === language ? isOn : chosen.includes(each))));
  return (
    <fieldset>
      <legend className="text-sm font-medium text-ink-2">{label}</legend>
      <div className="flex flex-wrap gap-x-5">
        {all.map((language) => (
          <Check
            key={language}
            checked={chosen.includes(language)}
            disabled={language === fallback}
            onChange={(event) => choose(language, event.target.checked)}
          >
            {languageName(language)}
          </Check>
        ))}
      </div>
    </fieldset>
  );
}
