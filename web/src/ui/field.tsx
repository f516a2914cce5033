import { AlertCircle } from 'lucide-react';
import type { InputHTMLAttributes, ReactNode, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { createContext, useContext, useId } from 'react';
import { cx } from './cx.ts';

type Wiring = { id: string; describedBy: string | undefined; invalid: boolean };
const FieldContext = createContext<Wiring | undefined>(undefined);

/** Label, control, hint and error, tied together for those who cannot see that they stand together. */
export function Field(props: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const hasNote = Boolean(props.error ?? props.hint);
  return (
    <div className={cx('grid min-w-0 content-start gap-1', props.className)}>
      <label htmlFor={id} className={props.hideLabel ? 'sr-only' : 'text-sm font-medium text-ink-2'}>
        {props.label}
      </label>
      <FieldContext value={{ id, describedBy: hasNote ? `${id}-note` : undefined, invalid: Boolean(props.error) }}>
        {props.children}
      </FieldContext>
      {props.error ? (
        <p id={`${id}-note`} className="flex items-start gap-1.5 text-sm text-danger">
          <AlertCircle className="mt-0.5 size-4 shrink-0" aria-hidden /> {props.error}
        </p>
      ) : (
        props.hint && (
          <p id={`${id}-note`} className="text-sm text-ink-3">
            {props.hint}
          </p>
        )
      )}
    </div>
  );
}

const control =
  'w-full min-w-0 rounded-md border border-control bg-surface text-ink text-base sm:text-sm transition-colors hover:border-ink-3 focus:border-brand focus:outline-2 focus:-outline-offset-1 focus:outline-brand disabled:bg-sunken disabled:text-ink-3';

function useWiring(own: { id?: string | undefined }) {
  const wiring = useContext(FieldContext);
  return { id: own.id ?? wiring?.id, 'aria-describedby': wiring?.describedBy, 'aria-invalid': wiring?.invalid || undefined };
}

export function Input({ className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> }) {
  return <input {...useWiring(rest)} dir="auto" className={cx(control, 'hit px-3 py-1.5', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea {...useWiring(rest)} dir="auto" className={cx(control, 'px-3 py-2 leading-relaxed', className)} {...rest} />;
}

export function Select({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> }) {
  return <select {...useWiring(rest)} className={cx(control, 'hit px-2.5 py-1.5', className)} {...rest} />;
}

/** A tick box with its words; the whole line is the target. */
export function Check({ children, className, ...rest }: InputHTMLAttributes<HTMLInputElement> & { children: ReactNode }) {
  return (
    <label className={cx('hit flex items-center gap-2.5 text-sm', className)}>
      <input type="checkbox" className="size-4.5 shrink-0 accent-brand" {...rest} />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
