export type { Consent, Customer, CustomerPatch } from '../../../functions/customers/customer.ts';
export type { Interaction, InteractionInput, TimelineInteraction } from '../../../functions/interactions/interaction.ts';
export type { HistoryEntry } from '../../../functions/kernel/history.ts';

import type * as z from 'zod';
import type { SearchHit as Hit, ListedCustomer as Listed } from '../../../functions/customers/customers.routes.ts';
import type { channels, lifecycles } from '../../../functions/customers/kinds.ts';

export type Channel = (typeof channels)[number];
export type Lifecycle = (typeof lifecycles)[number];
export type ListedCustomer = z.output<typeof Listed>;
export type SearchHit = z.output<typeof Hit>;
