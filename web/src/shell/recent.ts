import { useSyncExternalStore } from 'react';

export type Recent = { id: string; name: string; kind: 'person' | 'company' };

const listeners = new Set<() => void>();
const keyOf = (tenant: string) => `suki.recent.${tenant}`;
const cache = new Map<string, Recent[]>();

const read = (tenant: string): Recent[] => {
  const known = cache.get(tenant);
  if (known) return known;
  let list: Recent[] = [];
  try {
    list = JSON.parse(sessionStorage.getItem(keyOf(tenant)) ?? '[]') as Recent[];
  } catch {
    // A broken note of what was opened is worth nothing.
  }
  cache.set(tenant, list);
  return list;
};

/** Notes that a customer was opened, newest first. Names of customers stay in the session, not on the device. */
export function noteOpened(tenant: string, customer: Recent): void {
  const list = [customer, ...read(tenant).filter(({ id }) => id !== customer.id)].slice(0, 8);
  cache.set(tenant, list);
  sessionStorage.setItem(keyOf(tenant), JSON.stringify(list));
  for (const listener of listeners) listener();
}

export const useRecent = (tenant: string) =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(tenant),
  );
