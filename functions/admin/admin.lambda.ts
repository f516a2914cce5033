import { type Ctx, serve } from '../context.ts';
import { jobPage, jobSeen, resumeJob, undoJob } from '../jobs/acts.ts';
import { shownJob } from '../jobs/job.ts';
import { jobRoutes } from '../jobs/jobs.routes.ts';
import { isoOf, machineNow } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import type { Item } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import { filteredPage } from '../table/walk.ts';
import { apiKeyEntity, memberEntity } from './admin.entity.ts';
import { adminRoutes } from './admin.routes.ts';
import { apiKeyStore } from './api-key.store.ts';
import { shownKey } from './api-key.ts';
import { auditPage } from './audit.ts';
import { startHandOver } from './hand-over.start.ts';
import { me, switchTo } from './me.ts';
import { memberStore } from './member.store.ts';
import { type Member, namedMember, shownMember } from './member.ts';
import { managesMembers } from './roles.ts';
import { teamStore } from './team.store.ts';
import { signOutUser } from './users.ts';
import { changeFields, changeWorkspace, currentWorkspace, fieldsOf } from './workspace.store.ts';
import { shownWorkspace, withChangedField, withField, withoutField } from './workspace.ts';

const seenBy = (headers: Record<string, string | undefined>) => versionOf(headers['if-match'] ?? '') ?? 0;

/** A member in the shape that the caller's role sees. */
const seenMember = (ctx: Ctx) => (managesMembers(ctx.actor.role) ? shownMember : namedMember);

type Listed<T> = { pk: string; prefix?: string; rowOf: (item: Item) => T };

/** One page of a partition, by sort key. Its rows' history lies in the same partition and is left out. */
async function page<T>(ctx: Ctx, { limit, cursor }: { limit: number; cursor?: string | undefined }, { pk, prefix, rowOf }: Listed<T>) {
  const expected = { tenant: ctx.tenant, list: listHash(pk), at: ctx.now };
  const { data, examined, lastKey } = await filteredPage<T>({
    limit,
    after: await openCursor(cursor, expected),
    read: (atMost, after) => ctx.table.query({ pk, limit: atMost, after, ...(prefix && { range: startingWith(prefix) }) }),
    rowsOf: async (items) => items.map((item) => (item.e === undefined ? undefined : rowOf(item))),
    keyOf: ({ pk, sk }) => ({ pk, sk }),
  });
  return {
    data,
    page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
  };
}

/** Ends all sessions of a member: tokens issued until now are refused. By the machine's clock, as tokens are. */
async function signOut(ctx: Ctx, member: Member): Promise<Member> {
  const signedOut = await memberStore(ctx).change(member.id, (now) => ({ ...now, tokensValidAfter: isoOf(machineNow()) }));
  await signOutUser(member.sub);
  return signedOut;
}

export const handler = serve(
  { ...adminRoutes, ...jobRoutes },
  {
    getWorkspace: async (ctx) => shownWorkspace(await currentWorkspace(ctx)),

    updateWorkspace: async (ctx, { body, headers }) =>
      shownWorkspace(
        await changeWorkspace(ctx, { fields: Object.keys(body), seen: seenBy(headers), rule: (workspace) => ({ ...workspace, ...body }) }),
      ),

    listFields: async (ctx) => fieldsOf(await currentWorkspace(ctx)),

    addField: async (ctx, { body }) =>
      reply(await changeFields(ctx, (fields) => withField(fields, body)), { headers: { location: '/v1/fields' } }),

    updateField: (ctx, { params, body, headers }) =>
      changeFields(ctx, (fields) => withChangedField(fields, params.key, body), seenBy(headers)),

    removeField: (ctx, { params }) => changeFields(ctx, (fields) => withoutField(fields, params.key, ctx.iso)),

    getMe: (ctx) => me(ctx),

    updateMe: async (ctx, { body, headers }) => {
      const changed = await memberStore(ctx).change(ctx.actor.memberId, (member, item) => {
        checkFresh(Object.keys(body), { seen: seenBy(headers), version: member.version, versions: memberEntity.fieldVersions(item) });
        return { ...member, ...body };
      });
      return shownMember(changed);
    },

    switchWorkspace: (ctx, { body }) => switchTo(ctx, body.id),

    signOutMe: async (ctx) => {
      if (ctx.actor.key) throw new CrmError('forbidden', { detail: 'a key has no session; revoke it' });
      return shownMember(await signOut(ctx, await memberStore(ctx).get(ctx.actor.memberId)));
    },

    listMembers: (ctx, { query }) =>
      page(ctx, query, {
        pk: memberEntity.key(ctx.tenant, '').pk,
        prefix: 'mem_',
        rowOf: (item) => seenMember(ctx)(memberEntity.decode(item)),
      }),

    getMember: async (ctx, { params }) => seenMember(ctx)(await memberStore(ctx).get(params.id)),

    addMember: async (ctx, { body }) => {
      const member = await memberStore(ctx).add(body);
      return reply(shownMember(member), { headers: { location: `/v1/members/${member.id}` } });
    },

    updateMember: async (ctx, { params, body, headers }) => shownMember(await memberStore(ctx).patch(params.id, body, seenBy(headers))),

    signOutMember: async (ctx, { params }) => {
      const members = memberStore(ctx);
      return shownMember(await signOut(ctx, members.manageable(await members.get(params.id))));
    },

    handOver: async (ctx, { params, body }) => {
      const job = await startHandOver(ctx, params.id, body);
      return reply(shownJob(job, ctx.now), { headers: { location: `/v1/jobs/${job.id}` } });
    },

    listTeams: async (ctx) => ({ data: await teamStore(ctx).list() }),

    getTeam: (ctx, { params }) => teamStore(ctx).get(params.id),

    addTeam: async (ctx, { body }) => {
      const team = await teamStore(ctx).add(body.name);
      return reply(team, { headers: { location: `/v1/teams/${team.id}` } });
    },

    updateTeam: (ctx, { params, body, headers }) => teamStore(ctx).rename(params.id, body.name, seenBy(headers)),

    removeTeam: async (ctx, { params }) => {
      await teamStore(ctx).remove(params.id);
      return undefined;
    },

    listApiKeys: (ctx, { query }) =>
      page(ctx, query, { pk: apiKeyEntity.key(ctx.tenant, '').pk, rowOf: (item) => shownKey(apiKeyEntity.decode(item)) }),

    getApiKey: async (ctx, { params }) => shownKey(await apiKeyStore(ctx).get(params.id)),

    createApiKey: async (ctx, { body }) => {
      const { row, key } = await apiKeyStore(ctx).create(body);
      return reply({ ...shownKey(row), key }, { headers: { location: `/v1/api-keys/${row.id}` } });
    },

    revokeApiKey: async (ctx, { params }) => shownKey(await apiKeyStore(ctx).revoke(params.id)),

    listAuditEvents: (ctx, { query }) => auditPage(ctx, query),

    listJobs: (ctx, { query }) => jobPage(ctx, query),

    getJob: async (ctx, { params }) => shownJob(await jobSeen(ctx, params.id), ctx.now),

    resumeJob: async (ctx, { params }) => shownJob(await resumeJob(ctx, params.id), ctx.now),

    undoJob: async (ctx, { params }) => shownJob(await undoJob(ctx, params.id), ctx.now),
  },
);
