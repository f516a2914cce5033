import type { CustomField } from '../admin/workspace.ts';
import { permissionOf } from '../customers/consent-fields.ts';
import { type Consent, CustomerInput } from '../customers/customer.ts';
import { fold } from '../kernel/fold.ts';
import { hashOf } from '../kernel/ids.ts';
import { countryOf } from './countries.ts';
import { type FileSettings, type ImportField, isConsentField, type Mapping, type RowError } from './import.ts';
import { cleaned, dateText, momentOf, numberOf } from './values.ts';
import { consentOf, kindOf, lifecycleOf } from './words.ts';

/** A row of a file to customers: pure, every wrong cell named at once. */
export type RowPlan = {
  headers: readonly string[];
  mapping: Mapping;
  file: FileSettings;
  /** The workspace's zone and custom fields, and its staff by e-mail in small letters. */
  zone: string;
  customFields: readonly CustomField[];
  members: ReadonlyMap<string, string>;
  now: number;
};

/** One customer of a row. `given` names the fields that the file said something about. */
export type PlannedCustomer = {
  role: 'main' | 'contact';
  input: CustomerInput;
  given: ReadonlySet<string>;
  consents: readonly SaidConsent[];
};
/** What a row says that its customer permits, or no longer does. */
export type SaidConsent = Pick<Consent, 'channel' | 'topic' | 'status'>;
export type CustomersOfRow = {
  customers: PlannedCustomer[];
  /** The company that the row's person belongs to, by name. */
  companyName: string | null;
};

/** What a row's cells say, by field, and what is wrong with them. */
export class RowReader {
  readonly #plan: RowPlan;
  readonly #row: number;
  readonly #values = new Map<ImportField, { text: string; column: string }[]>();
  readonly errors: RowError[] = [];

  constructor(plan: RowPlan, row: number, cells: readonly string[]) {
    this.#plan = plan;
    this.#row = row;
    const nulls = new Set(plan.file.nullWords.map((word) => word.toLowerCase()));
    for (const [at, field] of plan.mapping.columns.entries()) {
      const text = field ? cleaned(cells[at] ?? '', nulls) : '';
      if (!field || text === '') continue;
      const column = plan.headers[at] ?? `${at + 1}`;
      if (text.includes('\uFFFD')) this.#fail(column, 'undecodable', 'holds characters that the encoding does not have');
      this.#values.set(field, [...(this.#values.get(field) ?? []), { text, column }]);
    }
  }

  text(field: ImportField): string | null {
    return this.#values.get(field)?.[0]?.text ?? null;
  }

  all(field: ImportField) {
    return this.#values.get(field) ?? [];
  }

  has(prefix: string): boolean {
    return [...this.#values.keys()].some((field) => field.startsWith(prefix));
  }

  /** The value that `read` makes of a cell; undefined is an error of the row. */
  read<T>(field: ImportField, { code, detail, read }: { code: string; detail: string; read: (text: string) => T | undefined }): T | null {
    const cell = this.#values.get(field)?.[0];
    if (!cell) return null;
    const value = read(cell.text);
    if (value === undefined) this.#fail(cell.column, code, detail);
    return value ?? null;
  }

  fail(field: ImportField | null, code: string, detail: string) {
    this.#fail(field ? this.columnOf(field) : null, code, detail);
  }

  /** The column that a field comes from. */
  columnOf(field: ImportField): string | null {
    const at = this.#plan.mapping.columns.indexOf(field);
    return at < 0 ? null : (this.#plan.headers[at] ?? `${at + 1}`);
  }

  #fail(column: string | null, code: string, detail: string) {
    this.errors.push({ row: this.#row, column, code, detail });
  }
}

/** An external key may hold few characters; every other one is written as ~ and its bytes in hexadecimal. */
export const keyOf = (text: string) =>
  [...text]
    .map((char) =>
      /[A-Za-z0-9._:-]/.test(char) ? char : [...Buffer.from(char)].map((byte) => `~${byte.toString(16).padStart(2, '0')}`).join(''),
    )
    .join('');

/** A company that is known by its name alone has a key made of it. */
export const nameKey = (name: string) => `name:${hashOf(fold(name), 22)}`;

const fieldOf: Readonly<Record<string, ImportField>> = { emails: 'email', phones: 'phone', addresses: 'street', externalKeys: 'key' };
const addressFields = { lines: 'street', city: 'city', region: 'region', postalCode: 'postalCode', country: 'country' } as const;

/** The customers that a row makes, or its errors. */
export function customersOf(plan: RowPlan, row: number, cells: readonly string[]): CustomersOfRow | { errors: RowError[] } {
  const reader = new RowReader(plan, row, cells);
  const main = mainOf(plan, reader);
  const contact = contactOf(plan, reader);
  const consents = consentsOf(plan, reader);
  if (reader.errors.length) return { errors: reader.errors };
  const planned = [
    ...checked(reader, 'main', main).map((one) => ({ ...one, consents })),
    ...(contact ? checked(reader, 'contact', contact) : []),
  ];
  if (reader.errors.length) return { errors: reader.errors };
  const companyName = planned[0]?.input.kind === 'person' ? reader.text('company.name') : null;
  return { customers: planned, companyName };
}

type Draft = Record<string, unknown>;

function checked(reader: RowReader, role: PlannedCustomer['role'], draft: Draft): PlannedCustomer[] {
  const given = Object.fromEntries(
    Object.entries(draft).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
  const result = CustomerInput.safeParse(given);
  if (result.success) return [{ role, input: result.data, given: new Set(Object.keys(given)), consents: [] }];
  for (const { path, message, code } of result.error.issues.slice(0, 20)) {
    const inner = addressFields[String(path[2]) as keyof typeof addressFields];
    const field = (inner ?? fieldOf[String(path[0])] ?? String(path[0])) as ImportField;
    const own = role === 'contact' ? (`contact.${field}` as ImportField) : field;
    reader.fail(
      field === 'name' && given.name === undefined ? null : own,
      given[String(path[0])] === undefined ? 'missing' : code,
      given[String(path[0])] === undefined ? `no ${field}` : message.slice(0, 200),
    );
  }
  return [];
}

function mainOf(plan: RowPlan, reader: RowReader): Draft {
  const { mapping } = plan;
  const kind = reader.read('kind', { code: 'unknown_word', detail: 'neither a person nor a company', read: kindOf }) ?? mapping.kind;
  const ofPerson = kind === 'person';
  const key = reader.text('key');
  const label = ofPerson ? null : 'work';
  return {
    kind,
    name: nameFrom(reader, ''),
    ...(ofPerson && namesOf(reader, '')),
    ...(ofPerson && { jobTitle: reader.text('jobTitle') }),
    lifecycle: reader.read('lifecycle', { code: 'unknown_word', detail: 'no step of the life cycle', read: lifecycleOf }),
    ownerId: reader.read('owner', {
      code: 'no_such_member',
      detail: 'no such member',
      read: (email) => plan.members.get(email.toLowerCase()),
    }),
    tags: [
      ...mapping.tags,
      ...reader.all('tags').flatMap(({ text }) =>
        text
          .split(/[,;|]/)
          .map((tag) => tag.trim())
          .filter(Boolean),
      ),
    ],
    emails: emailsOf([reader.text('email'), reader.text('email2')]),
    phones: phonesOf(reader, { phone: 'phone', mobile: 'mobile', fax: 'fax' }, label),
    addresses: addressesOf(reader, label),
    preferences: preferencesOf(reader),
    timeZone: reader.text('timeZone'),
    custom: customOf(plan, reader),
    externalKeys: key === null ? [] : [{ source: mapping.source, id: keyOf(key) }],
  };
}

/** The person beside a company: `<key>:contact`, name and job title, and what columns of a contact there are. */
function contactOf({ mapping }: RowPlan, reader: RowReader): Draft | undefined {
  const name = nameFrom(reader, 'contact.');
  if (!name) {
    if (reader.has('contact.')) reader.fail('contact.name', 'missing', 'a contact without a name');
    return undefined;
  }
  const key = reader.text('key');
  return {
    kind: 'person',
    name,
    ...namesOf(reader, 'contact.'),
    jobTitle: reader.text('contact.jobTitle'),
    tags: mapping.tags,
    emails: emailsOf([reader.text('contact.email')]),
    phones: phonesOf(reader, { phone: 'contact.phone', mobile: 'contact.mobile' }, 'work'),
    externalKeys: key === null ? [] : [{ source: mapping.source, id: `${keyOf(key)}:contact` }],
  };
}

const namesOf = (reader: RowReader, prefix: '' | 'contact.') => ({
  givenName: reader.text(`${prefix}givenName`),
  familyName: reader.text(`${prefix}familyName`),
  salutation: reader.text(`${prefix}salutation`),
});

function nameFrom(reader: RowReader, prefix: '' | 'contact.'): string | null {
  const whole = reader.text(`${prefix}name`);
  if (whole) return whole;
  const parts = [reader.text(`${prefix}givenName`), reader.text(`${prefix}familyName`)].filter((part) => part !== null);
  return parts.length ? parts.join(' ') : null;
}

/** Addresses with blanks between them; what is none stays whole, to be refused as one. */
function severalOf(text: string): string[] {
  const parts = text.trim().split(/\s+/).filter(Boolean);
  return parts.every((part) => part.includes('@')) ? parts : [text.trim()];
}

const emailsOf = (cells: (string | null)[]) => {
  const addresses = cells.flatMap((cell) => cell?.split(/[;,]/).flatMap(severalOf) ?? []);
  const distinct = [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
  return distinct.map((address, at) => ({ address, primary: at === 0 }));
};

function phonesOf(reader: RowReader, fields: { phone: ImportField; mobile: ImportField; fax?: ImportField }, label: string | null) {
  const types = [
    { field: fields.phone, type: label === 'work' ? 'landline' : 'other' },
    { field: fields.mobile, type: 'mobile' },
    ...(fields.fax ? [{ field: fields.fax, type: 'fax' }] : []),
  ];
  const phones = types.flatMap(({ field, type }) => reader.all(field).map(({ text }) => ({ number: text, type, label })));
  return phones.map((phone, at) => ({ ...phone, primary: at === 0 && phone.type !== 'fax' }));
}

function addressesOf(reader: RowReader, label: string | null) {
  const lines = [...reader.all('street'), ...reader.all('street2')].flatMap(({ text }) =>
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean),
  );
  const country = reader.read('country', { code: 'unknown_country', detail: 'no such country', read: countryOf });
  const address = { lines, city: reader.text('city'), region: reader.text('region'), postalCode: reader.text('postalCode'), country };
  if (lines.length === 0 && Object.values(address).every((part) => part === null || Array.isArray(part))) return [];
  return [{ ...address, label, primary: true }];
}

function preferencesOf(reader: RowReader) {
  const language = reader.text('language');
  return language === null ? null : { language: language.replace('_', '-').replace(/^[A-Z]+/, (start) => start.toLowerCase()) };
}

const consentsOf = ({ mapping }: RowPlan, reader: RowReader): SaidConsent[] =>
  [...new Set(mapping.columns.filter(isConsentField))].flatMap((field) => {
    const status = reader.read(field, { code: 'unknown_word', detail: 'neither yes nor no', read: consentOf });
    return status ? [{ ...permissionOf(field), status }] : [];
  });

function customOf(plan: RowPlan, reader: RowReader): Record<string, unknown> | null {
  const custom: Record<string, unknown> = {};
  for (const definition of plan.customFields) {
    const value = reader.read(`custom.${definition.key}`, {
      code: 'wrong_kind',
      detail: definition.kind === 'choice' ? 'not one of the choices' : `not a ${definition.kind}`,
      read: (text) => customValue(plan, definition, text),
    });
    if (value !== null) custom[definition.key] = value;
  }
  return Object.keys(custom).length ? custom : null;
}

function customValue({ file }: RowPlan, definition: CustomField, text: string): string | number | undefined {
  if (definition.kind === 'number') return numberOf(text, file.decimal);
  if (definition.kind === 'text') return text;
  if (definition.kind === 'choice') return definition.choices.find((choice) => fold(choice) === fold(text));
  const moment = momentOf(text, file);
  return moment && dateText(moment);
}
