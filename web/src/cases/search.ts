import type { CaseRow } from '../../../functions/cases/case.ts';
import { caseTypes } from '../../../functions/cases/kinds.ts';

const states = ['open', 'new', 'waiting', 'resolved', 'closed', 'any'] as const;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** What a list of cases is narrowed to, as the address says it. */
export type CasesSearch = {
  view?: 'board' | 'report' | 'themes' | 'held' | undefined;
  state?: (typeof states)[number] | undefined;
  owner?: string | undefined;
  type?: CaseRow['type'] | undefined;
  priority?: CaseRow['priority'] | undefined;
  queue?: string | undefined;
  themeId?: string | undefined;
  breached?: 'true' | undefined;
} & ReportRows;

const outcomes = ['kept', 'broken', 'open'] as const;
const timely = ['yes', 'no', 'unknown'] as const;
/** Which cases a number of the report was counted from. */
export type ReportRows = {
  from?: string | undefined;
  to?: string | undefined;
  firstResponse?: (typeof outcomes)[number] | undefined;
  resolution?: (typeof outcomes)[number] | undefined;
  reported?: (typeof timely)[number] | undefined;
  counted?: 'true' | undefined;
};
export const reportRows = ['from', 'to', 'firstResponse', 'resolution', 'reported', 'counted'] as const;

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

export const casesSearch = (search: Record<string, unknown>): CasesSearch => ({
  view: (['board', 'report', 'themes', 'held'] as const).find((view) => view === search.view),
  state: states.find((one) => one === search.state && one !== 'open'),
  owner: text(search.owner),
  type: caseTypes.find((one) => one === search.type),
  priority: priorities.find((one) => one === search.priority),
  queue: text(search.queue),
  themeId: text(search.themeId),
  // A search parameter that reads as a truth value comes as one.
  breached: String(search.breached) === 'true' ? 'true' : undefined,
  from: text(search.from),
  to: text(search.to),
  firstResponse: outcomes.find((one) => one === search.firstResponse),
  resolution: outcomes.find((one) => one === search.resolution),
  reported: timely.find((one) => one === search.reported),
  counted: String(search.counted) === 'true' ? 'true' : undefined,
});
