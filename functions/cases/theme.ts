import * as z from 'zod';
import { CampaignId } from '../campaigns/campaign-id.ts';
import { CustomerId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { StoredInstant, text } from '../kernel/values.ts';
import { ThemeId } from './case.ts';

/** What several cases and answers are about: a weakness, a wish, and what becomes of it. Schema and rules; pure. */
export const themeStates = ['open', 'planned', 'done', 'declined'] as const;
export const ThemeState = z.enum(themeStates);
export type ThemeState = z.output<typeof ThemeState>;

export const mostThemes = 200;

export const Theme = z
  .strictObject({
    id: ThemeId,
    name: text(100),
    note: text(2_000).nullable().default(null),
    state: ThemeState.default('open'),
    /** The draft to those who raised it, made when it was closed. */
    campaignId: CampaignId.nullable().default(null),
    closedAt: StoredInstant.nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'ThemeRow' });
export type Theme = z.output<typeof Theme>;

/** A theme with how many cases, answers and customers raised it. */
export const ThemeView = Theme.extend({
  cases: z.int().nonnegative(),
  responses: z.int().nonnegative(),
  customers: z.int().nonnegative(),
}).meta({ id: 'Theme' });
export type ThemeView = z.output<typeof ThemeView>;

export const ThemeInput = z.strictObject({ name: text(100), note: text(2_000).nullable().default(null) }).meta({ id: 'ThemeInput' });
export type ThemeInput = z.output<typeof ThemeInput>;
export const ThemePatch = z
  .strictObject({ name: text(100), note: text(2_000).nullable() })
  .partial()
  .meta({ id: 'ThemePatch' });
export type ThemePatch = z.output<typeof ThemePatch>;

/** A step: with `draft` a message to exactly those who raised it is drafted, as what has become of it can be told. */
export const ThemeStep = z.strictObject({ state: ThemeState, draft: z.boolean().default(false) }).meta({ id: 'ThemeStep' });
export type ThemeStep = z.output<typeof ThemeStep>;

/** Something of a customer's that is put under a theme. */
export const Raised = z
  .strictObject({ kind: z.enum(['case', 'response']), id: z.string().max(80), customerId: CustomerId.nullable() })
  .meta({ id: 'ThemeRaised' });
export type Raised = z.output<typeof Raised>;

export const isClosed = ({ state }: Pick<Theme, 'state'>) => state === 'done' || state === 'declined';

/** A theme in another state. What is closed may be opened again; the draft that was made stays. */
export function moved(theme: Theme, state: ThemeState, at: string): Theme {
  if (theme.archivedAt) throw new CrmError('already_archived');
  if (theme.state === state) return theme;
  return { ...theme, state, closedAt: isClosed({ state }) ? at : null };
}
