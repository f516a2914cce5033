import { serve } from '../context.ts';
import { mailStore } from './mail.store.ts';
import { mailRoutes } from './mails.routes.ts';

export const handler = serve(mailRoutes, {
  listMails: (ctx, { query }) => mailStore(ctx).page(query),
  getMail: (ctx, { params }) => mailStore(ctx).get(params.id),
  getMailText: async (ctx, { params }) => ({ text: await mailStore(ctx).text(params.id) }),
  getOriginal: (ctx, { params }) => mailStore(ctx).original(params.id),
  attachMail: (ctx, { params, body }) => mailStore(ctx).attach(params.id, body.customerId),
  discardMail: (ctx, { params }) => mailStore(ctx).discard(params.id),
  reopenMail: (ctx, { params }) => mailStore(ctx).reopen(params.id),
  releaseMailFile: (ctx, { params }) => mailStore(ctx).release(params.id, params.fileId),
});
