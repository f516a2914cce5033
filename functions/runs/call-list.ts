import { campaignEntity } from '../campaigns/campaign.entity.ts';
import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import type { Customer } from '../customers/customer.ts';
import { tryLater } from '../followups/acts.ts';
import { followUpEntity, followUpRow, ownersFollowUps } from '../followups/follow-up.entity.ts';
import type { DoneInput, FollowUp, FollowUpRow } from '../followups/follow-up.ts';
import { dueAgain } from '../followups/tries.ts';
import { isoOf } from '../kernel/clock.ts';
import { startOfDay } from '../kernel/days.ts';
import { CrmError } from '../kernel/errors.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { highest } from '../table/ranges.ts';
import { type Call, type CallLists, type CallListView, campaignOf, isDueNow, usualPace } from './call.ts';

/** Calls of campaigns by phone, as the member works through them to whom they fell. */
const mostOpen = 1_000;
const mostDone = 500;

type Asked = { campaignId?: string | undefined; limit: number; beyond: 'true' | 'false' };
type Pace = typeof usualPace & { name: string };

/** The caller's calls: of each campaign how far she is, and the next ones with what she must know to make them. */
export async function callLists(ctx: Ctx, { campaignId, limit, beyond }: Asked): Promise<CallLists> {
  const { open, done, more } = await ownCalls(ctx);
  const paces = await pacesOf(ctx, [...new Set([...open, ...done].flatMap((row) => campaignOf(row) ?? []))]);
  const moment = { now: ctx.now, today: wallAt(ctx.now, ctx.workspace.timeZone).on };
  const dueOf = new Map<string, FollowUpRow[]>();
  const lists: CallListView[] = [];
  for (const [id, pace] of paces) {
    const own = open.filter((row) => campaignOf(row) === id);
    const due = own.filter((row) => isDueNow(row, moment));
    const called = calledToday(ctx, { open: own, done: done.filter((row) => campaignOf(row) === id) });
    const today = Math.min(due.length, Math.max(0, pace.perMemberAndDay - called));
    dueOf.set(id, beyond === 'true' ? due : due.slice(0, today));
    lists.push({ campaignId: id, ...pace, open: own.length, due: due.length, today, called });
  }
  const next = [...dueOf]
    .flatMap(([id, rows]) => (campaignId === undefined || campaignId === id ? rows : []))
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1));
  return { lists, data: await shown(ctx, next.slice(0, limit)), more };
}

/** What is open of the caller's calls, and what was done of them today. 0.5 R a 4 KiB of index entries. */
async function ownCalls(ctx: Ctx): Promise<{ open: FollowUpRow[]; done: FollowUpRow[]; more: boolean }> {
  const midnight = isoOf(startOfDay(wallAt(ctx.now, ctx.workspace.timeZone).on, ctx.workspace.timeZone));
  const of = (state: FollowUp['state']) => ({ index: 'gsi2' as const, pk: ownersFollowUps(ctx.tenant, state, ctx.actor.memberId) });
  const [open, done] = await Promise.all([
    ctx.table.query({ ...of('open'), limit: mostOpen }),
    ctx.table.query({ ...of('done'), range: { from: midnight, to: highest }, limit: mostDone }),
  ]);
  const calls = (items: typeof open.items) => items.map(followUpRow).filter((row) => campaignOf(row) !== undefined);
  return { open: calls(open.items), done: calls(done.items), more: open.lastKey !== undefined };
}

/** How the campaigns of some calls are worked, in the order of their names. 1 R each 4 KiB of content. */
async function pacesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Pace>> {
  const items = await ctx.table.getMany(ids.map((id) => campaignEntity.key(ctx.tenant, id)));
  const paces = ids.map((id, at): [string, Pace] => {
    const campaign = items[at] && campaignEntity.decode(items[at]);
    const { perMemberAndDay, tries, againAfterHours } = campaign?.callList ?? usualPace;
    return [id, { name: campaign?.name ?? '', perMemberAndDay, tries, againAfterHours }];
  });
  return new Map(paces.sort(([, a], [, b]) => (a.name < b.name ? -1 : 1)));
}

function calledToday(ctx: Ctx, { open, done }: { open: readonly FollowUpRow[]; done: readonly FollowUpRow[] }): number {
  const { timeZone } = ctx.workspace;
  const today = wallAt(ctx.now, timeZone).on;
  const tried = open.filter(({ tries }) => tries !== null && wallAt(Date.parse(tries.at), timeZone).on === today);
  return done.length + tried.length;
}

/** Calls with their scripts and their customers, as far as the caller sees these. 1 R and 0.5 R each. */
async function shown(ctx: Ctx, rows: readonly FollowUpRow[]): Promise<Call[]> {
  const [items, customers] = await Promise.all([
    ctx.table.getMany(rows.map(({ id }) => followUpEntity.key(ctx.tenant, id))),
    ctx.table.getMany(rows.map(({ customerId }) => customerEntity.key(ctx.tenant, customerId ?? ''))),
  ]);
  return Promise.all(
    rows.map(async (row, at) => {
      const item = items[at];
      const customer = customers[at] && customerEntity.decode(customers[at]);
      const seen = customer && (await ctx.reaches('customers', 'read', customer.ownerId));
      const { id, title, due, dueAt, tries } = row;
      return {
        ...{ id, title, due, dueAt, campaignId: campaignOf(row) ?? '', tried: tries?.many ?? 0, triedAt: tries?.at ?? null },
        script: item ? followUpEntity.decode(item).notes : null,
        customer: seen ? callable(customer) : null,
      };
    }),
  );
}

/** What one must know of a customer to call her. */
const callable = ({ id, kind, name, jobTitle, lifecycle, phones, timeZone, preferences }: Customer): Call['customer'] => ({
  ...{ id, kind, name, jobTitle, lifecycle, phones, timeZone, preferences },
});

/** Nobody answered a call: it comes again as its campaign says. Throws `wrong_state` for a follow-up that is in no call list. */
export const tryAgain = (ctx: Ctx, id: string, said: DoneInput['interaction']): Promise<FollowUp> =>
  tryLater(ctx, id, {
    said,
    retryOf: async (followUp) => {
      const campaignId = campaignOf(followUp);
      if (!campaignId) throw new CrmError('wrong_state', { source: followUp.source });
      const item = await ctx.table.get(campaignEntity.key(ctx.tenant, campaignId), { strong: false });
      const { tries, againAfterHours } = (item && campaignEntity.decode(item).callList) ?? usualPace;
      const { timeZone, workingDays } = ctx.workspace;
      return { tries, again: dueAgain(ctx.now, { afterHours: againAfterHours, zone: timeZone, workingDays }) };
    },
  });
