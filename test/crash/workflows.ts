import { agentIn } from '../../functions/agent.ts';
import { caseEntity } from '../../functions/cases/case.entity.ts';
import { openCaseActions } from '../../functions/cases/open.ts';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idFrom } from '../../functions/kernel/ids.ts';
import { templateEntity } from '../../functions/messages/message.entity.ts';
import { notificationEntity } from '../../functions/notifications/notification.entity.ts';
import { responseEntity, responseIdOf } from '../../functions/responses/response.entity.ts';
import { completed, Response } from '../../functions/responses/response.ts';
import { readyRules } from '../../functions/rules/ready.ts';
import { askingText } from '../../functions/rules/ready-texts.ts';
import { ruleEntity } from '../../functions/rules/rule.entity.ts';
import { newRule, type ReadyName, RuleInput, turnedOn } from '../../functions/rules/rule.ts';
import { serviceLevelsEntity } from '../../functions/service-levels/service-level.entity.ts';
import { usualServiceLevels } from '../../functions/service-levels/service-level.ts';
import type { Definition } from '../../functions/surveys/logic.ts';
import type { Action, Item } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { eventType } from '../../functions/workflows/event.ts';
import { historySk } from '../../functions/workflows/history.ts';
import { movableNow } from '../../local/clock.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import { oneQuestion, surveyIn } from '../_util/survey.ts';
import type { CampaignWorld } from './campaign-world.ts';

/**
 * What rules do under crashes: the second question after an unhappy answer, and the escalation of a case whose promise was broken. The
 * stream has no consumers here, so what it would tell of a row is told by this file, in the same form, and as often as it likes.
 */
export type Told = { worker: string; event: unknown };
type Place = { tenant: string; now: number };
type Happened = {
  type: string;
  rowId: string;
  customerId: string;
  version: number;
  fields: string[];
  key: { pk: string; sk: string };
  by?: Item;
};

function told({ tenant, now }: Place, { type, rowId, customerId, version, fields, key, by }: Happened): Told {
  const at = isoOf(Math.max(now, Number(by?.u ?? 0)));
  const detail = {
    ...{ id: idFrom('evt', key.pk, key.sk, String(version)), type, schema: 1, tenant, at, rowId, version, customerId, fields },
    ...{ actorId: null, via: String(by?.vi ?? 'person'), requestId: by?.rq ?? null },
  };
  return { worker: 'ruleWork', event: { id: detail.id, source: 'suki', 'detail-type': type, time: at, detail } };
}

async function agentOf({ tenant, now }: Place) {
  const agent = await agentIn(tenant, { now, requestId: 'story' });
  if (!agent) throw new Error('the workspace is not active');
  return agent;
}

/** A ready-made rule, on, and the text that it writes with. */
async function ruleOn(place: Place, name: ReadyName): Promise<string> {
  const { tenant, table, stamp, iso, workspace, newId } = await agentOf(place);
  const input = readyRules(workspace).find(({ ready }) => ready === name);
  const rule = turnedOn(newRule(RuleInput.parse(input), { id: newId('rul'), makerId: null, now: iso }), iso);
  const texts = rule.does.flatMap((effect): Action[] => {
    if (effect.kind !== 'message') return [];
    const text = { id: effect.templateId, ...askingText('again'), archivedAt: null, createdAt: iso, updatedAt: iso, version: 1 };
    return templateEntity.create(tenant, effect.templateId, text, stamp);
  });
  await table.commit([...ruleEntity.create(tenant, rule.id, rule, stamp), ...texts]);
  return rule.id;
}

/** Everybody has given an unhappy answer, and the rule that asks again is told of each. */
export async function beginSecond(place: Place, ids: readonly string[]): Promise<{ ruleId: string; told: Told[] }> {
  const { tenant } = place;
  const survey = await surveyIn(place, { coolDownDays: 60 });
  const ruleId = await ruleOn(place, 'again');
  const agent = await agentOf(place);
  const asked = { surveyId: survey.id, surveyVersion: 1 };
  const events: Told[] = [];
  for (const customerId of ids) {
    const id = responseIdOf(asked, idFrom('inv', 'first', customerId));
    const said = { id, ...asked, customerId, channel: 'link', language: 'en', answers: { recommend: 2 }, startedAt: agent.iso, version: 1 };
    const begun = Response.parse({ ...said, source: { kind: 'member', memberId: idFrom('mem', tenant, 'somebody') } });
    const row = completed(begun, oneQuestion as Definition, { at: agent.iso, ownerId: null });
    await agent.table.commit(responseEntity.create(tenant, id, row, agent.stamp));
    const key = responseEntity.key(tenant, id);
    events.push(told(place, { type: eventType('response', 'created'), rowId: id, customerId, version: 1, fields: [], key }));
  }
  return { ruleId, told: events };
}

const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
/** Minutes in which nobody answers. */
const promise = { high: 4, urgent: 2 } as const;

/** A case of everybody's, promised within minutes; the clock breaks it, and the rule that escalates is told by what the rows say. */
export async function beginEscalation(place: Place, ids: readonly string[], { members }: SeededWorkspace) {
  const { tenant } = place;
  const ruleId = await ruleOn(place, 'breach');
  const agent = await agentOf(place);
  const levels = {
    ...usualServiceLevels(agent.workspace),
    calendars: [{ key: 'always', name: 'Always', zone: 'UTC', hours: always, holidays: [] }],
    targets: (['high', 'urgent'] as const).map((priority) => ({
      ...{ priority, tier: null, calendar: 'always', firstResponseMinutes: promise[priority], resolutionMinutes: null },
    })),
  };
  await agent.table.commit(serviceLevelsEntity.create(tenant, tenant, levels, agent.stamp));
  const seen = new Map<string, { version: number; clocks: unknown }>();
  for (const customerId of ids) {
    const item = await agent.table.get(customerEntity.key(tenant, customerId));
    const opened = await openCaseActions(agent, {
      ...{ type: 'complaint', subject: 'It leaks', priority: 'high', ownerId: members.sales.id },
      ...{ source: { kind: 'person', id: null }, customer: customerEntity.decode(item as Item), begins: null, levels },
    });
    if (!opened) throw new Error('there is such a case already');
    await agent.table.commit(opened.actions);
    seen.set(opened.theCase.id, { version: 1, clocks: opened.theCase.clocks });
  }
  return { ruleId, stream: (world: CampaignWorld) => changesOf(world, { tenant, seen }) };
}

/** What the stream would tell of the cases that changed since it was asked last: their history, and the event. */
async function changesOf(
  world: CampaignWorld,
  { tenant, seen }: { tenant: string; seen: Map<string, { version: number; clocks: unknown }> },
) {
  const events: Told[] = [];
  const place = { tenant, now: movableNow() };
  for (const item of casesIn(world, tenant)) {
    const { id, version, clocks, customerId } = caseEntity.decode(item);
    const before = seen.get(id);
    if (!before || before.version >= version) continue;
    seen.set(id, { version, clocks });
    const history = { pk: item.pk, sk: historySk(item.sk, version), c: [['clocks', before.clocks, clocks]] };
    await tableOf(tenant, place.now).commit([{ put: history, guard: { always: 'the same whoever writes it' } }]);
    events.push(told(place, { type: 'case.changed', rowId: id, customerId, version, fields: ['clocks'], key: item, by: item }));
  }
  return events;
}

const casesIn = (world: CampaignWorld, tenant: string) =>
  world.rows(`T#${tenant}#CASE#`, '~').filter(({ sk, e }) => sk === '~' && e === 'case');

/** Cases that the clock still has something to do with. */
export const hasOpenClocks = (world: CampaignWorld, tenant: string) => casesIn(world, tenant).some(({ gsi5pk }) => gsi5pk !== undefined);

/** How often something is there that has to be there once: what is lost, what is doubled, and in words. */
type Counted = { lost: number; doubled: number; notes: string[] };
function once(found: readonly (readonly [what: string, times: number])[]): Counted {
  const wrong = found.filter(([, times]) => times !== 1);
  return {
    lost: wrong.filter(([, times]) => times === 0).length,
    doubled: wrong.reduce((sum, [, times]) => sum + Math.max(0, times - 1), 0),
    notes: wrong.map(([what, times]) => `${what}: ${times} times`),
  };
}

const firingsOf = (world: CampaignWorld, { tenant, ruleId }: { tenant: string; ruleId: string }) =>
  world.rows(`T#${tenant}#RULE#${ruleId}`, 'F#').filter(({ sk }) => sk.startsWith('F#'));
/** How many the rule says that it has acted on, over all its counters, as a share of how many there are. */
const countedBy = (world: CampaignWorld, { tenant, ruleId }: { tenant: string; ruleId: string }, all: number) =>
  world.rows(`T#${tenant}#RULES`, ruleId).reduce((sum, { dn = 0 }) => sum + Number(dn), 0) / all;

/** Everybody was asked again once: one firing, one invitation, one message each, and the counts say so. */
export function secondFaults(world: CampaignWorld, { tenant, ruleId, many }: { tenant: string; ruleId: string; many: number }): Counted {
  const messages = world.rows(`T#${tenant}#MSG#`, 'M#').filter(({ sk }) => sk.startsWith('M#'));
  const asked = world.rows(`T#${tenant}#SVY#`, `BY#${ruleId}`).reduce((sum, { n = 0 }) => sum + Number(n), 0);
  return once([
    ['a firing each', firingsOf(world, { tenant, ruleId }).length / many],
    ['a message each', messages.length / many],
    ['an invitation each', world.rows(`T#${tenant}#INV#`).length / many],
    ['who was asked', asked / many],
    ['what the rule has done', countedBy(world, { tenant, ruleId }, many)],
  ]);
}

/** Every case was warned of, broken and escalated once: its priority, the lead's follow-up, the notices, the count. */
export function escalationFaults(world: CampaignWorld, { tenant, ruleId }: { tenant: string; ruleId: string }): Counted & { many: number } {
  const notices = world
    .rows(`T#${tenant}#NTF#`, 'ntf_')
    .filter(({ sk }) => sk.startsWith('ntf_'))
    .map((row) => notificationEntity.decode(row));
  const followUps = world.rows(`T#${tenant}#FUP#`, '~').filter(({ e }) => e === 'followUp');
  const firings = firingsOf(world, { tenant, ruleId });
  const cases = casesIn(world, tenant).map((item) => caseEntity.decode(item));
  const all = cases.flatMap(({ id, number, customerId, priority, clocks }) => {
    const mine = notices.filter(({ subject }) => subject.customerId === customerId);
    return [
      [`case ${number} is urgent`, Number(priority === 'urgent')],
      [`case ${number} is broken`, Number(clocks.firstResponse?.breachedAt !== null)],
      [`case ${number} is told of as broken`, mine.filter(({ kind }) => kind === 'case.breached').length],
      [`case ${number} is told to the lead`, mine.filter(({ kind }) => kind === 'rule').length],
      [`case ${number} is a follow-up`, followUps.filter((row) => JSON.stringify(row).includes(customerId)).length],
      [`case ${number} is a firing`, firings.filter(({ sk }) => sk.includes(id)).length],
    ] as const;
  });
  const counted = once([...all, ['what the rule has done', countedBy(world, { tenant, ruleId }, cases.length)]]);
  return { ...counted, many: cases.length };
}
