import { type Ctx, forgetPrincipals } from '../context.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { type Action, GuardError, type Item, TakenError } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import type { Table } from '../table/table.ts';
import { teamEntity } from './admin.entity.ts';
import { memberStore } from './member.store.ts';
import type { Team } from './member.ts';

const mostTeams = 100;

type Maker = Pick<Ctx, 'table' | 'tenant' | 'stamp' | 'iso' | 'newId'>;

async function commitNamed(table: Table, actions: Action[]): Promise<void> {
  try {
    await table.commit(actions);
  } catch (error) {
    if (error instanceof TakenError)
      throw new CrmError('duplicate', { errors: [{ pointer: '/name', code: 'taken', detail: 'there is a team of this name' }] }, error);
    if (error instanceof GuardError) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
    throw error;
  }
}

/** All teams, by the time they were made. */
export async function teamsOf({ table, tenant }: Pick<Maker, 'table' | 'tenant'>): Promise<Team[]> {
  const rows = await table.queryAll({ pk: teamEntity.key(tenant, '').pk, range: startingWith('tea_'), strong: true });
  return rows.map((item) => teamEntity.decode(item));
}

/** Makes a team. Throws `duplicate` where there is one of this name, in capitals or not. */
export async function addTeam(maker: Maker, name: string): Promise<Team> {
  const { table, tenant, stamp, iso } = maker;
  if ((await teamsOf(maker)).length >= mostTeams) throw new CrmError('too_many', { detail: `${mostTeams} teams at most` });
  const team: Team = { id: maker.newId('tea'), name, createdAt: iso, updatedAt: iso, version: 1 };
  await commitNamed(table, teamEntity.create(tenant, team.id, team, stamp));
  return team;
}

/** The teams of one workspace. */
export const teamStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;
  const row = async (id: string): Promise<Item> => (await table.get(teamEntity.key(tenant, id))) ?? missing();

  const commit = (actions: Action[]) => commitNamed(table, actions);

  return {
    list: () => teamsOf(ctx),
    add: (name: string) => addTeam(ctx, name),
    get: async (id: string): Promise<Team> => teamEntity.decode(await row(id)),

    rename: async (id: string, name: string, seen: number): Promise<Team> => {
      const item = await row(id);
      const before = teamEntity.decode(item);
      checkFresh(['name'], { seen, version: before.version, versions: teamEntity.fieldVersions(item) });
      if (before.name === name) return before;
      await commit(teamEntity.update(tenant, id, { from: item, to: { ...before, name } }, ctx.stamp));
      return { ...before, name, version: before.version + 1, updatedAt: ctx.iso };
    },

    /** Takes the team from its members one by one, then ends it. Cut short, it can be asked for again. */
    remove: async (id: string): Promise<void> => {
      const item = await row(id);
      const members = memberStore(ctx);
      for (const member of await members.everybody())
        if (member.teams.includes(id))
          await members.change(member.id, (now) => ({ ...now, teams: now.teams.filter((team) => team !== id) }));
      await commit(teamEntity.expire(tenant, id, item, ctx.stamp));
      forgetPrincipals();
    },
  };
};

/** The ids of teams by their names. Throws `invalid_input` for a name that is none. */
export function teamsNamed(teams: readonly Team[], names: readonly string[]): string[] {
  return names.map((name, at) => {
    const found = teams.find((team) => team.name.toLowerCase() === name.toLowerCase());
    if (!found) throw invalid(`/teams/${at}`, 'no_such_team', 'no such team');
    return found.id;
  });
}
