import * as z from 'zod';
import { CaseId } from '../cases/case.ts';
import { CustomerId } from '../customers/customer.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { FormId, FormInput, FormListRow, FormPatch, FormView } from './form.ts';
import { HeldView, SubmissionId } from './held.ts';

const one = z.strictObject({ id: FormId });
const oneHeld = z.strictObject({ id: SubmissionId });

export const formRoutes = defineRoutes({
  listForms: {
    method: 'GET',
    path: '/v1/forms',
    summary: 'Web forms by which anybody may write, the newest first',
    permission: 'cases:read',
    ok: { status: 200, body: z.strictObject({ data: z.array(FormListRow) }) },
    problems: [],
    cost: { rru: 2, wru: 0, note: '1 R each four forms' },
  },
  createForm: {
    method: 'POST',
    path: '/v1/forms',
    summary: 'Make a web form: what it asks, in which languages, and which case comes of it',
    permission: 'settings:write',
    body: FormInput,
    ok: { status: 201, body: FormView },
    problems: ['invalid_input', 'too_many'],
    cost: { rru: 2, wru: 1, note: '1 W each KiB of texts; 4 W with Idempotency-Key' },
  },
  getForm: {
    method: 'GET',
    path: '/v1/forms/{id}',
    summary: 'Get a web form, with its address and the same as a QR code',
    permission: 'cases:read',
    params: one,
    ok: { status: 200, body: FormView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  updateForm: {
    method: 'PATCH',
    path: '/v1/forms/{id}',
    summary: 'Change a web form; whoever opens it from now on sees it so',
    permission: 'settings:write',
    params: one,
    body: FormPatch,
    ifMatch: true,
    ok: { status: 200, body: FormView },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'conflict'],
    cost: { rru: 1, wru: 1, note: '1 W each KiB of texts; 1 R more with a queue' },
  },
  publishForm: {
    method: 'POST',
    path: '/v1/forms/{id}/publish',
    summary: 'Publish a web form: whoever has its address may write',
    permission: 'settings:write',
    params: one,
    repeatable: true,
    ok: { status: 200, body: FormView },
    problems: ['not_found', 'conflict'],
    cost: { rru: 1, wru: 1 },
  },
  closeForm: {
    method: 'POST',
    path: '/v1/forms/{id}/close',
    summary: 'Close a web form: nothing is taken any more',
    permission: 'settings:write',
    params: one,
    repeatable: true,
    ok: { status: 200, body: FormView },
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 1, wru: 1 },
  },
  removeForm: {
    method: 'DELETE',
    path: '/v1/forms/{id}',
    summary: 'End a web form; its cases go on',
    permission: 'settings:delete',
    params: one,
    ok: { status: 204 },
    problems: ['not_found', 'conflict'],
    cost: { rru: 1, wru: 1 },
  },
  listHeldSubmissions: {
    method: 'GET',
    path: '/v1/held-submissions',
    summary: 'What was written on web forms and held back as suspected spam, the newest first; each ends after 30 days',
    permission: 'cases:write',
    query: PageQuery,
    ok: { status: 200, body: pageOf(HeldView) },
    problems: ['invalid_cursor'],
    cost: { rru: 8, wru: 0, note: 'a page of 50 of a KiB each' },
  },
  releaseSubmission: {
    method: 'POST',
    path: '/v1/held-submissions/{id}/release',
    summary: 'Say that it is no spam: its case is opened',
    permission: 'cases:write',
    params: oneHeld,
    repeatable: true,
    ok: { status: 200, body: z.strictObject({ caseId: CaseId, customerId: CustomerId }) },
    problems: ['not_found', 'conflict'],
    cost: { rru: 5.5, wru: 20, note: 'with a new customer; 6 W less with one who is there' },
  },
  removeSubmission: {
    method: 'DELETE',
    path: '/v1/held-submissions/{id}',
    summary: 'Delete what was held back; nothing of it is kept',
    permission: 'cases:delete',
    params: oneHeld,
    ok: { status: 204 },
    problems: ['not_found'],
    cost: { rru: 1, wru: 1 },
  },
});
