import type { FieldError } from './errors.ts';
import {
  type Condition,
  conditionError,
  type FieldSpec,
  type Filter,
  type FilterTarget,
  filterProblem,
  maxConditions,
  type Scalar,
} from './filter.ts';

const asList = new Set(['in', 'nin', 'between']);
const spelling = /^([^[\]]{1,64})(?:\[([A-Za-z]{1,20})\])?$/;

/** The value that a form's text stands for; what does not fit its field stays text, and is refused as such. */
function typed(text: string, type: FieldSpec['type'] | undefined): Scalar {
  if (type === 'bool' && (text === 'true' || text === 'false')) return text === 'true';
  if (type === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  return text;
}

function conditionOf(key: string, text: string, { fields }: FilterTarget): unknown {
  const [, field = '', op = 'eq'] = spelling.exec(key) ?? [];
  const type = Object.hasOwn(fields, field) ? fields[field]?.type : undefined;
  if (op === 'exists') return { field, op, value: typed(text, 'bool') };
  return { field, op, value: asList.has(op) ? text.split(',').map((each) => typed(each, type)) : typed(text, type) };
}

/**
 * The filter of a query string: `lifecycle=active&createdAt[gte]=2026-01-01&tags[in]=vip,wholesale`. All conditions must hold; a field that
 * is given twice must hold twice. Undefined without conditions. Throws as `parseFilter` does, with pointers such as
 * `/query/createdAt[gte]`; take what is no filter (limit, cursor) out before.
 */
export function parseForm(query: Readonly<Record<string, unknown>>, target: FilterTarget): Filter | undefined {
  const conditions: Condition[] = [];
  const errors: FieldError[] = [];
  for (const [key, given] of Object.entries(query))
    for (const text of [given].flat()) {
      const condition = conditionOf(key, String(text), target);
      const error = conditionError(condition, target, `/query/${key.slice(0, 90).replaceAll('~', '~0').replaceAll('/', '~1')}`);
      if (error) errors.push(error);
      else conditions.push(condition as Condition);
    }
  if (conditions.length + errors.length > maxConditions)
    throw filterProblem([{ pointer: '/query', code: 'too_many_conditions', detail: `at most ${maxConditions} conditions` }]);
  if (errors.length > 0) throw filterProblem(errors);
  return conditions.length > 1 ? { and: conditions } : conditions[0];
}
