import { log } from '../kernel/log.ts';
import { appliers } from './appliers.ts';
import { onTopic } from './on-topic.ts';
import { providerEventOf } from './provider-event.ts';

/** What became of messages, from the providers to the rows. It comes at least once and in any order: who applies it minds neither. */
export const handler = onTopic(async (messages, told) => {
  const events = messages.map(providerEventOf).filter((event) => event !== undefined);
  if (events.length < messages.length) log('debug', 'news of no message of ours', { count: messages.length - events.length });
  if (events.length > 0) for (const apply of appliers) await apply(events, told);
});
