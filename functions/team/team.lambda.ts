import { serve } from '../context.ts';
import { CrmError } from '../kernel/errors.ts';
import { reply } from '../kernel/reply.ts';
import { putOnBus, workSource } from '../workflows/bus.ts';
import { teamActivity, visibleMembers } from './activity.ts';
import { teamRoutes } from './team.routes.ts';

export const handler = serve(teamRoutes, {
  getTeamActivity: (ctx) => teamActivity(ctx),

  recountTeam: async (ctx) => {
    const members = (await visibleMembers(ctx)).map(({ id }) => id);
    const detail = { tenant: ctx.tenant, members };
    const refused = await putOnBus([{ source: workSource, type: 'team.recount', at: ctx.iso, detail }]);
    if (refused) throw new CrmError('unavailable', { headers: { 'Retry-After': '1' } });
    return reply({ members: members.length }, { status: 202 });
  },
});
