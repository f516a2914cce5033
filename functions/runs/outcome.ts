import type { Outcome } from '../channels/outcome.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { messageRows } from './activity.ts';
import { countDown, type Window } from './count-cap.ts';
import type { Message } from './deliver.ts';
import { each } from './each.ts';
import { abreast, type Left, leaves } from './left.ts';
import type { RunKey } from './run.ts';
import { type Held, replacing, type Worker } from './run-rows.ts';
import { sendEntity } from './send.entity.ts';
import { accepted, putBack, refused, type Send, type SendPlace, sendLeaseMs } from './send.ts';

/** What came of claims: written after the call, each by one guarded write. */

export type Claimed = {
  held: Held<Send>;
  token: string;
  place: SendPlace;
  message: Message;
  customerId: string;
  /** The day and week in which the message was counted. */
  window: Window;
};

type Settling = { claims: readonly Claimed[]; outcomes: readonly (Outcome | undefined)[]; left: Left; key: RunKey };

/** A refusal that passes by itself: when the send is tried again. */
const againMs = 30_000;
const tries = 8;

/** Writes every outcome. The customer's own rows come first, so that what says `sent` has told everybody. */
export async function settle(worker: Worker, { claims, outcomes, left, key }: Settling): Promise<void> {
  const { tenant, table } = worker;
  const told = claims.map((claim, at) => ({ claim, outcome: outcomes[at] }));
  const taken = told.flatMap(({ claim, outcome }) => (outcome && 'accepted' in outcome ? [claim] : []));
  await table.writeMany(taken.flatMap(({ held, message }) => messageRows(tenant, { send: held.row, run: key, subject: message.subject })));
  await each(told, abreast, async ({ claim, outcome }) => {
    if (!outcome) leaves(left, worker.now + sendLeaseMs);
    else if ('throttled' in outcome) {
      if (outcome.why === 'quota') left.trouble = 'quota';
      if (outcome.why === 'paused' || outcome.why === 'setup') left.trouble = 'provider';
      await giveBack(worker, claim, { dueAt: worker.now + againMs, left });
    } else await note(worker, claim, outcome);
  });
}

/** Accepted or refused, for good. Where an event of the provider's came before, it says more than we do. */
async function note(worker: Worker, { held, token, place }: Claimed, outcome: { accepted: string } | { refused: string }): Promise<void> {
  const after = (send: Send) =>
    'accepted' in outcome
      ? accepted(send, { token, messageId: outcome.accepted, now: worker.now })
      : refused(send, { token, code: outcome.refused, now: worker.now });
  let from: Item = held.item;
  for (let attempt = 0; attempt < tries; attempt++) {
    const before = sendEntity.decode(from);
    const to = after(before);
    if (to === before) return;
    try {
      await worker.table.commit([replacing(worker, sendEntity, { id: place, from, to }).action]);
      return;
    } catch (error) {
      if (!(error instanceof GuardError) || !error.row) throw error;
      from = error.row;
    }
  }
  throw new Error('a send does not settle');
}

/** Surely not taken: it waits again, and its place below the cap is given back with it. */
async function giveBack(worker: Worker, claim: Claimed, { dueAt, left }: { dueAt: number; left: Left }): Promise<void> {
  const { held, token, place, customerId, window } = claim;
  const id = { customerId, channel: place.channel };
  const to = putBack(held.row, { token, dueAt });
  const back = replacing(worker, sendEntity, { id: place, from: held.item, to }).action;
  for (let attempt = 0; attempt < tries; attempt++) {
    const failed = await worker.table.attempt([back, ...(await countDown(worker, id, window))]);
    if (failed.some(({ action }) => action === back)) return leaves(left, worker.now + sendLeaseMs);
    if (failed.length > 0) continue;
    left.claimed--;
    return leaves(left, dueAt);
  }
  // Its lease ends, and the sweep deals with it.
  leaves(left, worker.now + sendLeaseMs);
}
