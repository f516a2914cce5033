import { useSyncExternalStore } from 'react';
import { type CustomersSearch, customersSearch } from './search.ts';

export type SavedLink = { name: string; search: CustomersSearch };

const keyOf = (tenant: string) => `suki.links.${tenant}`;
const cache = new Map<string, SavedLink[]>();
const listeners = new Set<() => void>();

const read = (tenant: string): SavedLink[] => {
  const known = cache.get(tenant);
  if (known) return known;
  let list: SavedLink[] = [];
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(tenant)) ?? '[]') as SavedLink[];
    list = stored.map(({ name, search }) => ({ name: String(name), search: customersSearch(search) }));
  } catch {
    // Unreadable links are no links.
  }
  cache.set(tenant, list);
  return list;
};

export function saveLinks(tenant: string, list: SavedLink[]): void {
  cache.set(tenant, list);
  localStorage.setItem(keyOf(tenant), JSON.stringify(list));
  for (const listener of listeners) listener();
}

/** The lists this person keeps on this device; each is only a URL with a name. */
export const useSavedLinks = (tenant: string) =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(tenant),
  );
