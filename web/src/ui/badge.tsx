import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const tones = {
  plain: 'bg-hover text-ink-2',
  brand: 'bg-brand-soft text-brand',
  mango: 'bg-mango-soft text-mango-ink',
  danger: 'bg-danger-soft text-danger',
  sky: 'bg-sky-soft text-sky',
  plum: 'bg-plum-soft text-plum',
} as const;
export type Tone = keyof typeof tones;

export function Badge({
  tone = 'plain',
  children,
  className,
  dir,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
  dir?: 'auto';
}) {
  return (
    <span
      dir={dir}
      className={cx(
        'inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 py-0.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      dir="ltr"
      className={cx(
        'inline-grid min-w-5 place-items-center rounded-sm border border-line bg-sunken px-1 font-sans text-xs text-ink-3',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
