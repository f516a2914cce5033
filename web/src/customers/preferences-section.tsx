import type { Customer } from '../api/types.ts';
import { languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { channelName } from '../interactions/channels.tsx';
import { Choice } from '../ui/choice.tsx';
import { Input } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { channelChoices, languageChoices } from './choices.ts';
import { InlineField } from './inline-field.tsx';
import { useEditable } from './use-editable.ts';

import { WordsLine } from './words-line.tsx';

/** How and about what she likes to hear from us. */
export function PreferencesSection({ customer }: { customer: Customer }) {
  const editable = useEditable(customer)('preferences');
  const { preferences } = customer;
  return (
    <Section title={t('about.preferences')}>
      <dl>
        <InlineField
          customer={customer}
          label={t('field.language')}
          editable={editable}
          filled={Boolean(preferences.language)}
          shown={languageName(preferences.language)}
          begin={(seen) => seen.preferences.language ?? ''}
          editor={(draft, set) => (
            <Choice label={t('field.language')} value={draft} none="–" options={languageChoices(draft)} onChange={set} />
          )}
          change={(draft) => ({ preferences: { language: draft || null } })}
        />
        <InlineField
          customer={customer}
          label={t('log.channel')}
          editable={editable}
          filled={Boolean(preferences.channel)}
          shown={preferences.channel && channelName(preferences.channel)}
          begin={(seen) => seen.preferences.channel ?? ''}
          editor={(draft, set) => (
            <Choice
              label={t('log.channel')}
              value={draft}
              none="–"
              options={channelChoices()}
              onChange={(channel) => set(channel as typeof draft)}
            />
          )}
          change={(draft) => ({ preferences: { channel: draft || null } })}
        />
        <InlineField
          customer={customer}
          label={t('field.hours')}
          editable={editable}
          filled={Boolean(preferences.hours)}
          shown={preferences.hours && <bdi dir="ltr" className="tnum">{`${preferences.hours.from}–${preferences.hours.to}`}</bdi>}
          begin={(seen) => seen.preferences.hours ?? { from: '', to: '' }}
          editor={(draft, set) => (
            <span className="grid grid-cols-2 gap-2">
              <Input
                type="time"
                aria-label={t('field.hoursFrom')}
                value={draft.from}
                onChange={(event) => set({ ...draft, from: event.target.value })}
              />
              <Input
                type="time"
                aria-label={t('field.hoursTo')}
                value={draft.to}
                onChange={(event) => set({ ...draft, to: event.target.value })}
              />
            </span>
          )}
          change={(draft) => ({ preferences: { hours: draft.from && draft.to ? draft : null } })}
        />
        <WordsLine
          customer={customer}
          label={t('field.topics')}
          editable={editable}
          words={(seen) => seen.preferences.topics}
          change={(topics) => ({ preferences: { topics } })}
        />
        <WordsLine
          customer={customer}
          label={t('field.interests')}
          editable={editable}
          words={(seen) => seen.preferences.interests}
          change={(interests) => ({ preferences: { interests } })}
        />
      </dl>
    </Section>
  );
}
