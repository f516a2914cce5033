import { invalid } from '../kernel/errors.ts';

/** From one moment to another, RFC 3339 in UTC. */
export type Span = { from: string; to: string };

const mostMonths = 24;

/** The months that a span touches, in order: `2026-11`, `2026-12`. Refuses one that ends before it begins, and one that is too long to be read. */
export function monthsOf({ from, to }: Span): string[] {
  if (from > to) throw invalid('/query/to', 'before_it_begins', 'it ends before it begins');
  const months: string[] = [];
  for (let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]; months.length <= mostMonths; month++) {
    if (month > 12) [year, month] = [year + 1, 1];
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > to.slice(0, 7)) break;
    months.push(name);
  }
  if (months.length > mostMonths) throw invalid('/query/from', 'too_far', `${mostMonths} months at most`);
  return months;
}
