import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { caseTypes } from '../../../functions/cases/kinds.ts';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { failed } from '../ui/toast.tsx';
import { type Case, type CasePatch, levelsQuery, themesQuery, useRefreshCases } from './queries.ts';

type Option = [value: string, text: string];

/** What is said of a case, each changed where it stands. */
export function CaseFields({ of, writable, className }: { of: Case; writable: boolean; className?: string }) {
  const { members, name } = useMembers();
  const levels = useQuery(levelsQuery);
  const themes = useQuery(themesQuery);
  const refresh = useRefreshCases();
  const save = useMutation({
    mutationFn: (body: CasePatch) => call('updateCase', { params: { id: of.id }, version: of.version, body }),
    onError: (error) => failed(problemText(error)),
    onSettled: () => refresh(of.customerId),
  });
  const chosen = (
    label: string,
    value: string,
    { options, onChange }: { options: Option[]; onChange: (value: string) => void },
  ): ReactNode => (
    <Field label={label}>
      <Select value={value} disabled={!writable || save.isPending} onChange={(event) => onChange(event.target.value)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
  const active = members.filter(({ id, status }) => status === 'active' || id === of.ownerId);
  const queues = [...new Set([...(levels.data?.queues ?? []), ...(of.queue ? [of.queue] : [])])];
  return (
    <Section title={t('case.fields')} {...(className && { className })}>
      <div className="grid gap-3 pb-2">
        {chosen(t('case.owner'), of.ownerId ?? '', {
          options: [['', t('case.nobody')], ...active.map((member): Option => [member.id, name(member.id)])],
          onChange: (value) => save.mutate({ ownerId: value || null }),
        })}
        {chosen(t('case.priority'), of.priority, {
          options: (['urgent', 'high', 'normal', 'low'] as const).map((one): Option => [one, t(`case.priority.${one}`)]),
          onChange: (value) => save.mutate({ priority: value as Case['priority'] }),
        })}
        {chosen(t('case.type'), of.type, {
          options: caseTypes.map((one): Option => [one, t(`case.type.${one}`)]),
          onChange: (value) => save.mutate({ type: value as Case['type'] }),
        })}
        {queues.length > 0 &&
          chosen(t('case.queue'), of.queue ?? '', {
            options: [['', t('common.none')], ...queues.map((queue): Option => [queue, queue])],
            onChange: (value) => save.mutate({ queue: value || null }),
          })}
        {(themes.data?.data.length ?? 0) > 0 &&
          chosen(t('case.theme'), of.themeId ?? '', {
            options: [['', t('common.none')], ...(themes.data?.data ?? []).map(({ id, name: theme }): Option => [id, theme])],
            onChange: (value) => save.mutate({ themeId: value || null }),
          })}
        <RootCause
          key={of.rootCause ?? ''}
          value={of.rootCause ?? ''}
          writable={writable}
          onSave={(rootCause) => save.mutate({ rootCause })}
        />
        <dl className="grid gap-1 text-sm text-ink-2">
          <div>
            <dt className="inline">{t('case.source')}: </dt>
            <dd className="inline">
              <SourceOf source={of.source} />
            </dd>
          </div>
          {of.closeAt && (
            <div>
              <dt className="inline">{t('case.closes')}: </dt>
              <dd className="inline">{formatDateTime(of.closeAt)}</dd>
            </div>
          )}
        </dl>
      </div>
    </Section>
  );
}

/** How it came; of an answer to a survey with the way to it. */
function SourceOf({ source: { kind, id } }: Pick<Case, 'source'>) {
  const can = useCan();
  const [, survey] = /^rsp_([0-9A-Z]{26})_/.exec(id ?? '') ?? [];
  if (kind !== 'survey' || !id || !survey || !can.any('surveys', 'read')) return t(`case.source.${kind}`);
  return (
    <Link
      to="/surveys/$id"
      params={{ id: `svy_${survey}` }}
      search={{ tab: 'responses', response: id }}
      className="hit text-brand underline"
    >
      {t('case.source.survey')}
    </Link>
  );
}

function RootCause({ value, writable, onSave }: { value: string; writable: boolean; onSave: (value: string | null) => void }) {
  const [text, setText] = useState(value);
  if (!writable && value === '') return null;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(text.trim() || null);
      }}
    >
      <Field label={t('case.rootCause')} className="grow">
        <Input value={text} maxLength={200} disabled={!writable} onChange={(event) => setText(event.target.value)} />
      </Field>
      {text.trim() !== value && <Button type="submit">{t('common.save')}</Button>}
    </form>
  );
}
