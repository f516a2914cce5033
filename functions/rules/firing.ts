import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { StoredInstant } from '../kernel/values.ts';
import { RuleId } from './rule.ts';

/** One time that a rule acted on one subject at one occurrence, or why it did not. Its key makes a second one impossible. */
export const firingOutcomes = ['done', 'skipped', 'failed', 'missed'] as const;
export type FiringOutcome = (typeof firingOutcomes)[number];

/** Something that a firing made or changed. */
export const Made = z.strictObject({
  kind: z.enum(['followUp', 'notification', 'lifecycle', 'tag', 'message', 'case', 'campaign']),
  id: z.string().max(80).nullable(),
});
export type Made = z.output<typeof Made>;

export const Firing = z
  .strictObject({
    id: z.string().max(40),
    ruleId: z.string().max(40),
    customerId: CustomerId.nullable().default(null),
    /** An interaction or a follow-up, where it is about one; else the customer. */
    subjectId: z.string().max(80),
    /** Which time: an event's id, a day, the last interaction's time. */
    occurrence: z.string().max(80),
    outcome: z.enum(firingOutcomes),
    /** Why it was skipped or failed. */
    reason: z.string().max(60).nullable().default(null),
    made: z.array(Made).max(20).default([]),
    at: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'RuleFiringRow' });
export type Firing = z.output<typeof Firing>;

export const FiringView = Firing.omit({ version: true, ruleId: true })
  .extend({ customerName: z.string().nullable() })
  .meta({ id: 'RuleFiring' });
export type FiringView = z.output<typeof FiringView>;

/** Whom a rule would touch. */
export const DryRun = z
  .strictObject({
    /** Customers looked at, and those of them that the filter meets. */
    examined: z.int().nonnegative(),
    matching: z.int().nonnegative(),
    /** Their moment has passed already: touched at once, where that is asked for. */
    passed: z.int().nonnegative(),
    /** Their moment comes within 30 days, and later. */
    soon: z.int().nonnegative(),
    later: z.int().nonnegative(),
    /** The first of those with a moment, or of those who match. */
    sample: z.array(z.strictObject({ customerId: CustomerId, name: z.string(), at: StoredInstant.nullable() })).max(10),
    /** Goes on from here; null at the end. */
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'RuleDryRun' });
export type DryRun = z.output<typeof DryRun>;

/** What a rule waits for with one customer, or with one complaint or follow-up of hers: a row that is due at its moment. */
export const WaitingRow = z
  .strictObject({
    customerId: CustomerId,
    ruleId: RuleId,
    /** The complaint or follow-up; else the customer. */
    subjectId: z.string().max(80),
    occurrence: z.string().max(80),
    at: StoredInstant,
    /** Only to look whether there is a new moment. */
    look: z.boolean().default(false),
    version: z.int().positive(),
  })
  .meta({ id: 'RuleWaitingRow' });
export type WaitingRow = z.output<typeof WaitingRow>;
