import type { Links } from '../campaigns/variables.ts';
import { preferencesUrl, unsubscribeHeaders, unsubscribeUrl } from '../preferences/links.ts';
import { tagsOf } from '../runs/send.ts';
import { sendPlace } from './message.entity.ts';
import type { Message } from './message.ts';

/** How the reader of a message that she does not need takes leave: as from a campaign, of its topic, or of everything where it has none. */
type Sender = { tenant: string };
type Sent = Pick<Message, 'id' | 'customerId' | 'channel' | 'to'> & Partial<Pick<Message, 'topic'>>;

function linkOf({ tenant }: Sender, message: Sent) {
  const { tenant: _, ...send } = tagsOf(tenant, sendPlace(message));
  return { customerId: message.customerId, channel: message.channel, address: message.to, topic: message.topic ?? null, send };
}

/** The links that its text may say. */
export async function leaveLinks(sender: Sender, message: Sent): Promise<Pick<Links, 'unsubscribe' | 'preferences'>> {
  const link = linkOf(sender, message);
  const [unsubscribe, preferences] = await Promise.all([unsubscribeUrl(sender, link), preferencesUrl(sender, link)]);
  return { unsubscribe, preferences };
}

/** The two headers of RFC 8058, by name. */
export async function leaveHeaders(sender: Sender, message: Sent): Promise<Record<string, string>> {
  const headers = await unsubscribeHeaders(sender, linkOf(sender, message));
  return Object.fromEntries(headers.map(({ name, value }) => [name, value]));
}
