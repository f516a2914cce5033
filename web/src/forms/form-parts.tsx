import { useQuery } from '@tanstack/react-query';
import { levelsQuery } from '../cases/queries.ts';
import { languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Alert } from '../ui/alert.tsx';
import { Check, Field, Input, Select, Textarea } from '../ui/field.tsx';
import { LanguageChecks } from '../ui/language-checks.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { FormDraft } from './queries.ts';

export type Editing = {
  draft: FormDraft;
  set: (part: Partial<FormDraft>) => void;
  editable: boolean;
  /** What is wrong with a field, by its pointer. */
  faultAt: (pointer: string) => string | undefined;
};

const types = ['question', 'complaint', 'request', 'return'] as const;
const asked = ['name', 'email', 'phone', 'reference', 'subject'] as const;
const asking = ['off', 'optional', 'required'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

/** Its name and languages. */
export function NameSection({ draft, set, editable, faultAt }: Editing) {
  return (
    <Section title={t('form.settings')}>
      <fieldset disabled={!editable} className="grid gap-4 py-2">
        <Field label={t('form.name')} hint={t('form.nameHint')} error={faultAt('/name')}>
          <Input value={draft.name} required maxLength={120} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <LanguageChecks
          label={t('form.languages')}
          chosen={draft.languages}
          fallback={draft.fallbackLanguage}
          set={(languages) =>
            set({ languages, texts: Object.fromEntries(Object.entries(draft.texts).filter(([each]) => languages.includes(each))) })
          }
        />
        <Field label={t('form.fallback')} error={faultAt('/fallbackLanguage')}>
          <Select value={draft.fallbackLanguage} onChange={(event) => set({ fallbackLanguage: event.target.value })}>
            <Options of={draft.languages} words={languageName} />
          </Select>
        </Field>
      </fieldset>
    </Section>
  );
}

/** What it says, a language at a time. */
export function TextsSection({ language, choose, ...editing }: Editing & { language: string; choose: (language: string) => void }) {
  const { draft, set, editable, faultAt } = editing;
  const text = draft.texts[language] ?? { title: '', lead: null, thanks: null };
  /** A language without a heading has no texts of its own. */
  const change = (part: Partial<typeof text>) => {
    const next = { ...text, ...part };
    const { [language]: _, ...others } = draft.texts;
    set({ texts: next.title || next.lead || next.thanks ? { ...others, [language]: next } : others });
  };
  const isFallback = language === draft.fallbackLanguage;
  const fault = faultAt(`/texts/${language}`);
  return (
    <Section title={t('form.textsIn')}>
      <fieldset disabled={!editable} className="grid gap-4 py-2">
        <Field label={t('field.language')} hideLabel>
          <Select value={language} onChange={(event) => choose(event.target.value)}>
            <Options of={draft.languages} words={(each) => `${languageName(each)}${draft.texts[each] ? ' ✓' : ''}`} />
          </Select>
        </Field>
        <Field
          label={t('form.text.title')}
          error={faultAt(`/texts/${language}/title`) ?? fault}
          {...(!isFallback && { hint: t('form.text.hint') })}
        >
          <Input lang={language} value={text.title} maxLength={120} onChange={(event) => change({ title: event.target.value })} />
        </Field>
        {(['lead', 'thanks'] as const).map((name) => (
          <Field key={name} label={t(`form.text.${name}`)} error={faultAt(`/texts/${language}/${name}`)}>
            <Textarea
              lang={language}
              rows={2}
              value={text[name] ?? ''}
              maxLength={1_000}
              onChange={(event) => change({ [name]: event.target.value || null })}
            />
          </Field>
        ))}
      </fieldset>
    </Section>
  );
}

/** What it asks for. */
export function AskedSection({ draft, set, editable, faultAt }: Editing) {
  const options = asking.map((value) => ({ value, label: t(`form.asking.${value}`) }));
  const fault = faultAt('/fields/email');
  return (
    <Section title={t('form.asks')}>
      <fieldset disabled={!editable} className="grid gap-3 py-2">
        <p className="text-sm text-ink-2">{t('form.asksLead')}</p>
        {asked.map((field) => (
          <Segmented
            key={field}
            label={t(`form.field.${field}`)}
            value={draft.fields[field]}
            options={options}
            onChange={(next) => set({ fields: { ...draft.fields, [field]: next } })}
          />
        ))}
        <Alert>{fault}</Alert>
        <fieldset>
          <legend className="text-sm font-medium text-ink-2">{t('form.types')}</legend>
          <div className="flex flex-wrap gap-x-5">
            {types.map((type) => (
              <Check
                key={type}
                checked={draft.types.includes(type)}
                disabled={draft.types.length === 1 && draft.types[0] === type}
                onChange={(event) =>
                  set({ types: types.filter((each) => (each === type ? event.target.checked : draft.types.includes(each))) })
                }
              >
                {t(`case.type.${type}`)}
              </Check>
            ))}
          </div>
          <p className="text-sm text-ink-3">{t('form.typesHint')}</p>
        </fieldset>
      </fieldset>
    </Section>
  );
}

/** Which case comes of it. */
export function CaseSection({ draft, set, editable, faultAt }: Editing) {
  const levels = useQuery(levelsQuery);
  const queues = [...new Set([...(levels.data?.queues ?? []), ...(draft.queue ? [draft.queue] : [])])];
  return (
    <Section title={t('form.opens')}>
      <fieldset disabled={!editable} className="grid gap-4 py-2 sm:grid-cols-2">
        <Field label={t('case.priority')}>
          <Select
            value={draft.priority}
            onChange={(event) => set({ priority: priorities.find((one) => one === event.target.value) ?? 'normal' })}
          >
            <Options of={priorities} words={(one) => t(`case.priority.${one}`)} />
          </Select>
        </Field>
        <Field label={t('case.queue')} error={faultAt('/queue')}>
          <Select value={draft.queue ?? ''} onChange={(event) => set({ queue: event.target.value || null })}>
            <option value="">{t('common.none')}</option>
            <Options of={queues} />
          </Select>
        </Field>
      </fieldset>
    </Section>
  );
}
