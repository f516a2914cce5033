import { outcomes } from '../../../functions/interactions/kinds.ts';
import type { When } from '../../../functions/rules/when.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { CaseParts, ChangeParts, ConsentParts, InteractionParts, ResponseParts } from './event-parts.tsx';
import { DateParts, EveryParts } from './moment-parts.tsx';
import { Choice, NumberField, TimeField } from './part-fields.tsx';

type Kind = When['kind'];
type Of<K extends Kind> = Extract<When, { kind: K }>;

/** Each kind as it begins. */
const begin: { [K in Kind]: Of<K> } = {
  silence: { kind: 'silence', days: 90, at: '09:00' },
  date: { kind: 'date', field: 'createdAt', daysBefore: 30, yearly: false, at: '09:00' },
  every: { kind: 'every', months: 6, since: { reason: 'service' }, at: '09:00' },
  unanswered: { kind: 'unanswered', hours: 24 },
  'followUp.overdue': { kind: 'followUp.overdue', hours: 24 },
  'customer.created': { kind: 'customer.created' },
  'customer.changed': { kind: 'customer.changed', field: 'lifecycle', from: null, to: 'lapsed' },
  'interaction.created': { kind: 'interaction.created', channel: null, direction: null, reason: 'complaint', outcome: null },
  'consent.changed': { kind: 'consent.changed', channel: null, topic: null, status: 'withdrawn' },
  'followUp.done': { kind: 'followUp.done', outcome: null },
  'case.created': { kind: 'case.created', type: null },
  'case.changed': { kind: 'case.changed', to: 'closed', type: null },
  'case.breach': { kind: 'case.breach', step: 'breach', clock: null },
  'response.completed': { kind: 'response.completed', surveyId: null, band: 'detractor', atLeast: null, atMost: null },
};
const momentKinds = ['silence', 'date', 'every', 'unanswered', 'followUp.overdue'] as const;
const eventKinds = [
  'customer.created',
  'customer.changed',
  'interaction.created',
  'consent.changed',
  'followUp.done',
  'case.created',
  'case.changed',
  'case.breach',
  'response.completed',
] as const;

/** When the rule acts: what happens, or which moment comes, and the parts of it. */
export function WhenEditor({ when, set }: { when: When; set: (when: When) => void }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('rule.when')} className="sm:col-span-2">
        <Select value={when.kind} onChange={(event) => set(begin[event.target.value as Kind])}>
          <optgroup label={t('rule.moments')}>
            <Options of={momentKinds} words={(kind) => t(`rule.kind.${kind}`)} />
          </optgroup>
          <optgroup label={t('rule.events')}>
            <Options of={eventKinds} words={(kind) => t(`rule.kind.${kind}`)} />
          </optgroup>
        </Select>
      </Field>
      <Parts when={when} set={set} />
    </div>
  );
}

function Parts({ when, set }: { when: When; set: (when: When) => void }) {
  switch (when.kind) {
    case 'date':
      return <DateParts when={when} set={set} />;
    case 'every':
      return <EveryParts when={when} set={set} />;
    case 'silence':
      return (
        <>
          <NumberField label={t('rule.days')} value={when.days} most={3_650} set={(days) => set({ ...when, days })} />
          <TimeField value={when.at} set={(at) => set({ ...when, at })} />
        </>
      );
    case 'unanswered':
    case 'followUp.overdue':
      return <NumberField label={t('rule.hours')} value={when.hours} most={720} set={(hours) => set({ ...when, hours })} />;
    case 'customer.changed':
      return <ChangeParts when={when} set={set} />;
    case 'interaction.created':
      return <InteractionParts when={when} set={set} />;
    case 'consent.changed':
      return <ConsentParts when={when} set={set} />;
    case 'response.completed':
      return <ResponseParts when={when} set={set} />;
    case 'followUp.done':
      return (
        <Choice
          label={t('log.outcome')}
          value={when.outcome}
          values={outcomes}
          name={(value) => t(`outcome.${value}`)}
          set={(outcome) => set({ ...when, outcome })}
        />
      );
    case 'case.created':
    case 'case.changed':
    case 'case.breach':
      return <CaseParts when={when} set={set} />;
    default:
      return null;
  }
}
