import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cx } from './cx.ts';

export type MenuItem = {
  key: string;
  label: ReactNode;
  icon?: ReactNode;
  note?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  checked?: boolean;
  disabled?: boolean;
  lang?: string;
};

type TriggerProps = { popoverTarget: string; 'aria-haspopup': 'menu' | 'dialog'; 'aria-expanded': boolean };

const items = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([disabled])') ?? [])];

/** A menu on the native popover: light dismiss and top layer from the browser, arrow keys and roles from here. */
export function Menu(props: {
  trigger: (attributes: TriggerProps) => ReactNode;
  label: string;
  items: MenuItem[];
  align?: 'start' | 'end';
  header?: ReactNode;
}) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items(ref.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const to = step
      ? all[(at + step + all.length) % all.length]
      : event.key === 'Home'
        ? all[0]
        : event.key === 'End'
          ? all.at(-1)
          : undefined;
    if (event.key === 'Tab') ref.current?.hidePopover();
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    to.focus();
  };
  return (
    <>
      {props.trigger({ popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': open })}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the menu inside */}
      <div
        ref={ref}
        id={id}
        popover="auto"
        className="popover py-1.5 sm:min-w-52"
        data-align={props.align ?? 'start'}
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') (items(ref.current).find((item) => item.ariaChecked === 'true') ?? items(ref.current)[0])?.focus();
        }}
      >
        {props.header}
        <div role="menu" aria-label={props.label} className="grid px-1.5">
          {open &&
            props.items.map((item) => (
              <button
                type="button"
                key={item.key}
                {...(item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.checked })}
                disabled={item.disabled}
                lang={item.lang}
                className={cx(
                  'hit flex w-full items-center gap-2.5 rounded-md px-2.5 text-start text-sm outline-none focus:bg-hover disabled:opacity-50',
                  item.danger ? 'text-danger' : 'text-ink',
                )}
                onMouseEnter={(event) => event.currentTarget.focus()}
                onClick={() => {
                  ref.current?.hidePopover();
                  item.onSelect();
                }}
              >
                {item.icon}
                <span className="min-w-0 grow">{item.label}</span>
                {item.note && <span className="text-xs text-ink-3">{item.note}</span>}
                {item.checked && <span aria-hidden className="size-1.5 rounded-full bg-brand" />}
              </button>
            ))}
        </div>
      </div>
    </>
  );
}

/** A panel with any content, hung on its button. */
export function Panel(props: {
  trigger: (attributes: TriggerProps) => ReactNode;
  label: string;
  align?: 'start' | 'end';
  children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      {props.trigger({ popoverTarget: id, 'aria-haspopup': 'dialog', 'aria-expanded': open })}
      <div
        ref={ref}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={props.label}
        className="popover p-4 sm:min-w-64"
        data-align={props.align ?? 'start'}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') ref.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
        }}
      >
        {open && props.children(() => ref.current?.hidePopover())}
      </div>
    </>
  );
}
