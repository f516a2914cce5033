import type { Condition, Filter, Scalar } from '../../../functions/kernel/filter.ts';

/** A filter while it is edited: the same groups and conditions, each with a key that stays when others come and go. Pure. */
export type Leaf = { key: string; field: string; op: Condition['op']; value: Condition['value'] | undefined; not: boolean };
export type Group = { key: string; kind: 'and' | 'or'; not: boolean; members: Node[] };
export type Node = Leaf | Group;

/** As the API bounds them. */
export const mostLevels = 3;
export const mostConditions = 25;

let made = 0;
const newKey = () => `n${++made}`;
export const isGroup = (node: Node): node is Group => 'members' in node;
export const newGroup = (kind: Group['kind'] = 'and', members: Node[] = []): Group => ({ key: newKey(), kind, not: false, members });
export const newLeaf = (leaf: Omit<Leaf, 'key' | 'not'>): Leaf => ({ key: newKey(), not: false, ...leaf });

/** The tree of a filter; its root is always a group. */
export function treeOf(filter: Filter | undefined): Group {
  if (!filter) return newGroup();
  const node = nodeOf(filter);
  return isGroup(node) ? node : newGroup('and', [node]);
}

function nodeOf(filter: Filter): Node {
  if ('not' in filter) {
    const inner = nodeOf(filter.not);
    // Twice not is a group of one, so that each keeps its own.
    return inner.not ? { ...newGroup('and', [inner]), not: true } : { ...inner, not: true };
  }
  if ('and' in filter) return newGroup('and', filter.and.map(nodeOf));
  if ('or' in filter) return newGroup('or', filter.or.map(nodeOf));
  return newLeaf(filter);
}

/** The filter of a tree, or undefined while a condition lacks its value or a group is empty. */
export function filterOf(node: Node): Filter | undefined {
  const plain = isGroup(node) ? groupFilter(node) : leafFilter(node);
  return plain && node.not ? { not: plain } : plain;
}

function groupFilter({ kind, members }: Group): Filter | undefined {
  const filters = members.map(filterOf);
  if (filters.length === 0 || filters.some((filter) => filter === undefined)) return undefined;
  const all = filters as Filter[];
  return all.length === 1 ? all[0] : kind === 'and' ? { and: all } : { or: all };
}

const isFilled = (value: Scalar) => typeof value !== 'string' || value.trim() !== '';
function leafFilter({ field, op, value }: Leaf): Filter | undefined {
  if (!field || value === undefined) return undefined;
  const values = Array.isArray(value) ? value : [value];
  return values.length > 0 && values.every(isFilled) ? { field, op, value } : undefined;
}

/** Groups that stand in each other, as the API counts them: a negation is one of them. */
export function levelsOf(node: Node): number {
  const own = node.not ? 1 : 0;
  if (!isGroup(node)) return own;
  const inner = node.members.map(levelsOf);
  return own + (node.members.length === 1 ? 0 : 1) + Math.max(0, ...inner);
}

export const countOf = (node: Node): number => (isGroup(node) ? node.members.reduce((sum, member) => sum + countOf(member), 0) : 1);

/** The tree with one node changed; `change` gives undefined to take it away. */
export function changed(root: Group, key: string, change: (node: Node) => Node | undefined): Group {
  const walk = (node: Node): Node | undefined => {
    if (node.key === key) return change(node);
    if (!isGroup(node)) return node;
    const members = node.members.flatMap((member) => walk(member) ?? []);
    return members.length === node.members.length && members.every((member, at) => member === node.members[at])
      ? node
      : { ...node, members };
  };
  const next = walk(root);
  return next && isGroup(next) ? next : newGroup();
}

/** Whether the API would take the tree, by its depth and number. */
export const fits = (root: Group) => levelsOf(root) <= mostLevels && countOf(root) <= mostConditions;
