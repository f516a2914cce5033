import * as z from 'zod';
import { JobId } from '../jobs/job.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { Export, NewExport } from './export.ts';

const one = z.strictObject({ id: JobId });

export const exportRoutes = defineRoutes({
  createExport: {
    method: 'POST',
    path: '/v1/exports',
    summary: 'Export a filtered list, a segment, a list, a run or the answers to a survey as a file; ask again until it is done',
    permission: 'signed-in',
    body: NewExport,
    ok: { status: 202, body: Export },
    problems: ['invalid_input', 'filter_not_served', 'forbidden', 'not_found'],
    cost: { rru: 1, wru: 2, note: 'and 1 R a customer or answer' },
  },
  listExports: {
    method: 'GET',
    path: '/v1/exports',
    summary: 'Your exports, the newest first',
    permission: 'signed-in',
    query: PageQuery,
    ok: { status: 200, body: pageOf(Export) },
    problems: ['invalid_cursor'],
    cost: { rru: 3, wru: 0, note: 'a page of 50' },
  },
  getExport: {
    method: 'GET',
    path: '/v1/exports/{id}',
    summary: 'An export: how far it is, and a link to its file once it is done',
    permission: 'signed-in',
    params: one,
    ok: { status: 200, body: Export },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
});
