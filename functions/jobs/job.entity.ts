import { type Due, dueKey } from '../table/due.ts';
import { defineEntity } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Job, type JobKind, type JobMessage } from './job.ts';

const names = {
  kind: 'k',
  state: 'st',
  failedIn: 'fi',
  memberId: 'm',
  via: 'w',
  done: 'dn',
  total: 'to',
  counts: 'cn',
  cursor: 'cr',
  attempts: 'at',
  leaseUntil: 'le',
  problem: 'pb',
  startedAt: 'sa',
  finishedAt: 'fa',
  createdAt: 'ca',
} as const;

const due = 'job';

/** The message that an entry of the due index stands for; undefined for what is no job. */
export function dueJob({ tenant, kind: what, id }: Due): JobMessage | undefined {
  const [kind, jobId] = id.split('#');
  return what === due && kind && jobId ? { tenant, kind: kind as JobKind, jobId } : undefined;
}

export const jobPartition = (tenant: string) => `T#${tenant}#JOB`;

/** pk T#<tenant>#JOB  sk <job>                                         one job; the newest last
 *  gsi5 S#DUE#<0..15> <lease's end>#<tenant>#job#<kind>#<job>          while it is busy: what the sweep wakes */
export const jobEntity = defineEntity<Job>({
  type: 'job',
  schema: Job,
  names,
  ownVia: true,
  key: (tenant, id) => ({ pk: jobPartition(tenant), sk: id }),
  gsi5: (tenant, job) => (job.leaseUntil ? dueKey({ at: job.leaseUntil, tenant, kind: due, id: `${job.kind}#${job.id}` }) : null),
});

/** Rows that belong to one job alone, such as what it found to do: pk T#<tenant>#JOB#<job>. */
export const jobParts = (tenant: string, jobId: string) => `T#${tenant}#JOB#${jobId}`;

/** An import and an export have addresses of their own, where the service that made them reads them again. */
const shelves: Partial<Record<JobKind, string>> = { import: 'imports', export: 'exports' };
showsAt('job', (item) => `/v1/${shelves[item.k as JobKind] ?? 'jobs'}/${item.sk}`);
