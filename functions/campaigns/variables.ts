import { type CustomField, liveFields, type Workspace } from '../admin/workspace.ts';
import { type Customer, primaryOf } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';

/**
 * What a message may say of its recipient: look-ups in a view that is made here, own properties only. No code, no way from a value to
 * its prototype: a name that the catalogue does not have is refused when the message is saved. Pure.
 */
export type VariableKind = 'text' | 'date' | 'number' | 'link';

/** Links of one message to one customer. */
export type Links = {
  unsubscribe: string;
  preferences: string;
  /** Where the message asks a survey: her own link to it. */
  survey?: string;
};

export type Look = {
  customer: Customer;
  workspace: Pick<Workspace, 'name' | 'fields' | 'timeZone' | 'calendar'>;
  links: Links;
  now: number;
};

/** The catalogue, but for the workspace's own fields. */
export const variables = {
  'customer.name': 'text',
  'customer.givenName': 'text',
  'customer.familyName': 'text',
  'customer.salutation': 'text',
  'customer.jobTitle': 'text',
  'customer.email': 'text',
  'customer.city': 'text',
  'customer.country': 'text',
  'customer.createdAt': 'date',
  'workspace.name': 'text',
  'links.unsubscribe': 'link',
  'links.preferences': 'link',
  'links.survey': 'link',
  today: 'date',
} as const satisfies Record<string, VariableKind>;

const customPrefix = 'customer.custom.';
const kindOfField: Record<CustomField['kind'], VariableKind> = { text: 'text', choice: 'text', number: 'number', date: 'date' };

/** What a name stands for in this workspace; undefined for a name that stands for nothing. */
export function variableKind(name: string, fields: readonly CustomField[]): VariableKind | undefined {
  if (Object.hasOwn(variables, name)) return variables[name as keyof typeof variables];
  if (!name.startsWith(customPrefix)) return undefined;
  const field = liveFields({ fields: [...fields] }).find(({ key }) => key === name.slice(customPrefix.length));
  return field && kindOfField[field.kind];
}

/** All names of a workspace, with their kinds, for whoever writes a message. */
export const variablesOf = (fields: readonly CustomField[]): { name: string; kind: VariableKind }[] => [
  ...Object.entries(variables).map(([name, kind]) => ({ name, kind })),
  ...liveFields({ fields: [...fields] }).map(({ key, kind }) => ({ name: `${customPrefix}${key}`, kind: kindOfField[kind] })),
];

/** Everything that can be looked up, without a prototype in the way. */
function viewOf({ customer, workspace, links, now }: Look): Record<string, unknown> {
  const { name, givenName, familyName, salutation, jobTitle, createdAt, custom } = customer;
  const address = primaryOf(customer.addresses);
  const email = primaryOf(customer.emails)?.address ?? null;
  const country = address?.country ?? null;
  const said = { name, givenName, familyName, salutation, jobTitle, createdAt, custom, email, city: address?.city ?? null, country };
  return { customer: said, workspace: { name: workspace.name }, links, today: isoOf(now) };
}

const own = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;

/** The value as words in a language; undefined where there is none, `null` where it is not what its kind says. */
function worded(value: unknown, kind: VariableKind, { locale, look }: { locale: string; look: Look }): string | null | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (kind === 'text' || kind === 'link') return typeof value === 'string' ? value : null;
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? new Intl.NumberFormat(locale).format(value) : null;
  return typeof value === 'string' ? dateWords(value, locale, look) : null;
}

function dateWords(value: string, locale: string, { customer, workspace }: Look): string | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const time = Date.parse(isDay ? `${value}T12:00:00Z` : value);
  if (Number.isNaN(time)) return null;
  const timeZone = isDay ? 'UTC' : (customer.timeZone ?? workspace.timeZone);
  const calendar = workspace.calendar === 'buddhist' ? 'buddhist' : 'gregory';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone, calendar }).format(time);
}

/** The language for dates and numbers; English where the runtime does not take the tag. */
function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

export type Found = { text: string } | 'absent' | 'broken';

/** Looks names up for one customer and one language. */
export function lookup(look: Look, language: string): (name: string) => Found {
  const view = viewOf(look);
  const locale = localeOf(language);
  return (name) => {
    const kind = variableKind(name, look.workspace.fields);
    if (!kind) return 'broken';
    const words = worded(name.split('.').reduce<unknown>(own, view), kind, { locale, look });
    return words === undefined ? 'absent' : words === null ? 'broken' : { text: words };
  };
}
