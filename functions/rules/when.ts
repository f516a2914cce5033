import * as z from 'zod';
import { CaseState, CaseType } from '../cases/case.ts';
import { Channel, Consent } from '../customers/customer.ts';
import { directions, outcomes, reasons } from '../interactions/kinds.ts';
import { StoredNumber, text, WallTime } from '../kernel/values.ts';
import { bands } from '../surveys/logic.ts';
import { SurveyId } from '../surveys/survey.ts';

/** When a rule acts: something happens, or a moment of a customer's comes. Schema and words; pure. */

/** A date of a customer's: since when she is one, or a custom date field. */
export const DateField = z.string().regex(/^(createdAt|custom\.[a-z][A-Za-z0-9_]{0,39})$/, 'createdAt or custom.<key>');
/** A field whose change a rule can wait for. */
export const changeFields = ['lifecycle', 'ownerId', 'companyId', 'language', 'tags'] as const;
export const ChangeField = z.union([
  z.enum(changeFields),
  z.string().regex(/^custom\.[a-z][A-Za-z0-9_]{0,39}$/, 'one of the fields, or custom.<key>'),
]);
const Value = z
  .union([text(200), StoredNumber])
  .nullable()
  .default(null);
const Months = z.int().min(1).max(120);
const days = (most: number) => z.int().min(1).max(most);
const Hours = z.int().min(1).max(720);
const at = WallTime.default('09:00');

const events = {
  created: z.strictObject({ kind: z.literal('customer.created') }),
  /** `to` null: to whatever value; of tags, one that was added. `from` null: from whatever it was. */
  changed: z.strictObject({ kind: z.literal('customer.changed'), field: ChangeField, from: Value, to: Value }),
  interaction: z.strictObject({
    kind: z.literal('interaction.created'),
    channel: Channel.nullable().default(null),
    direction: z.enum(directions).nullable().default(null),
    reason: z.enum(reasons).nullable().default(null),
    outcome: z.enum(outcomes).nullable().default(null),
  }),
  consent: z.strictObject({
    kind: z.literal('consent.changed'),
    channel: Consent.shape.channel.nullable().default(null),
    topic: text(40).nullable().default(null),
    status: Consent.shape.status,
  }),
  caseCreated: z.strictObject({ kind: z.literal('case.created'), type: CaseType.nullable().default(null) }),
  /** A case is taken a step on; `to` null: to whatever state. */
  caseChanged: z.strictObject({
    kind: z.literal('case.changed'),
    to: CaseState.nullable().default(null),
    type: CaseType.nullable().default(null),
  }),
  /** A promise of a case is about to be broken, or is; `clock` null: whichever. */
  caseBreach: z.strictObject({
    kind: z.literal('case.breach'),
    step: z.enum(['warn', 'breach']),
    clock: z.enum(['firstResponse', 'resolution']).nullable().default(null),
  }),
  /** Answers were handed in: to one survey or any, with a score in a band or within bounds. */
  response: z.strictObject({
    kind: z.literal('response.completed'),
    surveyId: SurveyId.nullable().default(null),
    band: z.enum(bands).nullable().default(null),
    atLeast: z.int().min(0).max(10).nullable().default(null),
    atMost: z.int().min(0).max(10).nullable().default(null),
  }),
  followUpDone: z.strictObject({ kind: z.literal('followUp.done'), outcome: z.enum(outcomes).nullable().default(null) }),
};

const moments = {
  /** So many days before a date of hers (after it, where negative), at a time of day in her zone. */
  date: z.strictObject({
    kind: z.literal('date'),
    field: DateField,
    daysBefore: z.int().min(-3_650).max(3_650).default(0),
    /** A birthday is yearly: 29 February is kept on the 28th where the year has no 29th. */
    yearly: z.boolean().default(false),
    at,
  }),
  /** Every so many months since a date, or since the last interaction with a reason. */
  every: z.strictObject({
    kind: z.literal('every'),
    months: Months,
    since: z.union([z.strictObject({ field: DateField }), z.strictObject({ reason: z.enum(reasons) })]),
    at,
  }),
  /** Nothing happened for so many days: since the last interaction, or since she is a customer. */
  silence: z.strictObject({ kind: z.literal('silence'), days: days(3_650), at }),
  /** Nobody answered an inbound complaint for so many hours. */
  unanswered: z.strictObject({ kind: z.literal('unanswered'), hours: Hours }),
  /** A follow-up is open so many hours after its time. */
  overdue: z.strictObject({ kind: z.literal('followUp.overdue'), hours: Hours }),
};

export const When = z.discriminatedUnion('kind', [
  events.created,
  events.changed,
  events.interaction,
  events.consent,
  events.followUpDone,
  events.caseCreated,
  events.caseChanged,
  events.caseBreach,
  events.response,
  moments.date,
  moments.every,
  moments.silence,
  moments.unanswered,
  moments.overdue,
]);
export type When = z.output<typeof When>;
export type WhenKind = When['kind'];
export type WhenOf<K extends WhenKind> = Extract<When, { kind: K }>;

const momentKinds = ['date', 'every', 'silence', 'unanswered', 'followUp.overdue'] as const satisfies WhenKind[];
export type MomentKind = (typeof momentKinds)[number];
export type MomentWhen = WhenOf<MomentKind>;

/** Whether a rule waits for a moment, and not for something that happens. */
export const isMoment = (when: When): when is MomentWhen => (momentKinds as readonly string[]).includes(when.kind);

/** The custom field that a rule's `when` names, for a check against those of the workspace. */
export function fieldOf(when: When): { name: string; pointer: string; date: boolean } | undefined {
  if (when.kind === 'customer.changed') return { name: when.field, pointer: '/when/field', date: false };
  if (when.kind === 'date') return { name: when.field, pointer: '/when/field', date: true };
  if (when.kind === 'every' && 'field' in when.since) return { name: when.since.field, pointer: '/when/since/field', date: true };
  return undefined;
}
