import type { Filter, Served } from '../kernel/filter.ts';
import { boundsOf, type Moment, matcher } from '../kernel/filter-match.ts';

/**
 * How a filter is answered at the least cost: the customer's own row first, then one kind of row beside her after the other, and only for
 * those whose answer is still open. Pure.
 */
export type Plan = {
  /** The kinds of rows beside the customer that the filter may need, in the order in which they are read, and the fields asked of each. */
  steps: { served: Served; fields: string[] }[];
  /** Whether a row meets the filter, by what `known` says has been laid over it; undefined while that is open. */
  decide: (row: unknown, known: ReadonlySet<Served>) => boolean | undefined;
};

/** What the customer's own row answers, and what a list's row does. */
export const ofCustomer: ReadonlySet<Served> = new Set(['index', 'directory', 'row']);
export const ofDirectory: ReadonlySet<Served> = new Set(['index', 'directory']);
/** One row a customer before several. */
const order = ['row', 'activity', 'lists', 'campaigns', 'consents'];
const rank = (served: Served) => (order.includes(served) ? order.indexOf(served) : order.length);

type Open = (row: unknown, known: ReadonlySet<Served>) => boolean | undefined;

/** A filter's plan at one moment, beginning with what `own` answers. The filter has passed `parseWhere` with the moment's fields. */
export function planOf(filter: Filter, moment: Moment, own: ReadonlySet<Served> = ofCustomer): Plan {
  const asked = new Map<Served, Set<string>>();
  const decide = openTest(filter, { ...moment, own }, (served, field) => {
    if (!own.has(served)) asked.set(served, (asked.get(served) ?? new Set()).add(field));
  });
  const steps = [...asked].map(([served, fields]) => ({ served, fields: [...fields].sort() }));
  return { steps: steps.sort((a, b) => rank(a.served) - rank(b.served)), decide };
}

function openTest(filter: Filter, moment: Moment & { own: ReadonlySet<Served> }, tell: (served: Served, field: string) => void): Open {
  if ('not' in filter) {
    const test = openTest(filter.not, moment, tell);
    return (row, known) => {
      const met = test(row, known);
      return met === undefined ? undefined : !met;
    };
  }
  if ('and' in filter || 'or' in filter) {
    const isAnd = 'and' in filter;
    const tests = (isAnd ? filter.and : filter.or).map((member) => openTest(member, moment, tell));
    return (row, known) => joined(tests, row, { known, decisive: !isAnd });
  }
  const served = moment.fields[filter.field]?.served ?? '';
  tell(served, filter.field);
  const test = matcher(filter, moment);
  return moment.own.has(served) ? test : (row, known) => (known.has(served) ? test(row) : undefined);
}

/** One member with the decisive answer settles a group; else it is open while one of them is. */
function joined(tests: readonly Open[], row: unknown, { known, decisive }: { known: ReadonlySet<Served>; decisive: boolean }) {
  let open = false;
  for (const test of tests) {
    const met = test(row, known);
    if (met === decisive) return decisive;
    open ||= met === undefined;
  }
  return open ? undefined : !decisive;
}

/** The first and last creation time (epoch milliseconds) of anybody who can meet the filter: what a condition says that all must meet. */
export function creationSpan(filter: Filter, moment: Moment): { from: number; to: number } {
  const members = 'and' in filter ? filter.and : [filter];
  const bounds = members.map((member) => {
    if ('and' in member && member !== filter) return creationSpan(member, moment);
    return 'field' in member && member.field === 'createdAt' && member.op !== 'exists' ? boundsOf(member, moment) : everywhere;
  });
  return { from: Math.max(...bounds.map(({ from }) => from)), to: Math.min(...bounds.map(({ to }) => to)) };
}
const everywhere = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
