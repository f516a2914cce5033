import { filterOf, type Group, newGroup, newLeaf, treeOf } from '../segments/tree.ts';
import type { Campaign } from './queries.ts';

/** The parts of an audience while they are edited: segments and lists by their ids, filters of its own as trees. Pure. */
export type Part = Campaign['audience']['include'][number];
export type Entry = { kind: 'named'; part: Part } | { kind: 'filter'; root: Group };

export const everybody: Part = { where: { field: 'createdAt', op: 'exists', value: true } };
export const isEverybody = (part: Part) =>
  'where' in part && 'field' in part.where && part.where.field === 'createdAt' && part.where.op === 'exists' && part.where.value === true;

export const entryOf = (part: Part): Entry =>
  'where' in part && !isEverybody(part) ? { kind: 'filter', root: treeOf(part.where) } : { kind: 'named', part };

export const newFilter = (): Entry => ({
  kind: 'filter',
  root: newGroup('and', [newLeaf({ field: 'country', op: 'eq', value: undefined })]),
});

/** What names an entry: an id, or the key of a filter's root, which stays while it changes. */
export const keyOf = (entry: Entry): string =>
  entry.kind === 'filter'
    ? entry.root.key
    : 'segmentId' in entry.part
      ? entry.part.segmentId
      : 'listId' in entry.part
        ? entry.part.listId
        : 'all';

/** The parts of some entries, or undefined while a filter lacks a value. */
export function partsOf(entries: readonly Entry[]): Part[] | undefined {
  const parts = entries.map((entry): Part | undefined => {
    if (entry.kind === 'named') return entry.part;
    const where = filterOf(entry.root);
    return where && { where };
  });
  return parts.some((part) => part === undefined) ? undefined : (parts as Part[]);
}
