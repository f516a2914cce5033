import { t } from '../i18n/i18n.ts';
import { cx } from '../ui/cx.ts';
import { Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { weekdayName } from './days.ts';
import { DayField } from './due-fields.tsx';
import type { FollowUp } from './queries.ts';

export type Repeat = NonNullable<FollowUp['recurrence']>;
const units = ['day', 'week', 'month', 'year'] as const;
/** Monday to Sunday of any week. */
const week = Array.from({ length: 7 }, (_, at) => `2026-11-${String(23 + at).padStart(2, '0')}`);

/** How it comes again, in words: "Every 6 months". */
export const repeatText = ({ every, interval }: Pick<Repeat, 'every' | 'interval'>) => t(`followUp.repeat.${every}`, { n: interval });

/** How it comes again: never, or every so many days, weeks, months or years. */
export function RepeatFields({
  value,
  onChange,
  error,
}: {
  value: Repeat | null;
  onChange: (repeat: Repeat | null) => void;
  error?: string | undefined;
}) {
  const set = (change: Partial<Repeat>) => value && onChange({ ...value, ...change });
  const choose = (unit: string) => {
    const every = units.find((each) => each === unit);
    onChange(every ? { interval: 1, until: null, count: null, ...value, every, weekdays: [], monthDay: null } : null);
  };
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-[1fr_6.5rem] gap-3">
        <Field label={t('followUp.repeat')} error={error}>
          <Select value={value?.every ?? ''} onChange={(event) => choose(event.target.value)}>
            <option value="">{t('followUp.repeat.never')}</option>
            <Options of={units} words={(unit) => repeatText({ every: unit, interval: value?.every === unit ? value.interval : 1 })} />
          </Select>
        </Field>
        {value && (
          <Field label={`${t('followUp.interval')} (${t(`followUp.unit.${value.every}`)})`}>
            <Input
              type="number"
              min={1}
              max={99}
              value={value.interval}
              onChange={(event) => set({ interval: Math.min(99, Math.max(1, Math.round(Number(event.target.value)) || 1)) })}
            />
          </Field>
        )}
      </div>
      {value?.every === 'week' && <Weekdays value={value.weekdays} onChange={(weekdays) => set({ weekdays })} />}
      {value && (
        <DayField
          label={t('followUp.until')}
          hint={t('followUp.untilHint')}
          value={value.until}
          onChange={(until) => until !== undefined && set({ until })}
        />
      )}
    </div>
  );
}

function Weekdays({ value, onChange }: { value: number[]; onChange: (weekdays: number[]) => void }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium text-ink-2">{t('followUp.weekdays')}</legend>
      <div className="flex flex-wrap gap-1">
        {week.map((day, at) => {
          const checked = value.includes(at + 1);
          return (
            <label
              key={day}
              className={cx(
                'hit flex cursor-pointer items-center rounded-full border px-3 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-brand',
                checked ? 'border-brand bg-brand text-brand-ink' : 'border-line bg-surface text-ink-2 hover:border-control',
              )}
            >
              <input
                type="checkbox"
                className="sr-only"
                checked={checked}
                onChange={() => onChange(checked ? value.filter((each) => each !== at + 1) : [...value, at + 1].sort((a, b) => a - b))}
              />
              {weekdayName(day, 'short')}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
