import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { Flag, PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { Language } from '../kernel/values.ts';
import { MessageChannel, MessageId, MessageInput, MessageView } from './message.ts';
import { Template, TemplateId, TemplateInput, TemplatePatch } from './template.ts';

const hers = z.strictObject({ id: CustomerId });
const one = hers.extend({ messageId: MessageId });
const template = z.strictObject({ id: TemplateId });

const PreviewInput = z.strictObject({
  channel: MessageChannel.default('email'),
  subject: z.string().max(200).nullable().default(null),
  body: z.string().max(20_000),
  language: Language.nullable().default(null),
});
/** A name that stands for something of the customer or the workspace. */
const Variable = z.strictObject({ name: z.string(), kind: z.enum(['text', 'number', 'date', 'link']) });
const Preview = z.strictObject({
  subject: z.string().nullable(),
  body: z.string().nullable(),
  /** Why it cannot be written to her. */
  problem: z.strictObject({ code: z.enum(['absent', 'broken']), variable: z.string() }).nullable(),
});

/** What is written to one customer. It follows her interactions in permission. */
export const messageRoutes = defineRoutes({
  listMessages: {
    method: 'GET',
    path: '/v1/customers/{id}/messages',
    summary: 'What was written to a customer, the newest first: planned, on its way, sent',
    permission: 'interactions:read',
    params: hers,
    query: PageQuery.extend({ open: Flag }),
    ok: { status: 200, body: pageOf(MessageView) },
    problems: ['not_found', 'invalid_cursor'],
    cost: { rru: 28, wru: 0, note: 'a page of 50: each with its send' },
  },
  createMessage: {
    method: 'POST',
    path: '/v1/customers/{id}/messages',
    summary: 'Write to a customer, now or later; it goes by her suppressions, and can be taken back until it goes',
    permission: 'interactions:write',
    params: hers,
    body: MessageInput,
    ok: { status: 201, body: MessageView },
    problems: ['invalid_input', 'not_found', 'already_archived', 'wrong_state', 'sender_unverified'],
    cost: { rru: 3, wru: 6, note: '8 W with Idempotency-Key; sent, 8 W more with its entry on the timeline' },
  },
  previewMessage: {
    method: 'POST',
    path: '/v1/customers/{id}/messages/preview',
    summary: 'A text as this customer would get it',
    permission: 'interactions:read',
    params: hers,
    body: PreviewInput,
    readOnly: true,
    ok: { status: 200, body: Preview },
    problems: ['invalid_input', 'not_found'],
    cost: { rru: 1, wru: 0 },
  },
  getMessage: {
    method: 'GET',
    path: '/v1/customers/{id}/messages/{messageId}',
    summary: 'Get what was written to a customer, and what became of it',
    permission: 'interactions:read',
    params: one,
    ok: { status: 200, body: MessageView },
    problems: ['not_found'],
    cost: { rru: 3, wru: 0 },
  },
  cancelMessage: {
    method: 'POST',
    path: '/v1/customers/{id}/messages/{messageId}/cancel',
    summary: 'Take back a message that has not gone yet',
    permission: 'interactions:write',
    params: one,
    ok: { status: 200, body: MessageView },
    problems: ['not_found', 'already_archived', 'wrong_state', 'conflict'],
    cost: { rru: 3, wru: 5 },
  },
  resendMessage: {
    method: 'POST',
    path: '/v1/customers/{id}/messages/{messageId}/resend',
    summary: 'Send a message again of which nobody knows whether it was sent',
    permission: 'interactions:write',
    params: one,
    ok: { status: 200, body: MessageView },
    problems: ['not_found', 'already_archived', 'wrong_state', 'conflict'],
    cost: { rru: 3, wru: 5 },
  },
  listVariables: {
    method: 'GET',
    path: '/v1/message-variables',
    summary: 'The names that a text may look up',
    permission: 'interactions:read',
    ok: { status: 200, body: z.strictObject({ data: z.array(Variable) }) },
    problems: [],
    cost: { rru: 0, wru: 0 },
  },

  listTemplates: {
    method: 'GET',
    path: '/v1/message-templates',
    summary: 'Texts that members use again',
    permission: 'interactions:read',
    query: z.strictObject({ archived: Flag }),
    ok: { status: 200, body: z.strictObject({ data: z.array(Template) }) },
    problems: [],
    cost: { rru: 5, wru: 0, note: '200 templates at most' },
  },
  addTemplate: {
    method: 'POST',
    path: '/v1/message-templates',
    summary: 'Keep a text for use again',
    permission: 'campaigns:write',
    body: TemplateInput,
    ok: { status: 201, body: Template },
    problems: ['invalid_input', 'too_many'],
    cost: { rru: 5, wru: 1, note: '4 W with Idempotency-Key' },
  },
  getTemplate: {
    method: 'GET',
    path: '/v1/message-templates/{id}',
    summary: 'Get a text that members use again',
    permission: 'interactions:read',
    params: template,
    ok: { status: 200, body: Template },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  updateTemplate: {
    method: 'PATCH',
    path: '/v1/message-templates/{id}',
    summary: 'Change a text that members use again',
    permission: 'campaigns:write',
    params: template,
    body: TemplatePatch,
    ifMatch: true,
    ok: { status: 200, body: Template },
    problems: ['invalid_input', 'not_found', 'stale', 'if_match_needed', 'already_archived', 'conflict'],
    cost: { rru: 1, wru: 1 },
  },
  archiveTemplate: {
    method: 'DELETE',
    path: '/v1/message-templates/{id}',
    summary: 'Use a text no more',
    permission: 'campaigns:write',
    params: template,
    ok: { status: 200, body: Template },
    problems: ['not_found', 'already_archived', 'conflict'],
    cost: { rru: 1, wru: 1 },
  },
  restoreTemplate: {
    method: 'POST',
    path: '/v1/message-templates/{id}/restore',
    summary: 'Use a text again',
    permission: 'campaigns:write',
    params: template,
    ok: { status: 200, body: Template },
    problems: ['not_found', 'not_archived', 'conflict'],
    cost: { rru: 1, wru: 1 },
  },
});
