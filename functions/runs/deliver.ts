import type { Workspace } from '../admin/workspace.ts';
import { type Campaign, contentOf } from '../campaigns/campaign.ts';
import { renderFor } from '../campaigns/content.ts';
import type { Links } from '../campaigns/variables.ts';
import { sendEmails } from '../channels/email.ts';
import type { Outcome } from '../channels/outcome.ts';
import { sendSms } from '../channels/sms.ts';
import type { Customer } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import { replyAddress } from '../mail-in/reply-address.ts';
import { preferencesUrl, unsubscribeHeaders, unsubscribeUrl } from '../preferences/links.ts';
import { invitedBy, surveyLink } from '../responses/by-run.ts';
import { findSender, fromOf } from '../senders/find-sender.ts';
import { type Sender, workspaceSenderId } from '../senders/sender.ts';
import type { Plan } from './plan.ts';
import type { RunKey } from './run.ts';
import type { Worker } from './run-rows.ts';
import type { SendTags } from './send.ts';

/** Messages made for their readers and handed to their channel. Nobody comes here but with a claim. */

/** One message, ready. `subject`, `html` and `headers` are an e-mail's. */
export type Message = {
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  headers: Record<string, string>;
  variant: string;
  language: string;
  /** Of an invitation: when, and by which run. */
  invited?: { at: string; by: string } | undefined;
  tags: SendTags;
};

export type Recipient = { customer: Customer; address: string; tags: SendTags };
type Setting = { tenant: string; workspace: Workspace; plan: Plan; run: RunKey; now: number };

/** A recipient's message; undefined where her data lack or break what the text needs. */
export async function messageFor({ tenant, workspace, plan, run, now }: Setting, recipient: Recipient): Promise<Message | undefined> {
  const { customer, address, tags } = recipient;
  const { channel, topic } = plan.rules;
  const isWritten = channel === 'email' || channel === 'sms';
  const link = isWritten
    ? { customerId: customer.id, channel, address, send: { run: tags.run, shard: tags.shard, send: tags.send } }
    : undefined;
  const [unsubscribe, preferences, headers] = link
    ? await Promise.all([
        unsubscribeUrl({ tenant }, { ...link, topic }),
        preferencesUrl({ tenant }, link),
        channel === 'email' ? unsubscribeHeaders({ tenant }, { ...link, topic }) : [],
      ])
    : ['', '', []];
  const planned = plan.survey && { survey: plan.survey, campaignId: run.campaignId };
  const links: Links = { unsubscribe, preferences, ...(planned && { survey: await surveyLink({ tenant }, planned, customer.id) }) };
  const made = renderFor(plan.campaign as unknown as Campaign, customer, { links, workspace, now, occurrence: run.occurrence });
  if ('problem' in made) return undefined;
  return {
    to: address,
    subject: made.subject,
    text: made.text,
    html: made.html,
    variant: made.variant,
    language: made.language,
    ...(planned && { invited: { at: isoOf(now), by: invitedBy(planned) } }),
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    tags,
  };
}

/** `isNeeded`: a text message of it is no advertisement. */
type Sending = { messages: readonly Message[]; sender: Sender | undefined; isNeeded: boolean; hasTime: () => boolean };

/**
 * Whose name and address a campaign is sent by, and where answers go: to the run's own address, unless the sender names another. Undefined
 * where nobody proved to own it, for then nothing goes. 1 R.
 */
export async function senderOf(worker: Worker, plan: Plan, { campaignId, occurrence }: RunKey): Promise<Sender | undefined> {
  const said = contentOf(plan.campaign as unknown as Campaign, occurrence)?.senderId ?? worker.workspace.sending.defaultSenderId;
  const sender = await findSender(worker, said ?? workspaceSenderId(worker.tenant));
  if (sender?.state !== 'verified') return undefined;
  return { ...sender, replyTo: sender.replyTo ?? (await replyAddress(worker, { campaignId, occurrence })) ?? null };
}

/**
 * Hands messages to their channel, 50 at most, and gives an outcome for each. Throws `Ambiguous` where it is unknown which of them the
 * provider took.
 */
export async function deliver(channel: 'email' | 'sms', { messages, sender, isNeeded, hasTime }: Sending): Promise<Outcome[]> {
  if (channel === 'email' && sender)
    return sendEmails({
      ...fromOf(sender),
      entries: messages.map(({ to, subject, text, html, headers, tags }) => ({
        to,
        subject: subject ?? '',
        text,
        html: html ?? '',
        headers,
        tags,
      })),
      hasTime,
    });
  const outcomes: Outcome[] = [];
  const kind = isNeeded ? 'transactional' : 'promotional';
  for (const { to, text, tags } of messages)
    outcomes.push(hasTime() ? await sendSms({ to, text, kind, tags }) : { throttled: true, why: 'transient' });
  return outcomes;
}
