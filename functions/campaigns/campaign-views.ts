import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { JobId } from '../jobs/job.ts';
import { Flag } from '../kernel/page.ts';
import { Instant, Language, StoredInstant, text } from '../kernel/values.ts';
import { Campaign, CampaignState, Content, definitionFields, waveAudiences } from './campaign.ts';
import { Occurrence } from './campaign-id.ts';

/** What clients say of campaigns and see of them. Pure. */

export const CampaignInput = z.strictObject({ name: text(120), ...definitionFields }).meta({ id: 'CampaignInput' });
export type CampaignInput = z.output<typeof CampaignInput>;

const unwrapped = Object.fromEntries(Object.entries(definitionFields).map(([name, field]) => [name, field.unwrap()])) as {
  [K in keyof typeof definitionFields]: ReturnType<(typeof definitionFields)[K]['unwrap']>;
};

/** A merge patch: what is absent stays; goal, budget, audience, content and schedule are replaced whole. */
export const CampaignPatch = z
  .strictObject({ name: text(120), ...unwrapped })
  .partial()
  .meta({ id: 'CampaignPatch' });
export type CampaignPatch = z.output<typeof CampaignPatch>;

/** One thing that is still lacking for a start. */
export const Lack = z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() });

export const CampaignView = Campaign.omit({ occurredThrough: true })
  .extend({
    /** What stands in the way of a start. */
    lacks: z.array(Lack),
    /** The planned price of one message, of a text message that of all its parts, in the workspace's currency. */
    unitPrice: z.string(),
  })
  .meta({ id: 'Campaign' });
export type CampaignView = z.output<typeof CampaignView>;

/** The row of the list. */
export const CampaignRow = Campaign.pick({
  id: true,
  name: true,
  channel: true,
  state: true,
  pausedBecause: true,
  startedAt: true,
  nextAt: true,
  archivedAt: true,
  createdAt: true,
})
  .extend({
    scheduleKind: z.enum(['once', 'recurring', 'triggered']).nullable(),
    metric: z.string().nullable(),
    deadline: StoredInstant.nullable(),
  })
  .meta({ id: 'CampaignListRow' });
export type CampaignRow = z.output<typeof CampaignRow>;

export const CampaignQuery = z.strictObject({
  state: CampaignState.optional(),
  archived: Flag,
});

const count = z.int().nonnegative();

/** What a run would come to if it began now. */
export const DryRun = z
  .strictObject({
    /** Whoever is in the audience, control included. */
    size: count,
    messages: count,
    /** What is billed: of text messages their parts, else as many as there are messages. */
    billed: count.default(0),
    control: count,
    /** Why somebody in the audience gets nothing. */
    skipped: z.record(z.string(), count),
    byLanguage: z.record(z.string(), count),
    byZone: z.record(z.string(), count),
    byVariant: z.record(z.string(), count),
    /** With manual costs, in the workspace's currency. */
    cost: z.string(),
    overBudget: z.boolean(),
    /** The latest that somebody's hours put her message off to. */
    lastAt: StoredInstant.nullable(),
    /** Customers who were looked at so far; all of them when it is done. */
    examined: count,
    done: z.boolean(),
    /** Who would be left out for data that the text needs, at most ten. */
    broken: z.array(z.strictObject({ customerId: CustomerId, variable: z.string().nullable() })).max(10),
    definition: z.string(),
    at: StoredInstant,
  })
  .meta({ id: 'CampaignDryRunRow' });
export type DryRun = z.output<typeof DryRun>;

export const DryRunView = DryRun.omit({ lastAt: true })
  .extend({
    /** When the last message leaves, at the rate that the provider allows now; null where no provider sends it. */
    finishesAt: StoredInstant.nullable(),
    /** Whether it is of the campaign as it is now. */
    current: z.boolean(),
    /** The job that goes on counting. */
    jobId: JobId.nullable(),
  })
  .meta({ id: 'CampaignDryRun' });
export type DryRunView = z.output<typeof DryRunView>;

/** What is shown: the saved content, or one that is being written; for a customer, or for a made-up one. */
const shown = {
  content: Content.optional(),
  customerId: CustomerId.optional(),
  language: Language.optional(),
  variant: z
    .string()
    .regex(/^[A-Z]$/)
    .optional(),
};
export const PreviewInput = z.strictObject({ ...shown, occurrence: Occurrence.optional() }).meta({ id: 'CampaignPreviewInput' });
export const Preview = z
  .strictObject({
    subject: z.string().nullable(),
    text: z.string().nullable(),
    html: z.string().nullable(),
    language: z.string().nullable(),
    variant: z.string().nullable(),
    /** Of a text message: in how many parts it goes, with a link as long as hers will be. */
    parts: z.int().positive().nullable(),
    /** Why this customer would be left out. */
    problem: z.strictObject({ code: z.enum(['no_text', 'absent', 'broken']), variable: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'CampaignPreview' });

export const WaveInput = z
  .strictObject({ of: Occurrence, who: z.enum(waveAudiences), at: Instant, content: Content.nullable().default(null) })
  .meta({ id: 'CampaignWaveInput' });

export const TestSendInput = z.strictObject(shown).meta({ id: 'CampaignTestSendInput' });
export const TestSent = z.strictObject({ to: z.string(), language: z.string(), variant: z.string() }).meta({ id: 'CampaignTestSent' });
