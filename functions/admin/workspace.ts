import * as z from 'zod';
import { CalendarDate, Country, Currency, FieldKey, Language, StoredInstant, TimeZone, text } from '../kernel/values.ts';

/** One company's closed world of data, and its settings. */
export const TenantId = z.string().regex(/^[a-z0-9]{8}$/, 'eight small letters or digits');

export const CustomField = z.strictObject({
  key: FieldKey,
  label: text(60),
  kind: z.enum(['text', 'number', 'date', 'choice']),
  choices: z.array(text(60)).max(50).default([]),
});
export type CustomField = z.output<typeof CustomField>;

const settings = {
  name: text(100),
  country: Country.default('PH'),
  currency: Currency.default('PHP'),
  timeZone: TimeZone.default('Asia/Manila'),
  language: Language.default('en'),
  calendar: z.enum(['gregorian', 'buddhist']).default('gregorian'),
  /** ISO weekdays: 1 is Monday. */
  workingDays: z.array(z.int().min(1).max(7)).max(7).default([1, 2, 3, 4, 5]),
  consentTopics: z.array(text(40)).max(20).default(['news', 'service']),
};

export const Workspace = z
  .strictObject({
    id: TenantId,
    ...settings,
    status: z.enum(['active', 'suspended']).default('active'),
    /** Custom fields of customers. */
    fields: z.array(CustomField).max(50).default([]),
    directoryShards: z.int().min(1).max(16).default(1),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.output<typeof Workspace>;

export const WorkspacePatch = z
  .strictObject({
    name: text(100),
    country: Country,
    currency: Currency,
    timeZone: TimeZone,
    language: Language,
    calendar: z.enum(['gregorian', 'buddhist']),
    workingDays: z.array(z.int().min(1).max(7)).max(7),
    consentTopics: z.array(text(40)).max(20),
  })
  .partial()
  .meta({ id: 'WorkspacePatch' });

/** Custom values that do not fit their definitions, as field errors below `/custom`. */
export function customErrors(custom: Record<string, unknown>, definitions: readonly CustomField[]) {
  return Object.entries(custom).flatMap(([key, value]) => {
    const definition = definitions.find((field) => field.key === key);
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
