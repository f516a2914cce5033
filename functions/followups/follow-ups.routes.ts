import * as z from 'zod';
import { CustomerId, MemberId } from '../customers/customer.ts';
import { HistoryEntry } from '../kernel/history.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { Instant } from '../kernel/values.ts';
import { DoneInput, FollowUp, FollowUpId, FollowUpInput, FollowUpPatch, FollowUpRow, SnoozeInput, states } from './follow-up.ts';

const one = z.strictObject({ id: FollowUpId });

const Operation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('create'), body: FollowUpInput }),
  z.strictObject({ op: z.literal('done'), id: FollowUpId, body: DoneInput.default({}) }),
  z.strictObject({ op: z.literal('snooze'), id: FollowUpId, body: SnoozeInput }),
  z.strictObject({ op: z.literal('cancel'), id: FollowUpId }),
]);
const OperationResult = z.strictObject({
  status: z.int(),
  id: FollowUpId.optional(),
  version: z.int().optional(),
  problem: z.record(z.string(), z.unknown()).optional(),
});

export const followUpRoutes = defineRoutes({
  listFollowUps: {
    method: 'GET',
    path: '/v1/follow-ups',
    summary: 'Follow-ups by time: what is open by when it is due, what is closed newest first',
    permission: 'followUps:read',
    query: PageQuery.extend({
      scope: z.enum(['all', 'own', 'team']).default('own'),
      state: z.enum(states).default('open'),
      ownerId: MemberId.optional(),
      customerId: CustomerId.optional(),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
    ok: { status: 200, body: pageOf(FollowUpRow) },
    problems: ['invalid_input', 'invalid_cursor'],
    cost: { rru: 2.5, wru: 0, note: 'a page of 50, and 0.5 R a customer whose name is shown; 1 R and 0.5 R a row for one customer' },
  },
  createFollowUp: {
    method: 'POST',
    path: '/v1/follow-ups',
    summary: 'Plan a follow-up',
    permission: 'followUps:write',
    body: FollowUpInput,
    ok: { status: 201, body: FollowUp },
    problems: ['invalid_input', 'already_archived', 'conflict'],
    cost: { rru: 1, wru: 5, note: 'with a customer and a reminder; 8 W with Idempotency-Key; 2 W and 1 R more from an interaction' },
  },
  batchFollowUps: {
    method: 'POST',
    path: '/v1/follow-ups/batch',
    summary: 'Plan, finish, put off or cancel up to 100 follow-ups',
    permission: 'followUps:write',
    body: z.strictObject({ operations: z.array(Operation).min(1).max(100) }),
    ok: {
      status: 200,
      body: z.strictObject({ data: z.array(OperationResult), summary: z.strictObject({ succeeded: z.int(), failed: z.int() }) }),
    },
    problems: ['invalid_input'],
    cost: { rru: 1, wru: 5, note: 'an operation, as alone' },
  },
  getFollowUp: {
    method: 'GET',
    path: '/v1/follow-ups/{id}',
    summary: 'Get a follow-up',
    permission: 'followUps:read',
    params: one,
    ok: { status: 200, body: FollowUp },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  getFollowUpHistory: {
    method: 'GET',
    path: '/v1/follow-ups/{id}/history',
    summary: 'Who changed what in a follow-up, newest first',
    permission: 'followUps:read',
    params: one,
    query: PageQuery,
    ok: { status: 200, body: pageOf(HistoryEntry) },
    problems: ['not_found', 'invalid_cursor'],
    cost: { rru: 2.5, wru: 0 },
  },
  updateFollowUp: {
    method: 'PATCH',
    path: '/v1/follow-ups/{id}',
    summary: 'Change fields of an open follow-up',
    permission: 'followUps:write',
    params: one,
    body: FollowUpPatch,
    ifMatch: true,
    ok: { status: 200, body: FollowUp },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'wrong_state', 'already_archived', 'conflict'],
    cost: { rru: 1, wru: 1, note: '9 W where its time changes' },
  },
  finishFollowUp: {
    method: 'POST',
    path: '/v1/follow-ups/{id}/done',
    summary: 'Done: logs the interaction that it became and plans the next of its series, in one commit',
    permission: 'followUps:write',
    params: one,
    body: DoneInput,
    ok: { status: 200, body: FollowUp },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'already_archived', 'conflict'],
    cost: { rru: 2, wru: 11, note: 'with the interaction; 8 W without; 10 W more where it comes again' },
  },
  reopenFollowUp: {
    method: 'POST',
    path: '/v1/follow-ups/{id}/reopen',
    summary: 'Undo done: open again, the interaction archived, the next of its series taken back',
    permission: 'followUps:write',
    params: one,
    ok: { status: 200, body: FollowUp },
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 2, wru: 11 },
  },
  snoozeFollowUp: {
    method: 'POST',
    path: '/v1/follow-ups/{id}/snooze',
    summary: 'Put a follow-up off until a time; null wakes it',
    permission: 'followUps:write',
    params: one,
    body: SnoozeInput,
    ok: { status: 200, body: FollowUp },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'conflict'],
    cost: { rru: 1, wru: 5 },
  },
  cancelFollowUp: {
    method: 'DELETE',
    path: '/v1/follow-ups/{id}',
    summary: 'Cancel a follow-up',
    permission: 'followUps:delete',
    params: one,
    ok: { status: 200, body: FollowUp },
    problems: ['not_found', 'already_archived', 'wrong_state', 'conflict'],
    cost: { rru: 1, wru: 8 },
  },
  restoreFollowUp: {
    method: 'POST',
    path: '/v1/follow-ups/{id}/restore',
    summary: 'Bring a cancelled follow-up back',
    permission: 'followUps:delete',
    params: one,
    ok: { status: 200, body: FollowUp },
    problems: ['not_found', 'not_archived', 'invalid_input', 'conflict'],
    cost: { rru: 1, wru: 8 },
  },
});
