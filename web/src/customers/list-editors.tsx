import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Customer } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { countries } from './countries.ts';

type Primary = { primary: boolean };

/** Rows that can be added, removed and put first. One of them is the primary one. */
function Rows<T extends Primary>(props: {
  rows: T[];
  set: (rows: T[]) => void;
  blank: () => T;
  max: number;
  label: string;
  row: (row: T, change: (change: Partial<T>) => void) => ReactNode;
}) {
  const change = (at: number) => (part: Partial<T>) =>
    props.set(props.rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const makePrimary = (at: number) => props.set(props.rows.map((row, index) => ({ ...row, primary: index === at })));
  return (
    <div className="grid gap-3">
      {props.rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
        <div key={at} className="grid gap-1.5 rounded-lg border border-line p-2.5">
          {props.row(row, change(at))}
          <div className="flex items-center justify-between gap-2">
            <label className="hit flex items-center gap-2 text-sm text-ink-2">
              <input type="radio" className="size-4 accent-brand" checked={row.primary} onChange={() => makePrimary(at)} />{' '}
              {t('field.primary')}
            </label>
            <IconButton
              label={t('field.remove', { field: props.label })}
              onClick={() => props.set(props.rows.filter((_, index) => index !== at))}
            >
              <Trash2 className="size-4" aria-hidden />
            </IconButton>
          </div>
        </div>
      ))}
      {props.rows.length < props.max && (
        <Button
          look="ghost"
          className="justify-self-start"
          onClick={() => props.set([...props.rows, { ...props.blank(), primary: props.rows.length === 0 }])}
        >
          <Plus className="size-4" aria-hidden /> {t('field.addOne', { field: props.label })}
        </Button>
      )}
    </div>
  );
}

type EmailRow = { address: string; label: string | null; primary: boolean };
export const emailRows = (customer: Customer): EmailRow[] =>
  customer.emails.map(({ address, label, primary }) => ({ address, label, primary }));
export function EmailsEditor({ rows, set }: { rows: EmailRow[]; set: (rows: EmailRow[]) => void }) {
  return (
    <Rows
      rows={rows}
      set={set}
      max={10}
      label={t('column.email')}
      blank={() => ({ address: '', label: null, primary: false })}
      row={(row, change) => (
        <Input
          type="email"
          required
          dir="ltr"
          aria-label={t('column.email')}
          value={row.address}
          onChange={(event) => change({ address: event.target.value })}
        />
      )}
    />
  );
}

type PhoneRow = { number: string; type: 'mobile' | 'landline' | 'fax' | 'other'; label: string | null; primary: boolean };
export const phoneRows = (customer: Customer): PhoneRow[] =>
  customer.phones.map(({ number, type, label, primary }) => ({ number, type, label, primary }));
export function PhonesEditor({ rows, set }: { rows: PhoneRow[]; set: (rows: PhoneRow[]) => void }) {
  return (
    <Rows<PhoneRow>
      rows={rows}
      set={set}
      max={10}
      label={t('column.phone')}
      blank={() => ({ number: '', type: 'mobile', label: null, primary: false })}
      row={(row, change) => (
        <div className="grid grid-cols-[1fr_7rem] gap-1.5">
          <Input
            type="tel"
            required
            dir="ltr"
            aria-label={t('column.phone')}
            value={row.number}
            onChange={(event) => change({ number: event.target.value })}
          />
          <Select
            aria-label={t('field.phoneType')}
            value={row.type}
            onChange={(event) => change({ type: event.target.value as PhoneRow['type'] })}
          >
            <Options of={['mobile', 'landline', 'fax', 'other'] as const} words={(type) => t(`phoneType.${type}`)} />
          </Select>
        </div>
      )}
    />
  );
}

type AddressRow = Customer['addresses'][number];
export function AddressesEditor({ rows, set }: { rows: AddressRow[]; set: (rows: AddressRow[]) => void }) {
  return (
    <Rows
      rows={rows}
      set={set}
      max={5}
      label={t('field.address')}
      blank={() => ({ label: null, lines: [], city: null, region: null, postalCode: null, country: null, primary: false })}
      row={(row, change) => (
        <div className="grid gap-1.5">
          <Input
            aria-label={t('field.street')}
            placeholder={t('field.street')}
            value={row.lines.join(', ')}
            onChange={(event) => change({ lines: event.target.value ? [event.target.value] : [] })}
          />
          <div className="grid grid-cols-[6.5rem_1fr] gap-1.5">
            <Input
              aria-label={t('field.postalCode')}
              placeholder={t('field.postalCode')}
              value={row.postalCode ?? ''}
              onChange={(event) => change({ postalCode: event.target.value || null })}
            />
            <Input
              aria-label={t('column.city')}
              placeholder={t('column.city')}
              value={row.city ?? ''}
              onChange={(event) => change({ city: event.target.value || null })}
            />
          </div>
          <Input
            aria-label={t('field.region')}
            placeholder={t('field.region')}
            value={row.region ?? ''}
            onChange={(event) => change({ region: event.target.value || null })}
          />
          <Select
            aria-label={t('column.country')}
            value={row.country ?? ''}
            onChange={(event) => change({ country: event.target.value || null })}
          >
            <option value="">{t('column.country')}: –</option>
            {countries().map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      )}
    />
  );
}

/** Words with commas between: tags, topics, interests. */
export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,،、]/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];
export function WordsEditor({ text, set, label }: { text: string; set: (text: string) => void; label: string }) {
  return (
    <div className="grid gap-1">
      <Input aria-label={label} value={text} onChange={(event) => set(event.target.value)} />
      <p className="text-xs text-ink-3">{t('field.commas')}</p>
    </div>
  );
}
