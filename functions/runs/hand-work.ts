import type { Campaign } from '../campaigns/campaign.ts';
import { createFollowUpActions } from '../followups/make.ts';
import { workingDay } from '../kernel/days.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { letAnswer } from '../responses/by-run.ts';
import type { Action } from '../table/entity.ts';
import { messageRows } from './activity.ts';
import { turnOf, usualPace } from './call.ts';
import { type Chunk, countReady, type Ready } from './chunk.ts';
import { type Left, leaves } from './left.ts';
import { replacing, type Worker } from './run-rows.ts';
import { sendEntity } from './send.entity.ts';
import { accepted, claimed } from './send.ts';

/**
 * Calls and letters: no provider, but people. A call becomes a follow-up in the call list of a member, a letter an address of the run's file;
 * either is there in the very commit in which the send says so, so nothing is ever unknown.
 */

/** 8 W for send, cap and the customer's two rows in one transaction, and for a call the follow-up with its entries, 6 W. */
export async function handOver(worker: Worker, chunk: Chunk, { ready, left }: { ready: readonly Ready[]; left: Left }): Promise<void> {
  const { table } = worker;
  await letAnswer(
    worker,
    chunk,
    ready.map(({ recipient }) => recipient.customer.id),
  );
  const made = ready.map((one) => actionsFor(worker, chunk, one));
  const perCommit = Math.max(1, Math.floor(100 / Math.max(1, ...made.map(({ actions }) => actions.length))));
  for (let start = 0; start < made.length; start += perCommit) {
    let open = made.slice(start, start + perCommit);
    while (open.length > 0) {
      const failed = new Set((await table.attempt(open.flatMap(({ actions }) => actions))).map(({ action }) => action));
      if (failed.size === 0) left.claimed += open.length;
      if (failed.size === 0) break;
      for (const { actions } of open) if (actions.some((action) => failed.has(action))) leaves(left, worker.now);
      open = open.filter(({ actions }) => !actions.some((action) => failed.has(action)));
    }
  }
}

function actionsFor(worker: Worker, { plan, key, run }: Chunk, ready: Ready) {
  const { held, place, message } = ready;
  const token = worker.newId('clm', worker.now);
  const isCall = plan.rules.channel === 'call';
  const task = isCall ? callFor(worker, plan.campaign as unknown as Campaign, { ready, recipients: run.recipients ?? 1 }) : undefined;
  const taken = { ...claimed(held.row, { token, now: worker.now }), variant: message.variant, language: message.language };
  // The file or the follow-up is what there is to name.
  const to = accepted(taken, { token, messageId: task?.followUp.id ?? `${key.occurrence}-${place.hash}`, now: worker.now });
  const { action } = replacing(worker, sendEntity, { id: place, from: held.item, to });
  const told = messageRows(worker.tenant, { send: to, run: key, subject: message.subject ?? task?.followUp.title ?? null });
  const rows = told.map((row): Action => ({ ...row, guard: { always: 'the customer is told what the same commit does' } }));
  return { actions: [action, countReady(worker, ready).action, ...rows, ...(task?.actions ?? [])] };
}

/**
 * Somebody's call, in the list of the member it falls to: the campaign's, in turns by the customer, or her owner, or who wrote the campaign.
 * Whose falls to nobody is skipped before.
 */
function callFor(worker: Worker, campaign: Campaign, { ready, recipients }: { ready: Ready; recipients: number }) {
  const { customer } = ready.recipient;
  const members = campaign.callList?.memberIds ?? [];
  const aDay = Math.max(1, members.length) * (campaign.callList?.perMemberAndDay ?? usualPace.perMemberAndDay);
  const turn = turnOf(customer.id, { members: Math.max(1, members.length), days: Math.max(1, Math.ceil(recipients / aDay)) });
  const ownerId = members[turn.member] ?? customer.ownerId ?? campaign.authors[0];
  if (!ownerId) throw new Error('a call falls to somebody');
  const today = wallAt(worker.now, worker.workspace.timeZone).on;
  return createFollowUpActions(worker, {
    title: campaign.name.slice(0, 200),
    notes: ready.message.text.slice(0, 5_000),
    customerId: customer.id,
    channel: 'call',
    due: { on: workingDay(today, turn.day, worker.workspace.workingDays), at: null },
    reminders: [],
    ownerId,
    source: 'callList',
    sourceId: `${campaign.id}#${ready.place.hash}`.slice(0, 80),
  });
}
