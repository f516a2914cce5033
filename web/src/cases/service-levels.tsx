import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { wordsOf } from '../customers/list-editors.tsx';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done } from '../ui/toast.tsx';
import { CalendarFields, isPlain } from './calendar-fields.tsx';
import { type Levels, levelsQuery } from './queries.ts';
import { TargetFields } from './target-fields.tsx';

type Patch = Call<'updateServiceLevels'>['body'];

/** In what working time cases are answered and resolved: hours, holidays, targets, queues. */
export function ServiceLevelsSettings() {
  const can = useCan();
  const asked = useQuery({ ...levelsQuery, enabled: can.any('cases', 'read') });
  if (!can.any('cases', 'read')) return <NoPermission />;
  if (asked.isPending) return <Loading rows={6} />;
  if (!asked.data) return <Failure error={asked.error} retry={() => void asked.refetch()} />;
  return <Form key={asked.data.version} levels={asked.data} editable={can.any('settings', 'write')} />;
}

function patchOf(form: FormData, levels: Levels): Patch {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string) => (text(name) === '' ? null : Number(text(name)));
  const calendars = levels.calendars.map((calendar) => {
    const days = form.getAll(`days.${calendar.key}`).map(Number);
    const hours = days.map((day) => ({ weekday: day, from: text(`from.${calendar.key}`), to: text(`to.${calendar.key}`) }));
    return {
      ...calendar,
      zone: text(`zone.${calendar.key}`),
      hours: isPlain(calendar) ? hours : calendar.hours,
      holidays: text(`holidays.${calendar.key}`)
        .split(/[\s,]+/)
        .filter(Boolean),
    };
  });
  const targets = levels.targets.map((target, at) => ({
    ...target,
    calendar: text(`calendar.${at}`),
    firstResponseMinutes: number(`first.${at}`),
    resolutionMinutes: number(`resolution.${at}`),
  }));
  return {
    calendars,
    targets,
    queues: wordsOf(text('queues')),
    warnAtPercent: Number(text('warn')),
    closeAfterDays: number('close'),
    tierField: text('tier') || null,
  };
}

function Form({ levels, editable }: { levels: Levels; editable: boolean }) {
  const { workspace } = useMe();
  const queryClient = useQueryClient();
  const [more, setMore] = useState(levels);
  const save = useMutation({
    mutationFn: (body: Patch) => call('updateServiceLevels', { version: levels.version, body }),
    onSuccess: async () => {
      done(t('customer.saved'));
      await queryClient.invalidateQueries({ queryKey: levelsQuery.queryKey });
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(patchOf(new FormData(event.currentTarget), more));
  };
  const addCalendar = () => {
    const first = more.calendars[0];
    if (first)
      setMore({
        ...more,
        calendars: [
          ...more.calendars,
          { ...first, key: `calendar-${more.calendars.length + 1}`, name: `${first.name} ${more.calendars.length + 1}` },
        ],
      });
  };
  return (
    <form onSubmit={submit}>
      <fieldset disabled={!editable} className="grid items-start gap-6 xl:grid-cols-2">
        <Section title={t('levels.targets')}>
          {!editable && <p className="text-sm text-ink-3">{t('settings.readOnly')}</p>}
          <div className="grid gap-4 py-2">
            <TargetFields levels={more} set={(targets) => setMore({ ...more, targets })} />
            <div className="grid items-end gap-3 sm:grid-cols-3">
              <Field label={t('levels.warn')}>
                <Input type="number" name="warn" min={10} max={95} required defaultValue={levels.warnAtPercent} />
              </Field>
              <Field label={t('levels.close')}>
                <Input type="number" name="close" min={1} max={90} defaultValue={levels.closeAfterDays ?? ''} />
              </Field>
              <Field label={t('levels.tier')}>
                <Select
                  name="tier"
                  value={more.tierField ?? ''}
                  onChange={(event) => setMore({ ...more, tierField: event.target.value || null })}
                >
                  <option value="">{t('common.none')}</option>
                  {workspace.fields.map(({ key, label }) => (
                    <option key={key} value={key}>
                      {label}
                    </option>
                  ))}
                </Select>
              </Field>
            </div>
            <Field label={t('levels.queues')} hint={t('rule.tagsHint')}>
              <Input name="queues" maxLength={1_000} defaultValue={levels.queues.join(', ')} />
            </Field>
          </div>
        </Section>
        <div className="grid gap-6">
          {more.calendars.map((calendar) => (
            <CalendarFields key={calendar.key} calendar={calendar} />
          ))}
          {editable && (
            <div className="flex flex-wrap items-center justify-end gap-3">
              {save.isError && (
                <p role="alert" className="me-auto text-sm text-danger">
                  {fieldText(problem?.errors[0]) ?? problemText(save.error)}
                </p>
              )}
              <Button onClick={addCalendar}>{t('levels.addCalendar')}</Button>
              <Button look="primary" type="submit" busy={save.isPending}>
                {t('common.save')}
              </Button>
            </div>
          )}
        </div>
      </fieldset>
    </form>
  );
}
