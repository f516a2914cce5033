import * as z from 'zod';
import { CrmError } from './errors.ts';
import { hashOf } from './ids.ts';
import { seal, unseal } from './secrets.ts';

/** Every list answers so. */
export const Page = z
  .strictObject({
    nextCursor: z.string().nullable(),
    hasMore: z.boolean(),
    /** Rows that were read for this page, those that a filter left out included. */
    examined: z.int().nonnegative(),
  })
  .meta({ id: 'Page' });
export type Page = z.output<typeof Page>;

export const pageOf = <T extends z.ZodType>(row: T) => z.strictObject({ data: z.array(row), page: Page });

export const Limit = z.coerce.number().int().min(1).max(200).default(50);
export const Cursor = z.string().min(1).max(2_000);
/** Names with commas between. */
export const RowFields = z
  .string()
  .max(1_000)
  .regex(/^[A-Za-z]\w{0,39}(,[A-Za-z]\w{0,39}){0,49}$/, 'names with commas between')
  .meta({ description: 'Only these fields of each row, with its id: `name,email`. All of them when absent.' });
export const PageQuery = z.strictObject({ limit: Limit, cursor: Cursor.optional(), fields: RowFields.optional() });
/** A yes or no in an address, no where nothing is said. */
export const Flag = z.enum(['true', 'false']).default('false');

const lifetime = 24 * 3_600_000;
type Held = { tenant: string; list: string; key: Record<string, unknown>; at: number };

/** Which list a cursor belongs to: its name, filter and sort, hashed. */
export const listHash = (...parts: unknown[]) => hashOf(JSON.stringify(parts), 16);

/** Seals the last examined key into an opaque cursor, good for 24 hours, this tenant and this list. */
export const sealCursor = (held: Held) => seal('cursor', JSON.stringify(held));

/** The key that a cursor holds. Throws `invalid_cursor` for a foreign, forged, stale or other list's cursor. */
export const openCursor = async (cursor: string | undefined, expected: Omit<Held, 'key'>) => {
  if (cursor === undefined) return undefined;
  const plain = await unseal('cursor', cursor);
  const held = plain === undefined ? undefined : (JSON.parse(plain) as Held);
  if (!held || held.tenant !== expected.tenant || held.list !== expected.list || held.at + lifetime < expected.at)
    throw new CrmError('invalid_cursor', {
      errors: [{ pointer: '/query/cursor', code: 'invalid_cursor', detail: 'start again from the first page' }],
    });
  return held.key;
};
