import type { Agent } from '../agent.ts';
import { footText } from '../campaigns/mail-html.ts';
import type { MimeMail } from '../channels/mime.ts';
import type { Outcome, SendTags } from '../channels/outcome.ts';
import type { SmsMessage } from '../channels/sms.ts';
import { ownHeader } from '../mail-in/kind.ts';
import { mailEntity } from '../mail-in/mail.entity.ts';
import { fileKey, objectBytes } from '../mail-in/objects.ts';
import { replyAddress } from '../mail-in/reply-address.ts';
import { type Send, tagsOf } from '../runs/send.ts';
import { findSender } from '../senders/find-sender.ts';
import { workspaceSenderId } from '../senders/sender.ts';
import { isNeeded } from './barred.ts';
import { leaveHeaders, leaveLinks } from './leave.ts';
import { sendPlace } from './message.entity.ts';
import { type Message, mostAttachedBytes } from './message.ts';
import { messageHtml } from './render.ts';

type Made = { raw: MimeMail & { tags: SendTags } } | { sms: SmsMessage } | Exclude<Outcome, { accepted: string }>;

/** A message as its channel takes it. What cannot be made is refused, or waits for somebody to set it right, like at the provider. */
export async function mailFor(agent: Agent, message: Message, send: Send): Promise<Made> {
  const { tenant } = agent;
  const tags = tagsOf(tenant, { ...sendPlace(message), hash: send.hash });
  if (message.channel === 'sms')
    return { sms: { to: message.to, text: message.body, kind: isNeeded(message) ? 'transactional' : 'promotional', tags } };
  const sender = await findSender(agent, message.senderId ?? workspaceSenderId(tenant));
  if (sender?.state !== 'verified') return { throttled: true, why: 'setup' };
  const attachments = await attachedTo(agent, message);
  if (!attachments) return { refused: 'attachment_missing' };
  const author = message.memberId === null ? undefined : await agent.member(message.memberId);
  const replyTo = (await replyAddress(agent, answerTo(message))) ?? sender.replyTo;
  const answered = await answeredBy(agent, message);
  const language = message.language ?? agent.workspace.language;
  const leave = isNeeded(message) ? undefined : { language, workspace: agent.workspace.name, links: await leaveLinks(agent, message) };
  return {
    raw: {
      from: { name: author ? `${author.name} (${sender.name})` : sender.name, address: sender.address },
      to: message.to,
      ...(replyTo && { replyTo }),
      subject: message.subject ?? '',
      text: leave ? `${message.body}\n\n${footText(leave)}` : message.body,
      html: messageHtml(message.body, language, leave),
      headers: {
        [ownHeader]: `${tenant}.${message.id}`,
        ...(message.memberId === null && { 'Auto-Submitted': 'auto-generated' }),
        ...(leave && (await leaveHeaders(agent, message))),
      },
      ...(answered && { inReplyTo: answered, references: [answered] }),
      attachments,
      tags,
    },
  };
}

/** Whom and what an answer to it is to reach. */
const answerTo = ({ caseId, customerId, id: messageId }: Message) => (caseId ? { caseId, messageId } : { customerId, messageId });

/** The Message-ID of the mail that is answered. */
async function answeredBy({ table, tenant }: Agent, { answers }: Message): Promise<string | undefined> {
  const row = answers === null ? undefined : await table.get(mailEntity.key(tenant, answers));
  return (row && mailEntity.decode(row).messageId) ?? undefined;
}

async function attachedTo({ tenant }: Agent, { customerId, attachments }: Message) {
  const files = await Promise.all(
    attachments.map(async ({ id, name, type }) => {
      const found = await objectBytes(fileKey(tenant, customerId, id), mostAttachedBytes);
      return found && { name, type, content: found.bytes };
    }),
  );
  const there = files.filter((file) => file !== undefined);
  const bytes = there.reduce((sum, { content }) => sum + content.length, 0);
  return there.length === files.length && bytes <= mostAttachedBytes ? there : undefined;
}
