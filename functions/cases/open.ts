import type { Agent } from '../agent.ts';
import type { Customer } from '../customers/customer.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import type { ServiceLevels } from '../service-levels/service-level.ts';
import type { Action, Item } from '../table/entity.ts';
import { caseEntity, caseNumberKey } from './case.entity.ts';
import { Case, type CaseInput } from './case.ts';
import { placed, promised } from './course.ts';
import { raisedActions } from './theme.entity.ts';

/** Who opens a case: a request's context or the product's own agent. */
export type CaseMaker = Pick<Agent, 'tenant' | 'table' | 'now' | 'iso' | 'newId' | 'stamp' | 'workspace'>;

export type NewCase = Pick<CaseInput, 'type' | 'subject'> &
  Partial<Pick<CaseInput, 'priority' | 'queue' | 'ownerId' | 'themeId'>> &
  Pick<Case, 'source'> &
  Partial<Pick<Case, 'reportedBySource'>> & {
    /** Made of its cause by whoever may do the same twice. */
    id?: string;
    customer: Customer;
    /** What it begins with: a row of her timeline, or what is to be logged with it; null where there is neither. */
    begins: { item: Item } | { log: Interaction } | null;
    /** The levels of the workspace, where they were read before; no clock runs where they are null: what is over is not ours to count. */
    levels?: ServiceLevels | null;
    /** When it reached us; that of the interaction, or now, where it is left out. */
    openedAt?: string;
  };

/** What happened longer ago was not told to us when it happened: its case begins when it is opened. */
const freshMs = 48 * 3_600_000;

/** What the workspace's own field says that a customer is to us. */
export function tierOf({ custom }: Customer, { tierField }: Pick<ServiceLevels, 'tierField'>): string | null {
  const value = tierField === null ? undefined : custom[tierField];
  return value === undefined || value === null ? null : String(value);
}

/** When the matter reached us. */
function beginOf({ now, iso }: CaseMaker, { openedAt, begins }: NewCase, at: string | undefined): string {
  if (openedAt) return openedAt;
  return begins && at && Date.parse(at) > now - freshMs && Date.parse(at) <= now ? at : iso;
}

/**
 * A new case and what writes it, for somebody's own commit: 6 W, in a transaction with its interaction 9 W, after 1 R and 1 W for its number.
 * Undefined where it is there already, or where the interaction has a case: nothing is to be done then.
 */
export async function openCaseActions(maker: CaseMaker, asked: NewCase): Promise<{ theCase: Case; actions: Action[] } | undefined> {
  const { tenant, table, stamp, iso } = maker;
  const { id = maker.newId('cas'), customer, begins } = asked;
  const interaction = begins && ('log' in begins ? begins.log : interactionEntity.decode(begins.item));
  if (begins && 'item' in begins && interaction?.caseId) return undefined;
  if (asked.id && (await table.get(caseEntity.key(tenant, asked.id)))) return undefined;
  const levels = asked.levels === undefined ? await serviceLevelsOf(maker) : asked.levels;
  const openedAt = beginOf(maker, asked, interaction?.occurredAt);
  const { priority = 'normal', queue = null, ownerId = null, themeId = null, type, subject, source, reportedBySource = null } = asked;
  const theCase = placed(
    Case.parse({
      ...{ id, number: await table.next(caseNumberKey(tenant), 'n'), customerId: customer.id, type, subject, priority, queue, ownerId },
      ...{ themeId, source, reportedBySource, openedAt, interactionId: interaction?.id ?? null },
      ...(levels && promised(levels, { priority, tier: tierOf(customer, levels), at: Date.parse(openedAt) })),
      ...{ via: stamp.via, createdAt: iso, updatedAt: iso, version: 1 },
    }),
  );
  const raised = raisedActions(tenant, { kind: 'case', id, customerId: customer.id }, { from: null, to: themeId });
  return { theCase, actions: [...caseEntity.create(tenant, id, theCase, stamp), ...beginning(maker, begins, id), ...raised] };
}

/** Says on the interaction which case it began, or logs it so. */
function beginning({ tenant, stamp }: CaseMaker, begins: NewCase['begins'], caseId: string): Action[] {
  if (!begins) return [];
  if ('log' in begins) return interactionEntity.create(tenant, begins.log, { ...begins.log, caseId }, stamp);
  const before = interactionEntity.decode(begins.item);
  return interactionEntity.update(tenant, before, { from: begins.item, to: { ...before, caseId } }, stamp);
}
