import * as z from 'zod';
import { sorts } from '../customers/customers.routes.ts';
import { Filter } from '../kernel/filter.ts';
import { JobView } from '../jobs/job.ts';

/** An export: a filtered list as a file that a spreadsheet opens. Schemas; pure. */
export const exportTargets = ['customers', 'interactions'] as const;

/** Columns of a file of customers, as their headers; the import knows each of them again. */
export const customerColumns = [
  'id',
  'kind',
  'name',
  'givenName',
  'familyName',
  'salutation',
  'jobTitle',
  'company',
  'lifecycle',
  'owner',
  'tags',
  'email',
  'email2',
  'phone',
  'mobile',
  'fax',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'language',
  'timeZone',
  'key',
  'createdAt',
] as const;
export type CustomerColumn = (typeof customerColumns)[number];

export const interactionColumns = [
  'id',
  'customerId',
  'customer',
  'occurredAt',
  'channel',
  'sourceWord',
  'direction',
  'reason',
  'subject',
  'body',
  'outcome',
  'durationSeconds',
  'answeredAt',
  'member',
] as const;
export type InteractionColumn = (typeof interactionColumns)[number];

export const NewExport = z
  .strictObject({
    target: z.enum(exportTargets),
    /** Which customers; their interactions with target interactions. */
    where: Filter.optional(),
    scope: z.enum(['all', 'own', 'team']).default('all'),
    sort: z.enum(sorts).default('name'),
    /** In this order; all of them when absent. */
    columns: z.array(z.enum([...new Set([...customerColumns, ...interactionColumns])])).min(1).max(60).optional(),
    /** Custom fields, after the other columns. */
    custom: z.boolean().default(true),
    format: z.literal('csv').default('csv'),
    /** Spreadsheets of countries with a decimal comma expect `;`. */
    delimiter: z.enum([',', ';', '\t']).default(','),
  })
  .meta({ id: 'ExportInput' });
export type NewExport = z.output<typeof NewExport>;

export const Export = JobView.omit({ kind: true, canUndo: true })
  .extend({ target: z.enum(exportTargets), /** A link to the file, good for 15 minutes, once it is done. */ file: z.strictObject({ url: z.string(), name: z.string(), expiresAt: z.string() }).nullable() })
  .meta({ id: 'Export' });
export type Export = z.output<typeof Export>;
