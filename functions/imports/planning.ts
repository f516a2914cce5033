import type { Ctx } from '../context.ts';
import type { Job } from '../jobs/job.ts';
import { CrmError } from '../kernel/errors.ts';
import { customersByName } from './by-name.ts';
import { customerPlanner } from './customer-plan.ts';
import { interactionPlanner } from './interaction-plan.ts';
import type { FileRow } from './lines.ts';
import { objectKey, readJson } from './objects.ts';
import type { Profile } from './repair.ts';
import type { RowPlan } from './rows.ts';
import { resultOf, settingsOf } from './state.ts';
import type { Planning, Unit } from './units.ts';
import { unreadable } from './unreadable.ts';

/** All that a run or a dry run needs to know of an import, read once. */
export type Work = {
  rowsKey: string;
  bytes: number;
  from: (ctx: Ctx) => (rows: readonly FileRow[], touched: Set<string>, first: (units: Unit[]) => Promise<void>) => Promise<Unit[]>;
};

export async function workOf(ctx: Ctx, job: Job): Promise<Work> {
  const settings = settingsOf(job);
  const { bytes, headers } = resultOf(job);
  const { file, choices, target } = settings;
  if (!file || !choices) throw new CrmError('wrong_state', { detail: 'inspect the file first' });
  if (ctx.scope('imports', 'write') === 'none' || ctx.scope(target, 'write') === 'none')
    throw new CrmError('forbidden', { detail: `your role does not import ${target}` });
  const profile = await readJson<Profile>(objectKey(ctx.tenant, job.id, 'profile'));
  if (!profile) throw unreadable('missing', 'the file is no longer there');
  const members = new Map(
    (await ctx.roster()).filter(({ status }) => status === 'active').map(({ email, id }) => [email.toLowerCase(), id]),
  );
  const { zone, customFields } = {
    zone: ctx.workspace.timeZone,
    customFields: ctx.workspace.fields.filter(({ removedAt }) => removedAt === null),
  };
  const byName = customersByName(target === 'interactions' ? choices.mapping.kind : 'company');
  const startedAt = Date.parse(job.startedAt ?? job.createdAt);

  const from: Work['from'] = (now) => async (rows, touched, first) => {
    const plan: RowPlan = { headers, mapping: choices.mapping, file, zone, customFields, members, now: now.now };
    const planning: Planning = { ctx: now, jobId: job.id, name: settings.name, startedAt, plan, choices, profile, touched };
    const companies = async (names: string[]) => {
      if (names.length === 0) return new Map<string, string>();
      const { found, units } = await byName(planning, names);
      if (units.length) await first(units);
      return found;
    };
    const planner = target === 'customers' ? customerPlanner(planning, companies) : interactionPlanner(planning, companies);
    return planner(rows);
  };
  return { rowsKey: objectKey(ctx.tenant, job.id, 'rows'), bytes, from };
}
