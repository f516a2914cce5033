import { eachOperation } from '../batch.ts';
import { serve } from '../context.ts';
import type { Customer } from '../customers/customer.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { downloadLink, uploadForm } from '../kernel/objects.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { keepAttachments, objectKey } from './attachments.ts';
import { type Interaction, maxAttachmentBytes } from './interaction.ts';
import { interactionRoutes } from './interactions.routes.ts';

const locationOf = ({ customerId, id }: Interaction) => `/v1/customers/${customerId}/interactions/${id}`;
export const handler = serve(interactionRoutes, {
  listInteractions: async (ctx, { params, query }) => {
    await ctx.customers.forResource(params.id, 'read');
    const expected = { tenant: ctx.tenant, list: listHash('interactions', params.id, query.channel, query.archived), at: ctx.now };
    const after = await openCursor(query.cursor, expected);
    const { data, examined, lastKey } = await ctx.interactions.page(params.id, { ...query, archived: query.archived === 'true', after });
    return {
      data,
      page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
    };
  },

  logInteraction: async (ctx, { params, body }) => {
    await keepAttachments(ctx, params.id, body.attachments);
    const interaction = await ctx.interactions.log(params.id, body);
    return reply(interaction, { headers: { location: locationOf(interaction) } });
  },

  batchInteractions: (ctx, { body }) => {
    const read = new Map<string, Promise<Customer>>();
    const customerOf = (id: string) => {
      const customer = read.get(id) ?? ctx.interactions.writable(id, 'write');
      // Whoever awaits it hears of a refusal; before that it must not count as unheard.
      customer.catch(() => {});
      read.set(id, customer);
      return customer;
    };
    return eachOperation(ctx, body.operations, async (own, { customerId, body: input }) => {
      await keepAttachments(own, customerId, input.attachments);
      return { status: 201, id: (await own.interactions.log(customerId, input, customerOf(customerId))).id };
    });
  },

  getInteraction: (ctx, { params }) => ctx.interactions.get(params.id, params.interactionId),

  updateInteraction: async (ctx, { params, body, headers }) => {
    await keepAttachments(ctx, params.id, body.attachments);
    return ctx.interactions.patch(params.id, params.interactionId, body, versionOf(headers['if-match'] ?? '') ?? 0);
  },

  archiveInteraction: (ctx, { params }) => ctx.interactions.archive(params.id, params.interactionId),

  restoreInteraction: (ctx, { params }) => ctx.interactions.restore(params.id, params.interactionId),

  startAttachment: async (ctx, { params, body }) => {
    await ctx.interactions.writable(params.id, 'write');
    if (body.bytes > maxAttachmentBytes) throw new CrmError('body_too_large');
    const id = ctx.newId('att');
    return { id, ...(await uploadForm({ key: objectKey(ctx, params.id, id), type: body.type, maxBytes: body.bytes })) };
  },

  getAttachment: async (ctx, { params }) => {
    const interaction = await ctx.interactions.get(params.id, params.interactionId);
    const attachment = interaction.attachments.find(({ id }) => id === params.attachmentId) ?? missing();
    return downloadLink({ key: objectKey(ctx, params.id, attachment.id), name: attachment.name, type: attachment.type });
  },
});
