import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Call, call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { wordsOf } from '../customers/list-editors.tsx';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Check, Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done } from '../ui/toast.tsx';
import { type Levels, levelsQuery } from './queries.ts';

type Patch = Call<'updateServiceLevels'>['body'];
type Calendar = Levels['calendars'][number];
const zones = Intl.supportedValuesOf('timeZone');
const weekdays = [1, 2, 3, 4, 5, 6, 7];
// 1 January 2024 was a Monday.
const weekday = (day: number) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

/** In what working time cases are answered and resolved: hours, holidays, targets, queues. */
export function ServiceLevelsSettings() {
  const can = useCan();
  const asked = useQuery({ ...levelsQuery, enabled: can.any('cases', 'read') });
  if (!can.any('cases', 'read')) return <NoPermission />;
  if (asked.isPending) return <Loading rows={6} />;
  if (!asked.data) return <Failure error={asked.error} retry={() => void asked.refetch()} />;
  return <Form key={asked.data.version} levels={asked.data} editable={can.any('settings', 'write')} />;
}

/** The days on which a calendar is open, and its hours where they are the same on each; others are set by the API, and stay. */
const isPlain = ({ hours }: Calendar) =>
  hours.every(({ from, to }) => from === hours[0]?.from && to === hours[0]?.to) &&
  new Set(hours.map((one) => one.weekday)).size === hours.length;
const hoursOf = ({ hours }: Calendar) => ({
  days: hours.map((one) => one.weekday),
  from: hours[0]?.from ?? '09:00',
  to: hours[0]?.to ?? '18:00',
});

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
            {[...more.targets.entries()]
              .sort(([, a], [, b]) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority))
              .map(([at, target]) => (
                <fieldset key={`${target.priority}#${target.tier}`} className="grid gap-3 sm:grid-cols-3">
                  <legend className="pb-1 text-sm font-semibold">
                    {t(`case.priority.${target.priority}`)} {target.tier && <bdi>· {target.tier}</bdi>}
                  </legend>
                  <Field label={t('levels.first')}>
                    <Input type="number" name={`first.${at}`} min={1} max={129_600} defaultValue={target.firstResponseMinutes ?? ''} />
                  </Field>
                  <Field label={t('levels.resolution')}>
                    <Input type="number" name={`resolution.${at}`} min={1} max={129_600} defaultValue={target.resolutionMinutes ?? ''} />
                  </Field>
                  <Field label={t('levels.calendar')}>
                    <Select name={`calendar.${at}`} defaultValue={target.calendar}>
                      {more.calendars.map(({ key, name }) => (
                        <option key={key} value={key}>
                          {name}
                        </option>
                      ))}
                    </Select>
                  </Field>
                </fieldset>
              ))}
            <div className="grid gap-3 sm:grid-cols-3">
              <Field label={t('levels.warn')}>
                <Input type="number" name="warn" min={10} max={95} required defaultValue={levels.warnAtPercent} />
              </Field>
              <Field label={t('levels.close')}>
                <Input type="number" name="close" min={1} max={90} defaultValue={levels.closeAfterDays ?? ''} />
              </Field>
              <Field label={t('levels.tier')}>
                <Select name="tier" defaultValue={levels.tierField ?? ''}>
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

function CalendarFields({ calendar }: { calendar: Calendar }) {
  const { days, from, to } = hoursOf(calendar);
  const { key } = calendar;
  return (
    <Section title={<bdi>{calendar.name}</bdi>}>
      <div className="grid gap-4 py-2">
        <Field label={t('field.timeZone')}>
          <Select name={`zone.${key}`} defaultValue={calendar.zone} dir="ltr">
            {[...new Set([calendar.zone, ...zones])].map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
        </Field>
        {isPlain(calendar) ? (
          <>
            <fieldset>
              <legend className="text-sm font-medium text-ink-2">{t('settings.workingDays')}</legend>
              <div className="flex flex-wrap gap-x-5">
                {weekdays.map((day) => (
                  <Check key={day} name={`days.${key}`} value={day} defaultChecked={days.includes(day)}>
                    {weekday(day)}
                  </Check>
                ))}
              </div>
            </fieldset>
            <div className="grid grid-cols-2 gap-3">
              <Field label={t('levels.from')}>
                <Input name={`from.${key}`} pattern="([01]\d|2[0-3]):[0-5]\d" required dir="ltr" defaultValue={from} />
              </Field>
              <Field label={t('levels.to')}>
                <Input name={`to.${key}`} pattern="([01]\d|2[0-4]):[0-5]\d" required dir="ltr" defaultValue={to} />
              </Field>
            </div>
          </>
        ) : (
          <p className="text-sm text-ink-2">{t('levels.mixedHours')}</p>
        )}
        <Field label={t('levels.holidays')} hint={t('levels.holidaysHint')}>
          <Textarea name={`holidays.${key}`} rows={2} dir="ltr" defaultValue={calendar.holidays.join(' ')} />
        </Field>
      </div>
    </Section>
  );
}
