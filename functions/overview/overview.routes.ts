import * as z from 'zod';
import { Customer, CustomerId } from '../customers/customer.ts';
import { Activity, TimelineInteraction } from '../interactions/interaction.ts';
import { pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';

/** An entry of the timeline; later nouns add their own kinds. */
export const TimelineEntry = z
  .discriminatedUnion('entry', [z.strictObject({ entry: z.literal('interaction'), interaction: TimelineInteraction })])
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.output<typeof TimelineEntry>;

export const overviewRoutes = defineRoutes({
  getOverview: {
    method: 'GET',
    path: '/v1/customers/{id}/overview',
    summary: 'The 360: a customer, what her interactions come to, and the newest of her timeline',
    permission: 'customers:read',
    params: z.strictObject({ id: CustomerId }),
    ok: { status: 200, body: z.strictObject({ customer: Customer, activity: Activity, timeline: pageOf(TimelineEntry) }) },
    problems: ['not_found'],
    cost: { rru: 2.5, wru: 0 },
  },
});
