import { noteDirectMessages } from '../messages/provider-news.ts';
import { settleDigests } from '../notifications/digest-news.ts';
import { applyProviderEvents } from '../runs/provider-events.ts';
import type { Told } from './on-topic.ts';
import type { ProviderEvent } from './provider-event.ts';

/** Brings news of messages to their rows. */
export type Applier = (events: readonly ProviderEvent[], told: Told) => Promise<void>;

/** Who wants to know what became of a message. */
export const appliers: readonly Applier[] = [applyProviderEvents, noteDirectMessages, settleDigests];
