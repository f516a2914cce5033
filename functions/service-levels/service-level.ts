import * as z from 'zod';
import { TenantId, type Workspace } from '../admin/workspace.ts';
import { CrmError, type FieldError } from '../kernel/errors.ts';
import { FieldKey, StoredInstant, text } from '../kernel/values.ts';
import { CalendarKey, WorkCalendar } from './calendar.ts';

/** In what working time cases are answered and resolved, by priority and by what the customer is to us. Schema and rules; pure. */
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const Priority = z.enum(priorities);
export type Priority = z.output<typeof Priority>;

const Minutes = z.int().min(1).max(129_600);

export const Target = z.strictObject({
  priority: Priority,
  /** A value of the field that says what a customer is to us; null: every other one. */
  tier: text(60).nullable().default(null),
  calendar: CalendarKey,
  /** Working minutes until the first answer and until the matter is resolved; null where nothing is promised. */
  firstResponseMinutes: Minutes.nullable().default(null),
  resolutionMinutes: Minutes.nullable().default(null),
});
export type Target = z.output<typeof Target>;

/** A name of those who take a kind of case: a shop, a workshop, billing. */
export const Queue = text(40);

const settings = {
  calendars: z.array(WorkCalendar).min(1).max(20),
  targets: z.array(Target).max(100),
  /** The custom field of a customer whose value is her tier. */
  tierField: FieldKey.nullable(),
  /** After so much of a target its case is warned of, in percent. */
  warnAtPercent: z.int().min(10).max(95),
  queues: z.array(Queue).max(30),
  /** Working or not: a case that is resolved is closed after so many days; null: only by hand. */
  closeAfterDays: z.int().min(1).max(90).nullable(),
};

export const ServiceLevels = z
  .strictObject({
    id: TenantId,
    ...settings,
    targets: settings.targets.default([]),
    tierField: settings.tierField.default(null),
    queues: settings.queues.default([]),
    closeAfterDays: settings.closeAfterDays.default(null),
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'ServiceLevels' });
export type ServiceLevels = z.output<typeof ServiceLevels>;

export const ServiceLevelsPatch = z.strictObject(settings).partial().meta({ id: 'ServiceLevelsPatch' });
export type ServiceLevelsPatch = z.output<typeof ServiceLevelsPatch>;

const usual = { urgent: [60, 480], high: [240, 960], normal: [480, 2_400], low: [960, 4_800] } as const;

/** What holds until somebody says otherwise: office hours in the workspace’s zone. It counts as the first version, whose row is not there yet. */
export function usualServiceLevels({ id, timeZone, workingDays, createdAt }: Workspace): ServiceLevels {
  const days = workingDays.length > 0 ? workingDays : [1, 2, 3, 4, 5];
  const hours = days.map((weekday) => ({ weekday, from: '09:00', to: '18:00' }));
  return {
    id,
    calendars: [{ key: 'office', name: 'Office', zone: timeZone, hours, holidays: [] }],
    targets: priorities.map((priority) => ({
      ...{ priority, tier: null, calendar: 'office' },
      ...{ firstResponseMinutes: usual[priority][0], resolutionMinutes: usual[priority][1] },
    })),
    tierField: null,
    warnAtPercent: 75,
    queues: [],
    closeAfterDays: 7,
    updatedAt: createdAt,
    version: 1,
  };
}

/** The target of a priority for a customer of a tier, with its calendar; undefined where none is promised. */
export function targetOf(levels: ServiceLevels, { priority, tier }: { priority: Priority; tier: string | null }) {
  const fitting = levels.targets.filter((one) => one.priority === priority);
  const target = fitting.find((one) => one.tier !== null && one.tier === tier) ?? fitting.find((one) => one.tier === null);
  const calendar = target && levels.calendars.find(({ key }) => key === target.calendar);
  return target && calendar && { target, calendar };
}

/** The changed levels. Refuses what does not fit together: two calendars or targets of one name, a calendar that is not there. */
export function changedLevels(levels: ServiceLevels, patch: ServiceLevelsPatch, workspace: Pick<Workspace, 'fields'>): ServiceLevels {
  const next = { ...levels, ...patch };
  const errors: FieldError[] = [];
  const keys = next.calendars.map(({ key }) => key);
  for (const [at, key] of keys.entries())
    if (keys.indexOf(key) < at) errors.push({ pointer: `/calendars/${at}/key`, code: 'repeated', detail: 'said twice' });
  const names = next.targets.map(({ priority, tier }) => `${priority}#${tier ?? ''}`);
  for (const [at, { calendar }] of next.targets.entries()) {
    if (!keys.includes(calendar)) errors.push({ pointer: `/targets/${at}/calendar`, code: 'unknown_calendar', detail: 'no such calendar' });
    if (names.indexOf(names[at] ?? '') < at) errors.push({ pointer: `/targets/${at}/tier`, code: 'repeated', detail: 'said twice' });
  }
  const known = workspace.fields.some(({ key, removedAt }) => key === next.tierField && !removedAt);
  if (next.tierField !== null && !known) errors.push({ pointer: '/tierField', code: 'unknown_field', detail: 'no such custom field' });
  if (new Set(next.queues).size < next.queues.length) errors.push({ pointer: '/queues', code: 'repeated', detail: 'said twice' });
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
  return next;
}
