import type { Item } from '../table/entity.ts';
import { countUp } from './count-cap.ts';
import type { Message, Recipient } from './deliver.ts';
import type { Plan } from './plan.ts';
import type { Run, RunKey } from './run.ts';
import type { Held, Worker } from './run-rows.ts';
import type { Send, SendPlace } from './send.ts';

/** What a worker has in hand: some due sends of one shard. */

export type Chunk = {
  run: Run;
  plan: Plan;
  key: RunKey;
  shard: number;
  /** Due sends, 50 at most. */
  sends: readonly Held<Send>[];
  /** Milliseconds until the function's end. */
  msLeft: () => number;
  /** Waits until the provider takes so many more; false where that is too far off. */
  turn: (messages: number) => Promise<boolean>;
};

export type Ready = { held: Held<Send>; place: SendPlace; recipient: Recipient; message: Message; cap: Item | undefined; zone: string };

/** The place of a send of this chunk. */
export const placeIn = ({ key, shard }: Pick<Chunk, 'key' | 'shard'>, { channel, hash }: Send): SendPlace => ({
  run: key,
  shard,
  channel,
  hash,
});

/** A message counted in its recipient's cap, to be written with its claim. */
export const countReady = (worker: Worker, { cap, zone, recipient, place, message }: Ready): ReturnType<typeof countUp> =>
  countUp(worker, { customerId: recipient.customer.id, channel: place.channel }, { cap, zone, invited: message.invited });
