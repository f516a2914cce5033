import * as z from 'zod';
import { Channel, CustomerId, MemberId, vias } from '../customers/customer.ts';
import { InteractionId } from '../interactions/interaction.ts';
import { CrmError } from '../kernel/errors.ts';
import { idOf, StoredInstant, text } from '../kernel/values.ts';
import { CalendarKey } from '../service-levels/calendar.ts';
import { Priority, Queue } from '../service-levels/service-level.ts';
import { scoredKinds } from '../surveys/logic.ts';
import { Clock, ClockState } from './clock.ts';
import { caseStates, caseTypes } from './kinds.ts';

/** A matter to be answered and closed under a service level. Schema; pure. What becomes of it is in `course.ts`. */
export const CaseId = idOf('cas');
export const ThemeId = idOf('thm');

export const CaseType = z.enum(caseTypes);
/** The reason of an interaction that begins a case. */
export const reasonOf = { complaint: 'complaint', question: 'enquiry', request: 'service', return: 'service' } as const;
export const CaseState = z.enum(caseStates);
export type CaseState = z.output<typeof CaseState>;
/** Those that somebody has to do something about. */
export const openStates = ['new', 'open', 'waiting'] as const;
export const isOpen = ({ state }: { state: CaseState }) => (openStates as readonly string[]).includes(state);

/** How it came to us; `id` names the interaction, mail, form, response or row of a file. */
export const caseSources = ['interaction', 'mail', 'form', 'survey', 'phone', 'import', 'person', 'rule'] as const;
export const CaseSource = z.strictObject({ kind: z.enum(caseSources), id: z.string().max(80).nullable().default(null) });

const fields = {
  type: CaseType,
  subject: text(200),
  priority: Priority.default('normal'),
  queue: Queue.nullable().default(null),
};
const rootCause = text(200);
const resolution = text(5_000);

export const Satisfaction = z
  .strictObject({ responseId: z.string().max(80), kind: z.enum(scoredKinds), value: z.number(), at: StoredInstant })
  .meta({ id: 'CaseSatisfaction' });
export type Satisfaction = z.output<typeof Satisfaction>;

export const Case = z
  .strictObject({
    id: CaseId,
    /** Of the workspace, from 1; given once. */
    number: z.int().positive(),
    customerId: CustomerId,
    ...fields,
    state: CaseState.default('new'),
    ownerId: MemberId.nullable().default(null),
    source: CaseSource,
    /** What on the timeline it began with. */
    interactionId: InteractionId.nullable().default(null),
    themeId: ThemeId.nullable().default(null),
    rootCause: rootCause.nullable().default(null),
    resolution: resolution.nullable().default(null),
    clocks: z.strictObject({ firstResponse: Clock.nullable().default(null), resolution: Clock.nullable().default(null) }).prefault({}),
    /** By which hours its clocks run. */
    calendar: CalendarKey.nullable().default(null),
    /** The nearest of what is promised and not yet kept; null while nothing runs. */
    dueAt: StoredInstant.nullable().default(null),
    /** When to look after it next: a warning, a breach, its closing. */
    nextAt: StoredInstant.nullable().default(null),
    /** Whether it was answered in time by what the source of an import says; no clock of ours. */
    reportedBySource: z
      .strictObject({ timely: z.enum(['yes', 'no', 'unknown']) })
      .nullable()
      .default(null),
    /** What she said, when she was asked, of how it was dealt with: the score of her answer. */
    satisfaction: Satisfaction.nullable().default(null),
    openedAt: StoredInstant,
    resolvedAt: StoredInstant.nullable().default(null),
    closedAt: StoredInstant.nullable().default(null),
    /** When it is closed by itself, once it is resolved. */
    closeAt: StoredInstant.nullable().default(null),
    reopened: z.int().nonnegative().default(0),
    /** The case that it was found to be the same as, and those that were found to be this. */
    mergedIntoId: CaseId.nullable().default(null),
    mergedIds: z.array(CaseId).max(50).default([]),
    via: z.enum([...vias, 'mail', 'survey']),
    archivedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'Case' });
export type Case = z.output<typeof Case>;

export const CaseInput = z
  .strictObject({
    customerId: CustomerId,
    ...fields,
    /** Nobody, when absent. */
    ownerId: MemberId.nullable().default(null),
    themeId: ThemeId.nullable().default(null),
    /** What it begins with: an interaction that is on her timeline … */
    interactionId: InteractionId.nullable().default(null),
    /** … or what is logged with it, and how it came. */
    body: text(20_000).nullable().default(null),
    channel: Channel.default('call'),
  })
  .meta({ id: 'CaseInput' });
export type CaseInput = z.output<typeof CaseInput>;

/** A merge patch: what is absent stays, null clears. Its state has steps of its own. */
export const CasePatch = z
  .strictObject({
    type: CaseType,
    subject: text(200),
    priority: Priority,
    queue: Queue.nullable(),
    ownerId: MemberId.nullable(),
    themeId: ThemeId.nullable(),
    rootCause: rootCause.nullable(),
    resolution: resolution.nullable(),
  })
  .partial()
  .meta({ id: 'CasePatch' });
export type CasePatch = z.output<typeof CasePatch>;

/** A step from one state to another. To be resolved it needs what the resolution is. */
export const CaseStep = z
  .strictObject({ state: CaseState.exclude(['new']), rootCause: rootCause.optional(), resolution: resolution.optional() })
  .meta({ id: 'CaseStep' });
export type CaseStep = z.output<typeof CaseStep>;

/** What lists and the board show. */
export const CaseRow = Case.pick({
  id: true,
  number: true,
  customerId: true,
  type: true,
  subject: true,
  priority: true,
  queue: true,
  state: true,
  ownerId: true,
  themeId: true,
  dueAt: true,
  reportedBySource: true,
  openedAt: true,
  resolvedAt: true,
  closedAt: true,
  mergedIntoId: true,
})
  .extend({
    firstResponse: ClockState.nullable(),
    resolution: ClockState.nullable(),
    /** 1 to 5, where she was asked how satisfied she is and has answered. */
    satisfied: z.int().min(1).max(5).nullable(),
    customerName: z.string().nullable(),
  })
  .meta({ id: 'CaseRow' });
export type CaseRow = z.output<typeof CaseRow>;

const next: Record<CaseState, readonly CaseState[]> = {
  new: ['open', 'waiting', 'resolved'],
  open: ['waiting', 'resolved'],
  waiting: ['open', 'resolved'],
  resolved: ['open', 'closed'],
  closed: ['open'],
};
/** Refuses a step that there is not. */
export function checkStep({ state, archivedAt, mergedIntoId }: Pick<Case, 'state' | 'archivedAt' | 'mergedIntoId'>, to: CaseState): void {
  if (archivedAt) throw new CrmError('already_archived');
  if (mergedIntoId || !next[state].includes(to)) throw new CrmError('wrong_state', { state });
}

/** What a case is called where only a line is left for it. */
export const titleOf = ({ number, subject }: Pick<Case, 'number' | 'subject'>) => `#${number} ${subject}`.slice(0, 200);
