import { apiKeyEntity, memberEntity, teamEntity, workspaceEntity } from '../../functions/admin/admin.entity.ts';
import { ApiKey } from '../../functions/admin/api-key.ts';
import { Team } from '../../functions/admin/member.ts';
import { type Role, roles } from '../../functions/admin/roles.ts';
import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { followUpEntity } from '../../functions/followups/follow-up.entity.ts';
import { createFollowUpActions } from '../../functions/followups/make.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import type { Interaction } from '../../functions/interactions/interaction.ts';
import { jobEntity } from '../../functions/jobs/job.entity.ts';
import { Job } from '../../functions/jobs/job.ts';
import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker, timeOf } from '../../functions/kernel/ids.ts';
import { mailEntity, mailIdOf } from '../../functions/mail-in/mail.entity.ts';
import { Mail } from '../../functions/mail-in/mail.ts';
import { putBytes } from '../../functions/mail-in/objects.ts';
import { templateEntity } from '../../functions/messages/message.entity.ts';
import { messageActions } from '../../functions/messages/plan.ts';
import { Template } from '../../functions/messages/template.ts';
import { suppressAction } from '../../functions/suppressions/suppression.entity.ts';
import type { Action } from '../../functions/table/entity.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { SeededMember, SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';
import type { Relation } from './permission-table.ts';

/** The people of the matrix: one of each role in a team, a mate in it, somebody outside it, and another workspace. */
export interface People {
  ws: SeededWorkspace;
  other: SeededWorkspace;
  actors: Record<Role, SeededMember>;
  tokens: Record<Role, string>;
  mate: SeededMember;
  stranger: SeededMember;
}

export async function gather(world: World): Promise<People> {
  const [ws, other] = [await world.workspace(), await world.workspace()];
  const made = await Promise.all(roles.map((role) => ws.addMember(role, { teams: [ws.teamId] })));
  const actors = Object.fromEntries(made.map((member) => [member.role, member])) as Record<Role, SeededMember>;
  const tokens = Object.fromEntries(
    await Promise.all(made.map(async ({ role, sub }) => [role, await world.token({ sub, tenant: ws.tenant })] as const)),
  ) as Record<Role, string>;
  return { ws, other, actors, tokens, mate: await ws.addMember('sales', { teams: [ws.teamId] }), stranger: await ws.addMember('sales') };
}

/** A customer with an interaction, in some relation to a caller. */
export interface Target {
  tenant: string;
  customerId: string;
  interactionId: string;
  attachmentId: string;
  messageId: string;
  externalId: string;
  email: string;
  phone: string;
  name: string;
}

const newId = idMaker(now);
let made = 0;

/** The member who owns what stands in a relation to a caller; null for what nobody owns. */
export function ownerFor({ other, mate, stranger }: People, actor: SeededMember, relation: Relation): string | null {
  if (relation === 'own' || relation === 'archived') return actor.id;
  if (relation === 'team') return mate.id;
  if (relation === 'other') return stranger.id;
  if (relation === 'foreign') return other.members.admin.id;
  return relation === 'absent' ? idFrom('mem', 'nobody', 'at all') : null;
}

/** Writes a target through the entities, as the API does, or makes up the ids of one that is not there. */
export async function makeTarget(
  people: People,
  actor: SeededMember,
  relation: Relation,
  { interactionArchived = false } = {},
): Promise<Target> {
  const number = ++made;
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  // Letters only, and no word of one name is the beginning of another's.
  const name = `Zz${[...String(number).padStart(5, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
  const phone = `+6391755${String(number).padStart(5, '0')}`;
  const target = {
    tenant,
    customerId: newId('cus'),
    interactionId: newId('int'),
    attachmentId: newId('att'),
    messageId: newId('msg'),
    externalId: `key-${number}`,
    email: `target${number}@matrix.example`,
    phone,
    name,
  };
  if (relation === 'absent') return target;
  const at = isoOf(now());
  const input = CustomerInput.parse({
    kind: 'person',
    name,
    emails: [{ address: target.email }],
    phones: [{ number: phone }],
    externalKeys: [{ source: 'matrix', id: target.externalId }],
    ownerId: ownerFor(people, actor, relation),
  });
  const customer = newCustomer(input, { id: target.customerId, via: 'person', country: 'PH', now: at });
  const interaction: Interaction = {
    ...{
      id: target.interactionId,
      customerId: target.customerId,
      channel: 'call',
      via: null,
      sourceWord: null,
      direction: 'in',
      reason: 'other',
      durationSeconds: null,
      subject: 'Matrix',
      body: null,
    },
    ...{
      outcome: 'none',
      answeredAt: null,
      attachments: [{ id: target.attachmentId, name: 'a.txt', bytes: 3, type: 'text/plain' }],
      memberId: null,
      followUpId: null,
      mailId: null,
      responseId: null,
      nextStepId: null,
      caseId: null,
      version: 1,
    },
    occurredAt: isoOf(timeOf(target.interactionId)),
    archivedAt: interactionArchived ? at : null,
  };
  const stamp = { by: actor.id, via: 'person', requestId: null, now: now() };
  const actions: Action[] = [
    ...customerEntity.create(tenant, customer.id, { ...customer, archivedAt: relation === 'archived' ? at : null }, stamp),
    ...interactionEntity.create(tenant, interaction, interaction, stamp),
    ...messageTo(target, stamp),
  ];
  await tableOf(tenant, now()).commit(actions);
  return target;
}

const base = () => ({ createdAt: isoOf(now()), updatedAt: isoOf(now()), version: 1 });
const stampOf = (by: string) => ({ by, via: 'person', requestId: null, now: now() });

/** A team, a key and jobs of a member, made for one cell. */
export async function makeTeam(tenant: string): Promise<string> {
  const team = Team.parse({ id: newId('tea'), name: `Team ${++made}`, ...base() });
  await tableOf(tenant, now()).commit(teamEntity.create(tenant, team.id, team, stampOf('x')));
  return team.id;
}

export async function makeKeyOf(tenant: string, memberId: string): Promise<string> {
  const id = newId('key').slice(-10);
  const key = ApiKey.parse({ id, name: `Key ${++made}`, memberId, hash: 'x'.repeat(43), ...base() });
  await tableOf(tenant, now()).commit(apiKeyEntity.create(tenant, id, key, stampOf(memberId)));
  return id;
}

export async function makeJob(tenant: string, memberId: string, fields: Partial<Job>): Promise<string> {
  const job = Job.parse({
    id: newId('job'),
    kind: 'hand-over',
    memberId,
    via: 'person',
    state: 'done',
    settings: {},
    ...base(),
    ...fields,
  });
  await tableOf(tenant, now()).commit(jobEntity.create(tenant, job.id, job, stampOf(memberId)));
  return job.id;
}

/** Suppresses an address that nobody holds. */
export async function makeSuppression(tenant: string, address: string): Promise<void> {
  const said = { channel: 'email', address, reason: 'by_hand', at: isoOf(now()), stamp: stampOf('x') } as const;
  await tableOf(tenant, now()).commit([suppressAction(tenant, said)]);
}

/** A follow-up whose owner stands in a relation to a caller, through its entity; `archived` is cancelled. */
export async function makeFollowUp(
  people: People,
  actor: SeededMember,
  { relation, done = false }: { relation: Relation; done?: boolean },
) {
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  if (relation === 'absent') return newId('fup');
  const maker = { tenant, now: now(), iso: isoOf(now()), newId, stamp: stampOf(actor.id), workspace: { timeZone: 'Asia/Manila' } };
  const { followUp } = createFollowUpActions(maker, {
    title: `Matrix ${++made}`,
    due: { on: '2030-01-31', at: '10:00' },
    ownerId: ownerFor(people, actor, relation) ?? actor.id,
  });
  const closed = done || relation === 'archived' ? { closedAt: maker.iso, remindAt: null } : {};
  const row = {
    ...followUp,
    ...closed,
    ...(relation === 'archived' ? { state: 'cancelled' as const, archivedAt: maker.iso } : done && { state: 'done' as const }),
  };
  await tableOf(tenant, now()).commit(followUpEntity.create(tenant, row.id, row, maker.stamp));
  return row.id;
}

/** A message that is to go in a year. */
function messageTo({ tenant, customerId, messageId, email }: Target, stamp: ReturnType<typeof stampOf>): Action[] {
  const planner = { tenant, stamp, now: now(), iso: isoOf(now()), newId: () => messageId };
  const said = { channel: 'email', to: email, subject: 'Hello', body: 'Dear Matrix', language: 'en', memberId: stamp.by } as const;
  const rest = { senderId: null, templateId: null, attachments: [], answers: null, caseId: null };
  return messageActions(planner, { ...said, ...rest, customerId, sendAt: isoOf(now() + 365 * 86_400_000) }).actions;
}

export async function makeTemplate(tenant: string): Promise<string> {
  const id = newId('tpl');
  const template = Template.parse({ id, name: `Text ${++made}`, texts: { en: { subject: 'Hello', body: 'Dear you' } }, ...base() });
  await tableOf(tenant, now()).commit(templateEntity.create(tenant, id, template, stampOf('x')));
  return id;
}

/** A mail of a stranger that waits, with its original. */
export async function makeMail(tenant: string): Promise<string> {
  const at = isoOf(now());
  const id = mailIdOf(tenant, { messageId: `matrix-${++made}`, at });
  const object = `mail-in/matrix-${made}`;
  await putBytes(object, Buffer.from('From: a@stranger.example\r\n\r\nHello'), 'message/rfc822');
  const verdicts = { spf: 'pass', dkim: 'pass', dmarc: 'pass', spam: 'pass', virus: 'pass' } as const;
  const said = {
    state: 'unmatched',
    why: 'unknown_sender',
    from: { address: 'a@stranger.example' },
    to: `${tenant}@mail.example`,
  } as const;
  const mail = Mail.parse({ id, ...said, receivedAt: at, verdicts, object, version: 1 });
  await tableOf(tenant, now()).commit(mailEntity.create(tenant, id, mail, stampOf('x')));
  return id;
}

export const versionOfMember = async (tenant: string, id: string) =>
  Number((await tableOf(tenant, now()).get(memberEntity.key(tenant, id)))?.v ?? 1);
export const versionOfWorkspace = async (tenant: string) =>
  Number((await tableOf(tenant, now()).get(workspaceEntity.key(tenant, tenant)))?.v ?? 1);
