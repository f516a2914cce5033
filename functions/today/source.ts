import type { CaseRow } from '../cases/case.ts';
import type { Ctx } from '../context.ts';
import type { FollowUpRow } from '../followups/follow-up.ts';
import type { Terms } from './rank.ts';
import type { TodayItem } from './today.ts';

/** Something that may stand in the queue, before its customer is known. */
export type Candidate = {
  id: string;
  customerId: string | null;
  /** Worth and silence follow from the customer. */
  terms: Omit<Terms, 'worth' | 'silenceDays'>;
  followUp?: FollowUpRow;
  case?: CaseRow;
  interaction?: TodayItem['interaction'];
};

/** Where the queue gets its rows. Each reads a bounded number at a fixed cost; a later service adds its own. */
export type TodaySource = { name: string; read: (ctx: Ctx) => Promise<Found> };
/** `calls` are worked through in their call list and stand in no row of the queue. */
export type Found = { candidates: Candidate[]; snoozed?: number; calls?: number; more?: boolean };
