import { isoOf } from '../kernel/clock.ts';
import { hashOf } from '../kernel/ids.ts';
import type { Action, Item, Key } from '../table/entity.ts';
import { actionOf, type Change, fieldChanges, identityOf, versionOf } from './change.ts';
import { auditPartition, historySk } from './history.ts';

/** Long values are cut: history tells what changed, the row holds what is. */
const longest = 1_000;
const bounded = (value: unknown) => (typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value);

/** The history row of a change. A row that is there already says that the change was counted before. */
export function historyAction(change: Change): Action {
  const { tenant, image, type } = change;
  const changes = fieldChanges(change);
  const version = versionOf(change);
  const key: Key = { pk: image.pk, sk: historySk(image.sk, version) };
  const put: Item = {
    ...key,
    ty: type,
    id: identityOf(change).rowId,
    ac: actionOf(change, changes),
    at: Number(image.u),
    vi: image.vi,
    n: version,
    ...(image.by !== undefined && { by: image.by }),
    ...(image.rq !== undefined && { q: image.rq }),
    ...(changes.length > 0 && { c: changes.map(({ field, from, to }) => [field, bounded(from), bounded(to)]) }),
    gsi3pk: auditPartition(tenant),
    gsi3sk: `${isoOf(Number(image.u))}#${hashOf(`${key.pk}${key.sk}`, 12)}`,
  };
  return { put, guard: { absent: true } };
}
