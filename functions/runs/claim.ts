import type { Campaign } from '../campaigns/campaign.ts';
import type { Outcome } from '../channels/outcome.ts';
import { Ambiguous } from '../channels/outcome.ts';
import { textParts } from '../channels/text-parts.ts';
import { errorFields, log } from '../kernel/log.ts';
import { letAnswer } from '../responses/by-run.ts';
import type { Sender } from '../senders/sender.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { type Chunk, countReady, placeIn, type Ready } from './chunk.ts';
import { type Decision, decide } from './decide.ts';
import { deliver, messageFor, senderOf } from './deliver.ts';
import { each } from './each.ts';
import { handOver } from './hand-work.ts';
import { heldOutRows } from './held-out.entity.ts';
import { type Read, readKnown } from './known.ts';
import { abreast, type Left, leaves, nothingLeft } from './left.ts';
import { type Claimed, settle } from './outcome.ts';
import { type Held, replacing, type Worker } from './run-rows.ts';
import { sendEntity } from './send.entity.ts';
import { claimed, postponed, providerMs, type Send, type SkipReason, skipped, tagsOf } from './send.ts';

/**
 * The heart: some due sends are decided upon, claimed in one transaction with their caps, handed to the provider, and what came of it is
 * written. Whoever dies on the way leaves claims whose lease ends; nobody calls the provider without one.
 */

/** Whose turn is too far off is looked at again after so long. */
const laterMs = 30_000;

/** Works through a chunk. Every send of it is final afterwards, put off, claimed by somebody else, or unknown. */
export async function workChunk(worker: Worker, chunk: Chunk): Promise<Left> {
  const { plan, sends } = chunk;
  const reads = await readKnown(
    worker,
    { plan, run: chunk.key },
    sends.map(({ row }) => row),
  );
  const left = nothingLeft();
  const ready: Ready[] = [];
  const quiet: { held: Held<Send>; to: Send }[] = [];
  const control: Control[] = [];
  for (const [at, held] of sends.entries()) {
    const decision = decisionOf(worker, chunk, reads[at] as Read);
    if ('skip' in decision) quiet.push({ held, to: skipped(held.row, decision.skip, worker.now) });
    else if ('later' in decision) {
      quiet.push({ held, to: postponed(held.row, decision.later) });
      leaves(left, decision.later);
    } else {
      const made = await readyFor(worker, chunk, { held, read: reads[at] as Exclude<Read, { broken: true }>, address: decision.send });
      if ('skip' in made) quiet.push({ held, to: skipped(held.row, made.skip, worker.now) });
      else if (made.control) control.push({ held, group: made.group, language: made.message.language });
      else ready.push(made);
    }
  }
  await keepFrom(worker, chunk, control);
  quiet.push(...control.map(({ held, language }) => ({ held, to: { ...skipped(held.row, 'control', worker.now), language } })));
  await each(quiet, abreast, (one) => write(worker, chunk, one, left));
  if (ready.length > 0) await send(worker, chunk, { ready, left });
  return left;
}

/** Whoever would be sent the message, and is kept from it by chance. */
type Control = { held: Held<Send>; group: Item | undefined; language: string };

/** Her own rows come first, as they do where a message was sent. */
async function keepFrom({ table, tenant, now }: Worker, { plan, key }: Chunk, control: readonly Control[]): Promise<void> {
  const campaign = plan.campaign as unknown as Campaign;
  const about = { campaign, occurrence: key.occurrence, now };
  await table.writeMany(control.flatMap(({ held, group }) => heldOutRows(tenant, { ...about, customerId: held.row.customerId }, group)));
}

function decisionOf(worker: Worker, { run, plan }: Chunk, read: Read): Decision {
  if ('broken' in read) return { skip: 'broken_data' };
  return decide(read.known, plan.rules, { now: worker.now, scheduledAt: Date.parse(run.scheduledAt), zone: worker.workspace.timeZone });
}

type Deciding = { held: Held<Send>; read: Exclude<Read, { broken: true }>; address: string };

async function readyFor(
  worker: Worker,
  chunk: Chunk,
  { held, read, address }: Deciding,
): Promise<(Ready & { control: boolean; group: Item | undefined }) | { skip: SkipReason }> {
  const { plan, key } = chunk;
  const { customer } = read.known;
  // The address that was sealed is the one she has, or she has another by now.
  if (!customer || addressHash(plan.rules.channel, address) !== held.row.hash) return { skip: 'no_address' };
  const place = placeIn(chunk, held.row);
  const recipient = { customer, address, tags: tagsOf(worker.tenant, place) };
  const setting = { tenant: worker.tenant, workspace: worker.workspace, plan, run: key, now: worker.now };
  const message = await messageFor(setting, recipient);
  if (!message) return { skip: 'broken_data' };
  const { cap, group, known } = read;
  return { held, place, recipient, message, cap, group, control: known.control, zone: customer.timeZone ?? worker.workspace.timeZone };
}

/** Writes a send that needs no provider. Somebody else's write stands; the next walk sees it. */
async function write(worker: Worker, chunk: Chunk, { held, to }: { held: Held<Send>; to: Send }, left: Left): Promise<void> {
  const { action } = replacing(worker, sendEntity, { id: placeIn(chunk, held.row), from: held.item, to });
  try {
    await worker.table.commit([action]);
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
    leaves(left, worker.now);
  }
}

async function send(worker: Worker, chunk: Chunk, { ready, left }: { ready: Ready[]; left: Left }): Promise<void> {
  const { channel } = chunk.plan.rules;
  if (channel === 'call' || channel === 'letter') return handOver(worker, chunk, { ready, left });
  const sender = channel === 'email' ? await senderOf(worker, chunk.plan, chunk.key) : undefined;
  if (channel === 'email' && !sender) {
    left.trouble = 'provider';
    for (const _ of ready) leaves(left, worker.now);
    return;
  }
  if (!(await chunk.turn(ready.length)) || chunk.msLeft() < 2 * providerMs) {
    for (const _ of ready) leaves(left, worker.now + laterMs);
    return;
  }
  const claims = await claim(worker, ready);
  left.claimed += claims.length;
  for (let missing = ready.length - claims.length; missing > 0; missing--) leaves(left, worker.now);
  if (claims.length === 0) return;
  await letAnswer(
    worker,
    chunk,
    claims.map(({ customerId }) => customerId),
  );
  const outcomes = await outcomesOf(chunk, { claims, sender });
  await settle(worker, { claims, outcomes, left, key: chunk.key });
}

/** Claims what can be claimed, each with its place below the cap: 4 W each. Those whose rows somebody else wrote meanwhile are left out. */
async function claim(worker: Worker, ready: readonly Ready[]): Promise<Claimed[]> {
  const token = worker.newId('clm', worker.now);
  let open = ready.map((one) => ({ one, ...claimActions(worker, one, token) }));
  // Two messages to one customer count one after the other.
  const seen = new Set<string>();
  open = open.filter(({ one }) => !seen.has(one.recipient.customer.id) && seen.add(one.recipient.customer.id));
  while (open.length > 0) {
    const failed = new Set((await worker.table.attempt(open.flatMap(({ actions }) => actions))).map(({ action }) => action));
    if (failed.size === 0) break;
    open = open.filter(({ actions }) => !actions.some((action) => failed.has(action)));
  }
  return open.map(({ one, held, window }) => ({
    held,
    token,
    place: one.place,
    message: one.message,
    customerId: one.recipient.customer.id,
    window,
  }));
}

function claimActions(worker: Worker, ready: Ready, token: string) {
  const { variant, language, text } = ready.message;
  const billed = ready.place.channel === 'sms' ? textParts(text) : null;
  const to = { ...claimed(ready.held.row, { token, now: worker.now }), variant, language, billed };
  const send = replacing(worker, sendEntity, { id: ready.place, from: ready.held.item, to });
  const { action, window } = countReady(worker, ready);
  return { actions: [send.action, action], held: send.held, window };
}

/** What the provider says to each; undefined where nobody knows. */
type Calling = { claims: readonly Claimed[]; sender: Sender | undefined };
async function outcomesOf({ plan, msLeft }: Chunk, { claims, sender }: Calling): Promise<(Outcome | undefined)[]> {
  const { channel } = plan.rules;
  // Too late for a call that may take its full time: it was not made.
  if (msLeft() < providerMs) return claims.map((): Outcome => ({ throttled: true, why: 'transient' }));
  if (channel !== 'email' && channel !== 'sms') throw new Error(`${channel} has no provider`);
  try {
    return await deliver(channel, {
      messages: claims.map(({ message }) => message),
      sender,
      isNeeded: plan.rules.topic === 'transactional',
      hasTime: () => msLeft() >= providerMs,
    });
  } catch (error) {
    if (!(error instanceof Ambiguous)) throw error;
    log('warn', 'the provider left a call unanswered', { messages: claims.length, ...errorFields(error.cause ?? error) });
    return claims.map(() => undefined);
  }
}
