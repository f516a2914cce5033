import { t } from '../i18n/i18n.ts';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import type { Editing } from './question-card.tsx';

/** What is said at the end, and where one may go on from there. */
export function ThanksSection(props: { editing: Editing; origins: readonly string[]; fault: string | undefined }) {
  const { editing, origins, fault } = props;
  const { definition, language, fallback } = editing;
  const { thanks } = definition;
  const own = thanks.texts[language];
  const instead = language === fallback ? undefined : thanks.texts[fallback];
  const say = (part: { title?: string; body?: string | null }) =>
    editing.set({
      ...definition,
      thanks: { ...thanks, texts: { ...thanks.texts, [language]: { title: own?.title ?? '', body: own?.body ?? null, ...part } } },
    });
  return (
    <Section title={t('survey.thanks')}>
      <fieldset disabled={!editing.editable} className="grid gap-4 py-2">
        <Field label={t('survey.thanksTitle')}>
          <Input
            lang={language}
            maxLength={200}
            value={own?.title ?? ''}
            placeholder={instead?.title}
            onChange={(event) => say({ title: event.target.value })}
          />
        </Field>
        <Field label={t('survey.thanksBody')}>
          <Textarea
            rows={3}
            lang={language}
            maxLength={2000}
            value={own?.body ?? ''}
            placeholder={instead?.body ?? undefined}
            onChange={(event) => say({ body: event.target.value || null })}
          />
        </Field>
        <Field
          label={t('survey.redirect')}
          error={fault}
          hint={origins.length > 0 ? t('survey.redirectHint', { sites: origins.join(', ') }) : t('survey.redirectNone')}
        >
          <Input
            type="url"
            dir="ltr"
            maxLength={500}
            placeholder="https://"
            value={thanks.redirectUrl ?? ''}
            onChange={(event) => editing.set({ ...definition, thanks: { ...thanks, redirectUrl: event.target.value || null } })}
          />
        </Field>
      </fieldset>
    </Section>
  );
}
