/** What an address says beside its path, read for more than one screen. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);

export const archivedSearch = (search: Record<string, unknown>): { archived?: 'yes' | undefined } => ({
  archived: search.archived === 'yes' ? 'yes' : undefined,
});
