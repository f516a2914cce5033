import type { Call } from '../api/client.ts';
import { type CustomersSearch, filtersOf } from '../customers/search.ts';

type Where = NonNullable<Call<'createExport'>['body']['where']>;

/** The list's filter in the full form, as the export takes it; undefined where nothing is filtered. */
export function whereOf(search: CustomersSearch): Where | undefined {
  const conditions = Object.entries(filtersOf(search)).flatMap(([field, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([op, inner]) => ({ field, op, value: inner as unknown }))
      : [{ field, op: 'eq', value }],
  );
  return conditions.length ? ({ and: conditions } as unknown as Where) : undefined;
}
