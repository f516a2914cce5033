import * as z from 'zod';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { CalendarDate, Country, Currency, FieldKey, Language, StoredInstant, TimeZone, text } from '../kernel/values.ts';
import { noSending, Sending } from './sending.ts';

/** Custom fields that a workspace may have at a time. */
const mostFields = 50;

/** One company's closed world of data, and its settings. */
export const TenantId = z.string().regex(/^[a-z0-9]{8}$/, 'eight small letters or digits');

export const CustomField = z
  .strictObject({
    key: FieldKey,
    label: text(60),
    kind: z.enum(['text', 'number', 'date', 'choice']),
    /** For `choice` only, and then at least one. */
    choices: z.array(text(60)).max(50).default([]),
    /** A removed field hides its values; they stay stored, and come back with it. */
    removedAt: StoredInstant.nullable().default(null),
  })
  .meta({ id: 'CustomField' });
export type CustomField = z.output<typeof CustomField>;

/** A consent topic is part of a key, so it holds no `#`. `transactional` is there without being listed. */
const Topic = text(40)
  .regex(/^[^#]*$/, 'a topic without #')
  .refine((topic) => topic !== 'transactional', { error: 'this topic is always there' });
const distinct = { error: 'said twice' };

const settings = {
  name: text(100),
  country: Country,
  currency: Currency,
  timeZone: TimeZone,
  language: Language,
  calendar: z.enum(['gregorian', 'buddhist']),
  /** ISO weekdays: 1 is Monday. */
  workingDays: z
    .array(z.int().min(1).max(7))
    .max(7)
    .refine((days) => new Set(days).size === days.length, distinct),
  consentTopics: z
    .array(Topic)
    .max(20)
    .refine((topics) => new Set(topics).size === topics.length, distinct),
  /** Replaced as a whole. */
  sending: Sending,
  /** Where a survey may lead after its thanks: `https://shop.example`. */
  redirectOrigins: z
    .array(z.string().regex(/^https:\/\/[a-z0-9][a-z0-9.-]{0,200}(:\d{1,5})?$/, 'an origin such as https://shop.example'))
    .max(20),
};

export const Workspace = z
  .strictObject({
    id: TenantId,
    name: settings.name,
    country: settings.country.default('PH'),
    currency: settings.currency.default('PHP'),
    timeZone: settings.timeZone.default('Asia/Manila'),
    language: settings.language.default('en'),
    calendar: settings.calendar.default('gregorian'),
    workingDays: settings.workingDays.default([]),
    consentTopics: settings.consentTopics.default([]),
    sending: settings.sending.default(noSending),
    redirectOrigins: settings.redirectOrigins.default([]),
    status: z.enum(['active', 'suspended']).default('active'),
    /** Custom fields of customers, removed ones too. */
    fields: z
      .array(CustomField)
      .max(mostFields * 2)
      .default([]),
    directoryShards: z.int().min(1).max(16).default(1),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'WorkspaceRow' });
export type Workspace = z.output<typeof Workspace>;

/** A workspace as it begins: what its maker says, and for the rest what suits most. */
export const WorkspaceInput = z
  .strictObject({ ...settings })
  .partial()
  .required({ name: true });
export function newWorkspace(id: string, input: z.output<typeof WorkspaceInput>, now: string): Workspace {
  return Workspace.parse({
    workingDays: [1, 2, 3, 4, 5],
    consentTopics: ['service', 'news'],
    ...input,
    id,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}

/** The workspace as its members see it. */
export const WorkspaceView = Workspace.omit({ directoryShards: true }).meta({ id: 'Workspace' });
export const shownWorkspace = ({ directoryShards: _, ...workspace }: Workspace): z.output<typeof WorkspaceView> => ({
  ...workspace,
  fields: liveFields(workspace),
});

export const WorkspacePatch = z.strictObject(settings).partial().meta({ id: 'WorkspacePatch' });

/** The fields that are not removed. */
export const liveFields = ({ fields }: Pick<Workspace, 'fields'>) => fields.filter(({ removedAt }) => !removedAt);

export const FieldInput = CustomField.omit({ removedAt: true }).meta({ id: 'CustomFieldInput' });
export type FieldInput = z.output<typeof FieldInput>;
export const FieldPatch = CustomField.pick({ label: true, choices: true }).partial().meta({ id: 'CustomFieldPatch' });

function checkedField(field: CustomField): CustomField {
  if ((field.kind === 'choice') !== field.choices.length > 0)
    throw invalid('/choices', 'choices', field.kind === 'choice' ? 'a choice needs at least one' : 'only a choice has choices');
  if (new Set(field.choices).size < field.choices.length) throw invalid('/choices', 'repeated', 'said twice');
  return field;
}

/** The fields with one more. A removed field of the same key and kind comes back, and its values with it. */
export function withField(fields: readonly CustomField[], input: FieldInput): CustomField[] {
  const field = checkedField({ ...input, removedAt: null });
  const before = fields.find(({ key }) => key === field.key);
  if (before && !before.removedAt)
    throw new CrmError('duplicate', { errors: [{ pointer: '/key', code: 'taken', detail: 'there is a field with this key' }] });
  if (before && before.kind !== field.kind)
    throw invalid('/kind', 'kind_differs', `a removed field with this key holds values of the kind ${before.kind}`);
  if (liveFields({ fields: [...fields] }).length >= mostFields) throw new CrmError('too_many', { detail: `${mostFields} fields at most` });
  if (!before && fields.length >= mostFields * 2)
    throw new CrmError('too_many', { detail: `${mostFields * 2} fields at most with removed ones, whose values are kept` });
  return [...fields.filter(({ key }) => key !== field.key), field];
}

/** The fields with one changed: its label or its choices. Its key and kind are for good. */
export function withChangedField(fields: readonly CustomField[], key: string, patch: z.output<typeof FieldPatch>): CustomField[] {
  if (!fields.some((field) => field.key === key && !field.removedAt)) missing();
  return fields.map((field) => (field.key === key ? checkedField({ ...field, ...patch }) : field));
}

/** The fields with one removed. Its values stay stored, and are shown no more. */
export function withoutField(fields: readonly CustomField[], key: string, now: string): CustomField[] {
  if (!fields.some((field) => field.key === key && !field.removedAt)) missing();
  return fields.map((field) => (field.key === key ? { ...field, removedAt: now } : field));
}

/** Custom values without those of removed fields. */
export const shownCustom = <T>(custom: Record<string, T>, definitions: readonly CustomField[]): Record<string, T> => {
  const removed = new Set(definitions.filter(({ removedAt }) => removedAt).map(({ key }) => key));
  return removed.size === 0 ? custom : Object.fromEntries(Object.entries(custom).filter(([key]) => !removed.has(key)));
};

/** Custom values that do not fit their definitions, as field errors below `/custom`. A value that was there before is not asked again. */
export function customErrors(custom: Record<string, unknown>, definitions: readonly CustomField[], before: Record<string, unknown> = {}) {
  return Object.entries(custom).flatMap(([key, value]) => {
    if (before[key] === value) return [];
    const definition = definitions.find((field) => field.key === key && !field.removedAt);
    const pointer = `/custom/${key}`;
    if (!definition) return [{ pointer, code: 'unknown_field', detail: 'no such custom field in this workspace' }];
    if (value === null || fits(definition, value)) return [];
    return [{ pointer, code: 'wrong_kind', detail: definition.kind === 'choice' ? 'not one of the choices' : `not a ${definition.kind}` }];
  });
}

function fits(definition: CustomField, value: unknown): boolean {
  if (definition.kind === 'number') return typeof value === 'number';
  if (typeof value !== 'string') return false;
  if (definition.kind === 'date') return CalendarDate.safeParse(value).success;
  return definition.kind === 'text' || definition.choices.includes(value);
}
