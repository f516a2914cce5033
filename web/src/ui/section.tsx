import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** A titled card. */
export function Section({
  title,
  children,
  aside,
  className,
}: {
  title: ReactNode;
  children: ReactNode;
  aside?: ReactNode;
  className?: string;
}) {
  return (
    <section className={cx('min-w-0 rounded-xl border border-line bg-surface px-4 py-3 shadow-sm', className)}>
      <header className="flex min-h-9 items-center justify-between gap-2">
        <h2 className="text-sm font-semibold text-ink-2">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
