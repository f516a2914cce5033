import { useState } from 'react';
import type { Scalar } from '../../../functions/kernel/filter.ts';
import type { FilterField } from '../../../functions/segments/fields.ts';
import { channelChoices, languageChoices, memberChoices } from '../customers/choices.ts';
import { countries } from '../customers/countries.ts';
import { CustomerPicker } from '../customers/customer-picker.tsx';
import { useMembers } from '../customers/use-members.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { Choice, type Option } from '../ui/choice.tsx';
import { Check, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { spanOf, spanText, type Unit, units } from './spans.ts';
import type { Leaf } from './tree.ts';
import { type Names, valueName } from './words.ts';

type Props = {
  leaf: Leaf;
  spec: Pick<FilterField, 'type' | 'values'>;
  names: Names;
  label: string;
  set: (value: Leaf['value'] | undefined) => void;
};

/** The values that can be chosen from a list; undefined where anything may be written. */
function useOptions(field: string, spec: Props['spec'], names: Names): Option[] | undefined {
  const { members } = useMembers();
  if (spec.values) return spec.values.map((value) => ({ value, label: valueName(field, value, names) }));
  if (field === 'ownerId') return memberChoices(members);
  if (field === 'country' || field === 'anyCountry') return countries().map(({ code, name }) => ({ value: code, label: name }));
  if (field === 'language') return languageChoices();
  if (field === 'preferredChannel') return channelChoices();
  return undefined;
}

/** The value of a condition, in the form that its field and operator want. */
export function ValueEditor(props: Props) {
  const { leaf, spec, names, label, set } = props;
  const options = useOptions(leaf.field, spec, names);
  if (leaf.op === 'exists') return null;
  if (leaf.op === 'withinLast') return <SpanEditor value={leaf.value} label={label} set={set} />;
  if (leaf.op === 'between') return <Between {...props} />;
  if (leaf.op === 'in' || leaf.op === 'nin') return options ? <Several options={options} {...props} /> : <Words {...props} />;
  if (leaf.field === 'companyId') return <Company {...props} />;
  if (options)
    return (
      <Choice
        label={label}
        value={text(leaf.value)}
        none={t('filter.choose')}
        options={options}
        onChange={(value) => set(value || undefined)}
      />
    );
  return <Single type={spec.type} value={leaf.value} label={label} set={set} />;
}

const text = (value: unknown) => (value === undefined || typeof value === 'boolean' ? '' : String([value].flat()[0] ?? ''));

function Single({
  type,
  value,
  label,
  set,
}: {
  type: FilterField['type'];
  value: unknown;
  label: string;
  set: (value: Scalar | undefined) => void;
}) {
  const span = type === 'date' ? spanOf(value) : undefined;
  if (span) return <SpanEditor value={value} label={label} set={set as Props['set']} />;
  const read = (typed: string): Scalar | undefined => (typed === '' ? undefined : type === 'number' ? Number(typed) : typed);
  return (
    <Input
      aria-label={label}
      type={type === 'number' ? 'number' : type === 'date' ? 'date' : 'text'}
      step={type === 'number' ? 'any' : undefined}
      maxLength={200}
      value={type === 'date' ? text(value).slice(0, 10) : text(value)}
      onChange={(event) => set(read(event.target.value))}
    />
  );
}

function Between({ leaf, spec, label, set }: Props) {
  const [from, to] = [leaf.value ?? []].flat();
  const put = (at: 0 | 1) => (value: Scalar | undefined) => {
    const pair: (Scalar | undefined)[] = [from, to];
    pair[at] = value;
    set(pair.map((each) => each ?? '') as Leaf['value']);
  };
  return (
    <span className="grid grid-cols-2 gap-2">
      <Single type={spec.type} value={from} label={`${label}: ${t('filter.from')}`} set={put(0)} />
      <Single type={spec.type} value={to} label={`${label}: ${t('filter.to')}`} set={put(1)} />
    </span>
  );
}

function SpanEditor({ value, label, set }: { value: unknown; label: string; set: Props['set'] }) {
  const span = spanOf(value) ?? { count: 90, unit: 'D' as Unit, back: false };
  return (
    <span className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-2">
      <Input
        aria-label={`${label}: ${t('filter.many')}`}
        type="number"
        min={1}
        max={9_999}
        value={span.count || ''}
        onChange={(event) =>
          set(event.target.value ? spanText({ ...span, count: Math.max(1, Math.floor(Number(event.target.value))) }) : undefined)
        }
      />
      <Select
        aria-label={`${label}: ${t('filter.unit')}`}
        value={span.unit}
        onChange={(event) => set(spanText({ ...span, unit: event.target.value as Unit }))}
      >
        <Options of={units} words={(unit) => t(`filter.units.${unit}` as MessageKey)} />
      </Select>
    </span>
  );
}

function Several({ options, leaf, label, set }: Props & { options: Option[] }) {
  const chosen = [leaf.value ?? []].flat().map(String);
  // Those chosen before stand first, so that a long list shows them; what is ticked now stays where it is.
  const [first] = useState(chosen);
  const ordered = [...options.filter(({ value }) => first.includes(value)), ...options.filter(({ value }) => !first.includes(value))];
  const toggle = (value: string, on: boolean) => {
    const next = on ? [...chosen, value] : chosen.filter((each) => each !== value);
    set(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset className="grid max-h-44 content-start overflow-y-auto rounded-md border border-control px-3 py-1" aria-label={label}>
      {ordered.map((option) => (
        <Check key={option.value} checked={chosen.includes(option.value)} onChange={(event) => toggle(option.value, event.target.checked)}>
          <bdi>{option.label}</bdi>
        </Check>
      ))}
    </fieldset>
  );
}

/** Several words with commas between them. What is typed stays as it is typed. */
function Words({ leaf, label, set }: Props) {
  return (
    <Input
      aria-label={label}
      placeholder={t('field.commas')}
      defaultValue={[leaf.value ?? []].flat().join(', ')}
      onChange={(event) => {
        const words = event.target.value.split(',').flatMap((word) => word.trim() || []);
        set(words.length > 0 ? words : undefined);
      }}
    />
  );
}

function Company({ leaf, names, label, set }: Props) {
  const id = text(leaf.value);
  return (
    <CustomerPicker
      kind="company"
      label={label}
      value={id ? { id, name: names.customer(id), kind: 'company' } : undefined}
      onPick={(picked) => set(picked?.id)}
    />
  );
}
