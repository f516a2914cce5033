import { isoOf } from '../kernel/clock.ts';
import { HistoryEntry } from '../kernel/history.ts';
import { hashOf } from '../kernel/ids.ts';
import type { Action, Item, Key } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { actionOf, type Change, fieldChanges, identityOf, versionOf } from './change.ts';

/**
 * History rows, made from the images of the stream, append-only:
 * pk of the row  sk H#<sk of the row>#<version, 10 digits>     gsi3 T#<tenant>#AUD / <when>#<hash>: the audit, keys only
 */
const padded = (version: number) => String(version).padStart(10, '0');
export const historySk = (sk: string, version: number) => `H#${sk}#${padded(version)}`;
/** All the history of one row. */
export const historyRange = (sk: string) => startingWith(`H#${sk}#`);
export const auditPartition = (tenant: string) => `T#${tenant}#AUD`;

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

/** A history row as the API shows it. */
export function historyEntry(item: Item): HistoryEntry {
  const changes = (item.c ?? []) as [string, unknown, unknown][];
  return HistoryEntry.parse({
    id: String(item.gsi3sk ?? item.sk)
      .split('#')
      .at(-1),
    at: isoOf(Number(item.at)),
    entity: item.ty,
    rowId: item.id,
    action: item.ac,
    actorId: item.by ?? null,
    via: item.vi,
    requestId: item.q ?? null,
    version: item.n,
    changes: changes.map(([field, from, to]) => ({ field, from: from ?? null, to: to ?? null })),
  });
}
