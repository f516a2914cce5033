import { isoOf } from '../kernel/clock.ts';
import { idFrom } from '../kernel/ids.ts';
import { actionOf, type Change, fieldChanges, rowIdOf, rowOf, versionOf } from './change.ts';

/** An event on the bus: what happened to which row, by whom; field names, no values, so that no personal data leaves the table. */
export type CrmEvent = {
  /** The same for the same change, however often it is told. */
  id: string;
  /** `customer.created`, `interaction.archived` … */
  type: string;
  schema: 1;
  tenant: string;
  at: string;
  rowId: string;
  version: number;
  customerId: string | null;
  actorId: string | null;
  via: string;
  requestId: string | null;
  fields: string[];
};

export function eventOf(change: Change): CrmEvent {
  const { image, tenant, type } = change;
  const changes = fieldChanges(change);
  const row = rowOf(change, change.after ?? change.before) ?? {};
  const version = versionOf(change);
  return {
    id: idFrom('evt', image.pk, image.sk, String(version)),
    type: `${type}.${actionOf(change, changes)}`,
    schema: 1,
    tenant,
    at: isoOf(Number(image.u)),
    rowId: rowIdOf(change, row),
    version,
    customerId: (row.customerId as string | undefined) ?? (type === 'customer' ? String(row.id) : null),
    actorId: (image.by as string | undefined) ?? null,
    via: String(image.vi),
    requestId: (image.rq as string | undefined) ?? null,
    fields: changes.map(({ field }) => field),
  };
}
