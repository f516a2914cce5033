import * as z from 'zod';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { JobId, JobView } from './job.ts';

const one = z.strictObject({ id: JobId });

export const jobRoutes = defineRoutes({
  listJobs: {
    method: 'GET',
    path: '/v1/jobs',
    summary: 'Jobs, the newest first: your own, or all of them for who may read the audit',
    permission: 'signed-in',
    query: PageQuery,
    ok: { status: 200, body: pageOf(JobView) },
    problems: ['invalid_cursor'],
    cost: { rru: 5, wru: 0, note: 'a page of 50' },
  },
  getJob: {
    method: 'GET',
    path: '/v1/jobs/{id}',
    summary: 'How far a job is',
    permission: 'signed-in',
    params: one,
    ok: { status: 200, body: JobView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  resumeJob: {
    method: 'POST',
    path: '/v1/jobs/{id}/resume',
    summary: 'Take a failed job up again where it stopped',
    permission: 'signed-in',
    params: one,
    ok: { status: 202, body: JobView },
    problems: ['not_found', 'forbidden', 'wrong_state'],
    cost: { rru: 2, wru: 8 },
  },
  undoJob: {
    method: 'POST',
    path: '/v1/jobs/{id}/undo',
    summary: 'Undo a job: only rows that are still as the job wrote them',
    permission: 'signed-in',
    params: one,
    ok: { status: 202, body: JobView },
    problems: ['not_found', 'forbidden', 'wrong_state'],
    cost: { rru: 2, wru: 8, note: 'and what each row costs to change back' },
  },
});
