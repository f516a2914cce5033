import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { cx } from '../ui/cx.ts';

/** The look of a link in the bar; the one that is open is `aria-current`. */
export const viewTab =
  'hit -mb-px flex items-center border-b-2 border-transparent px-3 text-sm font-semibold whitespace-nowrap text-ink-2 hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink';

/** The views of one thing beside each other, as links; what a phone has no room for is reached by moving the bar. */
export function ViewTabs({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const ref = useRef<HTMLElement>(null);
  const at = useRouterState({ select: ({ location }) => location.href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another view, and the open one shall be in sight
  useEffect(() => {
    // In newer browsers it gives a promise, which an effect must not give back.
    void ref.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [at]);
  return (
    <nav
      ref={ref}
      aria-label={label}
      className={cx('-mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0', className)}
    >
      {children}
    </nav>
  );
}
