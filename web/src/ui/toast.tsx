import { AlertTriangle, CheckCircle2, X } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { t } from '../i18n/i18n.ts';

type Toast = { id: number; text: string; tone: 'done' | 'failed'; action?: { label: string; run: () => void } | undefined };

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const publish = (list: Toast[]) => {
  toasts = list;
  for (const listener of listeners) listener();
};
const drop = (id: number) => publish(toasts.filter((toast) => toast.id !== id));

const show = (toast: Omit<Toast, 'id'>) => {
  const id = next++;
  publish([...toasts.slice(-2), { id, ...toast }]);
  // Long enough to read and to reach the undo by keyboard.
  setTimeout(() => drop(id), toast.action ? 10_000 : 6_000);
};

/** Says that something is done, with a way back where there is one. */
export const done = (text: string, undo?: () => void) =>
  show({ text, tone: 'done', action: undo && { label: t('common.undo'), run: undo } });
export const failed = (text: string) => show({ text, tone: 'failed' });
/** Says something that wants a look, with one thing to do about it. */
export const notice = (text: string, action: Toast['action']) => show({ text, tone: 'failed', action });

/** Where toasts appear: a live region in the top layer, so that an open dialog does not cover it. */
export function Toasts() {
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const region = ref.current;
    if (!region) return;
    if (region.matches(':popover-open')) region.hidePopover();
    if (list.length) region.showPopover();
  }, [list]);
  return (
    <div
      ref={ref}
      popover="manual"
      role="status"
      className="fixed inset-x-3 bottom-20 z-50 w-auto sm:start-auto sm:end-5 sm:bottom-5 [&:popover-open]:grid gap-2"
    >
      {list.map((toast) => (
        <div
          key={toast.id}
          className="rise flex items-center gap-3 rounded-lg bg-ink py-1.5 ps-4 pe-1.5 text-sm text-surface shadow-lg sm:max-w-md"
        >
          {toast.tone === 'done' ? (
            <CheckCircle2 className="size-4.5 shrink-0 opacity-80" aria-hidden />
          ) : (
            <AlertTriangle className="size-4.5 shrink-0 text-mango" aria-hidden />
          )}
          <span className="min-w-0 grow py-1.5">{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className="hit rounded-md px-3 font-semibold underline decoration-mango decoration-2 underline-offset-4 hover:opacity-85"
              onClick={() => {
                drop(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </button>
          )}
          <button
            type="button"
            aria-label={t('common.close')}
            className="hit-square grid shrink-0 place-items-center rounded-md opacity-75 hover:opacity-100"
            onClick={() => drop(toast.id)}
          >
            <X className="size-4" aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
