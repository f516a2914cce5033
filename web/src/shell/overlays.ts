import { useSyncExternalStore } from 'react';
import type { Channel } from '../api/types.ts';
import type { FollowUpStart } from '../followups/follow-up-dialog.tsx';

/** What lies over the screen and can be opened from anywhere: by key, palette or button. */
export type Overlay =
  | { kind: 'palette' }
  | { kind: 'help' }
  | { kind: 'create'; name?: string }
  | { kind: 'followUp'; id?: string; start?: FollowUpStart }
  | {
      kind: 'message';
      customer?: { id: string; name: string } | undefined;
      answers?: { mailId: string; subject: string | null } | undefined;
      /** The case that it answers. */
      onCase?: { id: string; subject: string } | undefined;
    }
  | { kind: 'log'; customer?: { id: string; name: string; kind: 'person' | 'company' }; channel?: Channel };

let current: Overlay | undefined;
let context: Extract<Overlay, { kind: 'log' }>['customer'];
const listeners = new Set<() => void>();
const publish = (overlay: Overlay | undefined) => {
  current = overlay;
  for (const listener of listeners) listener();
};

/** The customer on the screen: what is logged or planned is so with her unless another is chosen. */
export const setOverlayCustomer = (customer: typeof context) => {
  context = customer;
};
export const openOverlay = (overlay: Overlay) => {
  if (!context) return publish(overlay);
  if (overlay.kind === 'message' && !overlay.customer) return publish({ ...overlay, customer: context });
  if (overlay.kind === 'log' && !overlay.customer) return publish({ ...overlay, customer: context });
  if (overlay.kind === 'followUp' && !overlay.id && !overlay.start?.customer)
    return publish({ ...overlay, start: { ...overlay.start, customer: context } });
  return publish(overlay);
};
export const closeOverlay = () => publish(undefined);
export const useOverlay = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
