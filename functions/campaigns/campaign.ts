import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { Filter } from '../kernel/filter.ts';
import { hashOf } from '../kernel/ids.ts';
import { ordered } from '../kernel/ordered.ts';
import { idOf, Language, StoredInstant, TimeZone, text, WallTime } from '../kernel/values.ts';
import { CampaignId } from './campaign-id.ts';
import { Budget, Goal } from './goal.ts';

/** The campaign: goal, budget, audience, content and schedule over one channel. Schema, and what follows from it alone; pure. */
const SegmentId = idOf('seg');
const ListId = idOf('lst');
const SurveyId = idOf('svy');
export const SenderId = idOf('snd');

export const campaignChannels = ['email', 'sms', 'call', 'letter'] as const;
export const CampaignChannel = z.enum(campaignChannels);
export type CampaignChannel = z.output<typeof CampaignChannel>;

/** `ended` is for good. A campaign of one run ends by itself when the run is over. */
export const campaignStates = ['draft', 'waiting_approval', 'approved', 'active', 'paused', 'ended'] as const;
export const CampaignState = z.enum(campaignStates);
export type CampaignState = z.output<typeof CampaignState>;

/** Part of an audience: who is in a segment or a list, or meets a filter. */
export const AudiencePart = z.union([
  z.strictObject({ segmentId: SegmentId }),
  z.strictObject({ listId: ListId }),
  z.strictObject({ where: Filter }),
]);
export type AudiencePart = z.output<typeof AudiencePart>;

export const Audience = z
  .strictObject({
    /** Who is in any of these … */
    include: z.array(AudiencePart).max(10).default([]),
    /** … and in none of these. */
    exclude: z.array(AudiencePart).max(10).default([]),
    /** This share gets nothing, so that the effect can be measured. */
    holdoutPercent: z.int().min(0).max(50).default(0),
  })
  .meta({ id: 'CampaignAudience' });
export type Audience = z.output<typeof Audience>;

/** One language of a message. `subject` is an e-mail's; `body` is markup for e-mails and letters, plain for texts, the script of a call. */
export const ContentText = z.strictObject({ subject: text(200).nullable().default(null), body: text(10_000) });
export type ContentText = z.output<typeof ContentText>;

export const Variant = z.strictObject({
  /** A, B … on screen and in reports. */
  key: z.string().regex(/^[A-Z]$/, 'one capital letter'),
  /** Its part, in relation to the others'. */
  weight: z.int().min(1).max(100).default(1),
  texts: z.record(Language, ContentText),
});
export type Variant = z.output<typeof Variant>;

export const Content = z
  .strictObject({
    /** Whose name and address it is sent by; null for channels without. */
    senderId: SenderId.nullable().default(null),
    /** The consent topic that a customer must have granted. */
    topic: text(40).regex(/^[^#]*$/, 'a topic without #'),
    /** The text of whoever's language is not among the texts. */
    fallbackLanguage: Language,
    variants: z.array(Variant).min(1).max(4),
    /** The survey that is asked: the version that is out when a run begins. `{{links.survey}}` is each recipient's own link to it. */
    surveyId: SurveyId.nullable().default(null),
  })
  .meta({ id: 'CampaignContent' });
export type Content = z.output<typeof Content>;

/** What happens in the product by which a customer enters a triggered campaign. */
export const triggerEvents = ['customer.created', 'customer.changed', 'interaction.created', 'consent.created', 'consent.changed'] as const;

export const Schedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('once'), at: StoredInstant, zone: TimeZone }),
    z.strictObject({ kind: z.literal('recurring'), cron: text(100), zone: TimeZone, until: StoredInstant.nullable().default(null) }),
    /** Customers enter one by one: by a rule that names the campaign or, where given, by an event about somebody of the audience. */
    z.strictObject({ kind: z.literal('triggered'), event: z.enum(triggerEvents).nullable().default(null) }),
  ])
  .meta({ id: 'CampaignSchedule' });
export type Schedule = z.output<typeof Schedule>;

/** How a call list is worked: by whom (the customer's owner where nobody is named), how many a day each, how often and when again. */
export const CallList = z.strictObject({
  memberIds: z.array(MemberId).max(50).default([]),
  perMemberAndDay: z.int().min(1).max(500).default(40),
  tries: z.int().min(1).max(10).default(3),
  againAfterHours: z.int().min(1).max(720).default(24),
});

/** A second run to those of an earlier one who did not react. */
export const waveAudiences = ['not_clicked', 'not_replied', 'not_answered'] as const;
export const Wave = z.strictObject({
  number: z.int().min(1).max(5),
  /** The occurrence to whose recipients it goes. */
  of: z.string().max(20),
  who: z.enum(waveAudiences),
  at: StoredInstant,
  /** Null: the campaign's own. */
  content: Content.nullable().default(null),
});
export type Wave = z.output<typeof Wave>;

/** Said by a member other than the authors, of exactly this definition. */
export const Approval = z.strictObject({ by: MemberId, at: StoredInstant, definition: z.string().max(24) });

/** Why a campaign is paused: by a member, or by a guard of its runs. */
export const pauseReasons = ['person', 'budget', 'errors', 'bounces', 'complaints', 'provider', 'quota'] as const;

/** What authors say of a campaign. */
export const definitionFields = {
  channel: CampaignChannel.default('email'),
  goal: Goal.nullable().default(null),
  budget: Budget.nullable().default(null),
  audience: Audience.default({ include: [], exclude: [], holdoutPercent: 0 }),
  content: Content.nullable().default(null),
  schedule: Schedule.nullable().default(null),
  /** Whether somebody may get it again: never, after having left the audience, or at every run. */
  reentry: z.enum(['never', 'afterExit', 'always']).default('never'),
  /** What becomes of a message whose fate the provider never told: shown and left, or sent again, perhaps for the second time. */
  onUnknown: z.enum(['skip', 'retry']).default('skip'),
  /** A run that begins later than this after its time is missed. */
  maxLatenessMinutes: z.int().min(1).max(10_080).default(240),
  /** At the schedule's wall time in each recipient's zone, not at one moment for all. */
  sendAtLocal: z.boolean().default(false),
  /** Null: the workspace's. */
  quietHours: z.strictObject({ from: WallTime, to: WallTime }).nullable().default(null),
  callList: CallList.nullable().default(null),
};

export const Campaign = z
  .strictObject({
    id: CampaignId,
    name: text(120),
    state: CampaignState,
    pausedBecause: z.enum(pauseReasons).nullable().default(null),
    ...definitionFields,
    /** Conversions that members counted, for a goal that is counted by hand. */
    manualCount: z.int().min(0).max(100_000_000).default(0),
    waves: z.array(Wave).max(5).default([]),
    /** Who wrote it: none of them approves it. */
    authors: z.array(MemberId).max(50).default([]),
    approval: Approval.nullable().default(null),
    /** When it went active for the first time. */
    startedAt: StoredInstant.nullable().default(null),
    /** Occurrences up to here have their runs. */
    occurredThrough: StoredInstant.nullable().default(null),
    /** When the next run is due; the row stands in the due index by it. */
    nextAt: StoredInstant.nullable().default(null),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'CampaignRow' });
export type Campaign = z.output<typeof Campaign>;

/** The hash of all that matters to who is asked for a yes: a change of it needs the yes again. */
export const definitionOf = (campaign: Campaign): string => {
  const { channel, goal, budget, audience, content, schedule, reentry, onUnknown, sendAtLocal, quietHours, callList, waves } = campaign;
  const said = { channel, goal, budget, audience, content, schedule, reentry, onUnknown, sendAtLocal, quietHours, callList, waves };
  return hashOf(JSON.stringify(ordered(said)), 22);
};

const waveOf = (campaign: Campaign, occurrence: string) => campaign.waves.find(({ number }) => `wave-${number}` === occurrence);

/** The content of one of its runs, or null where it has none yet. */
export const contentOf = (campaign: Campaign, occurrence?: string): Content | null =>
  (occurrence !== undefined && waveOf(campaign, occurrence)?.content) || campaign.content;

/** Whom a run goes to: the audience, or those of an earlier run who did not react. */
export const recipientsOf = (campaign: Campaign, occurrence: string): { audience: Audience } | { of: string; who: Wave['who'] } => {
  const wave = waveOf(campaign, occurrence);
  return wave ? { of: wave.of, who: wave.who } : { audience: campaign.audience };
};

/** A number from 0 to 9,999 that a name always leads to: SHA-256, so that it is even over any set of customers. */
const placeOf = (...parts: string[]) => {
  const bytes = Buffer.from(hashOf(parts.join('#'), 8), 'base64url');
  return bytes.readUInt32BE(0) % 10_000;
};

/** Whether the customer belongs to the control, who get nothing. Campaigns of one goal group share it, so that nobody is control in one and treated in the next. */
export const isControl = (campaign: Pick<Campaign, 'id' | 'goal' | 'audience'>, customerId: string): boolean =>
  placeOf('control', campaign.goal?.group ?? campaign.id, customerId) < campaign.audience.holdoutPercent * 100;

/** The variant that a customer gets, always the same one. */
export function variantOf(content: Content, campaignId: string, customerId: string): Variant {
  const [first, ...others] = content.variants;
  if (!first) throw new RangeError('content has at least one variant');
  const total = content.variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = (placeOf('variant', campaignId, customerId) / 10_000) * total - first.weight;
  let chosen = first;
  for (const variant of others) {
    if (left < 0) return chosen;
    chosen = variant;
    left -= variant.weight;
  }
  return chosen;
}

/** The text in the customer's language: exactly it, else its main language, else the fallback. */
export function textFor(variant: Variant, wanted: string | null, fallback: string): { language: string; text: ContentText } | undefined {
  for (const language of [wanted, wanted?.split('-')[0], fallback]) {
    const found = language && Object.hasOwn(variant.texts, language) ? variant.texts[language] : undefined;
    if (language && found) return { language, text: found };
  }
  return undefined;
}
