import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { MessageKey } from '../i18n/i18n.ts';

/** One key or two in a row: `c`, `g c`, `?`. `hidden` ones work but stay out of the help. */
export type Shortcut = { keys: string; label: MessageKey; run: () => void; hidden?: boolean };

const everywhere = new Map<symbol, Shortcut[]>();
const active = new Map<symbol, Shortcut[]>();
const listeners = new Set<() => void>();
const publish = () => {
  snapshot = [...everywhere.values(), ...active.values()].flat();
  for (const listener of listeners) listener();
};
let snapshot: Shortcut[] = [];

const storageKey = 'suki.shortcuts';
let enabled = localStorage.getItem(storageKey) !== 'off';
/** Single-key shortcuts get in the way of speech input and switch control, so they can be turned off (WCAG 2.1.4). */
export function enableShortcuts(on: boolean): void {
  enabled = on;
  localStorage.setItem(storageKey, on ? 'on' : 'off');
  publish();
}

/** For `aria-keyshortcuts`: nothing where shortcuts are off. */
export const ariaKeys = (keys: string): string | undefined => (enabled ? keys : undefined);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useShortcutList = () => useSyncExternalStore(subscribe, () => snapshot);
export const useShortcutsEnabled = () => useSyncExternalStore(subscribe, () => enabled);

/**
 * Makes shortcuts work while the component is shown. Later ones win over earlier ones with the same keys, and those of a screen over those
 * that are there everywhere, whichever came first.
 */
export function useShortcuts(shortcuts: Shortcut[], where: 'here' | 'everywhere' = 'here'): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map(({ keys, label }) => `${keys}:${label}`).join('|');
  useEffect(() => {
    const id = Symbol(signature);
    const among = where === 'here' ? active : everywhere;
    among.set(
      id,
      latest.current.map((shortcut, index) => ({ ...shortcut, run: () => latest.current[index]?.run() })),
    );
    publish();
    return () => {
      among.delete(id);
      publish();
    };
  }, [signature, where]);
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && target.type === 'checkbox');

const modalOpen = () => document.querySelector('dialog[open], [popover="auto"]:popover-open') !== null;

let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;

function onKeyDown(event: KeyboardEvent): void {
  if (!enabled || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || typing(event.target) || modalOpen()) return;
  // A letter typed on an Urdu or Thai layout still means the key it sits on.
  const letter = /^[\x20-\x7e]$/.test(event.key) || event.key.length > 1 ? event.key : event.code.replace(/^Key|^Digit/, '').toLowerCase();
  const key = letter === ' ' ? 'Space' : letter.length === 1 ? letter.toLowerCase() : letter;
  const sequence = pending ? `${pending} ${key}` : key;
  clearTimeout(pendingTimer);
  pending = '';
  const match = snapshot.findLast(({ keys }) => keys === sequence);
  if (match) {
    event.preventDefault();
    match.run();
  } else if (snapshot.some(({ keys }) => keys.startsWith(`${sequence} `))) {
    pending = sequence;
    pendingTimer = setTimeout(() => {
      pending = '';
    }, 1200);
  }
}

document.addEventListener('keydown', onKeyDown);
