import { reasons } from '../../../functions/interactions/kinds.ts';
import { useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Select } from '../ui/field.tsx';
import { NumberField, type PartsOf, TimeField } from './part-fields.tsx';

/** The dates of a customer that a rule can count from: those of the workspace's own fields, and since when she is there. */
function useDates() {
  const { workspace } = useMe();
  const own = workspace.fields
    .filter(({ kind, removedAt }) => kind === 'date' && !removedAt)
    .map(({ key, label }) => ({ field: `custom.${key}`, label }));
  return [...own, { field: 'createdAt', label: t('rule.field.createdAt') }];
}

export function DateParts({ when, set }: PartsOf<'date'>) {
  const dates = useDates();
  const after = when.daysBefore < 0;
  const days = Math.abs(when.daysBefore);
  return (
    <>
      <Field label={t('rule.date')}>
        <Select value={when.field} onChange={(event) => set({ ...when, field: event.target.value })}>
          {dates.map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('rule.repeat')}>
        <Select value={when.yearly ? 'yearly' : 'once'} onChange={(event) => set({ ...when, yearly: event.target.value === 'yearly' })}>
          <option value="once">{t('rule.once')}</option>
          <option value="yearly">{t('rule.yearly')}</option>
        </Select>
      </Field>
      <NumberField
        label={t('rule.days')}
        least={0}
        most={3_650}
        value={days}
        set={(value) => set({ ...when, daysBefore: after ? -value : value })}
      />
      <Field label={t('rule.side')}>
        <Select
          value={after ? 'after' : 'before'}
          onChange={(event) => set({ ...when, daysBefore: event.target.value === 'after' ? -Math.max(1, days) : days })}
        >
          <option value="before">{t('rule.before')}</option>
          <option value="after">{t('rule.after')}</option>
        </Select>
      </Field>
      <TimeField value={when.at} set={(at) => set({ ...when, at })} />
    </>
  );
}

export function EveryParts({ when, set }: PartsOf<'every'>) {
  const dates = useDates();
  return (
    <>
      <NumberField label={t('rule.months')} value={when.months} most={120} set={(months) => set({ ...when, months })} />
      <Field label={t('rule.since')}>
        <Select
          value={'reason' in when.since ? `reason:${when.since.reason}` : when.since.field}
          onChange={(event) => {
            const { value } = event.target;
            const reason = reasons.find((one) => value === `reason:${one}`);
            set({ ...when, since: reason ? { reason } : { field: value } });
          }}
        >
          {reasons.map((reason) => (
            <option key={reason} value={`reason:${reason}`}>
              {t('rule.since.reason', { reason: t(`reason.${reason}`) })}
            </option>
          ))}
          {dates.map(({ field, label }) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <TimeField value={when.at} set={(at) => set({ ...when, at })} />
    </>
  );
}
