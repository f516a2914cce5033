import * as z from 'zod';
import { CrmError, type FieldError } from './errors.ts';
import { fieldErrors, type ZodIssue } from './reply.ts';
import { StoredNumber } from './values.ts';

/**
 * The one filter language, of lists, segments, audiences, reports and exports: conditions on fields, in groups. A noun declares its
 * fields in a catalogue; what a catalogue does not name is refused, never scanned for. `filter-match.ts` says what a filter means.
 */
export const operators = [
  'eq',
  'ne',
  'in',
  'nin',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'contains',
  'startsWith',
  'exists',
  'withinLast',
] as const;
export type Operator = (typeof operators)[number];

export const maxLevels = 3;
export const maxConditions = 25;
const maxValues = 50;

const Scalar = z.union([z.string().max(200), StoredNumber, z.boolean()]);
const Condition = z.strictObject({
  field: z.string().min(1).max(64),
  op: z.enum(operators),
  value: z.union([Scalar, z.array(Scalar).min(1).max(maxValues)]),
});
export type Scalar = z.output<typeof Scalar>;
export type Condition = z.output<typeof Condition>;
export type Filter = Condition | { and: Filter[] } | { or: Filter[] } | { not: Filter };

export type FieldType = 'text' | 'number' | 'date' | 'enum' | 'id' | 'tags' | 'bool';

/**
 * Where a condition on a field is answered: `index` by a key range, `directory` by the row that a directory projects, `row` by the whole
 * row; any other word names rows beside it, which whoever declares the field knows how to read.
 */
export type Served = string;

export type FieldSpec = {
  type: FieldType;
  served: Served;
  /** The values of an enum. */
  values?: readonly string[];
  /** Fewer operators than the type has. */
  ops?: readonly Operator[];
  /** Where the row holds it, if not under its own name; a dot leads into an object, or into each member of a list. */
  at?: string;
  /** Whose value stands in where this one is absent, named as `at` names it; `exists` asks for the field itself. */
  orAt?: string;
};
export type FieldCatalogue = Readonly<Record<string, FieldSpec>>;

/** Fields that one service declares for the filters of everybody. `Settings` is what they depend on, as a workspace's own fields do. */
export type FieldGroup<Settings> = {
  /** What a screen calls them together. */
  name: string;
  fields: (settings: Settings) => FieldCatalogue;
  /** A field that is in no list because its name holds an id. */
  named?: (name: string) => FieldSpec | undefined;
};

/** What a filter may ask at one place: the noun's fields, of which those are served that `serves` names. */
export type FilterTarget = { fields: FieldCatalogue; serves: readonly Served[] };

const equality = ['eq', 'ne', 'in', 'nin', 'exists'] as const;
const order = ['lt', 'lte', 'gt', 'gte', 'between'] as const;
const operatorsOf: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: [...equality, 'contains', 'startsWith'],
  number: [...equality, ...order],
  date: ['eq', 'ne', 'exists', ...order, 'withinLast'],
  enum: equality,
  id: equality,
  tags: equality,
  bool: ['eq', 'ne', 'exists'],
};

/** The operators that a field takes. */
export const opsOf = (spec: FieldSpec): readonly Operator[] => spec.ops ?? operatorsOf[spec.type];

/** `P30D`, `-P1Y6M`, `PT12H`: a span of time from now on, or back if it has a minus. */
export const durationPattern =
  /^(-?)P(?!$)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;
const Day = z.iso.date();
const Instant = z.iso.datetime({ offset: true });
const isDecimal = (value: Scalar) => typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,6})?$/.test(value));
const isFilled = (value: Scalar) => typeof value === 'string' && value.trim() !== '';

/** What a single value must be, and how to say so. */
const operand: Readonly<Record<FieldType, { fits: (value: Scalar, spec: FieldSpec) => boolean; detail: (spec: FieldSpec) => string }>> = {
  text: { fits: isFilled, detail: () => 'a text of 1 to 200 characters' },
  tags: { fits: isFilled, detail: () => 'a text of 1 to 200 characters' },
  number: { fits: isDecimal, detail: () => 'a number' },
  id: { fits: (value) => typeof value === 'string' && /^[\w.~:-]+$/.test(value), detail: () => 'an id' },
  bool: { fits: (value) => typeof value === 'boolean', detail: () => 'true or false' },
  enum: { fits: (value, spec) => spec.values?.includes(String(value)) ?? false, detail: (spec) => `one of: ${spec.values?.join(', ')}` },
  date: {
    fits: (value) =>
      [Day, Instant].some((schema) => schema.safeParse(value).success) || (typeof value === 'string' && durationPattern.test(value)),
    detail: () => 'a day such as 2026-01-31, a time such as 2026-01-31T08:00:00Z, or a span from now such as -P30D',
  },
};

type Fault = { part: 'field' | 'op' | 'value'; code: string; detail: string };

/** What is wrong with a well-formed condition at this place. What the caller wrote is never repeated. */
function faultOf({ field, op, value }: Condition, { fields, serves }: FilterTarget): Fault | undefined {
  const spec = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!spec || !serves.includes(spec.served)) {
    const served = Object.keys(fields).filter((name) => serves.includes(fields[name]?.served as Served));
    return { part: 'field', code: spec ? 'field_not_served' : 'unknown_field', detail: `served here: ${served.join(', ')}` };
  }
  if (!opsOf(spec).includes(op))
    return { part: 'op', code: 'operator_not_served', detail: `${field} is served with: ${opsOf(spec).join(', ')}` };
  const wanted = valueFault(spec, op, value);
  return wanted === undefined ? undefined : { part: 'value', code: 'invalid_value', detail: wanted };
}

function valueFault(spec: FieldSpec, op: Operator, value: Condition['value']): string | undefined {
  const { fits, detail } = operand[spec.type];
  const all = Array.isArray(value) && value.every((each) => fits(each, spec));
  switch (op) {
    case 'exists':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'withinLast':
      return typeof value === 'string' && durationPattern.test(value) && !value.startsWith('-')
        ? undefined
        : 'a span such as P30D or PT12H';
    case 'between':
      return all && value.length === 2 ? undefined : `a list of two, from and to, each ${detail(spec)}`;
    case 'in':
    case 'nin':
      return all ? undefined : `a list of 1 to ${maxValues}, each ${detail(spec)}`;
    default:
      return !Array.isArray(value) && fits(value, spec) ? undefined : detail(spec);
  }
}

type Found = { errors: FieldError[]; conditions: { condition: Condition; pointer: string }[] };

/** Walks a filter of unknown shape, never deeper than it may be, and gathers its conditions and what is malformed. */
function walk(input: unknown, pointer: string, { level, found }: { level: number; found: Found }): void {
  const group = groupOf(input);
  if (!group) {
    const read = Condition.safeParse(input);
    if (read.success) found.conditions.push({ condition: read.data, pointer });
    else found.errors.push(...fieldErrors(read.error.issues as ZodIssue[], pointer));
    return;
  }
  const { name, members } = group;
  if (level === maxLevels) found.errors.push({ pointer, code: 'too_deep', detail: `groups may stand in each other ${maxLevels} deep` });
  else if (name === 'not') walk(members, `${pointer}/not`, { level: level + 1, found });
  else if (!Array.isArray(members) || members.length === 0 || members.length > maxConditions)
    found.errors.push({
      pointer: `${pointer}/${name}`,
      code: 'invalid_group',
      detail: `a list of 1 to ${maxConditions} conditions or groups`,
    });
  else for (const [at, member] of members.entries()) walk(member, `${pointer}/${name}/${at}`, { level: level + 1, found });
}

function groupOf(input: unknown): { name: 'and' | 'or' | 'not'; members: unknown } | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  const [key, ...more] = Object.entries(input);
  if (!key || more.length > 0) return undefined;
  const [name, members] = key;
  return name === 'and' || name === 'or' || name === 'not' ? { name, members } : undefined;
}

function read(input: unknown, root: string): Found {
  const found: Found = { errors: [], conditions: [] };
  walk(input, root, { level: 0, found });
  if (found.conditions.length + found.errors.length > maxConditions)
    return { conditions: [], errors: [{ pointer: root, code: 'too_many_conditions', detail: `at most ${maxConditions} conditions` }] };
  return found;
}

const groupSchema = (name: string, members: object) => ({ type: 'object', properties: { [name]: members }, required: [name] });
const scalarSchema = { type: ['string', 'number', 'boolean'], maxLength: 200 };

/** How OpenAPI shows a filter: by hand, as the checks of `read` are not those of a zod union, whose errors could not say where. */
const shown = {
  title: 'Filter',
  type: 'object',
  description: `A condition, or a group of them; groups ${maxLevels} deep and ${maxConditions} conditions at most.`,
  oneOf: [
    {
      type: 'object',
      properties: {
        field: { type: 'string' },
        op: { enum: operators },
        value: { anyOf: [scalarSchema, { type: 'array', items: scalarSchema, minItems: 1, maxItems: maxValues }] },
      },
      required: ['field', 'op', 'value'],
    },
    ...['and', 'or'].map((name) => groupSchema(name, { type: 'array', items: { type: 'object' }, minItems: 1, maxItems: maxConditions })),
    groupSchema('not', { type: 'object' }),
  ],
};

/** A well-formed filter, in a request's body: shape, depth and number are checked here, fields and values by `parseFilter`. */
export const Filter: z.ZodType<Filter> = z
  .unknown()
  .meta(shown)
  .superRefine((input, context) => {
    for (const { pointer, code, detail } of read(input, '').errors)
      context.addIssue({ code: 'custom', path: pointer.split('/').slice(1), message: detail, params: { code } });
  }) as z.ZodType<Filter>;

/** A filter as it is stored and answered: no transformation, so that output schemas stay plain. */
export const StoredFilter = z.unknown().meta(shown) as unknown as z.ZodType<Filter>;

/** Everything that is wrong with a filter here, or nothing; `root` is the pointer of the filter in its request. */
export function filterErrors(input: unknown, target: FilterTarget, root = ''): FieldError[] {
  const { errors, conditions } = read(input, root);
  const faults = conditions.flatMap(({ condition, pointer }) => {
    const fault = faultOf(condition, target);
    return fault ? [{ pointer: `${pointer}/${fault.part}`, code: fault.code, detail: fault.detail }] : [];
  });
  return [...errors, ...faults];
}

const notServed = new Set(['unknown_field', 'field_not_served', 'operator_not_served']);

/** The failure that a list of filter errors amounts to: 422 either way, by its code as what is not served or what is not valid. */
export const filterProblem = (errors: FieldError[]) =>
  new CrmError(errors.some(({ code }) => notServed.has(code)) ? 'filter_not_served' : 'invalid_input', { errors });

/** The names of the fields that a filter asks of, each once. What is malformed in it is passed over. */
export const fieldsIn = (input: unknown): string[] => [...new Set(read(input, '').conditions.map(({ condition }) => condition.field))];

/** A filter that this target serves. Throws `filter_not_served` or `invalid_input` with every error. */
export function parseFilter(input: unknown, target: FilterTarget, root = ''): Filter {
  const errors = filterErrors(input, target, root);
  if (errors.length > 0) throw filterProblem(errors);
  return input as Filter;
}

/** The error of one condition of a form, at the form's own field. */
export function conditionError(condition: unknown, target: FilterTarget, pointer: string): FieldError | undefined {
  const [error] = filterErrors(condition, target, pointer);
  return error && { ...error, pointer };
}

/** One spelling for filters that ask the same in another order or grouping; for hashes of cursors and views. */
export function canonical(filter: Filter): string {
  if ('field' in filter) {
    const { field, op, value } = filter;
    const asSet = op === 'in' || op === 'nin';
    return JSON.stringify([field, op, asSet && Array.isArray(value) ? [...new Set(value)].sort(byText) : value]);
  }
  if ('not' in filter) return `not(${canonical(filter.not)})`;
  const name = 'and' in filter ? 'and' : 'or';
  const members = [...new Set(flattened(filter, name).map(canonical))].sort();
  return members.length === 1 ? (members[0] ?? '') : `${name}(${members.join()})`;
}

const byText = (a: Scalar, b: Scalar) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** The members of a group, those of equal groups within it included. */
function flattened(filter: Filter, name: 'and' | 'or'): Filter[] {
  const members = (filter as { and?: Filter[]; or?: Filter[] })[name];
  return members ? members.flatMap((member) => flattened(member, name)) : [filter];
}
