import * as z from 'zod';
import { MemberId, vias } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import { CrmError } from '../kernel/errors.ts';
import { idOf, StoredInstant } from '../kernel/values.ts';

/** Work that outlives its request: an import, an export, a hand-over. The row is the truth, a message only a hint. Pure. */
export const JobId = idOf('job');

/** Each kind of job, and the right that whoever starts, resumes or undoes it must have. One queue carries the messages of all kinds. */
export const jobKinds = {
  'hand-over': { needs: 'members:write' },
  import: { needs: 'imports:write' },
  export: { needs: 'customers:export' },
  'fill-list': { needs: 'segments:write' },
  'dry-run': { needs: 'campaigns:read' },
  report: { needs: 'campaigns:read' },
} as const;
export type JobKind = keyof typeof jobKinds;
export const JobKind = z.enum(Object.keys(jobKinds) as [JobKind, ...JobKind[]]);

/** `draft` waits for its input, `validated` for a yes. In `validating`, `running` and `undoing` a worker is at it or will be. */
export const jobStates = ['draft', 'validating', 'validated', 'running', 'done', 'failed', 'undoing', 'undone'] as const;
export type JobState = (typeof jobStates)[number];

const next: Record<JobState, readonly JobState[]> = {
  draft: ['validating', 'validated', 'running', 'failed'],
  validating: ['validated', 'draft', 'failed'],
  validated: ['validating', 'running', 'failed'],
  running: ['done', 'failed'],
  failed: ['validating', 'running', 'undoing'],
  done: ['undoing'],
  undoing: ['undone', 'failed'],
  undone: [],
};
const busy: readonly JobState[] = ['validating', 'running', 'undoing'];

const count = z.int().nonnegative();

export const Job = z
  .strictObject({
    id: JobId,
    kind: JobKind,
    state: z.enum(jobStates),
    /** The state in which it failed, to which a resume goes back. */
    failedIn: z.enum(jobStates).nullable().default(null),
    /** For whom it works: it may do what this member may. */
    memberId: MemberId,
    /** The way on which it was asked for; stamped on the rows it writes. */
    via: z.enum(vias),
    /** What the kind was asked to do, and what came of it, in the kind's own words. */
    settings: z.record(z.string(), z.unknown()).default({}),
    result: z.record(z.string(), z.unknown()).default({}),
    done: count.default(0),
    /** Unknown until everything was counted. */
    total: count.nullable().default(null),
    /** What became of the rows: created, updated, skipped, failed … */
    counts: z.record(z.string().max(40), count).default({}),
    /** Where the next chunk begins, in the kind's own words. */
    cursor: z.string().max(2_000).nullable().default(null),
    /** Claims since the last progress: a job that only ever crashes is given up. */
    attempts: count.default(0),
    /** Until when a worker has it for itself. Set while the job is busy, and by it the sweep finds what was forgotten. */
    leaseUntil: StoredInstant.nullable().default(null),
    problem: z
      .strictObject({
        code: z.string().max(60),
        /** Which of the reasons that a code has. */
        reason: z.string().max(40).optional(),
        detail: z.string().max(500),
      })
      .nullable()
      .default(null),
    startedAt: StoredInstant.nullable().default(null),
    finishedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'JobRow' });
export type Job = z.output<typeof Job>;

/** What a message on a job queue says. */
export const JobMessage = z.strictObject({
  tenant: z.string().regex(/^[a-z0-9]{8}$/),
  kind: JobKind,
  jobId: JobId,
  /** Sent by a worker that found the job in other hands, once: after that the sweep looks after it. */
  again: z.literal(true).optional(),
});
export type JobMessage = z.output<typeof JobMessage>;

/** How long a worker has a job for itself without a sign of progress; a chunk of work takes a fraction of it. */
export const leaseMs = 30_000;
/** Claims without progress after which a job fails. */
export const maxAttempts = 5;

const isBusy = (state: JobState) => busy.includes(state);

/** A job as it begins. A job that needs no further input begins in `validating` or `running` with a lease that is over at once. */
export function newJob(
  input: Pick<Job, 'id' | 'kind' | 'memberId' | 'via'> & { state?: JobState; settings?: Job['settings']; now: number },
): Job {
  const { state = 'draft', settings = {}, now, ...fields } = input;
  const started = isBusy(state) ? isoOf(now) : null;
  return Job.parse({
    ...fields,
    state,
    settings,
    leaseUntil: started,
    startedAt: started,
    createdAt: isoOf(now),
    updatedAt: isoOf(now),
    version: 1,
  });
}

/**
 * The job in another state. Throws `wrong_state` where no such step is possible. A busy state begins with a lease that is over,
 * so that the first worker takes it and the sweep sees it if the message gets lost; a quiet one has none. Only a step back into the
 * state in which it failed goes on where it stopped.
 */
export function moved(job: Job, state: JobState, now: number): Job {
  if (!next[job.state].includes(state)) throw new CrmError('wrong_state', { from: job.state, to: state });
  const begins = isBusy(state);
  return {
    ...job,
    state,
    failedIn: null,
    problem: null,
    attempts: 0,
    leaseUntil: begins ? isoOf(now) : null,
    ...(begins && state !== job.failedIn && { startedAt: isoOf(now), finishedAt: null, done: 0, cursor: null }),
    ...(!begins && { finishedAt: isoOf(now) }),
  };
}

/** What a failure says to whoever looks at the job. */
export const jobProblem = ({ code, message, details: { reason } }: CrmError): NonNullable<Job['problem']> => ({
  code,
  ...(typeof reason === 'string' && { reason }),
  detail: message.slice(0, 500),
});

/** The job given up, with the reason. A resume goes on where it stopped. */
export const failed = (job: Job, problem: NonNullable<Job['problem']>, now: number): Job => ({
  ...moved(job, 'failed', now),
  failedIn: job.state,
  problem,
});

/** A failed job taken up again where it stopped. */
export function resumed(job: Job, now: number): Job {
  if (job.state !== 'failed' || !job.failedIn || !isBusy(job.failedIn)) throw new CrmError('wrong_state', { from: job.state });
  return { ...moved(job, job.failedIn, now), finishedAt: null };
}

/** Whether somebody may take the job up now: it is busy by its state and nobody has it. */
export const isFree = (job: Job, now: number) => isBusy(job.state) && (job.leaseUntil === null || Date.parse(job.leaseUntil) <= now);
export const isWorking = (job: Job) => isBusy(job.state);

/** The job taken by a worker; given up instead where it was taken too often without progress. */
export function claimed(job: Job, now: number): Job {
  if (job.attempts >= maxAttempts) return failed(job, { code: 'internal', detail: `given up after ${maxAttempts} attempts` }, now);
  return { ...job, attempts: job.attempts + 1, leaseUntil: isoOf(now + leaseMs) };
}

export type Progress = Partial<Pick<Job, 'done' | 'total' | 'counts' | 'cursor' | 'result'>>;

/** A chunk further: what it came to, and the lease anew. */
export const progressed = (job: Job, progress: Progress, now: number): Job => ({
  ...job,
  ...progress,
  attempts: 0,
  leaseUntil: isoOf(now + leaseMs),
});

/** The job put down in the middle, for the next worker at once. */
export const putDown = (job: Job, now: number): Job => ({ ...job, leaseUntil: isoOf(now) });

/** Two counts added, name by name. */
export function added(counts: Job['counts'], more: Job['counts']): Job['counts'] {
  const sum = { ...counts };
  for (const [name, value] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** What a client sees of a job. */
export const JobView = Job.pick({
  id: true,
  kind: true,
  state: true,
  memberId: true,
  done: true,
  total: true,
  counts: true,
  problem: true,
  startedAt: true,
  finishedAt: true,
  createdAt: true,
  updatedAt: true,
  version: true,
})
  .extend({
    /** Rows a second since it began. */
    rate: z.number().nonnegative().nullable(),
    secondsLeft: count.nullable(),
    canUndo: z.boolean(),
    canResume: z.boolean(),
  })
  .meta({ id: 'Job' });
export type JobView = z.output<typeof JobView>;

const undoable: readonly JobKind[] = ['hand-over', 'import'];

/** The job for a client, with its speed and the time it still takes. `now` in milliseconds. */
export function shownJob(job: Job, now: number): JobView {
  const end = job.finishedAt ? Date.parse(job.finishedAt) : now;
  const seconds = job.startedAt ? (end - Date.parse(job.startedAt)) / 1_000 : 0;
  const rate = seconds > 0 && job.done > 0 ? Math.round((job.done / seconds) * 10) / 10 : null;
  const left = isBusy(job.state) && rate && job.total !== null ? Math.ceil(Math.max(0, job.total - job.done) / rate) : null;
  const { id, kind, state, memberId, done, total, counts, problem, startedAt, finishedAt, createdAt, updatedAt, version } = job;
  const canUndo = undoable.includes(kind) && (state === 'done' || (state === 'failed' && job.failedIn === 'running'));
  const canResume = state === 'failed';
  return {
    id,
    kind,
    state,
    memberId,
    done,
    total,
    counts,
    problem,
    startedAt,
    finishedAt,
    createdAt,
    updatedAt,
    version,
    rate,
    secondsLeft: left,
    canUndo,
    canResume,
  };
}
