import type { Customer } from '../api/types.ts';
import { useMe } from '../auth/me.ts';
import { readDate } from '../i18n/dates.ts';
import { currentRegion, dateOrder, formatNumber, formatPlainDate, today, typedDate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { Input, Select } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { InlineField } from './inline-field.tsx';
import { useEditable } from './use-editable.ts';

type Definition = ReturnType<typeof useMe>['workspace']['fields'][number];

const plain = (iso: string) => {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return { year, month, day };
};
const two = (value: number) => String(value).padStart(2, '0');

function shownValue(definition: Definition, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (definition.kind === 'number') return formatNumber(Number(value));
  if (definition.kind === 'date') return formatPlainDate(plain(String(value)));
  return String(value);
}

const begin = (definition: Definition, value: unknown) =>
  value === undefined || value === null ? '' : definition.kind === 'date' ? typedDate(plain(String(value))) : String(value);

function read(definition: Definition, text: string): string | number | null {
  if (!text.trim()) return null;
  if (definition.kind === 'number') return Number(text.replace(',', '.'));
  if (definition.kind !== 'date') return text.trim();
  const date = readDate(text, { calendar: currentRegion().calendar, order: dateOrder, today: today() });
  return date ? `${date.year}-${two(date.month)}-${two(date.day)}` : text;
}

/** The workspace's own fields. */
export function CustomFields({ customer }: { customer: Customer }) {
  const { workspace } = useMe();
  const editable = useEditable(customer)('custom');
  if (workspace.fields.length === 0) return null;
  return (
    <Section title={t('about.custom')}>
      <dl>
        {workspace.fields.map((definition) => (
          <InlineField
            key={definition.key}
            customer={customer}
            label={definition.label}
            editable={editable}
            filled={customer.custom[definition.key] !== undefined}
            shown={<bdi>{shownValue(definition, customer.custom[definition.key])}</bdi>}
            begin={(seen) => begin(definition, seen.custom[definition.key])}
            editor={(draft, set) =>
              definition.kind === 'choice' ? (
                <Select aria-label={definition.label} value={draft} onChange={(event) => set(event.target.value)}>
                  <option value="">–</option>
                  {definition.choices.map((choice) => (
                    <option key={choice}>{choice}</option>
                  ))}
                </Select>
              ) : (
                <Input
                  aria-label={definition.label}
                  inputMode={definition.kind === 'number' ? 'decimal' : undefined}
                  value={draft}
                  onChange={(event) => set(event.target.value)}
                />
              )
            }
            change={(draft) => ({ custom: { [definition.key]: read(definition, draft) } })}
          />
        ))}
      </dl>
    </Section>
  );
}
