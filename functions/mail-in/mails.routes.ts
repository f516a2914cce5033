import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { AttachmentId } from '../interactions/interaction.ts';
import { PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { MailId, MailView, openStates } from './mail.ts';

const one = z.strictObject({ id: MailId });
const dealing = { permission: 'interactions:write', params: one, ok: { status: 200, body: MailView } } as const;
const Link = z.strictObject({ url: z.string(), expiresAt: z.string() });

/** Mail that came in. What is on a timeline follows its customer in permission; what waits is for whoever logs interactions. */
export const mailRoutes = defineRoutes({
  listMails: {
    method: 'GET',
    path: '/v1/mails',
    summary: 'Mail that waits for a person: its origin is not proven, or nobody here is known by its address',
    permission: 'interactions:write',
    query: PageQuery.extend({
      state: z.enum(openStates as ['quarantined', 'unmatched']).optional(),
    }),
    ok: { status: 200, body: pageOf(MailView) },
    problems: ['invalid_cursor'],
    cost: { rru: 25.5, wru: 0, note: 'a page of 50' },
  },
  getMail: {
    method: 'GET',
    path: '/v1/mails/{id}',
    summary: 'Get a mail that came in: what was checked of it, and which files were held back',
    permission: 'interactions:read',
    params: one,
    ok: { status: 200, body: MailView },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  getMailText: {
    method: 'GET',
    path: '/v1/mails/{id}/text',
    summary: 'What a mail that waits says, as text',
    permission: 'interactions:write',
    params: one,
    ok: { status: 200, body: z.strictObject({ text: z.string().nullable() }) },
    problems: ['not_found'],
    cost: { rru: 1, wru: 0 },
  },
  getOriginal: {
    method: 'GET',
    path: '/v1/mails/{id}/original',
    summary: 'Get a link to download a mail as it came',
    permission: 'interactions:read',
    params: one,
    ok: { status: 200, body: Link },
    problems: ['not_found'],
    cost: { rru: 2, wru: 0 },
  },
  attachMail: {
    ...dealing,
    method: 'POST',
    path: '/v1/mails/{id}/attach',
    summary: 'Take a mail that waits onto the timeline of the customer whom it is from',
    body: z.strictObject({ customerId: CustomerId }),
    problems: ['invalid_input', 'not_found', 'already_archived', 'wrong_state', 'conflict'],
    cost: { rru: 2, wru: 7 },
  },
  discardMail: {
    ...dealing,
    method: 'POST',
    path: '/v1/mails/{id}/discard',
    summary: 'Say of a mail that waits that it is nothing; it ends after 30 days',
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 1, wru: 2 },
  },
  reopenMail: {
    ...dealing,
    method: 'POST',
    path: '/v1/mails/{id}/reopen',
    summary: 'Take back that a mail is nothing',
    problems: ['not_found', 'wrong_state', 'conflict'],
    cost: { rru: 1, wru: 2 },
  },
  releaseMailFile: {
    ...dealing,
    method: 'POST',
    path: '/v1/mails/{id}/files/{fileId}/release',
    summary: 'Show a file of a mail that was held back',
    params: one.extend({ fileId: AttachmentId }),
    problems: ['not_found', 'already_archived', 'wrong_state', 'too_many', 'conflict'],
    cost: { rru: 3, wru: 4 },
  },
});
