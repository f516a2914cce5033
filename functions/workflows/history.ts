import { isoOf } from '../kernel/clock.ts';
import { HistoryEntry } from '../kernel/history.ts';
import type { Item } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';

/**
 * History rows, made from the images of the stream, append-only:
 * pk of the row  sk H#<sk of the row>#<version, 10 digits>     gsi3 T#<tenant>#AUD / <when>#<hash>: the audit, keys only
 */
const padded = (version: number) => String(version).padStart(10, '0');
export const historySk = (sk: string, version: number) => `H#${sk}#${padded(version)}`;
/** All the history of one row. */
export const historyRange = (sk: string) => startingWith(`H#${sk}#`);
export const auditPartition = (tenant: string) => `T#${tenant}#AUD`;

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
