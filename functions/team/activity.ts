import type { Member } from '../admin/member.ts';
import type { Ctx } from '../context.ts';
import { isOverdue } from '../followups/due.ts';
import { followUpRow, ownersFollowUps } from '../followups/follow-up.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { dayOf } from '../kernel/days.ts';
import type { Item } from '../table/entity.ts';
import { highest } from '../table/ranges.ts';
import { membersResponses, minutesOf } from '../today/attention.entity.ts';
import { interactionsIn, mondayOf, unseenKey, unseenOf, weekBefore, weekdayOf, weekKey } from './team.entity.ts';
import { type MemberActivity, medianOf, type TeamActivity } from './team-activity.ts';

/** Rows that are read of one member; whoever has more is shown as having more. */
const atMost = 200;
const dayMs = 86_400_000;

/** The members whose activity the caller may see, those who are gone left out. */
export async function visibleMembers(ctx: Ctx): Promise<Member[]> {
  const members = (await ctx.roster()).filter(({ status, role }) => status === 'active' && role !== 'partner');
  const seen = await Promise.all(members.map(({ id }) => ctx.reaches('reports', 'read', id)));
  return members.filter((_, at) => seen[at]);
}

type Counters = { thisWeek: Item | undefined; lastWeek: Item | undefined; unseen: Item | undefined };

async function activityOfMember(ctx: Ctx, { id, name }: Member, { thisWeek, lastWeek, unseen }: Counters): Promise<MemberActivity> {
  const today = weekdayOf(dayOf(ctx.now, ctx.workspace.timeZone));
  const [overdue, answers] = await Promise.all([
    ctx.table.query({
      index: 'gsi2',
      pk: ownersFollowUps(ctx.tenant, 'open', id),
      range: { from: '', to: `${ctx.iso}${highest}` },
      limit: atMost,
    }),
    ctx.table.query({
      index: 'gsi2',
      pk: membersResponses(ctx.tenant, id),
      range: { from: isoOf(ctx.now - 7 * dayMs), to: highest },
      limit: atMost,
      newestFirst: true,
    }),
  ]);
  return {
    id,
    name,
    interactions: {
      thisWeek: interactionsIn(thisWeek, id),
      lastWeekSoFar: interactionsIn(lastWeek, id, today),
      lastWeek: interactionsIn(lastWeek, id),
    },
    overdue: {
      count: overdue.items.filter((item) => isOverdue(followUpRow(item), ctx.now)).length,
      more: overdue.lastKey !== undefined,
    },
    firstResponse: {
      medianMinutes: medianOf(answers.items.map(minutesOf)),
      answers: answers.items.length,
      more: answers.lastKey !== undefined,
    },
    unseen: unseenOf(unseen),
  };
}

/** What the visible members did, from counters and two short reads of each. */
export async function teamActivity(ctx: Ctx): Promise<TeamActivity> {
  const members = await visibleMembers(ctx);
  const monday = mondayOf(dayOf(ctx.now, ctx.workspace.timeZone));
  const keys = [
    weekKey(ctx.tenant, monday),
    weekKey(ctx.tenant, weekBefore(monday)),
    ...members.map(({ id }) => unseenKey(ctx.tenant, id)),
  ];
  const [thisWeek, lastWeek, ...unseen] = await ctx.table.getMany(keys);
  const data = await Promise.all(members.map((member, at) => activityOfMember(ctx, member, { thisWeek, lastWeek, unseen: unseen[at] })));
  const counted = data.map((row) => row.unseen?.asOf);
  return {
    data,
    week: { from: monday, zone: ctx.workspace.timeZone },
    unseenAsOf: counted.every((one) => one !== undefined) ? (counted.sort()[0] ?? null) : null,
  };
}
