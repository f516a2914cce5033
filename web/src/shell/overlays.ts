import { useSyncExternalStore } from 'react';
import type { Channel } from '../api/types.ts';

/** What lies over the screen and can be opened from anywhere: by key, palette or button. */
export type Overlay =
  | { kind: 'palette' }
  | { kind: 'help' }
  | { kind: 'create'; name?: string }
  | { kind: 'log'; customer?: { id: string; name: string; kind: 'person' | 'company' }; channel?: Channel };

let current: Overlay | undefined;
let context: Extract<Overlay, { kind: 'log' }>['customer'];
const listeners = new Set<() => void>();
const publish = (overlay: Overlay | undefined) => {
  current = overlay;
  for (const listener of listeners) listener();
};

/** The customer on the screen: what is logged is logged with her unless another is chosen. */
export const setOverlayCustomer = (customer: typeof context) => {
  context = customer;
};
export const openOverlay = (overlay: Overlay) =>
  publish(overlay.kind === 'log' && !overlay.customer && context ? { ...overlay, customer: context } : overlay);
export const closeOverlay = () => publish(undefined);
export const useOverlay = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
