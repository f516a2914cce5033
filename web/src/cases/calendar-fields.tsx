import { t } from '../i18n/i18n.ts';
import { Check, Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import type { Levels } from './queries.ts';

type Calendar = Levels['calendars'][number];
const zones = Intl.supportedValuesOf('timeZone');
const weekdays = [1, 2, 3, 4, 5, 6, 7];
// 1 January 2024 was a Monday.
const weekday = (day: number) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));

/** The days on which a calendar is open, and its hours where they are the same on each; others are set by the API, and stay. */
export const isPlain = ({ hours }: Calendar) =>
  hours.every(({ from, to }) => from === hours[0]?.from && to === hours[0]?.to) &&
  new Set(hours.map((one) => one.weekday)).size === hours.length;
const hoursOf = ({ hours }: Calendar) => ({
  days: hours.map((one) => one.weekday),
  from: hours[0]?.from ?? '09:00',
  to: hours[0]?.to ?? '18:00',
});

/** When somebody works, by one calendar of the service levels. */
export function CalendarFields({ calendar }: { calendar: Calendar }) {
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
