import * as z from 'zod';
import { JobView } from '../jobs/job.ts';
import { Filter } from '../kernel/filter.ts';
import { customerColumns, interactionColumns } from './columns.ts';

/** An export: a filtered list as a file that a spreadsheet opens. Schemas; pure. */
export const exportTargets = ['customers', 'interactions'] as const;

export const NewExport = z
  .strictObject({
    target: z.enum(exportTargets),
    /** Which customers; their interactions with target interactions. */
    where: Filter.optional(),
    scope: z.enum(['all', 'own', 'team']).default('all'),
    sort: z.enum(['name', 'createdAt', '-createdAt']).default('name'),
    /** In this order; all of them when absent. */
    columns: z
      .array(z.enum([...new Set([...customerColumns, ...interactionColumns])]))
      .min(1)
      .max(60)
      .optional(),
    /** Custom fields, after the other columns. */
    custom: z.boolean().default(true),
    format: z.literal('csv').default('csv'),
    /** Spreadsheets of countries with a decimal comma expect `;`. */
    delimiter: z.enum([',', ';', '\t']).default(','),
  })
  .meta({ id: 'ExportInput' });
export type NewExport = z.output<typeof NewExport>;

export const Export = JobView.omit({ kind: true, canUndo: true })
  .extend({
    target: z.enum(exportTargets),
    /** A link to the file, good for 15 minutes, once it is done. */ file: z
      .strictObject({ url: z.string(), name: z.string(), expiresAt: z.string() })
      .nullable(),
  })
  .meta({ id: 'Export' });
export type Export = z.output<typeof Export>;
