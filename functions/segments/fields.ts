import * as z from 'zod';
import type { Workspace } from '../admin/workspace.ts';
import { consentGroup } from '../customers/consent-fields.ts';
import { customerGroup } from '../customers/customer-fields.ts';
import { activityGroup } from '../interactions/activity-fields.ts';
import {
  type FieldCatalogue,
  type FieldGroup,
  type FieldSpec,
  type Filter,
  type FilterTarget,
  fieldsIn,
  operators,
  opsOf,
  parseFilter,
} from '../kernel/filter.ts';
import { campaignGroup } from '../runs/activity-fields.ts';
import { listGroup } from './list-fields.ts';

/**
 * All that a filter of customers may ask, of whatever service: segments, audiences, rules, reports. A service declares its fields in a
 * file of its own and stands here by one line; which rows answer them is said in `sources.ts` by another.
 */
export type Settings = Pick<Workspace, 'fields' | 'consentTopics'>;
const groups: readonly FieldGroup<Settings>[] = [customerGroup, activityGroup, consentGroup, campaignGroup, listGroup];

/** Whoever is archived is in no segment, so nobody asks for it here. */
const left = new Set(['archivedAt']);
const offered = (group: FieldGroup<Settings>, settings: Settings) =>
  Object.entries(group.fields(settings)).filter(([name]) => !left.has(name));

/** The fields of a workspace, and of those whose name holds an id the ones that are named. */
export function fieldsFor(settings: Settings, names: readonly string[] = []): FieldCatalogue {
  const listed: Record<string, FieldSpec> = Object.fromEntries(groups.flatMap((group) => offered(group, settings)));
  for (const name of names) {
    const spec = Object.hasOwn(listed, name) ? undefined : groups.map(({ named }) => named?.(name)).find((found) => found !== undefined);
    if (spec) listed[name] = spec;
  }
  return listed;
}

/** What may be asked by this filter here: every field is served, each by its own rows. */
export function targetFor(settings: Settings, filter: unknown): FilterTarget {
  const fields = fieldsFor(settings, fieldsIn(filter));
  return { fields, serves: [...new Set(Object.values(fields).map(({ served }) => served))] };
}

/** A filter of customers that this workspace can answer. Throws `filter_not_served` or `invalid_input` with every error, pointers below `root`. */
export const parseWhere = (input: unknown, settings: Settings, root = '/where'): Filter =>
  parseFilter(input, targetFor(settings, input), root);

/** A field as the API tells it to whoever builds a filter. */
export const FilterField = z
  .strictObject({
    field: z.string(),
    group: z.string(),
    type: z.enum(['text', 'number', 'date', 'enum', 'id', 'tags', 'bool']),
    ops: z.array(z.enum(operators)),
    values: z.array(z.string()).nullable(),
    /** A custom field's own name. */
    label: z.string().nullable(),
    /** Which rows answer it: what reading it costs. */
    served: z.string(),
  })
  .meta({ id: 'FilterField' });
export type FilterField = z.output<typeof FilterField>;

/** Every field of a workspace that has a name of its own, group by group. */
export const filterFields = (settings: Settings): FilterField[] =>
  groups.flatMap((group) =>
    offered(group, settings).map(([field, spec]) => ({
      field,
      group: group.name,
      type: spec.type,
      ops: [...opsOf(spec)],
      values: spec.values ? [...spec.values] : null,
      label: settings.fields.find(({ key }) => field === `custom.${key}`)?.label ?? null,
      served: spec.served,
    })),
  );
