import { permissionOf } from '../customers/consent-fields.ts';
import { fold } from '../kernel/fold.ts';
import { type CustomerField, type ImportTarget, type InteractionField, ownFields } from './fields.ts';
import { type Concept, headerWords } from './header-words.ts';
import { type Choices, type ImportField, isConsentField, type Mapping } from './import.ts';

/** Suggests what the columns of a file are, from their headers. Pure. */
const plain = (header: string) => fold(header.replace(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, '$1 $2')).replace(/[^\p{L}\p{M}\p{Nd}]/gu, '');

const dictionary = new Map(
  Object.entries(headerWords).flatMap(([concept, words]) => words.map((word): [string, Concept] => [plain(word), concept as Concept])),
);

/** What a header says, or undefined. */
export const conceptOf = (header: string): Concept | undefined => dictionary.get(plain(header));
export const isKnownHeader = (header: string) => conceptOf(header) !== undefined;

const ofCustomer: Partial<Record<Concept, CustomerField>> = {
  ...Object.fromEntries(ownFields.map((field) => [field, field])),
  companyName: 'company.name',
};
/** A file of companies with a contact each: the company takes key, address, phone and fax, the person name, title and e-mail. */
const ofCompany: Partial<Record<Concept, CustomerField>> = {
  ...ofCustomer,
  companyName: 'name',
  contactName: 'contact.name',
  contactTitle: 'contact.jobTitle',
  jobTitle: 'contact.jobTitle',
  givenName: 'contact.givenName',
  familyName: 'contact.familyName',
  salutation: 'contact.salutation',
  email: 'contact.email',
  mobile: 'contact.mobile',
};
/** A file of companies alone: what is in it is theirs. */
const ofCompanyAlone: Partial<Record<Concept, CustomerField>> = { ...ofCompany, email: 'email', mobile: 'mobile' };
const ofInteraction: Partial<Record<Concept, InteractionField>> = {
  companyName: 'customer.name',
  name: 'customer.name',
  contactName: 'customer.name',
  key: 'customer.key',
  email: 'customer.email',
  recordKey: 'key',
  occurredAt: 'occurredAt',
  time: 'time',
  channel: 'channel',
  direction: 'direction',
  reason: 'reason',
  subject: 'subject',
  detail: 'body',
  body: 'body',
  outcome: 'outcome',
  duration: 'durationSeconds',
  answeredAt: 'answeredAt',
  member: 'member',
  timely: 'timely',
};
/** Fields that several columns may make together. */
const joined = new Set<ImportField>(['tags', 'body', 'street']);

/** Each column's field; of two columns that say the same the first has it. */
function assign(concepts: readonly (Concept | undefined)[], fields: Partial<Record<Concept, ImportField>>): (ImportField | null)[] {
  const taken = new Set<ImportField>();
  return concepts.map((concept) => {
    const field = concept && fields[concept];
    if (!field || (taken.has(field) && !joined.has(field))) return null;
    taken.add(field);
    return field;
  });
}

/** A source's name from a file's: `Northwind customers 2026.csv` gives `northwind-customers-2026`. */
export function sourceOf(fileName: string): string {
  const words = fold(fileName.replace(/\.[A-Za-z0-9]{1,5}$/, ''))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return words.slice(0, 40).replace(/-+$/, '') || 'file';
}

/** "Name" beside a family name is the given one; a family name alone is the whole name. */
function withNames(concepts: (Concept | undefined)[]): (Concept | undefined)[] {
  const has = (concept: Concept) => concepts.includes(concept);
  if (has('familyName') && has('name') && !has('givenName')) return concepts.map((concept) => (concept === 'name' ? 'givenName' : concept));
  if (has('familyName') && !has('name') && !has('givenName'))
    return concepts.map((concept) => (concept === 'familyName' ? 'name' : concept));
  return concepts;
}

type Asked = {
  target: ImportTarget;
  headers: readonly string[];
  name: string;
  customFields: readonly { key: string; label: string }[];
  /** Of consents. */
  topics?: readonly string[];
};

/** The whole set of choices that the headers suggest. */
export function suggested({ target, headers, name, customFields, topics = [] }: Asked): Choices {
  const concepts = withNames(headers.map(conceptOf));
  const custom = new Map(
    customFields.flatMap(({ key, label }) => [key, label].map((word): [string, ImportField] => [plain(word), `custom.${key}`])),
  );
  const withCustom = (columns: (ImportField | null)[]) =>
    columns.map((field, at) => {
      const header = headers[at]?.trim() ?? '';
      if (field || target !== 'customers') return field;
      return isConsentField(header) && topics.includes(permissionOf(header).topic) ? header : (custom.get(plain(header)) ?? null);
    });
  const has = (concept: Concept) => concepts.includes(concept);
  const source = sourceOf(name);
  const base = { source, tags: [] };
  if (target === 'interactions') {
    const columns = assign(concepts, ofInteraction);
    const complaint = headers.some((header) => /complain|reklam|plainte|reklamo|شکایت|ร้องเรียน/i.test(header));
    const defaults: Mapping['defaults'] = complaint ? { reason: 'complaint', direction: 'in' } : {};
    return {
      mapping: { ...base, kind: columns.includes('customer.name') && has('companyName') ? 'company' : 'person', columns, defaults },
      match: 'key',
      onMatch: 'skip',
      repairCommas: false,
    };
  }
  const hasPerson = has('name') || has('givenName') || has('familyName');
  const company = has('companyName') && (has('contactName') || !hasPerson);
  const own = has('contactName') || concepts.some((concept) => concept === 'contactTitle') ? ofCompany : ofCompanyAlone;
  const columns = withCustom(assign(concepts, company ? own : ofCustomer));
  const match = columns.includes('key') ? 'key' : columns.includes('email') || columns.includes('contact.email') ? 'email' : 'none';
  return {
    mapping: { ...base, kind: company ? 'company' : 'person', columns, defaults: {} },
    match,
    onMatch: 'update',
    repairCommas: false,
  };
}
