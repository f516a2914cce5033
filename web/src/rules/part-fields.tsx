import type { When } from '../../../functions/rules/when.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';

/** The parts of one kind of "when", and how they are changed. */
export type PartsOf<K extends When['kind']> = { when: Extract<When, { kind: K }>; set: (when: When) => void };

export function NumberField(props: { label: string; value: number; least?: number; most: number; set: (value: number) => void }) {
  const { label, value, least = 1, most, set } = props;
  return (
    <Field label={label}>
      <Input
        type="number"
        inputMode="numeric"
        min={least}
        max={most}
        required
        value={Number.isNaN(value) ? '' : value}
        onChange={(event) => set(event.target.valueAsNumber)}
      />
    </Field>
  );
}

export function TimeField({ value, set }: { value: string; set: (value: string) => void }) {
  return (
    <Field label={t('rule.at')} hint={t('rule.atHint')}>
      <Input type="time" required value={value} onChange={(event) => event.target.value && set(event.target.value)} />
    </Field>
  );
}

/** One of a list, or any of them. */
export function Choice<T extends string>(props: {
  label: string;
  value: T | null;
  values: readonly T[];
  name: (value: T) => string;
  set: (value: T | null) => void;
}) {
  return (
    <Field label={props.label}>
      <Select value={props.value ?? ''} onChange={(event) => props.set((event.target.value || null) as T | null)}>
        <option value="">{t('common.any')}</option>
        <Options of={props.values} words={props.name} />
      </Select>
    </Field>
  );
}
