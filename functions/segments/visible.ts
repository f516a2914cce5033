import type { Ctx } from '../context.ts';
import { missing } from '../kernel/errors.ts';
import { listEntity } from './list.entity.ts';
import { segmentEntity } from './segment.entity.ts';
import type { AudiencePart, Segment } from './segment.ts';

/** Whether the caller may see a segment: a shared one whoever sees segments, another its owner and who looks after all of them. */
export const seesSegment = (ctx: Ctx, { shared, ownerId }: Pick<Segment, 'shared' | 'ownerId'>) =>
  ctx.scope('segments', 'read') !== 'none' && (shared || ownerId === ctx.actor.memberId || ctx.scope('segments', 'write') === 'all');

/** The name of a segment or list that the caller sees. 1 R. Throws `not_found` for one that he does not see or that is not there. */
export async function groupName(ctx: Ctx, part: Exclude<AudiencePart, { where: unknown }>): Promise<string> {
  if ('listId' in part) {
    const list = await ctx.table.get(listEntity.key(ctx.tenant, part.listId));
    return list && ctx.scope('segments', 'read') !== 'none' ? listEntity.decode(list).name : missing();
  }
  const item = await ctx.table.get(segmentEntity.key(ctx.tenant, part.segmentId));
  const segment = item && segmentEntity.decode(item);
  return segment && seesSegment(ctx, segment) ? segment.name : missing();
}
