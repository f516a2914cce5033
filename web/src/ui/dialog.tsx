import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { t } from '../i18n/i18n.ts';
import { IconButton } from './button.tsx';

type Props = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  kind?: 'dialog' | 'sheet' | 'palette';
  size?: 'normal' | 'wide';
  /** Shown under the title. */
  lead?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

/** A native modal dialog: the browser keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ open, onClose, title, kind = 'dialog', size = 'normal', lead, footer, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the element leaves the page: closing gives the focus back only while it is there.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (open && dialog && !dialog.open) {
      dialog.showModal();
      // The browser would begin with the close button; what one came for is further down.
      dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
      if (!dialog.querySelector('[data-autofocus]'))
        dialog.querySelector<HTMLElement>('[data-body] :is(input, select, textarea):not([type=hidden]), footer button:last-child')?.focus();
    }
    return () => dialog?.close();
  }, [open]);
  if (!open) return null;
  return (
    <dialog
      ref={ref}
      className="modal"
      data-kind={kind}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
    >
      {kind === 'palette' ? (
        <>
          <h2 id={titleId} className="sr-only">
            {title}
          </h2>
          {children}
        </>
      ) : (
        <>
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 grow self-center">
              <h2 id={titleId} className="text-lg">
                {title}
              </h2>
              {lead && <p className="text-sm text-ink-3">{lead}</p>}
            </div>
            <IconButton label={t('common.close')} onClick={onClose} className="-me-2">
              <X className="size-5" aria-hidden />
            </IconButton>
          </header>
          <div data-body className="min-h-0 grow overflow-y-auto overscroll-contain px-5 py-4">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line bg-sunken px-5 py-3">{footer}</footer>
          )}
        </>
      )}
    </dialog>
  );
}
