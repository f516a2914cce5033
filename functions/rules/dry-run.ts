import { customerIdOf, directoryRow } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { knownBy, planFor, whoMeets } from '../segments/matching.ts';
import { type Cursor, customersPage } from './customers-walk.ts';
import { knownOf, type Reader } from './facts.ts';
import type { DryRun } from './firing.ts';
import { momentsOf } from './moment.ts';
import type { Rule } from './rule.ts';
import { isMoment } from './when.ts';

const perCall = 200;
const soonMs = 30 * 24 * 3_600_000;
const mostShown = 10;

/** Whom a rule would touch among the next 200 customers, by the very functions that plan and decide. Writes nothing. */
export async function dryRun(
  reader: Reader,
  rule: Pick<Rule, 'when' | 'where'>,
  { cursor, sees }: { cursor: Cursor | null; sees: (item: Parameters<typeof directoryRow>[0]) => Promise<boolean> },
): Promise<Omit<DryRun, 'nextCursor'> & { next: Cursor | null }> {
  const { items, next } = await customersPage(reader, cursor, perCall);
  const { where, when } = rule;
  const met = where ? await whoMeets(reader, planFor(reader, where), items.map(knownBy)) : items.map(() => true);
  const matching = items.filter((_, at) => met[at]);
  const known = isMoment(when) ? await knownOf(reader, when, matching) : [];
  const sums = { passed: 0, soon: 0, later: 0 };
  const touched = new Map<string, string | null>(isMoment(when) ? [] : matching.map((item) => [customerIdOf(item), null]));
  for (const { customerId, facts } of known) {
    if (!isMoment(when)) break;
    const { passed, next: coming } = momentsOf(when, facts, reader.now);
    if (passed && !passed.over) sums.passed += 1;
    else if (coming) sums[coming.at - reader.now <= soonMs ? 'soon' : 'later'] += 1;
    const moment = passed && !passed.over ? passed : coming;
    if (moment) touched.set(customerId, isoOf(moment.at));
  }
  const sample: DryRun['sample'] = [];
  for (const item of matching) {
    const id = customerIdOf(item);
    if (sample.length < mostShown && touched.has(id) && (await sees(item)))
      sample.push({ customerId: id, name: directoryRow(item).name, at: touched.get(id) ?? null });
  }
  return { examined: items.length, matching: matching.length, ...sums, sample, next };
}
