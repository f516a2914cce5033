import * as z from 'zod';
import { Upload } from '../interactions/interactions.routes.ts';
import { JobId } from '../jobs/job.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { FileSettings, Import, ImportDetail, ImportPatch, NewImport } from './import.ts';

const one = z.strictObject({ id: JobId });

/**
 * The way of an import: `draft` (upload the file) → inspect → `draft` with columns and a suggested mapping → change what is not as
 * it should be → dry-run → `validated` → start → `running` → `done`. What takes long is done behind: ask again until the state is quiet.
 */
export const importRoutes = defineRoutes({
  listImports: {
    method: 'GET',
    path: '/v1/imports',
    summary: 'Imports, the newest first',
    permission: 'imports:read',
    query: PageQuery,
    ok: { status: 200, body: pageOf(Import) },
    problems: ['invalid_cursor'],
    cost: { rru: 3, wru: 0, note: 'a page of 50' },
  },
  createImport: {
    method: 'POST',
    path: '/v1/imports',
    summary: 'Begin an import: get a form to upload a file of at most 100 MB, or paste cells',
    permission: 'imports:write',
    body: NewImport,
    ok: { status: 201, body: ImportDetail.extend({ upload: Upload.nullable() }) },
    problems: ['invalid_input'],
    cost: { rru: 0, wru: 1 },
  },
  getImport: {
    method: 'GET',
    path: '/v1/imports/{id}',
    summary: 'An import: its state, how far it is, and what was found',
    permission: 'imports:read',
    params: one,
    ok: { status: 200, body: ImportDetail },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  inspectImport: {
    method: 'POST',
    path: '/v1/imports/{id}/inspect',
    summary: 'Read the uploaded file: find out encoding, delimiter and columns, and suggest a mapping. What the body says is not guessed',
    permission: 'imports:write',
    params: one,
    body: FileSettings.partial(),
    ok: { status: 202, body: ImportDetail },
    problems: ['invalid_input', 'not_found', 'wrong_state'],
    cost: { rru: 1, wru: 2 },
  },
  updateImport: {
    method: 'PATCH',
    path: '/v1/imports/{id}',
    summary: 'Say otherwise how the file is mapped, matched and repaired',
    permission: 'imports:write',
    params: one,
    body: ImportPatch,
    ifMatch: true,
    ok: { status: 200, body: ImportDetail },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'stale', 'if_match_needed'],
    cost: { rru: 1, wru: 1 },
  },
  dryRunImport: {
    method: 'POST',
    path: '/v1/imports/{id}/dry-run',
    summary: 'Find out what a run would do, without doing it',
    permission: 'imports:write',
    params: one,
    ok: { status: 202, body: ImportDetail },
    problems: ['not_found', 'wrong_state'],
    cost: { rru: 1, wru: 2, note: 'and 1 R a row that may match' },
  },
  startImport: {
    method: 'POST',
    path: '/v1/imports/{id}/start',
    summary: 'Run the import',
    permission: 'imports:write',
    params: one,
    ok: { status: 202, body: ImportDetail },
    problems: ['not_found', 'wrong_state'],
    cost: { rru: 1, wru: 2, note: 'and what each row costs to write' },
  },
  resumeImport: {
    method: 'POST',
    path: '/v1/imports/{id}/resume',
    summary: 'Take a failed import up again where it stopped; no row is written twice',
    permission: 'imports:write',
    params: one,
    ok: { status: 202, body: ImportDetail },
    problems: ['not_found', 'wrong_state'],
    cost: { rru: 1, wru: 2 },
  },
  undoImport: {
    method: 'POST',
    path: '/v1/imports/{id}/undo',
    summary: 'Take an import back: every row that is still as the import wrote it. Only history remains',
    permission: 'imports:write',
    params: one,
    ok: { status: 202, body: ImportDetail },
    problems: ['not_found', 'wrong_state'],
    cost: { rru: 1, wru: 2, note: 'and what each row costs to take back' },
  },
  getImportErrors: {
    method: 'GET',
    path: '/v1/imports/{id}/errors',
    summary: 'A link to the row errors as a CSV file',
    permission: 'imports:read',
    params: one,
    ok: { status: 200, body: z.strictObject({ url: z.string(), expiresAt: z.string() }) },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
});
