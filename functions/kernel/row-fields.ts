import type * as z from 'zod';
import { invalid } from './errors.ts';
import type { Route } from './route.ts';

/** `?fields=name,email`: of each row of a list only these, and its id. Everything else is as without. */
type Shaped = { shape?: Record<string, z.ZodType>; element?: Shaped; options?: Shaped[] };

/** The names that the rows of a route's list have, in any of their forms; none where it answers no list. */
function namesOf(route: Pick<Route, 'ok'>): Set<string> {
  const row = ((route.ok.body as Shaped | undefined)?.shape?.data as Shaped | undefined)?.element;
  return new Set((row?.options ?? [row]).flatMap((form) => Object.keys(form?.shape ?? {})));
}

/** What leaves the other fields of a list's rows out; undefined where all are wanted. Throws `invalid_input` for a field that no row has. */
export function onlyFields(route: Pick<Route, 'ok'>, query: unknown): ((body: unknown) => unknown) | undefined {
  const asked = (query as { fields?: string } | undefined)?.fields?.split(',');
  if (!asked) return undefined;
  const names = namesOf(route);
  if (!asked.every((name) => names.has(name))) throw invalid('/query/fields', 'unknown_field', `served here: ${[...names].join(', ')}`);
  const kept = new Set(['id', ...asked]);
  const pruned = (row: object) => Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name)));
  return (body) => ({ ...(body as object), data: (body as { data: object[] }).data.map(pruned) });
}
