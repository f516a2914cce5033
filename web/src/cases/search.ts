import type { CaseRow } from '../../../functions/cases/case.ts';
import { caseTypes } from '../../../functions/cases/kinds.ts';

const states = ['open', 'new', 'waiting', 'resolved', 'closed'] as const;
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
};

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
});
