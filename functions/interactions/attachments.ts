import type { Ctx } from '../context.ts';
import { CrmError } from '../kernel/errors.ts';
import { keepObject } from '../kernel/objects.ts';
import type { Attachment } from './interaction.ts';

/** Where an attachment's bytes lie. The name that a person gave the file is no part of it. */
export const objectKey = (ctx: Ctx, customerId: string, attachmentId: string) =>
  `t/${ctx.tenant}/attachments/${customerId}/${attachmentId}`;

/**
 * Keeps the files that an interaction is about to point to, before the commit that does. Throws `invalid_input` naming each one that
 * was never uploaded for this customer. Nothing is asked of the bucket where there is no attachment.
 */
export async function keepAttachments(ctx: Ctx, customerId: string, attachments: readonly Attachment[] | null | undefined): Promise<void> {
  if (!attachments?.length) return;
  await ctx.interactions.writable(customerId, 'write');
  const kept = await Promise.all(attachments.map(({ id }) => keepObject(objectKey(ctx, customerId, id))));
  const errors = kept.flatMap((there, at) =>
    there ? [] : [{ pointer: `/attachments/${at}/id`, code: 'not_uploaded', detail: 'no file was uploaded under this id' }],
  );
  if (errors.length) throw new CrmError('invalid_input', { errors });
}
