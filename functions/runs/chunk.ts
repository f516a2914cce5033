import type { Action, Item } from '../table/entity.ts';
import { countedUp, windowOf } from './cap.ts';
import type { Message, Recipient } from './deliver.ts';
import type { Plan } from './plan.ts';
import type { Run, RunKey } from './run.ts';
import type { Held, Worker } from './run-rows.ts';
import { capEntity } from './send.entity.ts';
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

/** A message counted in its recipient's cap, to be written with the claim; the cap that was read guards it. */
export function countUp(
  worker: Worker,
  { cap, zone, recipient, place, message }: Ready,
): { action: Action; window: ReturnType<typeof windowOf> } {
  const window = windowOf(worker.now, zone);
  const id = { customerId: recipient.customer.id, channel: place.channel };
  const counted = { ...countedUp(cap && capEntity.decode(cap), window), ...(message.invited && { invited: message.invited }) };
  const [action] = cap
    ? capEntity.update(worker.tenant, id, { from: cap, to: counted }, worker.stamp)
    : capEntity.create(worker.tenant, id, counted, worker.stamp);
  return { action: action as Action, window };
}
