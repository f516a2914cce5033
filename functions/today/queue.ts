import type { Ctx } from '../context.ts';
import { activityKey, customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { activityOf } from '../interactions/interaction.entity.ts';
import type { Activity } from '../interactions/interaction.ts';
import { errorFields, log } from '../kernel/log.ts';
import { attentionSource } from './attention.source.ts';
import { caseSource } from './case.source.ts';
import { followUpSource } from './follow-up.source.ts';
import { pinsOf } from './pins.ts';
import { rankOf, reasonsOf, type Terms } from './rank.ts';
import type { Candidate, TodaySource } from './source.ts';
import type { Today, TodayItem } from './today.ts';

/** Every source of the queue. A later service adds its line. */
export const todaySources: readonly TodaySource[] = [followUpSource, caseSource, attentionSource];

const mostRows = 100;
const dayMs = 86_400_000;

type Known = { customer: Customer; activity: Activity };

/** The customers of the candidates whom the caller sees, with what happened lately. 0.5 R each, twice. */
async function known(ctx: Ctx, candidates: readonly Candidate[]): Promise<Map<string, Known>> {
  const ids = [...new Set(candidates.flatMap(({ customerId }) => customerId ?? []))];
  const rows = await ctx.table.getMany(ids.flatMap((id) => [customerEntity.key(ctx.tenant, id), activityKey(ctx.tenant, id)]));
  const found = new Map<string, Known>();
  for (const [at, id] of ids.entries()) {
    const customer = rows[2 * at] && customerEntity.decode(rows[2 * at]!);
    if (customer && (await ctx.reaches('customers', 'read', customer.ownerId)))
      found.set(id, { customer, activity: activityOf(rows[2 * at + 1]) });
  }
  return found;
}

/** 0 to 5: an order on the timeline each, and one for who is active. Until deals and orders have values of their own. */
const worthOf = ({ customer, activity }: Known) => Math.min(5, (activity.byChannel.order ?? 0) + (customer.lifecycle === 'active' ? 1 : 0));

function itemOf(candidate: Candidate, of: Known | undefined, { now, pinnedAt }: { now: number; pinnedAt: string | null }): TodayItem {
  const last = of?.activity.lastInteractionAt;
  const terms: Terms = {
    ...candidate.terms,
    worth: of ? worthOf(of) : 0,
    silenceDays: last ? Math.max(0, Math.floor((now - Date.parse(last)) / dayMs)) : null,
  };
  const { id, name, lifecycle } = of?.customer ?? {};
  return {
    id: candidate.id,
    kind: terms.kind,
    rank: rankOf(terms),
    pinnedAt,
    reasons: reasonsOf(terms),
    lateAt: terms.lateAt,
    late: terms.minutesToBreach < 0,
    customer: id && name && lifecycle ? { id, name, lifecycle } : null,
    followUp: candidate.followUp ? { ...candidate.followUp, customerName: name ?? null } : null,
    case: candidate.case ? { ...candidate.case, customerName: name ?? null } : null,
    interaction: candidate.interaction ?? null,
  };
}

/** What is pinned stands on top, in the order in which it was. */
const byPin = ({ pinnedAt: a }: TodayItem, { pinnedAt: b }: TodayItem) => {
  if (a === b) return 0;
  return b === null || (a !== null && a < b) ? -1 : 1;
};

/**
 * The caller's queue, what is pinned and then the highest rank first. A source that fails leaves the others standing, and is named: an empty list with one
 * missing is no empty day.
 */
export async function todayOf(ctx: Ctx, sources: readonly TodaySource[] = todaySources): Promise<Today> {
  const [pins, answers] = await Promise.all([pinsOf(ctx), Promise.allSettled(sources.map(({ read }) => read(ctx)))]);
  const missing = sources.filter((_, at) => answers[at]?.status === 'rejected').map(({ name }) => name);
  for (const answer of answers)
    if (answer.status === 'rejected') log('error', 'a source of today', { requestId: ctx.requestId, ...errorFields(answer.reason) });
  const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  const candidates = given.flatMap((one) => one.candidates);
  const customers = await known(ctx, candidates);
  const items = candidates
    .map((candidate) => {
      const setting = { now: ctx.now, pinnedAt: pins.get(candidate.id) ?? null };
      return itemOf(candidate, candidate.customerId ? customers.get(candidate.customerId) : undefined, setting);
    })
    // Whoever waits is shown only with her name; a follow-up is the caller's own, whoever it is about.
    .filter(({ customer, followUp }) => customer !== null || followUp !== null)
    .sort((a, b) => byPin(a, b) || b.rank - a.rank || (a.lateAt < b.lateAt ? -1 : a.lateAt > b.lateAt ? 1 : a.id < b.id ? -1 : 1));
  return {
    data: items.slice(0, mostRows),
    snoozed: given.reduce((sum, { snoozed = 0 }) => sum + snoozed, 0),
    calls: given.reduce((sum, { calls = 0 }) => sum + calls, 0),
    more: items.length > mostRows || given.some(({ more }) => more === true),
    sources: { answered: sources.length - missing.length, of: sources.length, missing },
  };
}
