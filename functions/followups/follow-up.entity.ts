import { type Due as DueEntry, dueKey } from '../table/due.ts';
import { defineEntity, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { FollowUp, FollowUpRow } from './follow-up.ts';

const names = {
  title: 't',
  notes: 'no',
  customerId: 'c',
  ownerId: 'o',
  priority: 'p',
  channel: 'ch',
  recurrence: 'r',
  interactionId: 'i',
  due: 'du',
  dueAt: 'da',
  reminders: 're',
  remindAt: 'ra',
  remindedAt: 'rd',
  snoozedUntil: 'sn',
  seriesId: 'se',
  occurrence: 'n',
  state: 'st',
  closedAt: 'cl',
  outcome: 'oc',
  loggedId: 'lo',
  nextId: 'nx',
  source: 'so',
  sourceId: 'si',
  tries: 'tr',
  dueBefore: 'db',
  archivedAt: 'a',
  createdAt: 'ca',
} as const;

const due = 'followUp';

/** Where one follow-up stands. */
export const followUpIdOf = ({ pk }: Pick<Key, 'pk'>) => pk.slice(pk.lastIndexOf('#') + 1);

/** The partitions by which follow-ups of one state are found: everybody's, one owner's, one customer's. */
export const everybodysFollowUps = (tenant: string, state: FollowUp['state']) => `T#${tenant}#FUP#${state}`;
export const ownersFollowUps = (tenant: string, state: FollowUp['state'], ownerId: string) => `T#${tenant}#FUP#${state}#${ownerId}`;
export const customersFollowUps = (tenant: string, state: FollowUp['state'], customerId: string) =>
  `T#${tenant}#FUP#${state}#${customerId}`;

/** What is open stands by its due time, what is closed by when it was closed. */
const placed = ({ id, state, dueAt, closedAt }: FollowUp) => `${(state === 'open' ? null : closedAt) ?? dueAt}#${id}`;

/** The entry of the due index of a follow-up, by what the sweep tells. */
export const followUpOfDue = ({ kind, id }: Pick<DueEntry, 'kind' | 'id'>) => (kind === due ? id : undefined);

/** pk T#<tenant>#FUP#<id>  sk ~                                     one follow-up
 *  gsi1 T#<tenant>#FUP#<state>             <due or closed>#<id>   everybody's of a state, by time
 *  gsi2 T#<tenant>#FUP#<state>#<owner>     <due or closed>#<id>   one member's
 *  gsi3 T#<tenant>#FUP#<state>#<customer>  <due or closed>#<id>   one customer's, keys only
 *  gsi5 S#DUE#<0..15>  <remindAt>#<tenant>#followUp#<id>          while there is something to remind of */
export const followUpEntity = defineEntity<FollowUp>({
  type: 'followUp',
  schema: FollowUp,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#FUP#${id}`, sk: '~' }),
  gsi1: (tenant, row) => ({ pk: everybodysFollowUps(tenant, row.state), sk: placed(row) }),
  gsi2: (tenant, row) => ({ pk: ownersFollowUps(tenant, row.state, row.ownerId), sk: placed(row) }),
  gsi3: (tenant, row) => (row.customerId ? { pk: customersFollowUps(tenant, row.state, row.customerId), sk: placed(row) } : null),
  gsi5: (tenant, { id, remindAt }) => (remindAt ? dueKey({ at: remindAt, tenant, kind: due, id }) : null),
  directory: [
    'title',
    'customerId',
    'ownerId',
    'priority',
    'channel',
    'due',
    'dueAt',
    'snoozedUntil',
    'state',
    'closedAt',
    'outcome',
    'interactionId',
    'seriesId',
    'source',
    'sourceId',
    'tries',
  ],
  fromKey: { fields: ['id'], read: (key) => ({ id: followUpIdOf(key) }) },
});

/** What a list shows of an index entry or of the row itself; the customer's name is looked up. */
export const followUpRow = (item: Parameters<typeof followUpEntity.directoryOf>[0]): FollowUpRow =>
  FollowUpRow.parse({ ...followUpEntity.directoryOf(item), id: followUpIdOf(item), customerName: null });

showsAt('followUp', (item) => `/v1/follow-ups/${followUpIdOf(item)}`);
