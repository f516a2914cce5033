import { Check, Pencil, X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Customer, CustomerPatch } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { Alert } from '../ui/alert.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { useSave } from './use-save.tsx';

type Props<D> = {
  customer: Customer;
  label: string;
  /** What is shown while nobody edits. */
  shown: ReactNode;
  /** Whether there is anything to show. */
  filled: boolean;
  editable: boolean;
  /** What editing begins with. */
  begin: (customer: Customer) => D;
  editor: (draft: D, set: (draft: D) => void) => ReactNode;
  change: (draft: D) => Partial<CustomerPatch>;
  /** Opens in edit mode: a link asked for it. */
  open?: boolean;
  hideLabel?: boolean;
};

/** One line of a record that becomes its own small form. It saves against the version it was opened on. */
export function InlineField<D>(props: Props<D>) {
  const { save, busy } = useSave();
  const [editing, setEditing] = useState<{ seen: Customer; draft: D } | undefined>(() =>
    props.open && props.editable ? { seen: props.customer, draft: props.begin(props.customer) } : undefined,
  );
  const [error, setError] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isEditing = editing !== undefined;
  useEffect(() => {
    if (isEditing) form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }, [isEditing]);

  const close = () => {
    setEditing(undefined);
    setError(undefined);
    requestAnimationFrame(() => button.current?.focus());
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!editing || busy) return;
    const wrong = await save(editing.seen, props.change(editing.draft));
    if (wrong) setError(wrong);
    else close();
  };

  if (!editing)
    return (
      <div className="group/field py-1.5">
        <dt className={props.hideLabel ? 'sr-only' : 'text-xs text-ink-3'}>{props.label}</dt>
        <dd className="flex min-w-0 items-start gap-2 text-sm">
          <div className="min-w-0 grow">
            {props.filled ? props.shown : <span className="text-ink-3">{props.editable ? t('field.add') : '–'}</span>}
          </div>
          {props.editable && (
            <IconButton
              ref={button}
              label={t('field.edit', { field: props.label })}
              className="-mt-4 -mb-2 opacity-0 group-focus-within/field:opacity-100 group-hover/field:opacity-100 pointer-coarse:opacity-100"
              onClick={() => setEditing({ seen: props.customer, draft: props.begin(props.customer) })}
            >
              <Pencil className="size-3.5" aria-hidden />
            </IconButton>
          )}
        </dd>
      </div>
    );
  return (
    <div className="py-1.5">
      <dt className="mb-1 text-xs text-ink-3">{props.label}</dt>
      <dd>
        <form
          ref={form}
          onSubmit={submit}
          aria-label={props.label}
          className="grid gap-2"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.defaultPrevented) return;
            event.stopPropagation();
            close();
          }}
        >
          {props.editor(editing.draft, (draft) => setEditing({ ...editing, draft }))}
          <Alert>{error}</Alert>
          <span className="flex flex-wrap gap-2">
            <Button look="primary" type="submit" busy={busy}>
              <Check className="size-4" aria-hidden /> {t('common.save')}
            </Button>
            <Button onClick={close}>
              <X className="size-4" aria-hidden /> {t('common.cancel')}
            </Button>
          </span>
        </form>
      </dd>
    </div>
  );
}
