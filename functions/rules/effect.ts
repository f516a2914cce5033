import * as z from 'zod';
import { CampaignId } from '../campaigns/campaign-id.ts';
import { CaseType } from '../cases/case.ts';
import { Channel, Lifecycle, MemberId } from '../customers/customer.ts';
import { text, WallTime } from '../kernel/values.ts';
import { TemplateId } from '../messages/template.ts';
import { Priority, Queue } from '../service-levels/service-level.ts';
import { SurveyId } from '../surveys/survey.ts';

/** What a rule does. Schema; pure. */

/**
 * Whose it becomes: the customer's owner's (or, where nobody owns her, the named member's), always the named member's, or that of a manager
 * of the owner's team.
 */
export const Assignee = z
  .strictObject({ to: z.enum(['owner', 'member', 'lead']), memberId: MemberId.nullable().default(null) })
  .refine(({ to, memberId }) => to !== 'member' || memberId !== null, { error: 'name the member', path: ['memberId'] });
export type Assignee = z.output<typeof Assignee>;

const Tags = z.array(text(40)).max(10).default([]);

const effects = {
  followUp: z.strictObject({
    kind: z.literal('followUp'),
    title: text(200),
    notes: text(2_000).nullable().default(null),
    /** Days from the moment at which the rule acts. */
    inDays: z.int().min(0).max(365).default(0),
    /** A time of that day in the assignee's zone; all of the day where it is null. */
    at: WallTime.nullable().default(null),
    priority: z.enum(['low', 'normal', 'high']).default('normal'),
    channel: Channel.nullable().default(null),
    for: Assignee,
  }),
  notify: z.strictObject({ kind: z.literal('notify'), text: text(200), for: Assignee }),
  /** A message to the customer, in her language; of a topic other than `transactional` only where she has agreed to it. */
  message: z.strictObject({
    kind: z.literal('message'),
    templateId: TemplateId,
    topic: text(40).default('transactional'),
    /** Asked by it: `{{links.survey}}` in the text is her own link. */
    surveyId: SurveyId.nullable().default(null),
    /** Asks the survey whose answer set the rule off once more; for one that waits for answers. */
    asksAgain: z.boolean().default(false),
    /** Days from the moment at which the rule acts. */
    inDays: z.int().min(0).max(365).default(0),
    /** A time of that day in her zone; that of the moment where it is null. */
    at: WallTime.nullable().default(null),
  }),
  lifecycle: z.strictObject({ kind: z.literal('lifecycle'), to: Lifecycle, reason: text(500).nullable().default(null) }),
  tag: z
    .strictObject({ kind: z.literal('tag'), add: Tags, remove: Tags })
    .refine(({ add, remove }) => add.length + remove.length > 0, { error: 'at least one tag', path: ['add'] }),
  /** She enters a triggered campaign, if she is of its audience: once a day at most. */
  campaign: z.strictObject({ kind: z.literal('campaign'), campaignId: CampaignId }),
  /** A case of what happened, under the service level of its priority. */
  case: z.strictObject({
    kind: z.literal('case'),
    type: CaseType.default('complaint'),
    priority: Priority.default('normal'),
    queue: Queue.nullable().default(null),
    /** That of the interaction where it is null. */
    subject: text(200).nullable().default(null),
    /** Nobody's where it is null. */
    for: Assignee.nullable().default(null),
  }),
  /** The case that the rule acts on becomes more urgent, or is handed to a queue; for one that waits for steps of cases. */
  escalate: z
    .strictObject({ kind: z.literal('escalate'), priority: Priority.nullable().default(null), queue: Queue.nullable().default(null) })
    .refine(({ priority, queue }) => priority !== null || queue !== null, { error: 'a priority or a queue', path: ['priority'] }),
};

export const Effect = z.discriminatedUnion('kind', [
  effects.followUp,
  effects.notify,
  effects.message,
  effects.lifecycle,
  effects.tag,
  effects.campaign,
  effects.case,
  effects.escalate,
]);
export type Effect = z.output<typeof Effect>;
export type EffectOf<K extends Effect['kind']> = Extract<Effect, { kind: K }>;
