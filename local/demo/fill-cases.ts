import { type Agent, agentIn } from '../../functions/agent.ts';
import { caseEntity, caseNumberKey } from '../../functions/cases/case.entity.ts';
import { Case, type CaseState } from '../../functions/cases/case.ts';
import { answered, placed, promised, stepped } from '../../functions/cases/course.ts';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idFrom, memberIdOf } from '../../functions/kernel/ids.ts';
import { serviceLevelsEntity } from '../../functions/service-levels/service-level.entity.ts';
import { type ServiceLevels, usualServiceLevels } from '../../functions/service-levels/service-level.ts';
import type { Item } from '../../functions/table/entity.ts';
import { raisedRows, themeIdOf, themeRows } from './fill-themes.ts';
import type { Shelf, Work } from './fill-work.ts';
import { subOf } from './people.ts';
import { randomOf } from './random.ts';
import type { StoryInteraction } from './story.ts';
import { themeOfEntry } from './themes.ts';

/** The cases of the demo: sixty of what customers complained of and asked for, in every state, as the product's own rules make them. */
const hourMs = 3_600_000;
const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** How many there are of each state, the newest first; two of those in work are urgent, and too late within three hours. */
const counts: readonly [CaseState, number][] = [
  ['new', 7],
  ['open', 11],
  ['waiting', 6],
  ['resolved', 12],
  ['closed', 24],
];
const breachingIn = [1.5 * hourMs, 2.6 * hourMs];
const causes = ['Worn seal', 'Wrong part', 'Late courier', 'Unclear bill', 'Missed visit'];
const types = { complaint: 'complaint', enquiry: 'question', service: 'request' } as const;

/** Shop hours where the workspace is, and a hot line that never closes. */
const levelsOf = (usual: ServiceLevels): ServiceLevels => ({
  ...usual,
  calendars: [
    ...usual.calendars,
    {
      key: 'hotline',
      name: 'Hotline',
      zone: 'Asia/Manila',
      hours: everyDay.map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
      holidays: [],
    },
  ],
  targets: usual.targets.map((target) => (target.priority === 'urgent' ? { ...target, calendar: 'hotline' } : target)),
  queues: ['Workshop', 'Delivery', 'Billing'],
});

export type Planned = { state: CaseState; entry: StoryInteraction; nth: number };
export const caseIdOf = (tenant: string, { entry }: Pick<Planned, 'entry'>) => idFrom('cas', 'demo', tenant, entry.id);

/** Which of the story's interactions have a case, and how it stands. The newest are the ones that are open. */
export function plannedOf({ told }: Work): Planned[] {
  const fitting = told.interactions
    .filter(({ workspace, direction, reason }) => workspace === 'batis' && direction === 'in' && Object.hasOwn(types, reason))
    .toSorted((a, b) => (a.occurredAt < b.occurredAt ? 1 : -1));
  const states = counts.flatMap(([state, count]) => Array.from({ length: count }, () => state));
  return states.flatMap((state, nth) => {
    const entry = fitting[nth];
    return entry ? [{ state, entry, nth }] : [];
  });
}

/** Makes them, with the themes that they are about. One that is there stays as it is, so that an attempt after a kill goes on. */
export async function makeCases(work: Work, shelf: Shelf, { now, formId }: { now: number; formId: string }): Promise<void> {
  const agent = await agentIn(shelf.tenant, { now, requestId: 'demo' });
  if (!agent) throw new Error('the workspace of the demo is not active');
  const teller = { ...agent, stamp: { by: memberIdOf(shelf.tenant, subOf('natthapol')), via: 'key', requestId: null, now } };
  const levels = await makeLevels(teller);
  const found = await lacking(teller, shelf, plannedOf(work).toReversed());
  if (found.length > 0) {
    const last = await agent.table.next(caseNumberKey(shelf.tenant), 'n', found.length);
    const rows = found.flatMap((one, at) =>
      rowsOf(work, shelf, { agent: teller, levels, formId, ...one, number: last - found.length + 1 + at }),
    );
    await agent.table.writeMany([...rows, ...themeRows(work, shelf, teller)]);
  }
  work.report.cases = plannedOf(work).length;
}

async function makeLevels({ table, tenant, workspace, stamp }: Agent): Promise<ServiceLevels> {
  const item = await table.get(serviceLevelsEntity.key(tenant, tenant));
  if (item) return serviceLevelsEntity.decode(item);
  const levels = levelsOf(usualServiceLevels(workspace));
  await table.commit(serviceLevelsEntity.create(tenant, tenant, levels, stamp));
  return levels;
}

type Found = { planned: Planned; id: string; entry: Item; customer: Item };
/** What was written on the web came by the form. */
type Making = { agent: Agent; levels: ServiceLevels; planned: Planned; formId: string };

/** Those that are not there yet, with what they begin with and whose they are. */
async function lacking({ table, tenant }: Agent, shelf: Shelf, all: readonly Planned[]): Promise<Found[]> {
  const known = all.flatMap((planned) => {
    const customerId = shelf.ids.get(planned.entry.customerKey);
    return customerId ? [{ planned, customerId, id: caseIdOf(tenant, planned) }] : [];
  });
  const rows = await table.getMany(
    known.flatMap(({ planned, customerId, id }) => [
      caseEntity.key(tenant, id),
      interactionEntity.key(tenant, { customerId, id: planned.entry.id }),
      customerEntity.key(tenant, customerId),
    ]),
    { strong: true },
  );
  return known.flatMap(({ planned, id }, at) => {
    const [there, entry, customer] = rows.slice(3 * at, 3 * at + 3);
    return there || !entry || !customer ? [] : [{ planned, id, entry, customer }];
  });
}

/** A case, the interaction that names it, and that it is under its theme. */
function rowsOf(work: Work, shelf: Shelf, making: Making & Found & { number: number }): { put: Item }[] {
  const { agent, planned, id, number, entry, customer } = making;
  const { tenant, stamp } = agent;
  const { id: customerId, ownerId } = customerEntity.decode(customer);
  const themeId = themeIdOf(work, shelf, themeOfEntry(planned.entry.body));
  const row = { ...told(work, making, { id, number, customerId, ownerId }), themeId };
  const interaction = interactionEntity.decode(entry);
  const actions = [
    ...caseEntity.create(tenant, id, row, stamp),
    ...interactionEntity.update(tenant, interaction, { from: entry, to: { ...interaction, caseId: id } }, stamp),
  ];
  return [
    ...actions.flatMap((action) => ('put' in action ? [{ put: action.put }] : [])),
    ...raisedRows(tenant, { kind: 'case', id, customerId }, themeId),
  ];
}

/** A case as it has come to stand: opened, answered, waited for, resolved, closed, each at its time. */
function told(work: Work, { agent, levels, planned, formId }: Making, who: Pick<Case, 'id' | 'number' | 'customerId' | 'ownerId'>): Case {
  const { entry, state, nth } = planned;
  const source = entry.channel === 'web' ? { kind: 'form', id: formId } : { kind: 'interaction', id: entry.id };
  const start = Date.parse(work.told.start);
  const random = randomOf(work.told.seed, 'case', entry.id);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
  const breaching = state === 'open' ? breachingIn[nth - (counts[0]?.[1] ?? 0)] : undefined;
  const isOver = state === 'resolved' || state === 'closed';
  const ago =
    breaching === undefined ? (state === 'new' ? 0.5 + random.next() * 3 : 4 + random.next() * 30) * hourMs : 8 * hourMs - breaching;
  const at = isOver ? Date.parse(entry.occurredAt) : Math.max(start - ago, Date.parse(entry.occurredAt));
  const priority = breaching === undefined ? pick(['low', 'normal', 'normal', 'high'] as const) : 'urgent';
  const opened = placed(
    Case.parse({
      ...who,
      ownerId: state === 'new' && nth % 2 === 0 ? null : who.ownerId,
      ...{
        type: types[entry.reason as keyof typeof types],
        subject: (entry.subject ?? entry.body ?? entry.reason).slice(0, 200),
        priority,
      },
      ...{ queue: pick([...levels.queues, null]), source, interactionId: entry.id },
      ...promised(levels, { priority, tier: null, at }),
      ...{ openedAt: isoOf(at), via: agent.stamp.via, createdAt: isoOf(at), updatedAt: isoOf(at), version: 1 },
    }),
  );
  if (state === 'new') return opened;
  const moment = (hours: number) => ({ at: Math.min(at + hours * hourMs, start), levels });
  const spoken = answered(opened, moment(0.2 + random.next() * (priority === 'urgent' ? 0.5 : 8)));
  if (state === 'open') return spoken;
  if (state === 'waiting') return stepped(spoken, { state }, moment(9 + random.next() * 10));
  const said = {
    resolution: pick(['A new part was fitted.', 'The bill was put right.', 'Explained on the phone.', 'Delivered again.']),
    rootCause: pick(causes),
  };
  const resolved = stepped(spoken, { state: 'resolved', ...said }, moment(10 + random.next() * 70));
  return state === 'closed'
    ? stepped(resolved, { state }, moment(200))
    : { ...resolved, closeAt: isoOf(start + 3 * 24 * hourMs), nextAt: isoOf(start + 3 * 24 * hourMs) };
}
