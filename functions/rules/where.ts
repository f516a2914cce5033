import { liveFields, type Workspace } from '../admin/workspace.ts';
import type { Agent } from '../agent.ts';
import { activityKey, customerEntity, customerIdOf } from '../customers/customer.entity.ts';
import { customerFields } from '../customers/customer-fields.ts';
import { activityOf } from '../interactions/interaction.entity.ts';
import { type FieldCatalogue, type Filter, type FilterTarget, parseFilter } from '../kernel/filter.ts';
import { matches } from '../kernel/filter-match.ts';
import type { Item } from '../table/entity.ts';

const types = { text: 'text', number: 'number', date: 'date', choice: 'id' } as const;

/** What a rule's filter may ask of a customer: all of hers, her activity and the workspace's own fields. */
function fieldsOf(workspace: Pick<Workspace, 'fields'>): FieldCatalogue {
  const own = liveFields(workspace).map(({ key, kind }) => [`custom.${key}`, { type: types[kind], served: 'row' as const }]);
  return { ...customerFields, ...Object.fromEntries(own) };
}
const targetOf = (workspace: Pick<Workspace, 'fields'>): FilterTarget => ({
  fields: fieldsOf(workspace),
  serves: ['index', 'directory', 'row', 'activity'],
});

/** A filter that this workspace can answer. Throws `filter_not_served` or `invalid_input` with every error. */
export const parseWhere = (where: unknown, workspace: Pick<Workspace, 'fields'>, root = '/where'): Filter =>
  parseFilter(where, targetOf(workspace), root);

/** Whether a customer meets a rule's filter, by her row as it is. Half a read unit for her activity. */
export async function meetsWhere(
  { table, tenant, workspace, now }: Pick<Agent, 'table' | 'tenant' | 'workspace' | 'now'>,
  where: Filter,
  item: Item,
) {
  const customer = customerEntity.decode(item);
  const activity = activityOf(await table.get(activityKey(tenant, customerIdOf(item)), { strong: false }));
  const row = { ...customer, email: customer.emails[0]?.address, phone: customer.phones[0]?.number, ...activity };
  return matches(where, row, { fields: fieldsOf(workspace), now, zone: workspace.timeZone });
}
