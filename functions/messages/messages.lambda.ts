import { serve } from '../context.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { messageStore } from './message.store.ts';
import { messageRoutes } from './messages.routes.ts';
import { templateStore } from './template.store.ts';

export const handler = serve(messageRoutes, {
  listMessages: (ctx, { params, query }) => messageStore(ctx).page(params.id, { ...query, open: query.open === 'true' }),
  createMessage: async (ctx, { params, body }) => {
    const message = await messageStore(ctx).create(params.id, body);
    return reply(message, { headers: { location: `/v1/customers/${params.id}/messages/${message.id}` } });
  },
  previewMessage: (ctx, { params, body }) => messageStore(ctx).preview(params.id, body),
  getMessage: (ctx, { params }) => messageStore(ctx).get(params.id, params.messageId),
  cancelMessage: (ctx, { params }) => messageStore(ctx).cancel(params.id, params.messageId),
  resendMessage: (ctx, { params }) => messageStore(ctx).resend(params.id, params.messageId),
  listVariables: async (ctx) => ({ data: messageStore(ctx).variables() }),

  listTemplates: async (ctx, { query }) => ({ data: await templateStore(ctx).list(query.archived === 'true') }),
  addTemplate: async (ctx, { body }) => {
    const template = await templateStore(ctx).add(body);
    return reply(template, { headers: { location: `/v1/message-templates/${template.id}` } });
  },
  getTemplate: (ctx, { params }) => templateStore(ctx).get(params.id),
  updateTemplate: (ctx, { params, body, headers }) => templateStore(ctx).patch(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0),
  archiveTemplate: (ctx, { params }) => templateStore(ctx).archive(params.id),
  restoreTemplate: (ctx, { params }) => templateStore(ctx).restore(params.id),
});
