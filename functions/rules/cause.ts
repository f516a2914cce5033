import { idFrom } from '../kernel/ids.ts';
import type { Action, Item } from '../table/entity.ts';
import type { Made } from './firing.ts';
import type { Rule } from './rule.ts';

/** What a rule is to do, for whom, and at which occurrence. */
export type Cause = { rule: Rule; customer: Item; subjectId: string; occurrence: string };
export type Outcome = { actions: Action[]; made: Made[] };

/** Why nothing came of it: the customer's own state, which is no fault, or the rule's. */
export class NotDone extends Error {
  readonly outcome: 'skipped' | 'failed';
  readonly reason: string;

  constructor(outcome: 'skipped' | 'failed', reason: string) {
    super(reason);
    this.outcome = outcome;
    this.reason = reason;
  }
}

export function notDone(outcome: 'skipped' | 'failed', reason: string): never {
  throw new NotDone(outcome, reason);
}

export const unlessNotDone = (error: unknown): undefined => {
  if (!(error instanceof NotDone)) throw error;
};

/** The id of what an effect makes: the same whenever the same rule acts on the same subject at the same occurrence. */
export const idOf = (prefix: string, { rule, subjectId, occurrence }: Cause, at: number) =>
  idFrom(prefix, rule.id, subjectId, occurrence, String(at));
