import { TenantId } from '../admin/workspace.ts';
import type { ProviderEvent } from '../channels/provider-event.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { log } from '../kernel/log.ts';
import { markHolders } from '../suppressions/holders.ts';
import { addressHash, addressOn, suppressAction } from '../suppressions/suppression.entity.ts';
import { hintOf } from '../suppressions/suppression.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { tableOf } from '../table/tenant.ts';
import { messageRows, reactionAction } from './activity.ts';
import { replacing, type Worker } from './run-rows.ts';
import { sendEntity } from './send.entity.ts';
import { afterEvent, placeOf, type Send, type SendEvent, type SendPlace } from './send.ts';

/** What providers tell of messages, applied to their sends: at least once, in any order, each time to the same end. */

const tries = 10;

/** Applies events of one invocation, each by itself: one that fails throws after the others were applied, and all come again. */
export async function applyProviderEvents(events: readonly ProviderEvent[], moment: { now: number; requestId: string }): Promise<void> {
  const failures: unknown[] = [];
  for (const event of events) await applyOne(event, moment).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** What happened to a message is noted in a suspended workspace too: nothing goes out by it. */
async function applyOne(event: ProviderEvent, { now, requestId }: { now: number; requestId: string }): Promise<void> {
  const place = placeOf(event.tags);
  const tenant = TenantId.safeParse(event.tags.tenant);
  if (!place || !tenant.success) return log('debug', 'an event of no message of ours', { kind: event.kind });
  const stamp = { by: null, via: 'rule', requestId, now };
  await applyEvent({ tenant: tenant.data, table: tableOf(tenant.data, now), stamp }, place, event);
}

type Writer = Pick<Worker, 'tenant' | 'table' | 'stamp'>;

/** 1 R where it tells nothing new; 1 W and the customer's own rows where it does. A hard bounce or complaint suppresses the address first. */
export async function applyEvent(worker: Writer, place: SendPlace, event: SendEvent): Promise<void> {
  const { table, tenant } = worker;
  const key = sendEntity.key(tenant, place);
  let item: Item | undefined = await table.get(key);
  for (let attempt = 0; item && attempt < tries; attempt++) {
    const before = sendEntity.decode(item);
    const to = afterEvent(before, event);
    if (to === before) return;
    await tellCustomer(worker, { place, before, to, event });
    try {
      await table.commit([replacing(worker, sendEntity, { id: place, from: item, to }).action]);
      return;
    } catch (error) {
      if (!(error instanceof GuardError)) throw error;
      item = error.row ?? (await table.get(key));
    }
  }
  if (item) throw new Error('a send does not settle');
}

type Telling = { place: SendPlace; before: Send; to: Send; event: SendEvent };

/** The customer's own rows and the suppression, before the send says what happened: a crash between the two repeats, and loses nothing. */
async function tellCustomer(worker: Writer, { place, before, to, event }: Telling): Promise<void> {
  const { table, tenant } = worker;
  const isHard = event.kind === 'bounced' && event.bounce === 'hard';
  if (isHard || event.kind === 'complained') await suppress(worker, before, event);
  if (!('run' in place)) return;
  // The sender died before he could say that it was sent.
  if (before.sentAt === null && to.sentAt !== null) await table.writeMany(messageRows(tenant, { send: to, run: place.run, subject: null }));
  const reaction = reactionAction(tenant, { customerId: before.customerId, campaignId: place.run.campaignId }, event);
  if (reaction) await table.commit([reaction]);
}

async function suppress(worker: Writer, { customerId, channel, hash: name }: Send, event: SendEvent): Promise<void> {
  const { table, tenant, stamp } = worker;
  // A direct message's name begins with the address's hash, and goes on with its own.
  const hash = name.slice(0, 22);
  const row = await table.get(customerEntity.key(tenant, customerId));
  const customer = row && customerEntity.decode(row);
  const spelt = [
    ...(customer?.emails ?? []).map(({ address }) => address),
    ...(customer?.phones ?? []).map(({ number, e164 }) => e164 ?? number),
  ];
  const address = spelt.find((one) => addressHash(channel, one) === hash);
  const hint = address === undefined ? '…' : hintOf(addressOn(channel, address));
  const reason = event.kind === 'complained' ? 'complaint' : 'hard_bounce';
  await table.commit([suppressAction(tenant, { channel, hash, hint, reason, at: event.at, stamp })]);
  if (channel === 'email') await markHolders(worker, hash, reason === 'complaint' ? 'complained' : 'bounced');
}
