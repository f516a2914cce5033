import { lifecycles } from '../../../functions/customers/kinds.ts';
import type { Lifecycle } from '../api/types.ts';

/** What the list's URL may say. Everything is a plain word, so a link can be read, kept and sent. */
export type CustomersSearch = {
  q?: string | undefined;
  kind?: 'person' | 'company' | undefined;
  lifecycle?: Lifecycle | undefined;
  /** A member's id. */
  owner?: string | undefined;
  tag?: string | undefined;
  country?: string | undefined;
  /** A company's id: the people who belong to her. */
  company?: string | undefined;
  scope?: 'own' | 'team' | undefined;
  archived?: 'yes' | undefined;
  sort?: 'createdAt' | '-createdAt' | undefined;
  /** Column names with commas between. */
  columns?: string | undefined;
};
/** What the list is narrowed to, and how that is changed. */
export type Setting = { search: CustomersSearch; set: (change: CustomersSearch) => void };

const oneOf =
  <const T extends string>(...allowed: T[]) =>
  (value: unknown): T | undefined =>
    allowed.find((each) => each === value);
const word = (value: unknown) => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text ? text.slice(0, 200) : undefined;
};

export const columns = [
  'email',
  'phone',
  'jobTitle',
  'lifecycle',
  'owner',
  'tags',
  'city',
  'country',
  'createdAt',
  'lastInteraction',
] as const;
export type Column = (typeof columns)[number];
const usual: Column[] = ['email', 'lifecycle', 'owner', 'tags', 'city'];

/** Reads the URL; what it does not know it leaves out. */
export function customersSearch(search: Record<string, unknown>): CustomersSearch {
  return {
    q: word(search.q),
    kind: oneOf('person', 'company')(search.kind),
    lifecycle: oneOf(...lifecycles)(search.lifecycle),
    owner: word(search.owner),
    tag: word(search.tag),
    country: word(search.country)?.toUpperCase(),
    company: word(search.company),
    scope: oneOf('own', 'team')(search.scope),
    archived: oneOf('yes')(search.archived),
    sort: oneOf('createdAt', '-createdAt')(search.sort),
    columns: word(search.columns),
  };
}

export const columnsOf = ({ columns: chosen }: CustomersSearch): Column[] =>
  chosen ? columns.filter((column) => chosen.split(',').includes(column)) : usual;

/** The URL's text for a choice of columns: none for the usual one. */
export const columnsText = (chosen: Column[]): string | undefined => {
  const text = columns.filter((column) => chosen.includes(column)).join(',');
  return text === usual.join(',') ? undefined : text || 'none';
};

/** The API's query for what the URL says. */
export function listQuery(search: CustomersSearch, cursor?: string) {
  return {
    limit: 50,
    ...(cursor && { cursor }),
    ...(search.sort && sortable(search) && { sort: search.sort }),
    ...(search.scope && { scope: search.scope }),
    ...(search.archived && { archived: 'true' }),
    ...(columnsOf(search).includes('lastInteraction') && { include: 'activity' as const }),
    ...filtersOf(search),
  };
}

/** The filter part alone, as the list and the export take it. */
export function filtersOf(search: CustomersSearch): Record<string, unknown> {
  return {
    ...(search.kind && { kind: search.kind }),
    ...(search.lifecycle && { lifecycle: search.lifecycle }),
    ...(search.owner && { ownerId: search.owner }),
    ...(search.tag && { tags: search.tag }),
    ...(search.country && { country: search.country }),
    ...(search.company && { companyId: search.company }),
  };
}

export const isFiltered = (search: CustomersSearch) =>
  Object.keys(filtersOf(search)).length > 0 || Boolean(search.q ?? search.scope ?? search.archived);

/** Whether the API serves another order than by name: over all customers only. */
export const sortable = (search: CustomersSearch) => !search.scope && !search.archived && !search.owner;
