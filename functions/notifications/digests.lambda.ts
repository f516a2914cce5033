import * as z from 'zod';
import { agentIn } from '../agent.ts';
import { sendRaw } from '../channels/raw-email.ts';
import { env } from '../kernel/env.ts';
import { findSender, fromOf } from '../senders/find-sender.ts';
import { workspaceSenderId } from '../senders/sender.ts';
import { CrmEvent } from '../workflows/event.ts';
import { handling, onEvents } from '../workflows/on-events.ts';
import { arrange, sendDigest } from './digest.ts';

const DueDetail = z.object({ at: z.string(), tenant: z.string(), kind: z.string(), id: z.string() });

const memberEvent = handling(CrmEvent, async ({ tenant, rowId }, { now, requestId }) => {
  const agent = await agentIn(tenant, { now, requestId });
  if (agent) await arrange(agent, rowId);
});

/** Members' daily mails: arranged when a member comes or changes, and sent when they are due. */
export const handler = onEvents({
  'member.created': memberEvent,
  'member.changed': memberEvent,
  'due.digest': handling(DueDetail, async ({ tenant, id }, { now, requestId }) => {
    const agent = await agentIn(tenant, { now, requestId });
    if (!agent) return;
    const sender = await findSender(agent, workspaceSenderId(tenant));
    await sendDigest(agent, id, {
      send: async (mail) => sender && sendRaw({ ...fromOf(sender), ...mail }),
      url: `${env().APP_ORIGIN}/notifications`,
    });
  }),
});
