import { memberEntity } from '../admin/admin.entity.ts';
import { serve } from '../context.ts';
import { missing } from '../kernel/errors.ts';
import { reply } from '../kernel/reply.ts';
import { versionOf } from '../kernel/request.ts';
import { senderStore } from './sender.store.ts';
import { shownSender } from './sender.ts';
import { senderRoutes } from './senders.routes.ts';
import { sendTestMail } from './test-mail.ts';

export const handler = serve(senderRoutes, {
  listSenders: async (ctx) => ({ data: (await senderStore(ctx).list()).map(shownSender) }),

  getSender: async (ctx, { params }) => shownSender(await senderStore(ctx).get(params.id)),

  addSender: async (ctx, { body }) => {
    const sender = await senderStore(ctx).add(body);
    return reply(shownSender(sender), { headers: { location: `/v1/senders/${sender.id}` } });
  },

  changeSender: async (ctx, { params, body, headers }) =>
    shownSender(await senderStore(ctx).change(params.id, body, versionOf(headers['if-match'] ?? '') ?? 0)),

  checkSender: async (ctx, { params }) => shownSender(await senderStore(ctx).check(params.id)),

  testSender: async (ctx, { params }) => {
    const sender = await senderStore(ctx).get(params.id);
    const { email, language } = memberEntity.decode((await ctx.table.get(memberEntity.key(ctx.tenant, ctx.actor.memberId))) ?? missing());
    await sendTestMail(sender, { email, language: language ?? 'en' });
    return { sentTo: email };
  },

  removeSender: async (ctx, { params }) => {
    await senderStore(ctx).remove(params.id);
    return reply(undefined);
  },
});
