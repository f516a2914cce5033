import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { meQuery, useCan, useMe } from '../auth/me.ts';
import { countries } from '../customers/countries.ts';
import { wordsOf } from '../customers/list-editors.tsx';
import { currencyName, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { FormAlert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Section } from '../ui/section.tsx';
import { done } from '../ui/toast.tsx';

import { Device } from './device.tsx';
import { OwnFields } from './own-fields.tsx';

type Patch = Call<'updateWorkspace'>['body'];
const zones = Intl.supportedValuesOf('timeZone');
const currencies = [
  'PHP',
  'PKR',
  'EUR',
  'THB',
  'USD',
  'GBP',
  'AED',
  'AUD',
  'CAD',
  'CHF',
  'CNY',
  'HKD',
  'IDR',
  'INR',
  'JPY',
  'KRW',
  'MYR',
  'SAR',
  'SGD',
  'VND',
  'XAF',
  'XOF',
];
const weekdays = [1, 2, 3, 4, 5, 6, 7];
// 1 January 2024 was a Monday.
const weekday = (day: number) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));

/** Name, country, money, time and calendar of the workspace; custom fields; and what is set for this device alone. */
export function WorkspaceSettings() {
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <General />
      <div className="grid gap-6">
        <OwnFields />
        <Device />
      </div>
    </div>
  );
}

function General() {
  const { workspace } = useMe();
  const can = useCan();
  const editable = can.any('settings', 'write');
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (body: Patch) => call('updateWorkspace', { version: workspace.version, body }),
    onSuccess: async () => {
      tick('settings');
      done(t('customer.saved'));
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const error = (name: string) => fieldText(problem?.at(name));
  return (
    <Section title={t('settings.workspace')}>
      <form
        key={workspace.version}
        className="grid gap-4 py-2"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string) => String(form.get(name) ?? '').trim();
          save.mutate({
            name: text('name'),
            country: text('country'),
            currency: text('currency'),
            timeZone: text('timeZone'),
            language: text('language'),
            calendar: text('calendar') as 'gregorian' | 'buddhist',
            workingDays: form.getAll('workingDays').map(Number),
            consentTopics: wordsOf(text('consentTopics')),
            redirectOrigins: wordsOf(text('redirectOrigins')),
          });
        }}
      >
        <fieldset disabled={!editable} className="grid gap-4">
          {!editable && <p className="text-sm text-ink-3">{t('settings.readOnly')}</p>}
          <Field label={t('column.name')} error={error('name')}>
            <Input name="name" defaultValue={workspace.name} required maxLength={100} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('column.country')} error={error('country')} hint={t('settings.countryHint')}>
              <Select name="country" defaultValue={workspace.country}>
                {countries().map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('settings.currency')} error={error('currency')}>
              <Select name="currency" defaultValue={workspace.currency}>
                <Options of={[...new Set([workspace.currency, ...currencies])]} words={(code) => `${code} · ${currencyName(code)}`} />
              </Select>
            </Field>
            <Field label={t('field.timeZone')} error={error('timeZone')}>
              <Select name="timeZone" defaultValue={workspace.timeZone} dir="ltr">
                {[...new Set([workspace.timeZone, ...zones])].map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </Select>
            </Field>
            <Field label={t('settings.calendar')} error={error('calendar')} hint={t('settings.calendarHint')}>
              <Select name="calendar" defaultValue={workspace.calendar}>
                <option value="gregorian">{t('calendar.gregorian')}</option>
                <option value="buddhist">{t('calendar.buddhist')}</option>
              </Select>
            </Field>
            <Field label={t('shell.language')} error={error('language')} hint={t('settings.languageHint')}>
              <Select name="language" defaultValue={workspace.language}>
                <Options of={[...new Set([workspace.language, 'en', 'fr', 'fil', 'ur', 'th'])]} words={languageName} />
              </Select>
            </Field>
          </div>
          <fieldset>
            <legend className="text-sm font-medium text-ink-2">{t('settings.workingDays')}</legend>
            <div className="flex flex-wrap gap-x-5">
              {weekdays.map((day) => (
                <Check key={day} name="workingDays" value={day} defaultChecked={workspace.workingDays.includes(day)}>
                  {weekday(day)}
                </Check>
              ))}
            </div>
          </fieldset>
          <Field label={t('settings.topics')} hint={t('field.commas')} error={error('consentTopics')}>
            <Input name="consentTopics" defaultValue={workspace.consentTopics.join(', ')} />
          </Field>
          <Field
            label={t('survey.sites')}
            hint={t('survey.sitesHint')}
            error={
              error('redirectOrigins') ??
              workspace.redirectOrigins
                .concat('')
                .map((_, at) => error(`redirectOrigins/${at}`))
                .find(Boolean)
            }
          >
            <Input name="redirectOrigins" dir="ltr" placeholder="https://" defaultValue={workspace.redirectOrigins.join(', ')} />
          </Field>
        </fieldset>
        <FormAlert error={save.error} />
        {editable && (
          <div className="flex justify-end">
            <Button look="primary" type="submit" busy={save.isPending}>
              {t('common.save')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  );
}
