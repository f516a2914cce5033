import type * as z from 'zod';
import { type Ctx, serve } from '../context.ts';
import { permissionOf, topicsOf } from '../customers/consent-fields.ts';
import { actOf } from '../jobs/act.ts';
import { jobEntity, jobPartition } from '../jobs/job.entity.ts';
import { jobStore } from '../jobs/job.store.ts';
import { type Job, moved, newJob, resumed } from '../jobs/job.ts';
import { sendFile, sendJob } from '../jobs/queue.ts';
import { now as clock } from '../kernel/clock.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { downloadLink, uploadForm } from '../kernel/objects.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { filteredPage } from '../table/walk.ts';
import { customerFields, interactionFields } from './fields.ts';
import {
  type DryRun,
  type FileSettings,
  type ImportDetail,
  type ImportPatch,
  type Inspection,
  isConsentField,
  maxFileBytes,
} from './import.ts';
import { importRoutes } from './imports.routes.ts';
import { objectKey, readJson, writeObject } from './objects.ts';
import { newSettings, resultOf, type Settings, settingsOf, shownImport } from './state.ts';

const jobsOf = (ctx: Ctx) => jobStore({ table: ctx.table, tenant: ctx.tenant, stamp: ctx.stamp, clock });

async function importJob(ctx: Ctx, id: string): Promise<Job> {
  const job = await jobsOf(ctx).get(id);
  return job.kind === 'import' ? job : missing();
}

/** An import with what was found, read from the bucket only where there is something. */
async function detail(ctx: Ctx, job: Job): Promise<ImportDetail> {
  const read = <T>(there: boolean, part: 'inspection' | 'dry-run') =>
    there ? readJson<T>(objectKey(ctx.tenant, job.id, part)) : undefined;
  const [inspection, dryRun] = await Promise.all([
    read<Inspection>(settingsOf(job).file !== null, 'inspection'),
    read<DryRun>(resultOf(job).checked, 'dry-run'),
  ]);
  return { ...shownImport(job, ctx.now), inspection: inspection ?? null, dryRun: dryRun ?? null };
}

const locationOf = (job: Job) => `/v1/imports/${job.id}`;

type Step = { rule: (job: Job) => Job /** For the audit. */; what?: 'started' | 'resumed' | 'undone' };

/** Moves an import on, tells the worker, and shows it. */
async function begin(ctx: Ctx, id: string, { rule, what }: Step): Promise<ImportDetail> {
  await importJob(ctx, id);
  const job = await jobsOf(ctx).change(id, rule, (next) => (what ? [actOf(ctx, next, what)] : []));
  const message = { tenant: ctx.tenant, kind: 'import', jobId: id } as const;
  await (job.state === 'validating' && settingsOf(job).phase === 'read' ? sendFile(message) : sendJob(message));
  return detail(ctx, job);
}

/** The job with other settings, found out anew by the next dry run. */
const withSettings = (job: Job, settings: Settings): Job => ({ ...job, settings, result: { ...job.result, checked: false } });

const ready = (job: Job): Settings & { file: FileSettings } => {
  const settings = settingsOf(job);
  if (!settings.file || !settings.choices) throw new CrmError('wrong_state', { from: job.state, detail: 'inspect the file first' });
  return settings as Settings & { file: FileSettings };
};

export const handler = serve(importRoutes, {
  listImports: async (ctx, { query }) => {
    const expected = { tenant: ctx.tenant, list: listHash('imports'), at: ctx.now };
    const { data, lastKey, examined } = await filteredPage({
      limit: query.limit,
      after: await openCursor(query.cursor, expected),
      read: (limit, after) => ctx.table.query({ pk: jobPartition(ctx.tenant), newestFirst: true, limit, after }),
      rowsOf: async (items) =>
        items.map((item) => jobEntity.decode(item)).map((job) => (job.kind === 'import' ? shownImport(job, ctx.now) : undefined)),
      keyOf: ({ pk, sk }) => ({ pk, sk }),
    });
    return {
      data,
      page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
    };
  },

  createImport: async (ctx, { body }) => {
    if (ctx.scope(body.target, 'write') === 'none') throw new CrmError('forbidden', { needs: `${body.target}:write` });
    const job = newJob({
      id: ctx.newId('job'),
      kind: 'import',
      memberId: ctx.actor.memberId,
      via: 'import',
      settings: newSettings(body),
      now: ctx.now,
    });
    const key = objectKey(ctx.tenant, job.id, 'file');
    const upload =
      body.text === undefined
        ? // An empty file is let in, so that its reader says what is wrong with it, and not the bucket.
          { id: job.id, ...(await uploadForm({ key, type: 'application/octet-stream', minBytes: 0, maxBytes: maxFileBytes })) }
        : null;
    await ctx.table.commit(jobsOf(ctx).createActions(job));
    // After the commit, so that a request that is refused leaves nothing behind.
    if (body.text !== undefined) await writeObject(key, body.text, { type: 'text/plain' });
    return reply({ ...(await detail(ctx, job)), upload }, { headers: { location: locationOf(job) } });
  },

  getImport: async (ctx, { params }) => detail(ctx, await importJob(ctx, params.id)),

  inspectImport: (ctx, { params, body }) =>
    begin(ctx, params.id, {
      rule: (job) => {
        const settings = settingsOf(job);
        return moved(withSettings(job, { ...settings, phase: 'read', asked: { ...settings.asked, ...body } }), 'validating', clock());
      },
    }),

  updateImport: async (ctx, { params, body, headers }) => {
    await importJob(ctx, params.id);
    const job = await jobsOf(ctx).change(params.id, (job) => {
      if (job.version !== versionOf(headers['if-match'] ?? ''))
        throw new CrmError('stale', { fields: Object.keys(body), version: job.version, headers: { ETag: `"${job.version}"` } });
      if (job.state !== 'draft' && job.state !== 'validated') throw new CrmError('wrong_state', { from: job.state });
      return withSettings(job, changed(ctx, ready(job), { patch: body, width: resultOf(job).headers.length }));
    });
    return detail(ctx, job);
  },

  dryRunImport: (ctx, { params }) =>
    begin(ctx, params.id, { rule: (job) => moved(withSettings(job, { ...ready(job), phase: 'check' }), 'validating', clock()) }),

  startImport: (ctx, { params }) =>
    begin(ctx, params.id, {
      what: 'started',
      rule: (job) => {
        if (ready(job) && job.state !== 'draft' && job.state !== 'validated')
          throw new CrmError('wrong_state', { from: job.state, to: 'running' });
        return { ...moved(job, 'running', clock()), counts: {} };
      },
    }),

  resumeImport: (ctx, { params }) => begin(ctx, params.id, { what: 'resumed', rule: (job) => resumed(job, clock()) }),

  undoImport: (ctx, { params }) => begin(ctx, params.id, { what: 'undone', rule: (job) => moved(job, 'undoing', clock()) }),

  getImportErrors: async (ctx, { params }) => {
    const job = await importJob(ctx, params.id);
    if (!resultOf(job).hasErrors) missing();
    const name = `${settingsOf(job).name.replace(/\.[A-Za-z0-9]{1,5}$/, '')}-errors.csv`;
    return downloadLink({ key: objectKey(ctx.tenant, job.id, 'errors.csv'), name, type: 'text/csv; charset=utf-8' });
  },
});

/** The settings after a patch. A mapping has as many columns as the file, and only fields of its target. */
function changed(
  { workspace }: Pick<Ctx, 'workspace'>,
  settings: Settings & { file: FileSettings },
  { patch, width }: { patch: z.output<typeof ImportPatch>; width: number },
): Settings {
  const { file, ...choices } = patch;
  const columns = choices.mapping?.columns;
  if (columns && columns.length !== width) throw invalid('/mapping/columns', 'wrong_length', `one entry for each of the ${width} columns`);
  const ofCustomers = settings.target === 'customers';
  const fields: readonly string[] = ofCustomers ? customerFields : interactionFields;
  const isServed = (field: string) => fields.includes(field) || (ofCustomers && (field.startsWith('custom.') || isConsentField(field)));
  const foreign = columns?.findIndex((field) => field !== null && !isServed(field)) ?? -1;
  const topics = topicsOf(workspace.consentTopics);
  const topicless = columns?.findIndex((field) => isConsentField(field) && !topics.includes(permissionOf(field).topic)) ?? -1;
  if (topicless >= 0) throw invalid(`/mapping/columns/${topicless}`, 'unknown_topic', 'not a topic of this workspace');
  if (foreign >= 0) throw invalid(`/mapping/columns/${foreign}`, 'not_for_target', `not a field of ${settings.target}`);
  return { ...settings, file: { ...settings.file, ...file }, choices: { ...settings.choices!, ...choices } };
}
