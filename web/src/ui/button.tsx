import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { cx } from './cx.ts';

const looks = {
  primary: 'bg-brand text-brand-ink hover:bg-brand-strong shadow-sm font-semibold',
  secondary: 'border border-control/50 bg-raised text-ink hover:bg-hover hover:border-control font-medium',
  ghost: 'text-ink-2 hover:bg-hover hover:text-ink font-medium',
  soft: 'bg-brand-soft text-brand hover:bg-hover font-semibold',
  danger: 'bg-danger text-danger-ink hover:opacity-90 font-semibold',
  quietDanger: 'text-danger hover:bg-danger-soft font-medium',
} as const;

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: keyof typeof looks;
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

const base =
  'inline-flex items-center justify-center gap-2 rounded-md text-sm transition-colors duration-150 select-none disabled:opacity-55 aria-disabled:opacity-55';

/** A button. While `busy` it says so, keeps its size, and takes no second press. */
export function Button({ look = 'secondary', busy = false, className, children, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(base, looks[look], 'hit px-3.5 py-1', busy && 'cursor-progress opacity-70', className)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {children}
    </button>
  );
}

export const buttonClass = (look: keyof typeof looks = 'secondary', className?: string) =>
  cx(base, looks[look], 'hit px-3.5 py-1', className);

/** A button that is only a picture: its label is read out and shown as a tip. */
export function IconButton({ label, look = 'ghost', className, children, ...rest }: ButtonProps & { label: string; children: ReactNode }) {
  return (
    <button type="button" className={cx(base, looks[look], 'hit-square shrink-0', className)} aria-label={label} title={label} {...rest}>
      {children}
    </button>
  );
}
