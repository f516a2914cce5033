import * as z from 'zod';
import { permissionOf } from '../customers/consent-fields.ts';
import { Consent, source } from '../customers/customer.ts';
import { directions, reasons } from '../interactions/kinds.ts';
import { JobView } from '../jobs/job.ts';
import { FieldKey, text } from '../kernel/values.ts';
import {
  type CustomerField,
  customerFields,
  dateOrders,
  delimiters,
  encodings,
  type InteractionField,
  importTargets,
  interactionFields,
  matches,
  onMatches,
} from './fields.ts';

/** An import: a file of customers or interactions, how it is to be read, and what becomes of its rows. Schemas; pure. */
export const maxFileBytes = 100 * 1024 * 1024;
/** Pasted cells come in the request's own body, which takes 256 kB. */
export const maxPastedCharacters = 200_000;
export const maxColumns = 200;
/** Rows that an inspection and a dry run show. */
export const shownRows = 20;

/** How the file's bytes become cells, and cells become values. Detected by the inspection; each can be said otherwise. */
export const FileSettings = z
  .strictObject({
    encoding: z.enum(encodings),
    delimiter: z.enum(delimiters),
    /** Whether the first row names the columns. */
    header: z.boolean(),
    decimal: z.enum(['.', ',']),
    dateOrder: z.enum(dateOrders),
    /** Years such as 2569 are of the Buddhist era. */
    buddhistYears: z.boolean(),
    /** Cells that stand for nothing, compared without case. */
    nullWords: z.array(z.string().max(20)).max(20),
  })
  .meta({ id: 'ImportFileSettings' });
export type FileSettings = z.output<typeof FileSettings>;

const CustomField = z
  .templateLiteral(['custom.', z.string().max(40)])
  .refine((field) => FieldKey.safeParse(field.slice(7)).success, { error: 'no such custom field' });
const Permission = Consent.pick({ channel: true, topic: true });
/** `consent.email.news`: what the row's own customer permits or has taken back. */
const ConsentField = z
  .templateLiteral(['consent.', z.string().max(60)])
  .refine((field) => Permission.safeParse(permissionOf(field)).success, { error: 'no such channel and topic' });
export type ConsentField = z.output<typeof ConsentField>;
export const isConsentField = (field: string | null): field is ConsentField => ConsentField.safeParse(field).success;
export const ImportField = z
  .union([z.enum([...new Set([...customerFields, ...interactionFields])]), CustomField, ConsentField])
  .meta({ id: 'ImportField' });
export type ImportField = CustomerField | InteractionField | `custom.${string}` | ConsentField;

export const Mapping = z
  .strictObject({
    /** What each column of the file is, in order; null leaves a column out. Several columns may be one field: they are joined. */
    columns: z.array(ImportField.nullable()).max(maxColumns),
    /** What the row's own customer is, where no column tells. */
    kind: z.enum(['person', 'company']),
    /** The source of the keys in the file: the first half of an external key. */
    source,
    /** For rows whose cell is empty or whose column is not there. Interactions only. */
    defaults: z
      .strictObject({
        channel: z.string().max(20).optional(),
        direction: z.enum(directions).optional(),
        reason: z.enum(reasons).optional(),
      })
      .default({}),
    /** For every customer made. */
    tags: z.array(text(40)).max(10).default([]),
  })
  .meta({ id: 'ImportMapping' });
export type Mapping = z.output<typeof Mapping>;

/** What the caller decides; all of it can be left to what the inspection suggests. */
export const Choices = z.strictObject({
  mapping: Mapping,
  /** By what a row is known to be a customer who is there already. */
  match: z.enum(matches),
  /** What becomes of such a row: left alone, written over, or made anew beside the old one (without its key). */
  onMatch: z.enum(onMatches),
  /** The yes to the repair that the dry run shows: rows with a field too many are put right. Without it they are row errors. */
  repairCommas: z.boolean(),
  /** Whether complaints, questions and requests that came in become cases. */
  createCases: z.boolean().optional(),
});
export type Choices = z.output<typeof Choices>;

export const NewImport = z
  .strictObject({
    target: z.enum(importTargets),
    /** The file's name, for people. */
    name: text(200),
    /** Pasted cells, instead of a file. */
    text: z.string().min(1).max(maxPastedCharacters).optional(),
  })
  .meta({ id: 'ImportInput' });

export const ImportPatch = Choices.partial()
  .extend({ file: FileSettings.omit({ encoding: true, delimiter: true, header: true }).partial().optional() })
  .meta({ id: 'ImportPatch' });

const Cell = z.string();
export const Column = z.strictObject({
  header: z.string(),
  /** The first values that say something. */
  samples: z.array(z.string()),
  suggested: ImportField.nullable(),
});

/** What the inspection found. */
export const Inspection = z
  .strictObject({
    format: z.enum(['text', 'xlsx']),
    /** Sheets of an XLSX file; the first one is read. */
    sheets: z.array(z.string()),
    rows: z.int().nonnegative(),
    columns: z.array(Column),
    /** The first rows, cell by cell, with their numbers in the file. */
    sample: z.array(z.strictObject({ row: z.int(), cells: z.array(Cell) })),
    /** Rows whose number of fields is not that of the header. */
    ragged: z.int().nonnegative(),
  })
  .meta({ id: 'ImportInspection' });
export type Inspection = z.output<typeof Inspection>;

export const RowError = z
  .strictObject({ row: z.int(), column: z.string().nullable(), code: z.string(), detail: z.string() })
  .meta({ id: 'ImportRowError' });
export type RowError = z.output<typeof RowError>;

/** What a run would do. Nothing was written for it. */
export const DryRun = z
  .strictObject({
    rows: z.int().nonnegative(),
    /** Customers (companies and people) or interactions that would be made. */
    create: z.int().nonnegative(),
    update: z.int().nonnegative(),
    /** Matched and left alone, or the same already. */
    skip: z.int().nonnegative(),
    /** Rows that would fail. */
    failed: z.int().nonnegative(),
    /** Of those made: by kind. */
    people: z.int().nonnegative(),
    companies: z.int().nonnegative(),
    interactions: z.int().nonnegative(),
    /** Rows with a field too many that the repair puts right, whether or not the yes was given. */
    repairable: z.int().nonnegative(),
    /** The first of them, as they would be read: `joined` is the column whose fields belong together. */
    repaired: z.array(z.strictObject({ row: z.int(), column: z.string(), joined: z.string(), cells: z.array(Cell) })),
    errors: z.array(RowError),
    /** What the first rows come to. */
    sample: z.array(
      z.strictObject({
        row: z.int(),
        outcome: z.enum(['create', 'update', 'skip', 'error']),
        customers: z.array(z.record(z.string(), z.unknown())),
        interaction: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  })
  .meta({ id: 'ImportDryRun' });
export type DryRun = z.output<typeof DryRun>;

/** `counts` while it runs and after: created, updated, skipped, failed; after an undo: undone, kept. */
export const Import = JobView.omit({ kind: true })
  .extend({
    target: z.enum(importTargets),
    name: z.string(),
    /** What `validating` is about: the file is being read, or the dry run is being made. */
    step: z.enum(['upload', 'read', 'map', 'check', 'run']),
    file: FileSettings.nullable(),
    mapping: Mapping.nullable(),
    match: z.enum(matches).nullable(),
    onMatch: z.enum(onMatches).nullable(),
    repairCommas: z.boolean(),
    createCases: z.boolean(),
    hasErrors: z.boolean(),
  })
  .meta({ id: 'Import' });
export type Import = z.output<typeof Import>;

export const ImportDetail = Import.extend({ inspection: Inspection.nullable(), dryRun: DryRun.nullable() }).meta({ id: 'ImportDetail' });
export type ImportDetail = z.output<typeof ImportDetail>;
