import * as z from 'zod';
import { DirectoryRow, MemberId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { Filter, StoredFilter } from '../kernel/filter.ts';
import { idOf, StoredInstant, text } from '../kernel/values.ts';
import { ListId } from './list.ts';

/** A segment: a stored filter; who is in it is asked anew each time. Schemas and rules; pure. */
export const SegmentId = idOf('seg');

const fields = {
  name: text(100),
  description: text(500).nullable().default(null),
  /** Any field that `GET /v1/filter-fields` tells, and those of campaigns and lists. */
  where: Filter,
  /** Whether everybody who may see segments sees it, or only its owner and those who look after all segments. */
  shared: z.boolean().default(true),
};

export const Segment = z
  .strictObject({
    id: SegmentId,
    ...fields,
    where: StoredFilter,
    // What is false is not stored.
    shared: z.boolean().default(false),
    ownerId: MemberId.nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'Segment' });
export type Segment = z.output<typeof Segment>;

export const SegmentInput = z.strictObject(fields).meta({ id: 'SegmentInput' });
export type SegmentInput = z.output<typeof SegmentInput>;
/** A merge patch (RFC 7396); the filter is replaced whole. */
export const SegmentPatch = z
  .strictObject({
    name: fields.name,
    description: text(500).nullable(),
    where: fields.where,
    shared: z.boolean(),
    ownerId: MemberId,
  })
  .partial()
  .meta({ id: 'SegmentPatch' });
export type SegmentPatch = z.output<typeof SegmentPatch>;

/** Some customers: those of a segment, those of a list, or those that a filter of the moment finds. */
export const AudiencePart = z
  .union([z.strictObject({ segmentId: SegmentId }), z.strictObject({ listId: ListId }), z.strictObject({ where: Filter })])
  .meta({ id: 'AudiencePart' });
export type AudiencePart = z.output<typeof AudiencePart>;

/** Whoever is in one of `include` and in none of `exclude`. */
export const Audience = z
  .strictObject({ include: z.array(AudiencePart).min(1).max(20), exclude: z.array(AudiencePart).max(20).default([]) })
  .meta({ id: 'Audience' });
export type Audience = z.output<typeof Audience>;

/**
 * How many customers there are of a kind, by a sample of them, or exactly where the workspace is small. With a probability of 95 % the true
 * number lies from `low` to `high`.
 */
export const Estimate = z
  .strictObject({
    estimate: z.int().nonnegative(),
    /** Of `estimate`, in customers; 0 where it is exact. */
    standardError: z.number().nonnegative(),
    low: z.int().nonnegative(),
    high: z.int().nonnegative(),
    exact: z.boolean(),
    /** Customers that were looked at, and those there are. */
    examined: z.int().nonnegative(),
    total: z.int().nonnegative(),
    /** Some of those found. */
    sample: z.array(DirectoryRow),
    /** Of those found among the customers looked at, how many no message would reach, and why. */
    reachable: z.strictObject({
      found: z.int().nonnegative(),
      noEmail: z.int().nonnegative(),
      /** Every e-mail of theirs has bounced or complained. */
      badEmail: z.int().nonnegative(),
      /** None but a fax. */
      noPhone: z.int().nonnegative(),
      noAddress: z.int().nonnegative(),
    }),
    asOf: StoredInstant,
  })
  .meta({ id: 'Estimate' });
export type Estimate = z.output<typeof Estimate>;

/** A step of an exact count: `counted` so far, and the cursor of the next step until there is none. */
export const Count = z
  .strictObject({
    counted: z.int().nonnegative(),
    examined: z.int().nonnegative(),
    /** Customers there are, about; for a bar that fills. */
    total: z.int().nonnegative(),
    nextCursor: z.string().nullable(),
    asOf: StoredInstant,
  })
  .meta({ id: 'Count' });
export type Count = z.output<typeof Count>;

/** Takes a segment or list out of use; whatever rests on it says so. */
export function putAway<T extends { archivedAt: string | null }>(noun: T, at: string): T {
  if (noun.archivedAt) throw new CrmError('already_archived');
  return { ...noun, archivedAt: at };
}

/** Brings it back. */
export function takenUp<T extends { archivedAt: string | null }>(noun: T): T {
  if (!noun.archivedAt) throw new CrmError('not_archived');
  return { ...noun, archivedAt: null };
}
