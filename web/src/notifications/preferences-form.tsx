import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Level, NotificationKind } from '../../../functions/notifications/kinds.ts';
import { type Answer, call } from '../api/client.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { preferencesQuery } from './queries.ts';

type Preferences = Answer<'getNotificationPreferences'>;
const levels = ['off', 'product', 'digest'] as const satisfies Level[];

/** All choices are kept as one, so that two made quickly are kept one after the other. */
const saving = { mutationKey: ['notifications', 'preferences'], scope: { id: 'notification-preferences' } };

/** Which kinds reach one, and when the daily mail comes. A change is kept at once, and can be taken back. */
export function PreferencesForm() {
  const preferences = useQuery(preferencesQuery);
  return (
    <Section title={t('told.settings')} className="grid gap-2 pb-4">
      <p className="text-sm text-ink-3">{t('told.settingsLead')}</p>
      {preferences.isPending && <Loading rows={5} className="px-0" />}
      {preferences.isError && <Failure error={preferences.error} retry={() => void preferences.refetch()} />}
      {preferences.data && <Choices preferences={preferences.data} />}
    </Section>
  );
}

function Choices({ preferences }: { preferences: Preferences }) {
  const queryClient = useQueryClient();
  const save = useMutation({
    ...saving,
    mutationFn: ({ levels: chosen, digest }: Pick<Preferences, 'levels' | 'digest'>) =>
      call('setNotificationPreferences', { body: { levels: chosen, digest } }),
    onMutate: async (next) => {
      await queryClient.cancelQueries(preferencesQuery);
      const before = queryClient.getQueryData(preferencesQuery.queryKey);
      queryClient.setQueryData(preferencesQuery.queryKey, (held) => held && { ...held, ...next });
      return before;
    },
    onSuccess: (saved, _, before) => {
      // What was chosen since then is shown already, and on its way.
      if (queryClient.isMutating(saving) === 1) queryClient.setQueryData(preferencesQuery.queryKey, saved);
      done(t('told.saved'), before && (() => save.mutate(before)));
    },
    onError: (error, _, before) => {
      queryClient.setQueryData(preferencesQuery.queryKey, before);
      failed(problemText(error));
    },
  });
  const { levels: chosen, digest, timeZone, nextDigestAt } = preferences;
  const kinds = Object.keys(chosen) as NotificationKind[];
  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-2 border-b border-line pb-4">
        <legend className="mb-1 text-sm font-medium text-ink-2">{t('told.digest')}</legend>
        <Check checked={digest.on} onChange={(event) => save.mutate({ levels: chosen, digest: { ...digest, on: event.target.checked } })}>
          {t('told.digestOn')}
        </Check>
        {digest.on && (
          <Field
            label={t('told.digestAt')}
            hint={nextDigestAt ? t('told.digestNext', { when: formatDateTime(nextDigestAt), zone: timeZone }) : timeZone}
            className="max-w-72"
          >
            <Input
              type="time"
              key={digest.at}
              defaultValue={digest.at}
              required
              onBlur={(event) => {
                const at = event.target.value;
                if (/^\d\d:\d\d$/.test(at) && at !== digest.at) save.mutate({ levels: chosen, digest: { ...digest, at } });
              }}
            />
          </Field>
        )}
      </fieldset>
      <ul className="grid gap-2">
        {kinds.map((kind) => (
          <li key={kind}>
            <Field label={t(`told.kind.${kind}`)}>
              <Select
                value={chosen[kind]}
                onChange={(event) => save.mutate({ levels: { ...chosen, [kind]: event.target.value as Level }, digest })}
              >
                <Options of={levels} words={(level) => t(`told.level.${level}`)} />
              </Select>
            </Field>
          </li>
        ))}
      </ul>
    </div>
  );
}
