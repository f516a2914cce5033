import { caseRow, casesOfOwner } from '../cases/case.entity.ts';
import { type CaseRow, openStates } from '../cases/case.ts';
import type { Ctx } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import { nextDay, startOfDay } from '../kernel/days.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { highest } from '../table/ranges.ts';
import type { Candidate, TodaySource } from './source.ts';

const atMost = 50;
/** While the customer is waited for no clock runs, and nothing is due. */
const running = openStates.filter((state) => state !== 'waiting');

/**
 * Cases of the caller's, and nobody's where she may take them, whose promise is due until the end of the day or broken. 0.5 to 1.5 R a
 * Query, one for each state and owner.
 */
export const caseSource: TodaySource = {
  name: 'cases',
  read: async (ctx) => {
    if (ctx.scope('cases', 'read') === 'none') return { candidates: [] };
    const end = isoOf(startOfDay(nextDay(wallAt(ctx.now, ctx.workspace.timeZone).on), ctx.workspace.timeZone));
    const owners = ctx.scope('cases', 'write') === 'all' ? [ctx.actor.memberId, null] : [ctx.actor.memberId];
    const pages = await Promise.all(
      owners.flatMap((owner) =>
        running.map((state) =>
          ctx.table.query({
            index: 'gsi2',
            pk: casesOfOwner(ctx.tenant, state, owner),
            range: { from: ' ', to: `${end}${highest}` },
            limit: atMost,
          }),
        ),
      ),
    );
    return {
      candidates: pages.flatMap(({ items }) => items.flatMap((item) => candidate(ctx, caseRow(item)))),
      more: pages.some(({ lastKey }) => lastKey !== undefined),
    };
  },
};

function candidate(ctx: Ctx, row: CaseRow): Candidate[] {
  if (row.dueAt === null) return [];
  return [
    {
      id: `case:${row.id}`,
      customerId: row.customerId,
      case: row,
      terms: {
        kind: 'case',
        lateAt: row.dueAt,
        day: null,
        since: row.openedAt,
        channel: null,
        minutesToBreach: (Date.parse(row.dueAt) - ctx.now) / 60_000,
        promiseBroken: Date.parse(row.dueAt) < ctx.now,
        priority: row.priority === 'urgent' ? 'high' : row.priority,
      },
    },
  ];
}
