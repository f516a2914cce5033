import * as z from 'zod';
import { memberEntity, workspaceEntity } from '../admin/admin.entity.ts';
import { makeKey } from '../admin/api-key.store.ts';
import { ApiKeyInput, shownKey } from '../admin/api-key.ts';
import { joinMember } from '../admin/member.store.ts';
import { type Member, MemberInput, shownMember } from '../admin/member.ts';
import { addTeam, teamsNamed, teamsOf } from '../admin/team.store.ts';
import { newWorkspace, TenantId, WorkspaceInput } from '../admin/workspace.ts';
import type { Ctx } from '../context.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { idMaker } from '../kernel/ids.ts';
import { text } from '../kernel/values.ts';
import { defaultRuleActions } from '../rules/defaults.ts';
import { GuardError } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import { stageTable } from '../table/stage.ts';
import { tableOf } from '../table/tenant.ts';

/**
 * What an operator does to a stage from outside any workspace, with his own AWS credentials: the stage's `ops` function, which no
 * HTTP route leads to. It asks for no role: whoever may invoke it may do all of this.
 */
const teamNames = z.array(text(60)).max(20).default([]);
const person = MemberInput.omit({ role: true }).extend({ teams: teamNames });

const requests = {
  createWorkspace: WorkspaceInput.extend({
    do: z.literal('createWorkspace'),
    /** Made up where it is left out. */
    id: TenantId.optional(),
    teams: teamNames,
    /** Invited by mail, with the role admin. */
    admin: person.optional(),
  }),
  addMember: person.extend({ do: z.literal('addMember'), tenant: TenantId, role: MemberInput.shape.role }),
  createApiKey: ApiKeyInput.omit({ memberId: true }).extend({
    do: z.literal('createApiKey'),
    tenant: TenantId,
    email: MemberInput.shape.email,
  }),
  listWorkspaces: z.strictObject({ do: z.literal('listWorkspaces') }),
};
type Requests = { [K in keyof typeof requests]: z.output<(typeof requests)[K]> };
export const OpsRequest = z.discriminatedUnion('do', [
  requests.createWorkspace,
  requests.addMember,
  requests.createApiKey,
  requests.listWorkspaces,
]);
/** As a person writes it: what has a default may be left out. */
export type OpsRequest = z.input<typeof OpsRequest>;

/** When, and by which invocation. */
export type OpsMoment = { now: number; requestId: string };

/** pk S#WORKSPACES  sk <tenant>     the stage's workspaces; what they are is told by their own rows */
const listKey = (tenant: string) => ({ pk: 'S#WORKSPACES', sk: tenant });

/** An operator in a workspace: no member, and so no scope to measure by. */
type Operator = Pick<Ctx, 'tenant' | 'table' | 'stamp' | 'now' | 'iso' | 'newId'>;
function operatorIn(tenant: string, { now, requestId }: OpsMoment): Operator {
  const stamp = { by: null, via: 'ops', requestId, now };
  return { now, iso: isoOf(now), newId: idMaker(() => now), tenant, table: tableOf(tenant, now), stamp };
}

async function join(ctx: Operator, { teams, ...input }: Omit<MemberInput, 'teams'> & { teams: string[] }): Promise<Member> {
  return joinMember(ctx, { ...input, teams: teams.length > 0 ? teamsNamed(await teamsOf(ctx), teams) : [] });
}

/** Only a workspace that is there: a mistyped id must not make members of nothing. */
async function existing(ctx: Operator): Promise<Operator> {
  if (!(await ctx.table.get(workspaceEntity.key(ctx.tenant, ctx.tenant)))) missing();
  return ctx;
}

const madeUp = ({ newId }: Operator) => newId('x').slice(-8).toLowerCase();

async function createWorkspace({ do: _, id, teams, admin, ...settings }: Requests['createWorkspace'], moment: OpsMoment) {
  const tenant = id ?? madeUp(operatorIn('-', moment));
  const ctx = operatorIn(tenant, moment);
  const workspace = newWorkspace(tenant, settings, ctx.iso);
  // The list goes first: an entry that leads nowhere harms nobody, a workspace that nobody finds does.
  await stageTable(moment.now).commit([{ put: listKey(tenant), guard: { always: 'the list says only that there is one' } }]);
  const rows = [
    ...workspaceEntity.create(tenant, tenant, workspace, ctx.stamp),
    ...defaultRuleActions(tenant, { stamp: ctx.stamp, now: ctx.iso }),
  ];
  await ctx.table.commit(rows).catch((error) => {
    if (!(error instanceof GuardError)) throw error;
    throw new CrmError('duplicate', { errors: [{ pointer: '/id', code: 'taken', detail: 'there is a workspace of this id' }] }, error);
  });
  for (const name of new Set([...teams, ...(admin?.teams ?? [])])) await addTeam(ctx, name);
  const member = admin && (await join(ctx, { ...admin, role: 'admin' }));
  return { workspace, ...(member && { admin: shownMember(member) }) };
}

async function addMember({ do: _, tenant, ...input }: Requests['addMember'], moment: OpsMoment) {
  return { member: shownMember(await join(await existing(operatorIn(tenant, moment)), input)) };
}

/** The key's text is in this answer and nowhere else. */
async function createApiKey({ do: _, tenant, email, ...input }: Requests['createApiKey'], moment: OpsMoment) {
  const ctx = await existing(operatorIn(tenant, moment));
  const rows = await ctx.table.queryAll({ pk: memberEntity.key(tenant, '').pk, range: startingWith('mem_'), strong: true });
  const members = rows.map((row) => memberEntity.decode(row));
  const member = members.find((one) => one.email === email.toLowerCase() && one.status === 'active');
  if (!member) throw invalid('/email', 'no_such_member', 'no such active member');
  const { row, key } = await makeKey(ctx, { ...input, memberId: member.id });
  return { apiKey: shownKey(row), key };
}

async function listWorkspaces(_request: Requests['listWorkspaces'], { now }: OpsMoment) {
  const listed = await stageTable(now).queryAll({ pk: 'S#WORKSPACES', strong: true });
  const rows = await Promise.all(listed.map(({ sk }) => tableOf(sk, now).get(workspaceEntity.key(sk, sk))));
  const workspaces = rows.filter((row) => row !== undefined).map((row) => workspaceEntity.decode(row));
  return { workspaces: workspaces.map(({ id, name, status, country, createdAt }) => ({ id, name, status, country, createdAt })) };
}

const acts: { [K in keyof Requests]: (request: Requests[K], moment: OpsMoment) => Promise<object> } = {
  createWorkspace,
  addMember,
  createApiKey,
  listWorkspaces,
};

/** Does one act. Throws CrmError: `duplicate`, `not_found`, `invalid_input` with every wrong field, `unavailable`. */
export async function operate(request: z.output<typeof OpsRequest>, moment: OpsMoment): Promise<object> {
  const act = acts[request.do] as (request: unknown, moment: OpsMoment) => Promise<object>;
  return act(request, moment);
}
