import type { Workspace } from '../admin/workspace.ts';
import { defineEntity } from '../table/entity.ts';
import type { Table } from '../table/table.ts';
import { ServiceLevels, usualServiceLevels } from './service-level.ts';

const names = { calendars: 'c', targets: 't', tierField: 'tf', warnAtPercent: 'w', queues: 'q', closeAfterDays: 'cl' } as const;

/** pk T#<tenant>#SLV  sk ~      the service levels of a workspace, once they were changed */
export const serviceLevelsEntity = defineEntity<ServiceLevels>({
  type: 'serviceLevels',
  schema: ServiceLevels,
  names,
  key: (tenant) => ({ pk: `T#${tenant}#SLV`, sk: '~' }),
});

/** The service levels that hold in a workspace. 1 R, 0.5 R where a moment ago is good enough. */
export async function serviceLevelsOf(
  { table, tenant, workspace }: { table: Table; tenant: string; workspace: Workspace },
  strong = false,
) {
  const item = await table.get(serviceLevelsEntity.key(tenant, tenant), { strong });
  return item ? serviceLevelsEntity.decode(item) : usualServiceLevels(workspace);
}
