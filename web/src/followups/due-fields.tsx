import { useState } from 'react';
import { readDate, readTime } from '../i18n/dates.ts';
import { currentRegion, dateOrder, formatPlainDate, today, typedDate, typedTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { buttonClass } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { addDays, addMonths, todayDay } from './days.ts';

/** A day and, where it matters, a time; undefined while what is typed cannot be read. */
export type DueDraft = { on: string; at: string | null };

const plainOf = (day: string) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8)) });
const dayOf = ({ year, month, day }: { year: number; month: number; day: number }) =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** One day as typed: Gregorian or Buddhist, any separator. Empty where it may be. */
export function DayField(props: {
  label: string;
  value: string | null;
  onChange: (day: string | null | undefined) => void;
  hint?: string;
  error?: string | undefined;
}) {
  const [text, setText] = useState(props.value ? typedDate(plainOf(props.value)) : '');
  const rules = { calendar: currentRegion().calendar, order: dateOrder, today: today() };
  const read = readDate(text, rules);
  return (
    <Field
      label={props.label}
      hint={read ? formatPlainDate(read) : props.hint}
      error={text && !read ? t('log.dateUnreadable') : props.error}
    >
      <Input
        inputMode="numeric"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          const day = readDate(event.target.value, rules);
          props.onChange(day ? dayOf(day) : event.target.value ? undefined : null);
        }}
      />
    </Field>
  );
}

/** When something is due: the usual days with one press, any other as typed, a time or the whole day. */
export function DueFields(props: { value: DueDraft; onChange: (due: DueDraft | undefined) => void; error?: string | undefined }) {
  const [due, setDue] = useState(props.value);
  // A press on one of the usual days writes the field anew.
  const [stamp, setStamp] = useState(0);
  const [time, setTime] = useState(props.value.at ?? '');
  const [day, setDay] = useState<string | undefined>(props.value.on);
  const tell = (nextDay: string | undefined, text: string) => {
    const minutes = text.trim() ? readTime(text) : null;
    setDay(nextDay);
    setTime(text);
    const next =
      nextDay === undefined || minutes === undefined ? undefined : { on: nextDay, at: minutes === null ? null : typedTime(minutes) };
    if (next) setDue(next);
    props.onChange(next);
  };
  const now = todayDay();
  const usual = [
    ['followUp.today', now],
    ['followUp.tomorrow', addDays(now, 1)],
    ['followUp.nextWeek', addDays(now, 7)],
    ['followUp.nextMonth', addMonths(now, 1)],
  ] as const;
  return (
    <div className="grid gap-2">
      <div className="grid grid-cols-[1fr_6.5rem] gap-3">
        <DayField
          key={stamp}
          label={t('followUp.date')}
          value={due.on}
          onChange={(next) => tell(next ?? undefined, time)}
          error={props.error ?? (day === undefined ? t('log.dateUnreadable') : undefined)}
        />
        <Field
          label={t('followUp.time')}
          hint={time.trim() ? undefined : t('followUp.timeHint')}
          error={time.trim() && readTime(time) === undefined ? t('log.timeUnreadable') : undefined}
        >
          <Input inputMode="numeric" value={time} onChange={(event) => tell(day, event.target.value)} />
        </Field>
      </div>
      <div className="flex flex-wrap gap-1">
        {usual.map(([label, each]) => (
          <button
            key={label}
            type="button"
            className={buttonClass(each === due.on ? 'soft' : 'ghost')}
            aria-pressed={each === due.on}
            onClick={() => {
              setDue((before) => ({ ...before, on: each }));
              setStamp((before) => before + 1);
              tell(each, time);
            }}
          >
            {t(label)}
          </button>
        ))}
      </div>
    </div>
  );
}
