import { type Ctx, forgetPrincipals } from '../context.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { memberIdOf } from '../kernel/ids.ts';
import { type Action, GuardError, type Item, type Stamp } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import { memberEntity, teamEntity } from './admin.entity.ts';
import { isAdmin, type Member, type MemberInput, type MemberPatch, newMember, remainingAdmin } from './member.ts';
import { joinWorkspace } from './person.ts';
import { isWithin, type Reach, reachOf } from './roles.ts';
import { userFor } from './users.ts';

const tries = 6;

/** Refuses what reaches further than the caller, by role and by the scopes of the key in use. */
export function mayGive(ctx: Pick<Ctx, 'scope'>, given: Reach): void {
  if (!isWithin(given, ctx.scope)) throw new CrmError('role_too_high');
}

/** The members of one workspace, as those who manage them change them. */
export const memberStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;
  const row = async (id: string): Promise<Item> => (await table.get(memberEntity.key(tenant, id))) ?? missing();
  const get = async (id: string): Promise<Member> => memberEntity.decode(await row(id));

  /** Everybody, as the table has them now. */
  const everybody = async (): Promise<Member[]> => {
    const rows = await table.queryAll({ pk: memberEntity.key(tenant, '').pk, range: startingWith('mem_'), strong: true });
    return rows.map((item) => memberEntity.decode(item));
  };

  const checkTeams = async (teams: readonly string[]): Promise<void> => {
    const rows = await table.getMany(
      teams.map((id) => teamEntity.key(tenant, id)),
      { strong: true },
    );
    const errors = teams.flatMap((_, at) => (rows[at] ? [] : [{ pointer: `/teams/${at}`, code: 'no_such_team', detail: 'no such team' }]));
    if (errors.length) throw new CrmError('invalid_input', { errors });
  };

  /**
   * The actions that change a member. Where the last admin could go by it, another admin's row is held to what was read, so that
   * two admins cannot put each other out at the same moment.
   */
  const changeActions = async (from: Item, to: Member, stamp: Stamp = ctx.stamp): Promise<Action[]> => {
    const before = memberEntity.decode(from);
    const actions = memberEntity.update(tenant, to.id, { from, to }, stamp);
    if (!isAdmin(before) || isAdmin(to)) return actions;
    const other = remainingAdmin(await everybody(), before);
    return [...actions, { check: memberEntity.key(tenant, other.id), guard: { version: other.version } }];
  };

  /** Reads, changes and writes a member until nobody came between. */
  const change = async (id: string, rule: (member: Member, item: Item) => Member | Promise<Member>): Promise<Member> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const item = await row(id);
      const before = memberEntity.decode(item);
      const next = await rule(before, item);
      if (memberEntity.changedFields(before, next).length === 0) return before;
      try {
        await table.commit(await changeActions(item, next));
        forgetPrincipals();
        return { ...next, version: before.version + 1, updatedAt: ctx.iso };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  /** A member whom the caller may manage: her rights are within his own. */
  const manageable = (member: Member): Member => {
    mayGive(ctx, reachOf(member.role));
    return member;
  };

  return {
    row,
    get,
    everybody,
    change,
    changeActions,
    manageable,

    /** Invites somebody by e-mail; who is known at the stage already joins. Throws `role_too_high`, `duplicate`. */
    add: async (input: MemberInput): Promise<Member> => {
      mayGive(ctx, reachOf(input.role));
      await checkTeams(input.teams);
      return joinMember(ctx, input);
    },

    /** A merge patch by somebody who read version `seen`. Throws `stale`, `role_too_high`, `last_admin`. */
    patch: (id: string, body: MemberPatch, seen: number): Promise<Member> =>
      change(id, async (member, item) => {
        manageable(member);
        if (body.role) mayGive(ctx, reachOf(body.role));
        checkFresh(Object.keys(body), { seen, version: member.version, versions: memberEntity.fieldVersions(item) });
        if (body.teams) await checkTeams(body.teams);
        return { ...member, ...body };
      }),
  };
};

type Joining = Pick<Ctx, 'table' | 'tenant' | 'stamp' | 'now' | 'iso'>;

/** Makes somebody a member: a user of the stage's pool, a person who finds the workspace, a member's row. Throws `duplicate`. */
export async function joinMember({ table, tenant, stamp, now, iso }: Joining, input: MemberInput): Promise<Member> {
  const sub = await userFor(input);
  const id = memberIdOf(tenant, sub);
  const member = newMember(input, { id, sub, now: iso });
  // The person's row goes first: should the next step fail, it leads to a workspace that does not let her in, which harms nobody.
  await joinWorkspace(sub, tenant, now);
  try {
    await table.commit(memberEntity.create(tenant, id, member, stamp));
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    throw new CrmError('duplicate', { existing: [{ id, status: error.row ? memberEntity.decode(error.row).status : null }] }, error);
  }
  forgetPrincipals();
  return member;
}

/** The member to whom records may go: somebody else, who is active. */
export function receiver(from: Member, to: Member | undefined): Member {
  if (to && to.status === 'active' && to.id !== from.id) return to;
  throw invalid(
    '/toMemberId',
    to?.id === from.id ? 'same_member' : 'no_such_member',
    to?.id === from.id ? 'the same member' : 'no such active member',
  );
}
