import * as z from 'zod';
import { type Consent, type Customer, primaryOf } from '../customers/customer.ts';
import { WallTime } from '../kernel/values.ts';
import { type Cap, CapLimits, isCapped, windowOf } from './cap.ts';
import { hoursFor, nextWallTime } from './local-time.ts';
import { type Send, SendChannel, type SkipReason, unknownPolicies } from './send.ts';

/** Whether somebody gets a message now, later or not, and why: the same for the claim and for the dry run. Pure. */

/** What a campaign says about its sending, as it was when the run began. */
export const SendRules = z.strictObject({
  channel: SendChannel,
  /** The consent topic; `transactional` needs no consent. */
  topic: z.string().max(40),
  holdoutPercent: z.int().min(0).max(50).default(0),
  reentry: z.enum(['never', 'afterExit', 'always']).default('never'),
  onUnknown: z.enum(unknownPolicies).default('skip'),
  maxLatenessMinutes: z.int().min(1).max(10_080).default(240),
  /** `HH:MM`: at that wall time in each recipient's zone. Null: at once. */
  localTime: WallTime.nullable().default(null),
  /** Nothing is sent within these hours of the recipient's zone. */
  quietHours: z.strictObject({ from: WallTime, to: WallTime }).nullable().default(null),
  caps: CapLimits.default({ perDay: null, perWeek: null }),
  /** Of calls: the owners of the customers make them, and nobody else is named who could. */
  ownersCall: z.boolean().default(false),
});
export type SendRules = z.output<typeof SendRules>;

export type Decision = { send: string } | { skip: SkipReason } | { later: number };

/** Where a channel reaches a customer. */
export type Addressed = { address: string } | { skip: SkipReason };

const smsNumber = (customer: Customer): Addressed => {
  const mobiles = customer.phones.filter(({ type }) => type === 'mobile');
  const phone = primaryOf(mobiles) ?? primaryOf(customer.phones.filter(({ type }) => type === 'other'));
  if (!phone) return { skip: 'no_address' };
  return phone.e164 ? { address: phone.e164 } : { skip: 'invalid_address' };
};

const callNumber = (customer: Customer): Addressed => {
  const phone = primaryOf(customer.phones.filter(({ type }) => type !== 'fax'));
  if (!phone) return { skip: 'no_address' };
  return { address: phone.e164 ?? phone.number };
};

const postal = (customer: Customer): Addressed => {
  const address = primaryOf(customer.addresses);
  if (!address) return { skip: 'no_address' };
  if (address.lines.length === 0 || !(address.city || address.postalCode)) return { skip: 'invalid_address' };
  // Two in one house are two letters.
  return {
    address: [customer.name, ...address.lines, address.postalCode ?? '', address.city ?? '', address.country ?? ''].join('\n'),
  };
};

const mailbox = (customer: Customer): Addressed => {
  const mail = primaryOf(customer.emails.filter(({ state }) => state === 'ok')) ?? primaryOf(customer.emails);
  if (!mail) return { skip: 'no_address' };
  if (mail.state === 'bounced') return { skip: 'bounced' };
  return mail.state === 'complained' ? { skip: 'suppressed' } : { address: mail.address };
};

const reached = { email: mailbox, sms: smsNumber, call: callNumber, letter: postal } as const;

/** The one address of a channel, or why there is none. */
export const addressFor = (channel: SendChannel, customer: Customer): Addressed => reached[channel](customer);

/** What is known of the survey that she would be asked. */
export type SurveyKnown = {
  closed: boolean;
  answered: boolean;
  /** Nobody is asked who was asked within so many days, or will be. */
  coolDownDays: number;
  /** The nearest time at which she was asked, or is to be, but for this run and its reminders; milliseconds. */
  invitedAt: number | null;
};

/** Everything that was read about one recipient. */
export type Known = {
  customer: Customer | undefined;
  consent: Consent | undefined;
  /** Why the address is suppressed; undefined where it is not. */
  suppressed: string | undefined;
  cap: Cap | undefined;
  /** When she last got a message of this campaign before this run, or was kept from one. */
  lastSentAt: string | undefined;
  /** Whether the campaign's run before this one had her in its audience. */
  wasInLastRun: boolean;
  /** She is of this campaign's control. Nothing here depends on it: it is asked last, of whoever would be sent the message. */
  control: boolean;
  /** Until when another campaign of the goal group keeps her from all of them. */
  heldOutUntil: string | undefined;
  /** Undefined where the run asks none. */
  survey?: SurveyKnown | undefined;
};

export type Moment = {
  now: number;
  /** When the run was to begin. */
  scheduledAt: number;
  /** The workspace's zone, for whoever has none. */
  zone: string;
};

/**
 * What becomes of one recipient. Reasons that do not pass by themselves come first, then hours, then the cap, which is counted by the
 * claim itself. `send` is the address.
 */
export function decide(known: Known, rules: SendRules, moment: Moment): Decision {
  const { customer } = known;
  if (!customer || customer.archivedAt) return { skip: 'archived' };
  const addressed = addressFor(rules.channel, customer);
  if ('skip' in addressed) return addressed;
  const barred =
    handwork(customer, rules) ??
    permission(known, rules) ??
    pause(customer, rules, moment.now) ??
    entry(known, rules) ??
    keptAway(known, moment.now) ??
    asking(known.survey, moment.now);
  if (barred) return { skip: barred };
  const zone = customer.timeZone ?? moment.zone;
  const at = suits(customer, rules, { ...moment, zone });
  if ('skip' in at || at.later > moment.now) return at;
  if (isCapped(known.cap, rules.caps, windowOf(moment.now, zone))) return { skip: 'cap_reached' };
  return { send: addressed.address };
}

/** A call that falls to nobody is not made. */
const handwork = ({ ownerId }: Customer, { channel, ownersCall }: SendRules): SkipReason | undefined =>
  channel === 'call' && ownersCall && ownerId === null ? 'no_caller' : undefined;

/** Suppression holds for everybody, consent for all but what somebody needs to know. */
function permission({ consent, suppressed }: Known, { topic }: SendRules): SkipReason | undefined {
  if (suppressed === 'hard_bounce') return 'bounced';
  if (suppressed === 'unsubscribe_all') return topic === 'transactional' ? undefined : 'opted_out_channel';
  if (suppressed !== undefined) return 'suppressed';
  if (topic === 'transactional') return undefined;
  if (!consent) return 'no_consent';
  return consent.status === 'withdrawn' ? 'consent_withdrawn' : undefined;
}

/** She asked for a pause: what she misses is not made up for, so that no run waits for months. */
const pause = ({ preferences }: Customer, { topic }: SendRules, now: number): SkipReason | undefined =>
  topic !== 'transactional' && preferences.pausedUntil !== null && Date.parse(preferences.pausedUntil) > now
    ? 'opted_out_channel'
    : undefined;

function entry({ lastSentAt, wasInLastRun }: Known, { reentry }: SendRules): SkipReason | undefined {
  if (reentry === 'never' && lastSentAt !== undefined) return 're_entry';
  // Whoever was in the run before has not left since.
  return reentry === 'afterExit' && lastSentAt !== undefined && wasInLastRun ? 're_entry' : undefined;
}

/** Control of another campaign of the goal group, whose days are not over: not this one's, which is like its treated in that. */
const keptAway = ({ control, heldOutUntil }: Known, now: number): SkipReason | undefined =>
  !control && heldOutUntil !== undefined && Date.parse(heldOutUntil) > now ? 'excluded' : undefined;
/** A survey that is closed, or that she has answered, or that would come too soon after another. */
function asking(survey: SurveyKnown | undefined, now: number): SkipReason | undefined {
  if (!survey) return undefined;
  if (survey.closed) return 'survey_closed';
  if (survey.answered) return 'already_answered';
  return isCoolingDown(survey, now) ? 'cool_down' : undefined;
}

export const isCoolingDown = ({ invitedAt, coolDownDays }: Pick<SurveyKnown, 'invitedAt' | 'coolDownDays'>, now: number): boolean =>
  invitedAt !== null && Math.abs(now - invitedAt) < coolDownDays * 86_400_000;

/** The first moment at which it suits: the wall time asked for, outside quiet hours, within the hours that she prefers. */
function suits(customer: Customer, rules: SendRules, { now, scheduledAt, zone }: Moment): { later: number } | { skip: 'missed' } {
  let at = now;
  if (rules.localTime !== null) {
    // The run's clock is hers: the first such wall time from the beginning of the run on.
    const due = nextWallTime(scheduledAt, rules.localTime, zone);
    if (now > due + rules.maxLatenessMinutes * 60_000) return { skip: 'missed' };
    at = Math.max(now, due);
  }
  return { later: hoursFor(customer, rules.quietHours, { at, zone }) };
}

/** Whether the run, the shard and the send itself let it go now: what needs no reading. */
export const isDue = (send: Send, now: number) => send.state === 'pending' && (send.dueAt === null || Date.parse(send.dueAt) <= now);
