import { caseEntity, caseNumberKey } from '../cases/case.entity.ts';
import { Case } from '../cases/case.ts';
import { placed } from '../cases/course.ts';
import type { Ctx } from '../context.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { idFrom } from '../kernel/ids.ts';
import type { Unit } from './units.ts';

/** Cases of imported interactions, where the import asks for them. No clock of ours runs for what happened before we knew of it. */
const types = { complaint: 'complaint', enquiry: 'question', service: 'request' } as const;
/** Of an interaction with one of these reasons that came in. */
export const becomesCase = ({ reason, direction }: Pick<Interaction, 'reason' | 'direction'>): boolean =>
  direction === 'in' && Object.hasOwn(types, reason);

export type Timely = 'yes' | 'no' | 'unknown';

/** The id that the case of an imported interaction always gets. */
export const importedCaseId = (interactionId: string) => idFrom('cas', 'import', interactionId);

/** The case of an interaction, but for its number. What its source says is answered is over; the rest is new. */
export function importedCase(
  ctx: Ctx,
  interaction: Interaction,
  { timely, jobId }: { timely: Timely | null; jobId: string },
): Omit<Case, 'number'> {
  const { id, customerId, reason, subject, body, occurredAt } = interaction;
  const over = timely === null ? {} : { state: 'closed', closedAt: occurredAt, reportedBySource: { timely } };
  const line = subject ?? body?.trim().split('\n')[0]?.slice(0, 200).trim();
  const { number: _, ...theCase } = placed(
    Case.parse({
      ...{ id: importedCaseId(id), number: 1, customerId, type: types[reason as keyof typeof types], subject: line || reason },
      ...{ source: { kind: 'import', id: jobId }, interactionId: id, openedAt: occurredAt, ...over },
      ...{ via: ctx.stamp.via, createdAt: ctx.iso, updatedAt: ctx.iso, version: 1 },
    }),
  );
  return theCase;
}

/**
 * Gives the cases that units open their numbers, as one block, just before they are written: a dry run takes none, nor
 * does a row that was imported before. 0.5 R each and 1 W a window.
 */
export async function withNumbers(ctx: Ctx, units: readonly Unit[]): Promise<void> {
  const asked = units.flatMap((unit) => {
    const entry = unit.actions.find((action) => 'put' in action && action.put.e === 'interaction');
    return unit.opens && entry && 'put' in entry ? [{ unit, key: { pk: entry.put.pk, sk: entry.put.sk } }] : [];
  });
  const there = await ctx.table.getMany(asked.map(({ key }) => key));
  const open = asked.filter((_, at) => !there[at]).map(({ unit }) => unit);
  if (open.length === 0) return;
  let number = (await ctx.table.next(caseNumberKey(ctx.tenant), 'n', open.length)) - open.length;
  for (const unit of open) {
    const theCase = unit.opens as NonNullable<Unit['opens']>;
    delete unit.opens;
    unit.actions.push(...caseEntity.create(ctx.tenant, theCase.id, { ...theCase, number: ++number }, ctx.stamp));
    unit.written.push({ e: 'case', c: theCase.customerId, i: theCase.id, v: 1 });
  }
}
