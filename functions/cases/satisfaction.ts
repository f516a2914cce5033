import type { Agent } from '../agent.ts';
import type { Response } from '../responses/response.ts';
import { type Action, GuardError } from '../table/entity.ts';
import { caseEntity } from './case.entity.ts';
import type { Satisfaction } from './case.ts';
import { caseOf } from './said.ts';

/** What a customer said of how her case was dealt with, kept on the case: its page and the report read it there. */
type Hand = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'workspace'>;
type Said = Pick<Response, 'id' | 'caseId' | 'customerId' | 'score' | 'completedAt' | 'archivedAt'>;
const tries = 6;

const satisfactionOf = ({ id, score, completedAt, archivedAt }: Said): Satisfaction | null =>
  score && completedAt && !archivedAt ? { responseId: id, kind: score.kind, value: score.value, at: completedAt } : null;

/**
 * What an answer, handed in, taken out of the report or brought back, makes of the case that it is about, for somebody's own commit: 1 R and
 * 4 W, or nothing where the case says so already, or a later answer stands there.
 */
export async function satisfactionActions(hand: Hand, response: Said): Promise<Action[]> {
  const { caseId, customerId } = response;
  const found = caseId === null ? undefined : await caseOf(hand, caseId);
  if (!found || found.theCase.customerId !== customerId) return [];
  const { item, theCase } = found;
  const before = theCase.satisfaction;
  const said = satisfactionOf(response);
  const isOther = before !== null && before.responseId !== response.id;
  if (isOther && (said === null || before.at >= said.at)) return [];
  const to = { ...theCase, satisfaction: said };
  if (caseEntity.changedFields(theCase, to).length === 0) return [];
  return caseEntity.update(hand.tenant, theCase.id, { from: item, to }, hand.stamp);
}

/** Keeps it; the same however often it is told. */
export async function keepSatisfaction(hand: Hand, response: Said): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt++)
    try {
      return await hand.table.commit(await satisfactionActions(hand, response));
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
    }
  throw new Error('a case is written by others again and again');
}
