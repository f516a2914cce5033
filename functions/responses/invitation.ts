import * as z from 'zod';
import { CampaignId, Occurrence } from '../campaigns/campaign-id.ts';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { idFrom } from '../kernel/ids.ts';
import { idOf, StoredInstant } from '../kernel/values.ts';
import { OpenLinkId, SurveyId } from '../surveys/survey.ts';

/** The invitation: one customer's right to answer one survey once, by a secret link. Schema; pure. */
export const InvitationId = idOf('inv');

/** How somebody came to be asked. */
export const Source = z
  .discriminatedUnion('kind', [
    /** By a run of a campaign; `occurrence` is that of the first run, whichever reminder she answered. */
    z.strictObject({ kind: z.literal('campaign'), campaignId: CampaignId, occurrence: Occurrence }),
    z.strictObject({ kind: z.literal('rule'), ruleId: idOf('rul') }),
    /** By a member: on the phone, or a link that he gave her. */
    z.strictObject({ kind: z.literal('member'), memberId: MemberId }),
    z.strictObject({ kind: z.literal('open'), openLinkId: OpenLinkId }),
  ])
  .meta({ id: 'ResponseSource' });
export type Source = z.output<typeof Source>;

export const invitationChannels = ['email', 'sms', 'call', 'letter', 'phone', 'link', 'open'] as const;
export const InvitationChannel = z.enum(invitationChannels);
export type InvitationChannel = z.output<typeof InvitationChannel>;

export const Invitation = z.strictObject({
  /** Of an open link its own. */
  id: z.union([InvitationId, OpenLinkId]),
  surveyId: SurveyId,
  /** Null of an open link: whoever opens it answers the version that is out then. */
  surveyVersion: z.int().positive().nullable().default(null),
  customerId: CustomerId.nullable().default(null),
  /** The case that it is about. */
  caseId: idOf('cas').nullable().default(null),
  source: Source,
  channel: InvitationChannel,
  expiresAt: StoredInstant.nullable().default(null),
  createdAt: StoredInstant,
  version: z.int().positive(),
});
export type Invitation = z.output<typeof Invitation>;

/** The invitation of a customer to a survey by a run: the same for the run and for every reminder of it. */
export const runInvitation = (surveyId: string, run: { campaignId: string; occurrence: string }, customerId: string): string =>
  idFrom('inv', surveyId, run.campaignId, run.occurrence, customerId);

/** That of one visit by an open link. */
export const visitInvitation = (openLinkId: string, visit: string): string => idFrom('inv', openLinkId, visit);
