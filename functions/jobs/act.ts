import { auditAction } from '../admin/audit.ts';
import type { Ctx } from '../context.ts';
import type { Action } from '../table/entity.ts';
import type { Job } from './job.ts';

/** That somebody started, resumed or undid a job, for the audit; a row for the same commit. */
export const actOf = (ctx: Ctx, { id, kind }: Pick<Job, 'id' | 'kind'>, what: 'started' | 'resumed' | 'undone'): Action =>
  auditAction(ctx.tenant, {
    at: ctx.now,
    entity: 'job',
    rowId: id,
    actorId: ctx.actor.memberId,
    via: ctx.actor.via,
    requestId: ctx.requestId,
    action: what === 'started' ? 'created' : 'changed',
    changes: [{ field: kind, from: null, to: what }],
    what,
  });
