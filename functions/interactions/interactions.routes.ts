import * as z from 'zod';
import { Channel, CustomerId } from '../customers/customer.ts';
import { Flag, PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { Attachment, Interaction, InteractionId, InteractionInput, InteractionPatch, TimelineInteraction } from './interaction.ts';

const mine = z.strictObject({ id: CustomerId });
const one = z.strictObject({ id: CustomerId, interactionId: InteractionId });

/** A form to send a file straight to the bucket: POST `fields` and the file as multipart/form-data to `url`, within 15 minutes. */
export const Upload = z
  .strictObject({ id: z.string(), url: z.string(), fields: z.record(z.string(), z.string()), expiresAt: z.string() })
  .meta({ id: 'Upload' });

export const interactionRoutes = defineRoutes({
  listInteractions: {
    method: 'GET',
    path: '/v1/customers/{id}/interactions',
    summary: "A customer's interactions, newest first",
    permission: 'interactions:read',
    params: mine,
    query: PageQuery.extend({
      channel: Channel.optional(),
      archived: Flag,
    }),
    ok: { status: 200, body: pageOf(TimelineInteraction) },
    problems: ['not_found', 'invalid_cursor'],
    cost: { rru: 4.5, wru: 0, note: 'a page of 50' },
  },
  logInteraction: {
    method: 'POST',
    path: '/v1/customers/{id}/interactions',
    summary: 'Log an interaction',
    permission: 'interactions:write',
    params: mine,
    body: InteractionInput,
    ok: { status: 201, body: Interaction },
    problems: ['invalid_input', 'not_found', 'duplicate', 'already_archived'],
    cost: { rru: 1, wru: 1, note: '4 W with Idempotency-Key' },
  },
  batchInteractions: {
    method: 'POST',
    path: '/v1/interactions/batch',
    summary: 'Log up to 100 interactions',
    permission: 'interactions:write',
    body: z.strictObject({
      operations: z
        .array(z.strictObject({ customerId: CustomerId, body: InteractionInput }))
        .min(1)
        .max(100),
    }),
    ok: {
      status: 200,
      body: z.strictObject({
        data: z.array(
          z.strictObject({ status: z.int(), id: InteractionId.optional(), problem: z.record(z.string(), z.unknown()).optional() }),
        ),
        summary: z.strictObject({ succeeded: z.int(), failed: z.int() }),
      }),
    },
    problems: ['invalid_input'],
    cost: { rru: 1, wru: 1, note: 'an operation; a customer is read once a batch' },
  },
  getInteraction: {
    method: 'GET',
    path: '/v1/customers/{id}/interactions/{interactionId}',
    summary: 'Get an interaction',
    permission: 'interactions:read',
    params: one,
    ok: { status: 200, body: Interaction },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  updateInteraction: {
    method: 'PATCH',
    path: '/v1/customers/{id}/interactions/{interactionId}',
    summary: 'Change fields of an interaction',
    permission: 'interactions:write',
    params: one,
    body: InteractionPatch,
    ifMatch: true,
    ok: { status: 200, body: Interaction },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'already_archived'],
    cost: { rru: 2, wru: 1 },
  },
  archiveInteraction: {
    method: 'DELETE',
    path: '/v1/customers/{id}/interactions/{interactionId}',
    summary: 'Archive an interaction',
    permission: 'interactions:delete',
    params: one,
    ok: { status: 200, body: Interaction },
    problems: ['not_found', 'already_archived'],
    cost: { rru: 2, wru: 1 },
  },
  restoreInteraction: {
    method: 'POST',
    path: '/v1/customers/{id}/interactions/{interactionId}/restore',
    summary: 'Bring an archived interaction back',
    permission: 'interactions:delete',
    params: one,
    ok: { status: 200, body: Interaction },
    problems: ['not_found', 'not_archived', 'already_archived'],
    cost: { rru: 2, wru: 1 },
  },
  startAttachment: {
    method: 'POST',
    path: '/v1/customers/{id}/attachments',
    summary: 'Get a form to upload a file or photo for an interaction',
    permission: 'interactions:write',
    params: mine,
    body: Attachment.omit({ id: true }),
    readOnly: true,
    ok: { status: 201, body: Upload },
    problems: ['invalid_input', 'not_found', 'already_archived'],
    cost: { rru: 1, wru: 0 },
  },
  getAttachment: {
    method: 'GET',
    path: '/v1/customers/{id}/interactions/{interactionId}/attachments/{attachmentId}',
    summary: 'Get a link to download an attachment',
    permission: 'interactions:read',
    params: one.extend({ attachmentId: Attachment.shape.id }),
    ok: { status: 200, body: z.strictObject({ url: z.string(), expiresAt: z.string() }) },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
});
