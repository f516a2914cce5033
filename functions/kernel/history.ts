import * as z from 'zod';
import { StoredInstant } from './values.ts';

/** One change of one row, made from the two images in the table's stream. Append-only. */
export const HistoryEntry = z
  .strictObject({
    id: z.string(),
    at: StoredInstant,
    /** Which noun: customer, interaction, consent, member … */
    entity: z.string(),
    /** The id of the row that changed. */
    rowId: z.string(),
    action: z.enum(['created', 'changed', 'archived', 'restored', 'removed']),
    /** The member whose hand it was; null for the product itself. */
    actorId: z.string().nullable(),
    /** person, key, import, undo, redrive, restore, rule, link. */
    via: z.string(),
    requestId: z.string().nullable(),
    version: z.int(),
    changes: z.array(z.strictObject({ field: z.string(), from: z.unknown(), to: z.unknown() })),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.output<typeof HistoryEntry>;
