import * as z from 'zod';
import { CaseRow } from '../cases/case.ts';
import { Channel, CustomerId } from '../customers/customer.ts';
import { lifecycles } from '../customers/kinds.ts';
import { FollowUpRow } from '../followups/follow-up.ts';
import { InteractionId } from '../interactions/interaction.ts';
import { StoredInstant } from '../kernel/values.ts';
import { matters } from './attention.ts';

/** One row of the queue: what it is, why it is there, and where it leads. */
export const TodayItem = z
  .strictObject({
    /** The kind and the id of what it is about: the same as long as it is there. */
    id: z.string(),
    kind: z.enum(['followUp', 'case', ...matters]),
    rank: z.number(),
    /** Since when its member keeps it on top; null where she does not. */
    pinnedAt: StoredInstant.nullable(),
    /** Parts of a sentence, from the terms of the rank: words by their code, and what stands in them. */
    reasons: z.array(z.strictObject({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })),
    lateAt: StoredInstant,
    late: z.boolean(),
    customer: z.strictObject({ id: CustomerId, name: z.string(), lifecycle: z.enum(lifecycles) }).nullable(),
    followUp: FollowUpRow.nullable(),
    case: CaseRow.nullable(),
    interaction: z
      .strictObject({ id: InteractionId, customerId: CustomerId, channel: Channel, at: StoredInstant, subject: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'TodayItem' });
export type TodayItem = z.output<typeof TodayItem>;

/** What the queue calls a row. */
export const TodayItemId = z
  .string()
  .regex(/^(followUp:fup|case:cas|(complaint|reply|promise):int)_[0-9A-HJKMNP-TV-Z]{26}$/, 'a row of the queue, such as followUp:fup_…');
export const Pin = z.strictObject({ id: TodayItemId, pinnedAt: StoredInstant }).meta({ id: 'TodayPin' });
export type Pin = z.output<typeof Pin>;

export const Today = z
  .strictObject({
    data: z.array(TodayItem),
    /** How many follow-ups are put off until later, of those that would be here. */
    snoozed: z.int().nonnegative(),
    /** Calls of call lists that are due until tonight: they are worked through there. */
    calls: z.int().nonnegative(),
    /** Whether there is more than is shown. */
    more: z.boolean(),
    /** Which sources answered, and which did not: an empty list with one missing is no empty day. */
    sources: z.strictObject({ answered: z.int(), of: z.int(), missing: z.array(z.string()) }),
  })
  .meta({ id: 'Today' });
export type Today = z.output<typeof Today>;
