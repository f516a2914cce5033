import * as z from 'zod';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { text } from '../kernel/values.ts';
import { Suppression, SuppressionChannel, SuppressionId } from './suppression.ts';

const one = z.strictObject({ channel: SuppressionChannel, id: SuppressionId });

/** What a member may say: that a mailbox bounced or somebody complained, only providers know. */
export const SuppressionInput = z
  .strictObject({
    channel: SuppressionChannel.default('email'),
    address: z.string().trim().min(3).max(254),
    reason: z.enum(['by_hand', 'import']).default('by_hand'),
    note: text(500).nullable().default(null),
  })
  .meta({ id: 'SuppressionInput' });
export type SuppressionInput = z.output<typeof SuppressionInput>;

export const suppressionRoutes = defineRoutes({
  listSuppressions: {
    method: 'GET',
    path: '/v1/suppressions',
    summary: 'Addresses that are never written to, the newest first',
    permission: 'campaigns:read',
    query: PageQuery.extend({ channel: SuppressionChannel.optional() }),
    ok: { status: 200, body: pageOf(Suppression) },
    problems: ['invalid_input', 'invalid_cursor'],
    cost: { rru: 25.5, wru: 0, note: 'a page of 50' },
  },
  getSuppression: {
    method: 'GET',
    path: '/v1/suppressions/{channel}/{id}',
    summary: 'Get the suppression of an address, held or lifted',
    permission: 'campaigns:read',
    params: one,
    ok: { status: 200, body: Suppression },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  lookUpSuppression: {
    method: 'POST',
    path: '/v1/suppressions/lookup',
    summary: 'Whether exactly this address is suppressed, on each channel',
    permission: 'campaigns:read',
    body: z.strictObject({ address: z.string().trim().min(3).max(254) }),
    readOnly: true,
    ok: { status: 200, body: z.strictObject({ data: z.array(Suppression) }) },
    problems: ['invalid_input'],
    cost: { rru: 4, wru: 0, note: 'strongly consistent; a unit a channel' },
  },
  addSuppression: {
    method: 'POST',
    path: '/v1/suppressions',
    summary: 'Never write to an address again, whoever holds it',
    permission: 'campaigns:write',
    body: SuppressionInput,
    ok: { status: 201, also: 200, body: Suppression },
    problems: ['invalid_input', 'conflict'],
    cost: { rru: 1, wru: 2, note: '200 where it is suppressed already; 5 W with Idempotency-Key' },
  },
  batchSuppressions: {
    method: 'POST',
    path: '/v1/suppressions/batch',
    summary: 'Suppress up to 100 addresses, as from a list of another product',
    permission: 'campaigns:write',
    body: z.strictObject({ operations: z.array(SuppressionInput).min(1).max(100) }),
    ok: {
      status: 200,
      body: z.strictObject({
        data: z.array(
          z.strictObject({ status: z.int(), id: SuppressionId.optional(), problem: z.record(z.string(), z.unknown()).optional() }),
        ),
        summary: z.strictObject({ succeeded: z.int(), failed: z.int() }),
      }),
    },
    problems: ['invalid_input'],
    cost: { rru: 1, wru: 2, note: 'an operation' },
  },
  liftSuppression: {
    method: 'POST',
    path: '/v1/suppressions/{channel}/{id}/lift',
    summary: 'Allow writing to an address again, with the reason',
    permission: 'settings:write',
    params: one,
    body: z.strictObject({ reason: text(500) }),
    ok: { status: 200, body: Suppression },
    problems: ['invalid_input', 'not_found', 'wrong_state', 'conflict'],
    cost: { rru: 3, wru: 2, note: '+ 1 R and 1 W for each customer whose e-mail counts as good again' },
  },
});
