import { languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Input, Select } from '../ui/field.tsx';
import { LanguageChecks } from '../ui/language-checks.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import type { Survey } from './queries.ts';

export type SurveySettings = Pick<Survey, 'name' | 'languages' | 'fallbackLanguage' | 'coolDownDays' | 'linkDays'>;

/** The name of a survey, its languages, and how long and how often it is asked. */
export function SettingsSection(props: { draft: SurveySettings; editable: boolean; set: (part: Partial<SurveySettings>) => void }) {
  const { draft, editable, set } = props;
  return (
    <Section title={t('survey.settings')}>
      <fieldset disabled={!editable} className="grid gap-4 py-2">
        <Field label={t('column.name')}>
          <Input value={draft.name} required maxLength={120} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <LanguageChecks
          label={t('survey.languages')}
          chosen={draft.languages}
          fallback={draft.fallbackLanguage}
          set={(languages) => set({ languages })}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('survey.fallback')} hint={t('survey.fallbackHint')}>
            <Select value={draft.fallbackLanguage} onChange={(event) => set({ fallbackLanguage: event.target.value })}>
              <Options of={draft.languages} words={languageName} />
            </Select>
          </Field>
          <Field label={t('survey.coolDown')} hint={t('survey.coolDownHint')}>
            <Input
              type="number"
              min={0}
              max={365}
              required
              value={draft.coolDownDays}
              onChange={(event) => set({ coolDownDays: Number(event.target.value) })}
            />
          </Field>
          <Field label={t('survey.linkDays')} hint={t('survey.linkDaysHint')}>
            <Input
              type="number"
              min={1}
              max={365}
              required
              value={draft.linkDays}
              onChange={(event) => set({ linkDays: Number(event.target.value) })}
            />
          </Field>
        </div>
      </fieldset>
    </Section>
  );
}
