import type { FilterField } from '../../../functions/segments/fields.ts';
import type { Leaf } from './tree.ts';

/** What an editor offers for a field, in one list: the language's operators, and what people say in one word but it says in two. Pure. */
export type Choice = { name: string; op: Leaf['op']; not: boolean /** Where the choice says the value too. */; value?: Leaf['value'] };

const plain = (op: Leaf['op']): Choice => ({ name: op, op, not: false });
const exists: Choice = { name: 'exists', op: 'exists', not: false, value: true };
const missing: Choice = { name: 'missing', op: 'exists', not: false, value: false };

const byType: Record<FilterField['type'], Choice[]> = {
  text: [plain('contains'), { name: 'notContains', op: 'contains', not: true }, plain('eq'), plain('ne'), plain('startsWith')],
  tags: [plain('eq'), plain('ne'), plain('in'), plain('nin')],
  enum: [plain('eq'), plain('ne'), plain('in'), plain('nin')],
  id: [plain('eq'), plain('ne'), plain('in'), plain('nin')],
  number: [plain('eq'), plain('gte'), plain('lte'), plain('gt'), plain('lt'), plain('between')],
  date: [
    plain('withinLast'),
    { name: 'notWithinLast', op: 'withinLast', not: true },
    plain('lt'),
    plain('gte'),
    plain('eq'),
    plain('between'),
  ],
  bool: [plain('eq')],
};

/** Fields that are only there or not, and when. */
const isEvent = (field: string) => field.startsWith('campaign.') || field.startsWith('list.');

export function choicesFor(field: string, spec: Pick<FilterField, 'type' | 'ops'>): Choice[] {
  const own = byType[spec.type].filter(({ op }) => spec.ops.includes(op));
  const there = spec.ops.includes('exists') ? [exists, missing] : [];
  return isEvent(field) ? [...there, ...own] : [...own, ...there];
}

/** The choice that a condition stands for; undefined for one that a program wrote and the list does not have. */
export const choiceOf = (leaf: Leaf, choices: readonly Choice[]): Choice | undefined =>
  choices.find(({ op, not, value }) => op === leaf.op && not === leaf.not && (value === undefined || value === leaf.value));

/** What a condition holds when another choice is made: its value as far as it still fits. */
export function withChoice(leaf: Leaf, choice: Choice, type: FilterField['type']): Leaf {
  const next = { ...leaf, op: choice.op, not: choice.not };
  if (choice.value !== undefined) return { ...next, value: choice.value };
  const isSpan = choice.op === 'withinLast';
  const [held] = [leaf.op === 'exists' ? undefined : leaf.value].flat();
  if (type === 'date' && isSpan !== (leaf.op === 'withinLast')) return { ...next, value: isSpan ? 'P90D' : undefined };
  if (choice.op === 'in' || choice.op === 'nin')
    return { ...next, value: held === undefined || held === '' ? undefined : [leaf.value ?? held].flat() };
  if (choice.op === 'between') return { ...next, value: undefined };
  return { ...next, value: held };
}
