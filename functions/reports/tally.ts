import * as z from 'zod';

/** What came of a run: a recount of its messages, each with what its customer did. Pure. */
const count = z.int().nonnegative().default(0);

/** Some messages, and those whose customers got none so that it could be compared. */
export const Group = z.strictObject({
  /** Taken by the provider. */
  accepted: count,
  delivered: count,
  bounced: count,
  complained: count,
  /** As mail programs tell it, which load pictures by themselves or never: no measure of reading. */
  opened: count,
  clicked: count,
  unsubscribed: count,
  converted: count,
  /** Of those converted, whoever an earlier run had already, that this one is a wave of: over all runs each counts once. */
  convertedBefore: count,
  control: count,
  controlConverted: count,
});
export type Group = z.output<typeof Group>;

export const Tally = z.strictObject({
  /** What the provider bills of the messages that it took: of text messages their parts. */
  billed: count,
  total: Group,
  byVariant: z.record(z.string().max(10), Group),
  byLanguage: z.record(z.string().max(35), Group),
  /** By the parts of the audience, `0` the first: somebody may be in several. */
  byPart: z.record(z.string().max(2), Group),
});
export type Tally = z.output<typeof Tally>;

const noGroup = (): Group => Group.parse({});
export const noTally = (): Tally => ({ billed: 0, total: noGroup(), byVariant: {}, byLanguage: {}, byPart: {} });

/** One recipient of a run as a report sees her. */
export type Outcome = {
  /** Kept from it by chance. */
  control: boolean;
  accepted: boolean;
  /** Of a message that was taken: its parts, of which each is billed. */
  billed: number;
  delivered: boolean;
  bounced: boolean;
  complained: boolean;
  opened: boolean;
  clicked: boolean;
  unsubscribed: boolean;
  /** Reached the goal within its days. */
  converted: boolean;
  /** And within those of the run that this one is a wave of as well. */
  convertedBefore: boolean;
  variant: string | null;
  language: string | null;
  parts: readonly number[];
};

function into(group: Group, outcome: Outcome): void {
  if (outcome.control) {
    group.control++;
    if (outcome.converted) group.controlConverted++;
    return;
  }
  if (!outcome.accepted) return;
  group.accepted++;
  for (const fact of ['delivered', 'bounced', 'complained', 'opened', 'clicked', 'unsubscribed', 'converted', 'convertedBefore'] as const)
    if (outcome[fact]) group[fact]++;
}

const at = (groups: Record<string, Group>, name: string): Group => (groups[name] ??= noGroup());

/** Counts one recipient more, in place: a recount goes over thousands. */
export function tallied(tally: Tally, outcome: Outcome): void {
  into(tally.total, outcome);
  if (outcome.accepted && !outcome.control) tally.billed += outcome.billed;
  if (outcome.variant) into(at(tally.byVariant, outcome.variant), outcome);
  if (outcome.language) into(at(tally.byLanguage, outcome.language), outcome);
  for (const part of outcome.parts) into(at(tally.byPart, String(part)), outcome);
}

/** Tallies of several parts of a run together. */
export function summedTallies(all: readonly Tally[]): Tally {
  const sum = noTally();
  const add = (group: Group, more: Group) => {
    for (const name of Object.keys(more) as (keyof Group)[]) group[name] += more[name];
  };
  for (const tally of all) {
    // What was counted before knew of no parts.
    sum.billed += Math.max(tally.billed, tally.total.accepted);
    add(sum.total, tally.total);
    for (const by of ['byVariant', 'byLanguage', 'byPart'] as const)
      for (const [name, group] of Object.entries(tally[by])) add(at(sum[by], name), group);
  }
  return sum;
}

/** A campaign's tally, over a run and its waves: whoever reached the goal in the days of several has reached it once. */
export function eachOnce(tally: Tally): Tally {
  const once = (group: Group): Group => ({ ...group, converted: group.converted - group.convertedBefore, convertedBefore: 0 });
  const all = (groups: Record<string, Group>) => Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, once(group)]));
  return {
    billed: tally.billed,
    total: once(tally.total),
    byVariant: all(tally.byVariant),
    byLanguage: all(tally.byLanguage),
    byPart: all(tally.byPart),
  };
}
