import { useQuery } from '@tanstack/react-query';
import type { When } from '../../../functions/rules/when.ts';
import { useMe } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { askedSurveys } from './queries.ts';

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
const reasons = ['enquiry', 'order', 'complaint', 'service', 'feedback', 'other'] as const;
const outcomes = ['answered', 'promised', 'no_answer', 'resolved', 'none'] as const;
const lifecycles = ['prospect', 'active', 'lapsed', 'closed'] as const;

type Props<K extends Kind> = { when: Of<K>; set: (when: When) => void };

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
      return <CaseWhenParts when={when} set={set} />;
    default:
      return null;
  }
}

/** Which cases, and which step of theirs. */
function CaseWhenParts({ when, set }: Props<'case.created' | 'case.changed' | 'case.breach'>) {
  if (when.kind === 'case.breach')
    return (
      <>
        <Field label={t('rule.caseStep')}>
          <Select value={when.step} onChange={(event) => set({ ...when, step: event.target.value as typeof when.step })}>
            <Options of={['warn', 'breach'] as const} words={(step) => t(`rule.caseStep.${step}`)} />
          </Select>
        </Field>
        <Choice
          label={t('case.promised')}
          value={when.clock}
          values={['firstResponse', 'resolution'] as const}
          name={(clock) => t(`case.clock.${clock}`)}
          set={(clock) => set({ ...when, clock })}
        />
      </>
    );
  return (
    <>
      {when.kind === 'case.changed' && (
        <Choice
          label={t('rule.to')}
          value={when.to}
          values={['new', 'open', 'waiting', 'resolved', 'closed'] as const}
          name={(state) => t(`case.state.${state}`)}
          set={(to) => set({ ...when, to })}
        />
      )}
      <Choice
        label={t('case.type')}
        value={when.type}
        values={['complaint', 'question', 'request', 'return'] as const}
        name={(type) => t(`case.type.${type}`)}
        set={(type) => set({ ...when, type })}
      />
    </>
  );
}

export function NumberField(props: { label: string; value: number; least?: number; most: number; set: (value: number) => void }) {
  const { label, value, least = 1, most, set } = props;
  return (
    <Field label={label}>
      <Input
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        required
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => set(event.target.valueAsNumber)}
      />
    </Field>
  );
}

function TimeField({ value, set }: { value: string; set: (value: string) => void }) {
  return (
    <Field label={t('rule.at')} hint={t('rule.atHint')}>
      <Input type="time" required value={value} onChange={(event) => event.target.value && set(event.target.value)} />
    </Field>
  );
}

/** One of a list, or any of them. */
function Choice<T extends string>(props: {
  label: string;
  value: T | null;
  values: readonly T[];
  name: (value: T) => string;
  set: (value: T | null) => void;
}) {
  return (
    <Field label={props.label}>
      <Select value={props.value ?? ''} onChange={(event) => props.set((event.target.value || null) as T | null)}>
        <option value="">{t('common.any')}</option>
        <Options of={props.values} words={(value) => props.name(value)} />
      </Select>
    </Field>
  );
}

function useDateFields() {
  const { workspace } = useMe();
  return workspace.fields
    .filter(({ kind, removedAt }) => kind === 'date' && !removedAt)
    .map(({ key, label }) => ({ field: `custom.${key}`, label }));
}

function DateParts({ when, set }: Props<'date'>) {
  const dates = [...useDateFields(), { field: 'createdAt', label: t('rule.field.createdAt') }];
  const after = when.daysBefore < 0;
  const days = Math.abs(when.daysBefore);
  return (
    <>
      <Field label={t('rule.date')}>
        <Select value={when.field} onChange={(event) => set({ ...when, field: event.target.value })}>
          {dates.map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('rule.repeat')}>
        <Select value={when.yearly ? 'yearly' : 'once'} onChange={(event) => set({ ...when, yearly: event.target.value === 'yearly' })}>
          <option value="once">{t('rule.once')}</option>
          <option value="yearly">{t('rule.yearly')}</option>
        </Select>
      </Field>
      <NumberField
        label={t('rule.days')}
        least={0}
        most={3_650}
        value={days}
        set={(value) => set({ ...when, daysBefore: after ? -value : value })}
      />
      <Field label={t('rule.side')}>
        <Select
          value={after ? 'after' : 'before'}
          onChange={(event) => set({ ...when, daysBefore: event.target.value === 'after' ? -Math.max(1, days) : days })}
        >
          <option value="before">{t('rule.before')}</option>
          <option value="after">{t('rule.after')}</option>
        </Select>
      </Field>
      <TimeField value={when.at} set={(at) => set({ ...when, at })} />
    </>
  );
}

function EveryParts({ when, set }: Props<'every'>) {
  const dates = [...useDateFields(), { field: 'createdAt', label: t('rule.field.createdAt') }];
  return (
    <>
      <NumberField label={t('rule.months')} value={when.months} most={120} set={(months) => set({ ...when, months })} />
      <Field label={t('rule.since')}>
        <Select
          value={'reason' in when.since ? `reason:${when.since.reason}` : when.since.field}
          onChange={(event) => {
            const { value } = event.target;
            const reason = reasons.find((one) => value === `reason:${one}`);
            set({ ...when, since: reason ? { reason } : { field: value } });
          }}
        >
          {reasons.map((reason) => (
            <option key={reason} value={`reason:${reason}`}>
              {t('rule.since.reason', { reason: t(`reason.${reason}`) })}
            </option>
          ))}
          {dates.map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <TimeField value={when.at} set={(at) => set({ ...when, at })} />
    </>
  );
}

function ChangeParts({ when, set }: Props<'customer.changed'>) {
  const { workspace } = useMe();
  const { members } = useMembers();
  const own = workspace.fields.filter(({ removedAt }) => !removedAt).map(({ key, label }) => ({ field: `custom.${key}`, label }));
  const plain = (['lifecycle', 'ownerId', 'tags', 'language'] as const).map((field) => ({ field, label: t(`rule.field.${field}`) }));
  const listed =
    when.field === 'lifecycle'
      ? lifecycles.map((value) => ({ value: value as string, label: t(`lifecycle.${value}`) }))
      : when.field === 'ownerId'
        ? members.map(({ id, name }) => ({ value: id, label: name }))
        : undefined;
  const part = (name: 'from' | 'to') => (
    <Field label={t(`rule.${name}`)}>
      {listed ? (
        <Select value={when[name] ?? ''} onChange={(event) => set({ ...when, [name]: event.target.value || null })}>
          <option value="">{t('rule.anything')}</option>
          {listed.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          value={when[name] ?? ''}
          maxLength={200}
          placeholder={t('rule.anything')}
          onChange={(event) => set({ ...when, [name]: event.target.value || null })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Field label={t('rule.changed')} className="sm:col-span-2">
        <Select value={when.field} onChange={(event) => set({ ...when, field: event.target.value, from: null, to: null })}>
          {[...plain, ...own].map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {part('from')}
      {part('to')}
    </>
  );
}

function InteractionParts({ when, set }: Props<'interaction.created'>) {
  return (
    <>
      <Choice
        label={t('log.channel')}
        value={when.channel}
        values={channelList}
        name={channelName}
        set={(channel) => set({ ...when, channel })}
      />
      <Choice
        label={t('log.direction')}
        value={when.direction}
        values={['in', 'out', 'none']}
        name={(value) => t(`direction.${value}`)}
        set={(direction) => set({ ...when, direction })}
      />
      <Choice
        label={t('log.reason')}
        value={when.reason}
        values={reasons}
        name={(value) => t(`reason.${value}`)}
        set={(reason) => set({ ...when, reason })}
      />
      <Choice
        label={t('log.outcome')}
        value={when.outcome}
        values={outcomes}
        name={(value) => t(`outcome.${value}`)}
        set={(outcome) => set({ ...when, outcome })}
      />
    </>
  );
}

/** Answers to which survey, and how content. */
function ResponseParts({ when, set }: Props<'response.completed'>) {
  const surveys = useQuery(askedSurveys).data?.data ?? [];
  return (
    <>
      <Field label={t('rule.survey')}>
        <Select value={when.surveyId ?? ''} onChange={(event) => set({ ...when, surveyId: event.target.value || null })}>
          <option value="">{t('common.any')}</option>
          <NameOptions of={surveys} />
        </Select>
      </Field>
      <Choice
        label={t('rule.band')}
        value={when.band}
        values={['detractor', 'passive', 'promoter'] as const}
        name={(band) => t(`rule.band.${band}`)}
        set={(band) => set({ ...when, band })}
      />
    </>
  );
}

function ConsentParts({ when, set }: Props<'consent.changed'>) {
  const { workspace } = useMe();
  return (
    <>
      <Field label={t('rule.consent')}>
        <Select value={when.status} onChange={(event) => set({ ...when, status: event.target.value as 'granted' | 'withdrawn' })}>
          <option value="granted">{t('rule.granted')}</option>
          <option value="withdrawn">{t('rule.withdrawn')}</option>
        </Select>
      </Field>
      <Choice
        label={t('log.channel')}
        value={when.channel}
        values={['email', 'sms', 'call', 'letter', 'chat'] as const}
        name={channelName}
        set={(channel) => set({ ...when, channel })}
      />
      <Choice
        label={t('rule.topic')}
        value={when.topic}
        values={workspace.consentTopics}
        name={(topic) => tMaybe(`topic.${topic}`) ?? topic}
        set={(topic) => set({ ...when, topic })}
      />
    </>
  );
}
