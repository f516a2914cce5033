import { describe, expect, it } from 'vitest';
import { dueJob, jobEntity } from '../../functions/jobs/job.entity.ts';
import {
  claimed,
  failed,
  isFree,
  type Job,
  leaseMs,
  maxAttempts,
  moved,
  newJob,
  progressed,
  putDown,
  resumed,
  shownJob,
} from '../../functions/jobs/job.ts';
import { readDue } from '../../functions/table/due.ts';
import type { Item } from '../../functions/table/entity.ts';

const now = Date.UTC(2026, 10, 22, 4);
const member = 'mem_00000000000000000000000000';
const draft = newJob({ id: 'job_00000000000000000000000000', kind: 'import', memberId: member, via: 'person', now });
const running: Job = moved(draft, 'running', now);

describe('a job', () => {
  it('waits for its input without a lease, so that the sweep leaves it alone', () => {
    expect(draft).toMatchObject({ state: 'draft', leaseUntil: null });
    expect(isFree(draft, now)).toBe(false);
  });

  it('is free for the first worker as soon as it is busy', () => {
    expect(isFree(running, now)).toBe(true);
    expect(isFree(claimed(running, now), now + leaseMs - 1)).toBe(false);
    expect(isFree(claimed(running, now), now + leaseMs)).toBe(true);
  });

  it('renews its lease by progress, and gives it up when it is put down', () => {
    const further = progressed(claimed(running, now), { done: 10, total: 40 }, now + 20_000);
    expect(isFree(further, now + leaseMs)).toBe(false);
    expect(isFree(putDown(further, now + 20_000), now + 20_000)).toBe(true);
  });

  it('is given up after too many attempts without progress', () => {
    let job = running;
    for (let attempt = 0; attempt < maxAttempts; attempt++) job = claimed(job, now);
    expect(job.state).toBe('running');
    expect(claimed(job, now)).toMatchObject({ state: 'failed', failedIn: 'running', leaseUntil: null });
    expect(claimed(progressed(job, { done: 1 }, now), now).state).toBe('running');
  });

  it('goes on where it failed, with what it had done', () => {
    const broken = failed(progressed(running, { done: 10, cursor: '3' }, now), { code: 'unreadable_file', detail: 'torn' }, now);
    expect(resumed(broken, now)).toMatchObject({ state: 'running', done: 10, cursor: '3', problem: null, finishedAt: null });
    expect(() => resumed(running, now)).toThrow();
  });

  it('begins an undo at its beginning', () => {
    const done = moved(progressed(running, { done: 40, total: 40, cursor: '4' }, now), 'done', now);
    expect(moved(done, 'undoing', now)).toMatchObject({ done: 0, cursor: null, total: 40 });
    const broken = failed(progressed(running, { done: 10, cursor: '3' }, now), { code: 'x', detail: 'y' }, now);
    expect(moved(broken, 'undoing', now)).toMatchObject({ done: 0, cursor: null, failedIn: null });
  });

  it('takes no step that its life does not know', () => {
    const steps: [Job['state'], Job['state']][] = [
      ['draft', 'done'],
      ['done', 'running'],
      ['undone', 'running'],
      ['validated', 'done'],
      ['running', 'undoing'],
    ];
    for (const [from, to] of steps) expect(() => moved({ ...draft, state: from }, to, now), `${from} to ${to}`).toThrow();
  });

  it('says how fast it is and how long it still takes', () => {
    const half = progressed(running, { done: 500, total: 1_000 }, now);
    expect(shownJob(half, now + 10_000)).toMatchObject({ rate: 50, secondsLeft: 10 });
    expect(shownJob(running, now)).toMatchObject({ rate: null, secondsLeft: null });
  });

  it('is found by the sweep through its lease, and only while it is busy', () => {
    const stamp = { by: null, via: 'person', requestId: null, now };
    const [action] = jobEntity.create('demo0001', running.id, running, stamp);
    const { put } = action as { put: Record<string, string> };
    expect(put.gsi5pk).toMatch(/^S#DUE#\d+$/);
    expect(dueJob(readDue(put.gsi5sk ?? '')!)).toEqual({ tenant: 'demo0001', kind: 'import', jobId: running.id });
    const [quiet] = jobEntity.create('demo0001', draft.id, draft, stamp);
    expect((quiet as unknown as { put: object }).put).not.toHaveProperty('gsi5pk');
  });

  it('is read back from its row as it was', () => {
    const job = {
      ...progressed(running, { done: 3, counts: { created: 2, failed: 1 }, result: { chunks: 0, torn: false } }, now),
      settings: { kind: 'x', state: null },
    };
    const [action] = jobEntity.create('demo0001', job.id, job, { by: null, via: 'person', requestId: null, now });
    expect(jobEntity.decode((action as unknown as { put: Item }).put)).toEqual(job);
  });
});
