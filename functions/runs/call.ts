import * as z from 'zod';
import { CampaignId } from '../campaigns/campaign-id.ts';
import { Customer, CustomerId } from '../customers/customer.ts';
import { DoneInput, FollowUp, type FollowUpRow } from '../followups/follow-up.ts';
import { hashOf } from '../kernel/ids.ts';
import { StoredInstant } from '../kernel/values.ts';

/** The calls of a campaign by phone, as the member works through them to whom they fell. Schemas and rules; pure. */

/** One call: whom, on which number, and what to say. */
export const Call = FollowUp.pick({ id: true, title: true, due: true, dueAt: true })
  .extend({
    campaignId: CampaignId,
    /** The campaign's text as it was rendered for her. */
    script: z.string().nullable(),
    /** How often nobody answered so far, and when that was last. */
    tried: z.int().nonnegative(),
    triedAt: StoredInstant.nullable(),
    /** Null where she is not the caller's to see. */
    customer: Customer.pick({
      id: true,
      kind: true,
      name: true,
      jobTitle: true,
      lifecycle: true,
      phones: true,
      timeZone: true,
      preferences: true,
    })
      .extend({ id: CustomerId })
      .nullable(),
  })
  .meta({ id: 'Call' });
export type Call = z.output<typeof Call>;

const count = z.int().nonnegative();

/** How far the caller is with the calls of one campaign. */
export const CallListView = z
  .strictObject({
    campaignId: CampaignId,
    name: z.string(),
    /** Calls a day of one member, and how often and after how long somebody is called again. */
    perMemberAndDay: z.int(),
    tries: z.int(),
    againAfterHours: z.int(),
    /** All that is open, what of it is due now, and what is left of that for today by the pace. */
    open: count,
    due: count,
    today: count,
    /** Calls that were made today, those that nobody answered included. */
    called: count,
  })
  .meta({ id: 'CallList' });
export type CallListView = z.output<typeof CallListView>;

export const CallLists = z.strictObject({
  lists: z.array(CallListView),
  /** The next calls in the order in which they are due, of those that the pace leaves for today. */
  data: z.array(Call),
  /** Whether there is more than was counted: of a member's open follow-ups the next 1,000 are looked at. */
  more: z.boolean(),
});
export type CallLists = z.output<typeof CallLists>;

/** What may be said of a call that nobody answered. */
export const TryInput = DoneInput.shape.interaction
  .unwrap()
  .pick({ durationSeconds: true, body: true, occurredAt: true })
  .meta({ id: 'CallTry' });

/** The campaign of a call; undefined for what is none. */
export const campaignOf = ({ source, sourceId }: Pick<FollowUp, 'source' | 'sourceId'>): string | undefined =>
  source === 'callList' ? (sourceId?.split('#')[0] ?? undefined) : undefined;

/** How a call list is worked where its campaign says nothing of it. */
export const usualPace = { perMemberAndDay: 40, tries: 3, againAfterHours: 24 };

/** Whether a call is to be made now: its day has come, or its time, and nobody put it off. `today` is the day in the workspace's zone. */
export const isDueNow = ({ due, dueAt, snoozedUntil }: FollowUpRow, { now, today }: { now: number; today: string }): boolean =>
  (snoozedUntil === null || Date.parse(snoozedUntil) <= now) && (due.at === null ? due.on <= today : Date.parse(dueAt) <= now);

/**
 * To which of so many members a customer's call falls, and on which of so many days: in turns by a hash of her id. What is left of the turn
 * once it has said the member says the day: the same number for both would give one member all of one day.
 */
export function turnOf(customerId: string, { members, days }: { members: number; days: number }): { member: number; day: number } {
  const turn = Buffer.from(hashOf(customerId, 8), 'base64url').readUInt32BE(0);
  return { member: turn % members, day: Math.floor(turn / members) % days };
}
