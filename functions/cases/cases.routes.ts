import * as z from 'zod';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { Interaction, InteractionInput } from '../interactions/interaction.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { Instant } from '../kernel/values.ts';
import { Priority, Queue } from '../service-levels/service-level.ts';
import { Attainment, Outcome, ReportQuery } from './attainment.ts';
import { Case, CaseId, CaseInput, CasePatch, CaseRow, CaseStep, CaseType, ThemeId } from './case.ts';
import { caseStates } from './kinds.ts';

const one = z.strictObject({ id: CaseId });
const YesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

export const caseRoutes = defineRoutes({
  listCases: {
    method: 'GET',
    path: '/v1/cases',
    summary: 'Cases: what is open by when it is due; what is over, a customer’s, and what was opened in a span newest first',
    permission: 'cases:read',
    query: PageQuery.extend({
      state: z
        .enum([...caseStates, 'any'])
        .or(z.literal('open'))
        .default('open'),
      owner: z.union([z.enum(['me', 'none']), MemberId]).optional(),
      customerId: CustomerId.optional(),
      type: CaseType.optional(),
      priority: Priority.optional(),
      queue: Queue.optional(),
      themeId: ThemeId.optional(),
      breached: YesNo.optional(),
      /** Opened from … until …, or now. */
      from: Instant.optional(),
      to: Instant.optional(),
      /** As the report counts: by what has become of a promise, by what the source reports, and no other cases than it counts. */
      firstResponse: Outcome.optional(),
      resolution: Outcome.optional(),
      reported: z.enum(['yes', 'no', 'unknown']).optional(),
      counted: YesNo.optional(),
    }),
    ok: { status: 200, body: pageOf(CaseRow) },
    problems: ['invalid_input', 'invalid_cursor'],
    cost: {
      rru: 7.5,
      wru: 0,
      note: 'a page of 50 of three states, and 0.5 R a customer; 1 R and 0.5 R a row for one customer; 2.5 R a month of those opened in a span',
    },
  },
  getCaseReport: {
    method: 'GET',
    path: '/v1/case-report',
    summary: 'What became of what was promised: of the cases opened in a span, from our own clocks; what a source reports stands apart',
    permission: 'reports:read',
    query: ReportQuery,
    ok: { status: 200, body: Attainment },
    problems: ['invalid_input'],
    cost: { rru: 5, wru: 0, note: '0.5 R for 13 cases; 0.5 R a customer where not everybody is the caller’s to see' },
  },
  createCase: {
    method: 'POST',
    path: '/v1/cases',
    summary: 'Open a case, from an interaction or with one that is logged with it',
    permission: 'cases:write',
    body: CaseInput,
    ok: { status: 201, body: Case },
    problems: ['invalid_input', 'not_found', 'already_archived', 'duplicate', 'conflict'],
    cost: { rru: 1.5, wru: 12, note: '1 R more from an interaction; 14 W with Idempotency-Key' },
  },
  getCase: {
    method: 'GET',
    path: '/v1/cases/{id}',
    summary: 'Get a case',
    permission: 'cases:read',
    params: one,
    ok: { status: 200, body: Case },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  updateCase: {
    method: 'PATCH',
    path: '/v1/cases/{id}',
    summary: 'Change what is said of a case; another priority promises other times',
    permission: 'cases:write',
    params: one,
    body: CasePatch,
    ifMatch: true,
    ok: { status: 200, body: Case },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'already_archived', 'conflict'],
    cost: { rru: 2.5, wru: 4, note: '9 W where its time changes' },
  },
  moveCase: {
    method: 'POST',
    path: '/v1/cases/{id}/state',
    summary: 'Take a case a step on: worked on, waiting for the customer, resolved, closed, open again',
    permission: 'cases:write',
    params: one,
    body: CaseStep,
    ok: { status: 200, body: Case },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'already_archived', 'conflict'],
    cost: { rru: 2.5, wru: 8 },
  },
  mergeCase: {
    method: 'POST',
    path: '/v1/cases/{id}/merge',
    summary: 'Two cases of a customer are one: this one ends in the other',
    permission: 'cases:write',
    params: one,
    body: z.strictObject({ into: CaseId }),
    ok: { status: 200, body: Case },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'already_archived', 'too_many', 'conflict'],
    cost: { rru: 4.5, wru: 12 },
  },
  listCaseEntries: {
    method: 'GET',
    path: '/v1/cases/{id}/interactions',
    summary: 'What was said on a case, the newest first: what it began with, answers, notes',
    permission: 'cases:read',
    params: one,
    query: PageQuery,
    ok: { status: 200, body: pageOf(Interaction) },
    problems: ['invalid_input', 'invalid_cursor', 'not_found'],
    cost: { rru: 8, wru: 0, note: '0.5 R for ten entries of the timeline that are looked at' },
  },
  logOnCase: {
    method: 'POST',
    path: '/v1/cases/{id}/interactions',
    summary: 'Log a note, a call or a visit on a case; what goes out is its first answer, what comes in ends the waiting',
    permission: 'cases:write',
    params: one,
    body: InteractionInput,
    ok: { status: 201, body: Interaction },
    problems: ['invalid_input', 'not_found', 'already_archived', 'duplicate', 'conflict'],
    cost: { rru: 2.5, wru: 1, note: '10 W where the case changes by it; 2 W more with Idempotency-Key' },
  },
  archiveCase: {
    method: 'DELETE',
    path: '/v1/cases/{id}',
    summary: 'Archive a case',
    permission: 'cases:delete',
    params: one,
    ok: { status: 200, body: Case },
    problems: ['not_found', 'already_archived', 'conflict'],
    cost: { rru: 2.5, wru: 6 },
  },
  restoreCase: {
    method: 'POST',
    path: '/v1/cases/{id}/restore',
    summary: 'Bring an archived case back',
    permission: 'cases:delete',
    params: one,
    ok: { status: 200, body: Case },
    problems: ['not_found', 'not_archived', 'conflict'],
    cost: { rru: 2.5, wru: 6 },
  },
});
