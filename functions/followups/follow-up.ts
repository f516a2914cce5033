import * as z from 'zod';
import { Channel, CustomerId, MemberId, vias } from '../customers/customer.ts';
import { InteractionId, InteractionInput } from '../interactions/interaction.ts';
import { directions, outcomes, reasons } from '../interactions/kinds.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import { CalendarDate, Instant, idOf, StoredInstant, TimeZone, text, WallTime } from '../kernel/values.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { dueInstant } from './due.ts';
import { anchored, nextDay, Recurrence, recurrenceErrors } from './recurrence.ts';

/** What a member is to do by a time; done, it becomes an interaction. Schema and rules; pure. */
export const FollowUpId = idOf('fup');

export const priorities = ['low', 'normal', 'high'] as const;
export const states = ['open', 'done', 'cancelled'] as const;
export const followUpSources = ['person', 'rule', 'callList'] as const;

/** A day, and a time of it or all of it, as the clocks of a zone show them. */
export const Due = z.strictObject({ on: CalendarDate, at: WallTime.nullable().default(null), zone: TimeZone }).meta({ id: 'Due' });
export type Due = z.output<typeof Due>;

/** Of a call in a call list: how often nobody answered, when that was last, and what takes the last try back. */
export const Tries = z
  .strictObject({ many: z.int().positive(), at: StoredInstant, loggedId: InteractionId.nullable().default(null), dueBefore: Due })
  .meta({ id: 'CallTries' });
export type Tries = z.output<typeof Tries>;

/** Minutes before the due time, at most four weeks; an all-day follow-up is due at nine in the morning. */
const Reminders = z.array(z.int().min(0).max(40_320)).max(3);

const fields = {
  title: text(200),
  notes: text(5_000).nullable().default(null),
  customerId: CustomerId.nullable().default(null),
  priority: z.enum(priorities).default('normal'),
  /** How it is meant to be done: call, visit, e-mail … */
  channel: Channel.nullable().default(null),
  recurrence: Recurrence.nullable().default(null),
  /** The interaction from which it follows: a complaint, a promise. */
  interactionId: InteractionId.nullable().default(null),
};

export const FollowUp = z
  .strictObject({
    id: FollowUpId,
    ...fields,
    ownerId: MemberId,
    due: Due,
    /** The due time as an instant. */
    dueAt: StoredInstant,
    reminders: Reminders.default([]),
    /** When the owner is reminded next; null where there is nothing left to remind of. */
    remindAt: StoredInstant.nullable().default(null),
    remindedAt: StoredInstant.nullable().default(null),
    snoozedUntil: StoredInstant.nullable().default(null),
    /** Of one that comes again: the id of the first, and its number from 1. */
    seriesId: FollowUpId.nullable().default(null),
    occurrence: z.int().positive().default(1),
    state: z.enum(states).default('open'),
    closedAt: StoredInstant.nullable().default(null),
    outcome: z.enum(outcomes).nullable().default(null),
    /** The interaction that was logged when it was done. */
    loggedId: InteractionId.nullable().default(null),
    /** The one that came after it when it was done. */
    nextId: FollowUpId.nullable().default(null),
    source: z.enum(followUpSources).default('person'),
    /** Of the rule or the call list. */
    sourceId: z.string().max(80).nullable().default(null),
    tries: Tries.nullable().default(null),
    via: z.enum(vias),
    /** Since when it is cancelled. */
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'FollowUp' });
export type FollowUp = z.output<typeof FollowUp>;

const DueInput = Due.extend({ zone: TimeZone.optional() }).meta({ id: 'DueInput' });

export const FollowUpInput = z
  .strictObject({
    ...fields,
    due: DueInput,
    reminders: Reminders.default([0]),
    /** The caller, when absent. */
    ownerId: MemberId.optional(),
  })
  .meta({ id: 'FollowUpInput' });
export type FollowUpInput = z.output<typeof FollowUpInput>;

/** A merge patch: what is absent stays, null clears. From which interaction it follows is for good. */
export const FollowUpPatch = z
  .strictObject({
    title: text(200),
    notes: text(5_000).nullable(),
    customerId: CustomerId.nullable(),
    ownerId: MemberId,
    priority: z.enum(priorities),
    channel: Channel.nullable(),
    due: DueInput,
    reminders: Reminders,
    recurrence: Recurrence.nullable(),
  })
  .partial()
  .meta({ id: 'FollowUpPatch' });
export type FollowUpPatch = z.output<typeof FollowUpPatch>;

/** How it went. With an outcome or an interaction something is logged with the customer, in the same commit. */
export const DoneInput = z
  .strictObject({
    outcome: z.enum(outcomes).optional(),
    interaction: z
      .strictObject({
        channel: Channel.optional(),
        direction: z.enum(directions).optional(),
        reason: z.enum(reasons).optional(),
        durationSeconds: InteractionInput.shape.durationSeconds,
        subject: InteractionInput.shape.subject,
        body: InteractionInput.shape.body,
        occurredAt: Instant.optional(),
      })
      .optional(),
  })
  .meta({ id: 'FollowUpDone' });
export type DoneInput = z.output<typeof DoneInput>;

/** Null wakes it. */
export const SnoozeInput = z.strictObject({ until: Instant.nullable() }).meta({ id: 'FollowUpSnooze' });

/** What lists show. */
export const FollowUpRow = FollowUp.pick({
  id: true,
  title: true,
  ownerId: true,
  customerId: true,
  priority: true,
  channel: true,
  due: true,
  dueAt: true,
  snoozedUntil: true,
  state: true,
  closedAt: true,
  outcome: true,
  interactionId: true,
  seriesId: true,
  source: true,
  sourceId: true,
  tries: true,
})
  .extend({
    /** The customer's name, where the caller may see her. */
    customerName: z.string().nullable(),
  })
  .meta({ id: 'FollowUpRow' });
export type FollowUpRow = z.output<typeof FollowUpRow>;

/** When the owner is to be told next after `since`: at a reminder's time, or when the snooze ends. */
export function nextReminder({ dueAt, reminders, snoozedUntil, state }: FollowUp, since: number): string | null {
  if (state !== 'open') return null;
  if (snoozedUntil && Date.parse(snoozedUntil) > since) return snoozedUntil;
  const moments = reminders.map((minutes) => Date.parse(dueAt) - minutes * 60_000).filter((moment) => moment > since);
  return moments.length > 0 ? isoOf(Math.min(...moments)) : null;
}

/** With what follows from the rest: the due instant, the anchored recurrence, the next reminder. Refuses what does not fit together. */
export function settled(followUp: FollowUp, now: number): FollowUp {
  const errors = (followUp.recurrence ? recurrenceErrors(followUp.recurrence, followUp.due.on) : []).map((error) => ({
    ...error,
    pointer: `/recurrence${error.pointer}`,
  }));
  if (followUp.interactionId && !followUp.customerId)
    errors.push({ pointer: '/interactionId', code: 'customer_needed', detail: 'what follows from an interaction is about its customer' });
  if (errors.length) throw new CrmError('invalid_input', { errors });
  const next = {
    ...followUp,
    dueAt: isoOf(dueInstant(followUp.due)),
    recurrence: followUp.recurrence && anchored(followUp.recurrence, followUp.due.on),
    seriesId: followUp.recurrence ? (followUp.seriesId ?? followUp.id) : followUp.seriesId,
    reminders: [...new Set(followUp.reminders)].sort((a, b) => b - a),
  };
  return { ...next, remindAt: nextReminder(next, now) };
}

/** The one that comes after a follow-up that is done at `now`, without its id; undefined where it does not come again. */
export function following(done: FollowUp, now: number): Pick<FollowUp, 'due' | 'occurrence'> | undefined {
  if (!done.recurrence) return undefined;
  const { due, occurrence } = done;
  const on = nextDay(done.recurrence, { from: due.on, notBefore: wallAt(now, due.zone).on, occurrence });
  return on === undefined ? undefined : { due: { ...due, on }, occurrence: occurrence + 1 };
}
