import { useState } from 'react';
import { instantAt, readDate, readTime } from '../i18n/dates.ts';
import { currentRegion, dateOrder, formatPlainDate, today, typedDate, typedTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Input } from '../ui/field.tsx';

/** When it happened, as typed: Gregorian or Buddhist, any separator. `onChange` gets undefined while it cannot be read or lies ahead. */
export function WhenField({ onChange, error }: { onChange: (at: Date | undefined) => void; error?: string | undefined }) {
  const now = today();
  const [date, setDate] = useState(typedDate(now));
  const [time, setTime] = useState(typedTime(now.minutes));
  const { calendar, zone } = currentRegion();
  const read = readDate(date, { calendar, order: dateOrder, today: now });
  const tell = (dateText: string, timeText: string) => {
    const day = readDate(dateText, { calendar, order: dateOrder, today: now });
    const minutes = readTime(timeText);
    onChange(day && minutes !== undefined ? instantAt(zone, day, minutes) : undefined);
  };
  return (
    <div className="grid grid-cols-[1fr_6.5rem] gap-3">
      <Field label={t('log.date')} hint={read ? formatPlainDate(read) : undefined} error={read ? error : t('log.dateUnreadable')}>
        <Input
          inputMode="numeric"
          value={date}
          onChange={(event) => {
            setDate(event.target.value);
            tell(event.target.value, time);
          }}
        />
      </Field>
      <Field label={t('log.time')} error={readTime(time) === undefined ? t('log.timeUnreadable') : undefined}>
        <Input
          inputMode="numeric"
          value={time}
          onChange={(event) => {
            setTime(event.target.value);
            tell(date, event.target.value);
          }}
        />
      </Field>
    </div>
  );
}
