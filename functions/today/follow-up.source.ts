import type { Ctx } from '../context.ts';
import { isOverdue } from '../followups/due.ts';
import { followUpRow, ownersFollowUps } from '../followups/follow-up.entity.ts';
import type { FollowUpRow } from '../followups/follow-up.ts';
import { isoOf } from '../kernel/clock.ts';
import { nextDay, startOfDay } from '../kernel/days.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { highest } from '../table/ranges.ts';
import type { Candidate, TodaySource } from './source.ts';

const atMost = 100;
/** Pages that are read where calls of a call list, which are worked through there, stand between. */
const mostPages = 6;

/** The caller's own follow-ups that are due until the end of the day. 0.5 R a 4 KiB, about 3 R for 100. */
export const followUpSource: TodaySource = {
  name: 'followUps',
  read: async (ctx) => {
    const { rows, calls, more } = await dueToday(ctx);
    const awake = rows.filter((row) => isAwake(ctx, row));
    return {
      candidates: awake.map((row) => candidate(ctx, row)),
      snoozed: rows.length - awake.length,
      calls: calls.filter((row) => isAwake(ctx, row)).length,
      more,
    };
  },
};

const isAwake = ({ now }: Ctx, { snoozedUntil }: FollowUpRow) => snoozedUntil === null || Date.parse(snoozedUntil) <= now;

/** The next 100 until tonight, and beside them the calls of call lists among which they stand. */
async function dueToday(ctx: Ctx): Promise<{ rows: FollowUpRow[]; calls: FollowUpRow[]; more: boolean }> {
  const end = isoOf(startOfDay(nextDay(wallAt(ctx.now, ctx.workspace.timeZone).on), ctx.workspace.timeZone));
  const pk = ownersFollowUps(ctx.tenant, 'open', ctx.actor.memberId);
  const rows: FollowUpRow[] = [];
  const calls: FollowUpRow[] = [];
  let after: Record<string, unknown> | undefined;
  for (let page = 0; page < mostPages && rows.length < atMost; page++) {
    const range = { from: '', to: `${end}${highest}` };
    const { items, lastKey } = await ctx.table.query({ index: 'gsi2', pk, range, limit: atMost, after });
    for (const row of items.map(followUpRow)) (row.source === 'callList' ? calls : rows).push(row);
    after = lastKey;
    if (!lastKey) break;
  }
  return { rows, calls, more: after !== undefined };
}

function candidate(ctx: Ctx, row: FollowUpRow): Candidate {
  const late = isOverdue(row, ctx.now);
  const allDay = row.due.at === null;
  // A whole day is late when it is over, and until then it is due at its end.
  const dayEnd = allDay ? startOfDay(nextDay(row.due.on), row.due.zone) : Date.parse(row.dueAt);
  return {
    id: `followUp:${row.id}`,
    customerId: row.customerId,
    followUp: row,
    terms: {
      kind: 'followUp',
      lateAt: isoOf(dayEnd),
      day: allDay ? row.due.on : null,
      since: row.dueAt,
      channel: row.channel,
      minutesToBreach: (dayEnd - ctx.now) / 60_000,
      promiseBroken: late && (row.interactionId !== null || row.channel !== null) && row.customerId !== null,
      priority: row.priority,
    },
  };
}
