import { isoOf, now } from '../../functions/kernel/clock.ts';
import type { Filter } from '../../functions/kernel/filter.ts';
import { idFrom, idMaker, timeOf } from '../../functions/kernel/ids.ts';
import { listEntity, membershipRow } from '../../functions/segments/list.entity.ts';
import { List } from '../../functions/segments/list.ts';
import { segmentEntity } from '../../functions/segments/segment.entity.ts';
import { Segment } from '../../functions/segments/segment.ts';
import type { Action } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { ApiAnswer } from '../_util/world.ts';
import type { Call, Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';
import { makeTarget, ownerFor, type Target } from './permission-world.ts';

/** The rows of the matrix about segments and lists, and about the customers whom they show. */
const none = 'fffffff';
const everybody = (cells: string): Row => ({
  ...{ admin: cells, manager: cells, sales: cells, service: cells },
  ...{ marketing: cells, analyst: cells, partner: cells },
});
const staff = (cells: string): Row => ({ ...everybody(cells), partner: cells.length === 1 ? 'f' : none });

/** Everybody of the staff reads them; whoever makes them changes his own, or all of them. */
const written: Row = { ...staff('yyyyncn'), sales: 'yfffncn', service: none, analyst: none };
const removed: Row = { ...written, sales: none };
const broughtBack: Row = { ...removed, admin: 'ssssnyn', manager: 'ssssnyn', marketing: 'ssssnyn' };
const makers: Row = { ...staff('y'), service: 'f', analyst: 'f' };
/** Of the customers whom they show, each sees her own. */
const customers: Row = { ...staff('yyyynnn'), sales: 'yynnnnn' };

/** Who exports segments has their members; who exports customers, those of a segment too. */
const exported: Row = { ...staff('yyyynyn'), sales: none, service: none };

export const segmentRows: Record<string, Row> = {
  'createExport:segment': exported,
  'createExport:list': exported,
  'createExport:interactions of a list': { ...exported, manager: none, marketing: none },
  listFilterFields: everybody('y'),
  listSegments: staff('yyyynnn'),
  createSegment: makers,
  getSegment: staff('yyyynyn'),
  updateSegment: written,
  archiveSegment: removed,
  restoreSegment: broughtBack,
  estimateSegment: customers,
  countSegment: customers,
  listSegmentMembers: customers,
  // A segment is frozen by whoever may make lists, whosever it is.
  freezeSegment: { ...written, sales: 'yyyyncn' },
  listCustomerGroups: { ...everybody('yyyynyn'), sales: 'yynnnyn', partner: 'nnnnnnn' },
  listLists: staff('yyyynnn'),
  createList: makers,
  getList: staff('yyyynyn'),
  updateList: written,
  archiveList: removed,
  restoreList: broughtBack,
  // An archived customer stays on her lists.
  listListMembers: { ...staff('yyyynyn'), sales: 'yynnnyn' },
  addListMembers: written,
  // Whom the caller does not see, or who is archived, is not put on a list.
  'addListMembers:customer': { ...customers, service: none, analyst: none },
  removeListMembers: written,
};

const newId = idMaker(now);
let made = 0;
const stamp = () => ({ by: null, via: 'person', requestId: null, now: now() });
const base = () => ({ createdAt: isoOf(now()), updatedAt: isoOf(now()), version: 1 });
type Owned = { tenant: string; ownerId: string | null; archivedAt?: string | null };
const all: Filter = { field: 'name', op: 'exists', value: true };

async function makeSegment({ tenant, ...owned }: Owned, where = all): Promise<string> {
  const segment = Segment.parse({ id: newId('seg'), name: `Segment ${++made}`, where, shared: true, ...owned, ...base() });
  await tableOf(tenant, now()).commit(segmentEntity.create(tenant, segment.id, segment, stamp()));
  return segment.id;
}

async function makeList({ tenant, ...owned }: Owned, members: string[] = []): Promise<string> {
  const list = List.parse({ id: newId('lst'), name: `List ${++made}`, ...owned, ...base() });
  const on = members.map(
    (customerId): Action => ({
      put: membershipRow(tenant, { customerId, listId: list.id }, { by: null, now: now() }),
      guard: { absent: true },
    }),
  );
  await tableOf(tenant, now()).commit([...listEntity.create(tenant, list.id, list, stamp()), ...on]);
  return list.id;
}

const absentId = (prefix: string) => idFrom(prefix, 'not', 'there');

/** One that stands in the relation to the caller. */
async function shelved(kind: 'segment' | 'list', { people, actor, relation }: Setting): Promise<string> {
  if (relation === 'absent') return absentId(kind === 'segment' ? 'seg' : 'lst');
  const owned: Owned = {
    tenant: relation === 'foreign' ? people.other.tenant : people.ws.tenant,
    ownerId: ownerFor(people, actor, relation),
    archivedAt: relation === 'archived' ? isoOf(now()) : null,
  };
  return kind === 'segment' ? makeSegment(owned) : makeList(owned);
}

const plain = (build: () => Call): Case => ({ call: async () => build() });

/** A filter that finds one target; by her time the look is at hers alone. */
const only = ({ name, customerId }: Target): Filter => ({
  and: [
    { field: 'name', op: 'eq', value: name },
    { field: 'createdAt', op: 'eq', value: isoOf(timeOf(customerId)) },
  ],
});
const mine = ({ people, actor }: Setting): Owned => ({ tenant: people.ws.tenant, ownerId: actor.id });
const get = (path: string): Call => ({ method: 'GET', path });
const post = (path: string, body?: unknown): Call => ({ method: 'POST', path, ...(body !== undefined && { body }) });
const rename = (path: string): Call => ({ method: 'PATCH', path, body: { name: `Renamed ${++made}` }, headers: { 'if-match': '"1"' } });

const idIn = (path: string) => path.split('/').at(-1);

/** How the matrix finds a target, and how it reads an answer. */
type Tools = { targetFor: (setting: Setting) => Promise<Target>; letterOf: (answer: ApiAnswer) => string };

const shown = new WeakMap<Call, string>();
const on = (kind: 'segment' | 'list', build: (path: string) => Call, outcome?: Case['outcome']): Case => ({
  call: async (setting) => {
    const id = await shelved(kind, setting);
    const call = build(`/v1/${kind}s/${id}`);
    shown.set(call, id);
    return call;
  },
  ...(outcome && { outcome }),
});

/** Whether what was asked for is in the list that came. */
const inListBy =
  ({ letterOf }: Tools) =>
  (answer: ApiAnswer, call: Call) => {
    if (answer.status !== 200) return letterOf(answer);
    const rows = (answer.body.data ?? answer.body.sample) as { id: string }[];
    return rows.some(({ id }) => id === shown.get(call)) ? 'y' : 'n';
  };
const countedBy =
  ({ letterOf }: Tools) =>
  (answer: ApiAnswer) => {
    if (answer.status !== 200) return letterOf(answer);
    return (answer.body.counted ?? answer.body.added) > 0 ? 'y' : 'n';
  };
const onCustomerBy =
  ({ targetFor }: Tools) =>
  (build: (target: Target, setting: Setting) => Call | Promise<Call>, outcome?: Case['outcome']): Case => ({
    call: async (setting) => {
      const target = await targetFor(setting);
      const call = await build(target, setting);
      shown.set(call, target.customerId);
      return call;
    },
    ...(outcome && { outcome }),
  });

export function segmentCases(tools: Tools): Record<string, Case> {
  const [inList, counted, onCustomer] = [inListBy(tools), countedBy(tools), onCustomerBy(tools)];
  return {
    'createExport:segment': on('segment', (path) => post('/v1/exports', { target: 'customers', segmentId: idIn(path) })),
    'createExport:list': on('list', (path) => post('/v1/exports', { target: 'customers', listId: idIn(path) })),
    'createExport:interactions of a list': on('list', (path) => post('/v1/exports', { target: 'interactions', listId: idIn(path) })),
    listFilterFields: plain(() => get('/v1/filter-fields')),
    listSegments: on('segment', () => get('/v1/segments?limit=200'), inList),
    createSegment: plain(() => post('/v1/segments', { name: `Segment ${++made}`, where: all })),
    getSegment: on('segment', get),
    updateSegment: on('segment', rename),
    archiveSegment: on('segment', (path) => ({ method: 'DELETE', path })),
    restoreSegment: on('segment', (path) => post(`${path}/restore`)),
    estimateSegment: onCustomer((target) => post('/v1/segments/estimate', { where: only(target) }), inList),
    countSegment: onCustomer((target) => post('/v1/segments/count', { where: only(target) }), counted),
    listSegmentMembers: onCustomer(
      async (target, setting) => get(`/v1/segments/${await makeSegment(mine(setting), only(target))}/members`),
      inList,
    ),
    freezeSegment: on('segment', (path) => post(`${path}/freeze`, { name: `Frozen ${++made}` })),
    listCustomerGroups: onCustomer(({ customerId }) => get(`/v1/customers/${customerId}/groups`)),
    listLists: on('list', () => get('/v1/lists?limit=200'), inList),
    createList: plain(() => post('/v1/lists', { name: `List ${++made}` })),
    getList: on('list', get),
    updateList: on('list', rename),
    archiveList: on('list', (path) => ({ method: 'DELETE', path })),
    restoreList: on('list', (path) => post(`${path}/restore`)),
    listListMembers: onCustomer(
      async ({ customerId }, setting) => get(`/v1/lists/${await makeList(mine(setting), [customerId])}/members`),
      inList,
    ),
    addListMembers: {
      call: async (setting) => {
        const { customerId } = await makeTarget(setting.people, setting.actor, 'own');
        return post(`/v1/lists/${await shelved('list', setting)}/members`, { customerIds: [customerId] });
      },
    },
    'addListMembers:customer': onCustomer(
      async ({ customerId }, setting) => post(`/v1/lists/${await makeList(mine(setting))}/members`, { customerIds: [customerId] }),
      counted,
    ),
    removeListMembers: on('list', (path) => post(`${path}/members/remove`, { customerIds: [absentId('cus')] })),
  };
}
