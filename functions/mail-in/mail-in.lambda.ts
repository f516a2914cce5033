import { agentIn } from '../agent.ts';
import { arrivedMailOf } from '../channels/arrived-mail.ts';
import { onTopic } from '../channels/on-topic.ts';
import { log } from '../kernel/log.ts';
import { arrive } from './arrive.ts';
import { openAddress } from './reply-address.ts';

/**
 * Mail that arrived, told by SES's receipt rule. It goes to every workspace whose address is among its recipients; what is told twice is
 * taken in once, and what is no mail for anybody is left.
 */
export const handler = onTopic(async (messages, { now, requestId }) => {
  for (const message of messages) {
    const arrived = arrivedMailOf(message);
    if (!arrived) continue;
    const seen = new Set<string>();
    for (const to of arrived.recipients.slice(0, 100)) {
      const opened = await openAddress(to);
      if (!opened || seen.has(opened.tenant)) continue;
      seen.add(opened.tenant);
      const agent = await agentIn(opened.tenant, { now, requestId });
      if (agent) await arrive({ ...agent, stamp: { ...agent.stamp, via: 'mail' } }, { arrived, to, answered: opened.answered });
    }
    if (seen.size === 0) log('info', 'a mail for nobody', { requestId });
  }
});
