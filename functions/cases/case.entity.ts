import { type Due as DueEntry, dueKey } from '../table/due.ts';
import { defineEntity, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Case, CaseRow, type CaseState } from './case.ts';
import { clockState } from './clock.ts';

const names = {
  number: 'n',
  customerId: 'c',
  type: 'ty',
  subject: 'su',
  priority: 'p',
  queue: 'q',
  state: 'st',
  ownerId: 'o',
  source: 'so',
  interactionId: 'i',
  themeId: 'th',
  rootCause: 'rc',
  resolution: 're',
  clocks: 'ck',
  firstResponse: 'fr',
  calendar: 'cd',
  dueAt: 'da',
  nextAt: 'nx',
  reportedBySource: 'rs',
  timely: 'ti',
  satisfaction: 'sf',
  responseId: 'rp',
  openedAt: 'op',
  resolvedAt: 'ra',
  closedAt: 'cl',
  closeAt: 'ca1',
  reopened: 'ro',
  mergedIntoId: 'mi',
  mergedIds: 'ms',
  archivedAt: 'a',
  createdAt: 'ca',
  targetMinutes: 'tm',
  elapsedMinutes: 'em',
  runningSince: 'rn',
  pausedAt: 'pa',
  warnAt: 'wa',
  warnedAt: 'wd',
  metAt: 'me',
  breachedAt: 'br',
  firstState: 's1',
  resolutionState: 's2',
  satisfied: 's3',
} as const;

const due = 'case';

/** Where one case stands. */
export const caseIdOf = ({ pk }: Pick<Key, 'pk'>) => pk.slice(pk.lastIndexOf('#') + 1);

/** The partitions by which cases are found: of a state, of a state and owner (`-`: nobody), of a customer, of a month. */
export const casesOfState = (tenant: string, state: CaseState) => `T#${tenant}#CASE#${state}`;
export const casesOfOwner = (tenant: string, state: CaseState, ownerId: string | null) => `T#${tenant}#CASE#${state}#${ownerId ?? '-'}`;
export const casesOfCustomer = (tenant: string, customerId: string) => `T#${tenant}#CASE#OF#${customerId}`;
export const casesOfMonth = (tenant: string, month: string) => `T#${tenant}#CASE#IN#${month}`;

/** After all that is due. */
const never = '9999';
/** What is open stands by when it is due, what is over by when that was. */
const placeOf = ({ id, dueAt, resolvedAt, closedAt, state }: Case) =>
  `${state === 'closed' ? (closedAt ?? never) : state === 'resolved' ? (resolvedAt ?? never) : (dueAt ?? never)}#${id}`;

/** The case of an entry of the due index, by what the sweep tells. */
export const caseOfDue = ({ kind, id }: Pick<DueEntry, 'kind' | 'id'>) => (kind === due ? id : undefined);

/** pk T#<tenant>#CASE#<id>  sk ~                                  one case
 *  gsi1 T#<tenant>#CASE#<state>           <due or over>#<id>      everybody's of a state
 *  gsi2 T#<tenant>#CASE#<state>#<owner>   <due or over>#<id>      one member's, or nobody's
 *  gsi3 T#<tenant>#CASE#OF#<customer>     <openedAt>#<id>         one customer's, keys only
 *  gsi4 T#<tenant>#CASE#IN#<2026-11>      <openedAt>#<id>         those of a month, for what they come to
 *  gsi5 S#DUE#<0..15>  <nextAt>#<tenant>#case#<id>                while there is something to look after
 *  An archived case is in no index. */
export const caseEntity = defineEntity<Case>({
  type: 'case',
  schema: Case,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#CASE#${id}`, sk: '~' }),
  gsi1: (tenant, row) => (row.archivedAt ? null : { pk: casesOfState(tenant, row.state), sk: placeOf(row) }),
  gsi2: (tenant, row) => (row.archivedAt ? null : { pk: casesOfOwner(tenant, row.state, row.ownerId), sk: placeOf(row) }),
  gsi3: (tenant, row) => (row.archivedAt ? null : { pk: casesOfCustomer(tenant, row.customerId), sk: `${row.openedAt}#${row.id}` }),
  gsi4: (tenant, row) => (row.archivedAt ? null : { pk: casesOfMonth(tenant, row.openedAt.slice(0, 7)), sk: `${row.openedAt}#${row.id}` }),
  gsi5: (tenant, { id, nextAt }) => (nextAt ? dueKey({ at: nextAt, tenant, kind: due, id }) : null),
  directory: [
    'number',
    'customerId',
    'type',
    'subject',
    'priority',
    'queue',
    'state',
    'ownerId',
    'themeId',
    'dueAt',
    'reportedBySource',
    'openedAt',
    'resolvedAt',
    'closedAt',
    'mergedIntoId',
  ],
  directoryExtras: ({ clocks, satisfaction }) => ({
    firstState: clockState(clocks.firstResponse),
    resolutionState: clockState(clocks.resolution),
    satisfied: satisfaction?.kind === 'csat' ? satisfaction.value : null,
  }),
  fromKey: { fields: ['id'], read: (key) => ({ id: caseIdOf(key) }) },
});

/** What a list shows of an index entry or of the row itself; the customer's name is looked up. */
export const caseRow = (item: Parameters<typeof caseEntity.directoryOf>[0]): CaseRow => {
  const { firstState = null, resolutionState = null, satisfied = null, ...said } = caseEntity.directoryOf(item);
  const states = { firstResponse: firstState, resolution: resolutionState, satisfied };
  return CaseRow.parse({ ...said, id: caseIdOf(item), ...states, customerName: null });
};

/** Where the last number is that a case was given. */
export const caseNumberKey = (tenant: string): Key => ({ pk: `T#${tenant}#CASENO`, sk: '~' });

showsAt('case', (item) => `/v1/cases/${caseIdOf(item)}`);
