import * as z from 'zod';
import { Channel, Lifecycle } from '../customers/customer.ts';
import { outcomes, reasons } from '../interactions/kinds.ts';
import { Money, StoredInstant } from '../kernel/values.ts';

/** What a campaign is for: a metric from the catalogue, how much of it, until when. Free text is no metric. Pure. */

/** How a metric is measured: by the message's own row, by what the customer did afterwards, or by a member's count. */
export type Measured = 'send' | 'customer' | 'hand';

type MetricSpec = {
  measured: Measured;
  /** Whether somebody who got no message can reach it too, so that the lift against control says something. */
  comparable: boolean;
  /** In words, for the catalogue. */
  means: string;
};

/** The catalogue. A service that measures something more adds a line here and an option to `Metric`. */
export const metricCatalogue = {
  clicked: { measured: 'send', comparable: false, means: 'clicked a link of the message' },
  replied: { measured: 'customer', comparable: true, means: 'wrote or called: an inbound interaction, on the channel named or any' },
  interaction: { measured: 'customer', comparable: true, means: 'an interaction with this outcome, reason and channel was logged' },
  lifecycle: { measured: 'customer', comparable: true, means: 'reached this step of the life cycle' },
  answered: { measured: 'send', comparable: false, means: 'answered the survey that the message asks' },
  manual: { measured: 'hand', comparable: false, means: 'counted by a member' },
} as const satisfies Record<string, MetricSpec>;

export const Metric = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('clicked') }),
    z.strictObject({ kind: z.literal('replied'), channel: Channel.nullable().default(null) }),
    z.strictObject({
      kind: z.literal('interaction'),
      outcome: z.enum(outcomes),
      reason: z.enum(reasons).nullable().default(null),
      channel: Channel.nullable().default(null),
    }),
    z.strictObject({ kind: z.literal('lifecycle'), reached: Lifecycle }),
    z.strictObject({ kind: z.literal('answered') }),
    z.strictObject({ kind: z.literal('manual') }),
  ])
  .meta({ id: 'CampaignMetric' });
export type Metric = z.output<typeof Metric>;

const positive = { error: 'more than nothing' };
/** A sum above zero. */
const Sum = Money.refine(({ amount }) => Number(amount) > 0, positive);

export const Goal = z
  .strictObject({
    metric: Metric,
    /** Conversions that are aimed at. */
    target: z.int().min(1).max(100_000_000),
    deadline: StoredInstant,
    /** A conversion counts within so many days after the message, for control alike. */
    withinDays: z.int().min(1).max(365).default(14),
    /** What one conversion brings; without it no return on investment is reported. */
    worth: Sum.nullable().default(null),
    /** Campaigns with the same group share their control: it gets nothing from any of them until the window ends. */
    group: z
      .string()
      .trim()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and -')
      .nullable()
      .default(null),
  })
  .meta({ id: 'CampaignGoal' });
export type Goal = z.output<typeof Goal>;

export const ManualCost = z.strictObject({ label: z.string().trim().normalize('NFC').min(1).max(100), amount: Sum });

/** What a campaign may cost, manual costs included. A budget of nothing is none. */
export const Budget = z.strictObject({ planned: Sum, manualCosts: z.array(ManualCost).max(50).default([]) }).meta({ id: 'CampaignBudget' });
export type Budget = z.output<typeof Budget>;
