import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { workspaceEntity } from '../admin/admin.entity.ts';
import { topicsOf } from '../customers/consent-fields.ts';
import { type HeldJob, type JobStore, jobStore, LostLease } from '../jobs/job.store.ts';
import { JobMessage, jobProblem, moved } from '../jobs/job.ts';
import { now as clock } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import { errorFields, log, metric } from '../kernel/log.ts';
import { tableOf } from '../table/tenant.ts';
import { suggested } from './mapping.ts';
import { objectKey, writeJson } from './objects.ts';
import { readUpload } from './read.ts';
import { settingsOf } from './state.ts';

/**
 * Reads uploaded files. A function of its own, because what reads workbooks and guesses encodings is large, and no other step needs it;
 * for the same reason it has no context: it reads one object, writes others beside it, and its job's row.
 */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { body, messageId } of Records) {
    try {
      await readOne(JobMessage.parse(JSON.parse(body)));
    } catch (error) {
      log('error', 'a file could not be read', errorFields(error));
      metric('JobFailure', 1);
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};

async function readOne({ tenant, jobId }: JobMessage): Promise<void> {
  const table = tableOf(tenant, clock());
  const jobs = jobStore({ table, tenant, stamp: { by: null, via: 'person', requestId: jobId, now: clock() }, clock });
  const claim = await jobs.claim(jobId);
  if (claim === 'over') return;
  // Somebody reads it already; the message comes again in case he does not come to an end.
  if ('busyUntil' in claim) throw new Error('busy');
  const { held } = claim;
  try {
    const workspace = await table.get(workspaceEntity.key(tenant, tenant));
    await keepAlive(jobs, held, (alive) => readHeld(tenant, alive, workspace && workspaceEntity.decode(workspace)));
  } catch (error) {
    if (error instanceof LostLease) return;
    if (!(error instanceof CrmError) || error.code === 'unavailable' || error.code === 'conflict') throw error;
    const item = await jobs.row(jobId);
    if (item) await jobs.fail({ job: await jobs.get(jobId), item }, jobProblem(error));
  }
}

type Workspace = ReturnType<typeof workspaceEntity.decode> | undefined;
type Outcome = { settings: Record<string, unknown>; result: Record<string, unknown>; rows: number };

async function readHeld(tenant: string, { job }: HeldJob, workspace: Workspace): Promise<Outcome> {
  const settings = settingsOf(job);
  const { file, inspection, bytes, xlsx } = await readUpload({
    tenant,
    jobId: job.id,
    asked: settings.asked,
    country: workspace?.country ?? 'PH',
  });
  const { headers, samples, ...rest } = inspection;
  const choices = suggested({
    target: settings.target,
    headers,
    name: settings.name,
    customFields: (workspace?.fields ?? []).filter(({ removedAt }) => removedAt === null),
    topics: topicsOf(workspace?.consentTopics ?? []),
  });
  const columns = headers.map((header, at) => ({ header, samples: samples[at] ?? [], suggested: choices.mapping.columns[at] ?? null }));
  await writeJson(objectKey(tenant, job.id, 'inspection'), { ...rest, columns });
  const result = { bytes, rows: inspection.rows, headers, xlsx, checked: false, hasErrors: false };
  return {
    settings: { ...settings, file, choices: settings.choices?.mapping.columns.length === headers.length ? settings.choices : choices },
    result,
    rows: inspection.rows,
  };
}

/** Renews the lease while the file is read, then writes what came of it. */
async function keepAlive(jobs: JobStore, held: HeldJob, work: (held: HeldJob) => Promise<Outcome>): Promise<void> {
  let current: Promise<HeldJob> = Promise.resolve(held);
  const timer = setInterval(() => {
    current = current.then((latest) => jobs.progress(latest, {}));
    current.catch(() => clearInterval(timer));
  }, 10_000);
  try {
    const { settings, result, rows } = await work(held);
    clearInterval(timer);
    const latest = await current;
    await jobs.save(latest, { ...moved({ ...latest.job, settings, result, total: rows }, 'draft', clock()), done: 0 });
  } finally {
    clearInterval(timer);
  }
}
