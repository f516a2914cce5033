import { useQuery } from '@tanstack/react-query';
import { caseStates, caseTypes } from '../../../functions/cases/kinds.ts';
import { lifecycles } from '../../../functions/customers/kinds.ts';
import { directions, outcomes, reasons } from '../../../functions/interactions/kinds.ts';
import { useMe } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { Choice, type PartsOf } from './part-fields.tsx';
import { askedSurveys } from './queries.ts';

export function ChangeParts({ when, set }: PartsOf<'customer.changed'>) {
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

export function InteractionParts({ when, set }: PartsOf<'interaction.created'>) {
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
        values={directions}
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

export function ConsentParts({ when, set }: PartsOf<'consent.changed'>) {
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

/** Answers to which survey, and how content. */
export function ResponseParts({ when, set }: PartsOf<'response.completed'>) {
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

/** Which cases, and which step of theirs. */
export function CaseParts({ when, set }: PartsOf<'case.created' | 'case.changed' | 'case.breach'>) {
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
          values={caseStates}
          name={(state) => t(`case.state.${state}`)}
          set={(to) => set({ ...when, to })}
        />
      )}
      <Choice
        label={t('case.type')}
        value={when.type}
        values={caseTypes}
        name={(type) => t(`case.type.${type}`)}
        set={(type) => set({ ...when, type })}
      />
    </>
  );
}
