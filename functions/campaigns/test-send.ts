import type * as z from 'zod';
import { memberEntity } from '../admin/admin.entity.ts';
import { sendEmails } from '../channels/email.ts';
import type { Ctx } from '../context.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { findSender, fromOf } from '../senders/find-sender.ts';
import { checkVerified, workspaceSenderId } from '../senders/sender.ts';
import type { Campaign } from './campaign.ts';
import type { TestSendInput, TestSent } from './campaign-views.ts';
import { previewOf } from './preview.ts';

/** Sends a message to whoever asks, at her own address. Its tags lead to no send, so that its events change nothing. */
export async function testSend(ctx: Ctx, campaign: Campaign, asked: z.output<typeof TestSendInput>): Promise<z.output<typeof TestSent>> {
  if (campaign.channel !== 'email') throw new CrmError('wrong_state', { detail: 'only a mail is sent to try it' });
  if (!campaign.content && !asked.content) throw new CrmError('wrong_state', { detail: 'there is no text yet' });
  const message = await previewOf(ctx, campaign, asked);
  const { subject, text, html, language, variant, problem } = message;
  if (problem)
    throw new CrmError('invalid_input', {
      errors: [{ pointer: '/customerId', code: `data_${problem.code}`, detail: 'she would be left out' }],
    });
  if (subject === null || text === null || html === null || !language || !variant)
    throw new CrmError('wrong_state', { detail: 'there is no text yet' });
  const row = await ctx.table.get(memberEntity.key(ctx.tenant, ctx.actor.memberId));
  const to = row ? memberEntity.decode(row).email : missing();
  const senderId = campaign.content?.senderId ?? ctx.workspace.sending.defaultSenderId ?? workspaceSenderId(ctx.tenant);
  const sender = (await findSender(ctx, senderId)) ?? missing();
  checkVerified(sender);
  const tags = { tenant: ctx.tenant, run: 'test', shard: '0', send: 'test' };
  const [outcome] = await sendEmails({ ...fromOf(sender), entries: [{ to, subject, text, html, headers: {}, tags }] });
  if (!outcome) throw new Error('an entry without an outcome');
  if ('accepted' in outcome) return { to, language, variant };
  if ('throttled' in outcome) throw new CrmError('unavailable', { headers: { 'Retry-After': '60' } });
  throw new CrmError('wrong_state', { detail: 'the provider refuses it' });
}
