import { useState } from 'react';
import type { Customer, CustomerPatch } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Dialog } from '../ui/dialog.tsx';
import { fieldLabel, valueText } from './field-text.ts';
import { useMembers } from './use-members.ts';

/** What was written by one hand while another wrote the same fields. */
export type Conflict = { original: Customer; theirs: Customer; mine: Partial<CustomerPatch>; fields: string[] };

/** Field by field: what it was, what somebody else made of it, what I want. */
export function ConflictDialog({
  conflict,
  onClose,
  onResolve,
}: {
  conflict: Conflict;
  onClose: () => void;
  onResolve: (kept: string[]) => void;
}) {
  const { name } = useMembers();
  const { original, theirs, mine, fields } = conflict;
  // What nobody else touched is saved as it is, so it is kept without a question.
  const untouched = Object.keys(mine).filter((field) => !fields.includes(field));
  const [kept, setKept] = useState<string[]>(fields);
  const choose = (field: string, own: boolean) => setKept((before) => (own ? [...before, field] : before.filter((each) => each !== field)));
  return (
    <Dialog
      open
      size="wide"
      onClose={onClose}
      title={t('conflict.title')}
      lead={t('conflict.lead')}
      footer={
        <>
          <Button onClick={onClose}>{t('conflict.discard')}</Button>
          <Button look="primary" onClick={() => onResolve([...kept, ...untouched])}>
            {t('conflict.save')}
          </Button>
        </>
      }
    >
      <div className="grid gap-6">
        {fields.map((field) => (
          <fieldset key={field} className="grid gap-2">
            <legend className="font-semibold">{fieldLabel(field)}</legend>
            <p className="text-sm text-ink-3">
              {t('conflict.original')}:{' '}
              <bdi className="line-through decoration-ink-3/60">{valueText(field, original[field as keyof typeof original], name)}</bdi>
            </p>
            <div className="grid gap-2 sm:grid-cols-2">
              {[
                { own: false, label: t('conflict.theirs'), value: theirs[field as keyof typeof theirs] },
                { own: true, label: t('conflict.mine'), value: mine[field as keyof typeof mine] },
              ].map(({ own, label, value }) => {
                const checked = kept.includes(field) === own;
                return (
                  <label
                    key={label}
                    className={cx(
                      'flex cursor-pointer items-start gap-3 rounded-lg border p-3.5',
                      checked ? 'border-brand bg-brand-soft' : 'border-line hover:border-control',
                    )}
                  >
                    <input
                      type="radio"
                      name={field}
                      className="mt-1 size-4 accent-brand"
                      checked={checked}
                      onChange={() => choose(field, own)}
                    />
                    <span className="min-w-0">
                      <span className="block text-sm text-ink-2">{label}</span>
                      <span className="block font-medium" dir="auto">
                        {valueText(field, value, name)}
                      </span>
                    </span>
                  </label>
                );
              })}
            </div>
          </fieldset>
        ))}
      </div>
    </Dialog>
  );
}
