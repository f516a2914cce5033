import { CrmError } from '../kernel/errors.ts';

/** Stands for whatever version is there, where a caller names none. */
export const anyVersion = Number.POSITIVE_INFINITY;

/** Refuses a change by somebody who read version `seen`, where one of its fields has changed since. Says which, and the version that is there. */
export function checkFresh(
  fields: readonly string[],
  { seen, version, versions }: { seen: number; version: number; versions: Record<string, number> },
): void {
  const changed = fields.filter((field) => (versions[field] ?? 1) > seen);
  if (seen === anyVersion || (seen <= version && changed.length === 0)) return;
  throw new CrmError('stale', { fields: changed, version, headers: { ETag: `"${version}"` } });
}
