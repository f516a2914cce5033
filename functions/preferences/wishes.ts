import { type Agent, agentIn } from '../agent.ts';
import { keepConsent } from '../customers/consents.ts';
import { collection, consentEntity, customerEntity } from '../customers/customer.entity.ts';
import type { Consent, Customer } from '../customers/customer.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { applyEvent } from '../runs/provider-events.ts';
import { placeOf } from '../runs/send.ts';
import { addressHash, suppressAction, suppressionEntity, suppressionKey } from '../suppressions/suppression.entity.ts';
import { bars, hintOf, lifted, type Suppression } from '../suppressions/suppression.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { startingWith } from '../table/ranges.ts';
import type { Link } from './link.ts';
import { openLink } from './links.ts';
import { offered, topicWishes, type Wishes, type WishesInput, withWishes } from './preferences.ts';

/** Somebody who came by a link of hers: the product at work, on her word. */
export type Visit = { agent: Agent; link: Link };

const tries = 6;
const evidence = ({ send }: Link) => (send ? `${send.run} ${send.send}` : null);

/** Opens a link. Throws `not_found` alike for one that is wrong, forged, or of a workspace that is gone. 1 R. */
export async function visit(token: string, { now, requestId }: { now: number; requestId: string }): Promise<Visit> {
  const link = (await openLink(token)) ?? missing();
  const agent = (await agentIn(link.tenant, { now, requestId })) ?? missing();
  return { agent: { ...agent, stamp: { ...agent.stamp, via: 'link' } }, link };
}

type Known = { profile: Item | undefined; customer: Customer | undefined; barred: Item | undefined; suppression: Suppression | undefined };

async function known({ agent: { table, tenant }, link }: Visit): Promise<Known> {
  const keys = [customerEntity.key(tenant, link.customerId), suppressionKey(tenant, link.channel, link.addressHash)];
  const [profile, barred] = await table.getMany(keys, { strong: true });
  return {
    profile,
    customer: profile && customerEntity.decode(profile),
    barred,
    suppression: barred && suppressionEntity.decode(barred),
  };
}

/** The address that the message went to, where she still has it. */
const addressOf = ({ channel, addressHash: hash }: Link, customer: Customer | undefined): string | undefined =>
  (channel === 'email'
    ? customer?.emails.map(({ address }) => address)
    : customer?.phones.flatMap(({ e164 }) => (e164 ? [e164] : []))
  )?.find((address) => addressHash(channel, address) === hash);

/** What she wants, as it stands. Reads only. 3 R after the link. */
export async function readWishes(at: Visit): Promise<Wishes> {
  const { agent, link } = at;
  const [{ customer, suppression }, consents] = await Promise.all([known(at), consentsAt(at)]);
  const address = addressOf(link, customer);
  const nothing = bars(suppression);
  return {
    workspace: agent.workspace.name,
    channel: link.channel,
    address: address === undefined ? null : hintOf(address),
    topic: link.topic,
    topics: topicWishes(offered(agent.workspace.consentTopics, link.topic), consents, link.channel),
    nothing,
    locked: nothing && suppression?.reason !== 'unsubscribe_all',
    language: customer?.preferences.language ?? null,
    pausedUntil: customer?.preferences.pausedUntil ?? null,
  };
}

async function consentsAt({ agent: { table, tenant }, link }: Visit): Promise<Consent[]> {
  const range = startingWith(`CON#${link.channel}#`);
  const rows = await table.queryAll({ pk: collection(tenant, link.customerId), range, strong: true });
  return rows.map((row) => consentEntity.decode(row));
}

/**
 * Takes back the consent to what the message was about; where it was about nothing in particular, or she is gone, the address is barred.
 * The same again changes nothing. It holds at once: claims read these very rows.
 */
export async function unsubscribe(at: Visit, source: string): Promise<void> {
  const { customer } = await known(at);
  const { topic } = at.link;
  if (!customer || topic === null || topic === 'transactional') await wantNothing(at);
  else await consent(at, { topic, wanted: false }, source);
  await tellMessage(at);
}

/** Notes on the message that the link was in that she unsubscribed by it: reports and runs count it. After her wish, which holds by itself. */
async function tellMessage({ agent, link }: Visit): Promise<void> {
  const place = link.send && placeOf(link.send);
  if (place) await applyEvent(agent, place, { kind: 'unsubscribed', at: agent.iso, messageId: null });
}

/** Keeps what she says on the page. */
export async function keepWishes(at: Visit, said: WishesInput): Promise<void> {
  const { agent, link } = at;
  const topics = offered(agent.workspace.consentTopics, link.topic);
  const foreign = said.topics.findIndex(({ topic }) => !topics.includes(topic));
  if (foreign >= 0) throw invalid(`/topics/${foreign}/topic`, 'unknown_topic', 'not a topic of this workspace');
  const { customer } = await known(at);
  if (said.nothing === true) await wantNothing(at);
  if (said.nothing === true || said.topics.some(({ topic, wanted }) => topic === link.topic && !wanted)) await tellMessage(at);
  if (said.nothing === false) await wantAgain(at);
  if (!customer) return;
  for (const wish of said.topics) await consent(at, wish, 'preference page');
  await changeCustomer(at, said);
}

async function consent(at: Visit, { topic, wanted }: { topic: string; wanted: boolean }, source: string): Promise<void> {
  const { agent, link } = at;
  const id = { customerId: link.customerId, channel: link.channel, topic };
  const status = wanted ? 'granted' : 'withdrawn';
  const row = await agent.table.get(consentEntity.key(agent.tenant, id));
  const before = row && consentEntity.decode(row).status;
  // What she never asked for, and does not ask for now, needs no word.
  if (before === status || (before === undefined && !wanted && source === 'preference page')) return;
  await keepConsent(agent, id, { status, source, evidence: evidence(link), at: agent.iso });
}

async function wantNothing(at: Visit): Promise<void> {
  const { agent, link } = at;
  const { customer, suppression } = await known(at);
  if (bars(suppression)) return;
  const address = addressOf(link, customer);
  const hint = suppression?.hint ?? (address === undefined ? '…' : hintOf(address));
  const { channel, addressHash: hash } = link;
  const said = { channel, hash, hint, reason: 'unsubscribe_all', note: evidence(link), at: agent.iso, stamp: agent.stamp } as const;
  await agent.table.commit([suppressAction(agent.tenant, said)]);
}

/** She takes back that she wants nothing. What others barred stays barred. */
async function wantAgain(at: Visit): Promise<void> {
  const { agent, link } = at;
  for (let attempt = 0; attempt < tries; attempt++) {
    const { barred: from, suppression } = await known(at);
    if (!from || !suppression || !bars(suppression) || suppression.reason !== 'unsubscribe_all') return;
    const to = lifted(suppression, { at: agent.iso, reason: 'preference page' });
    const done = await written(() => agent.table.commit(suppressionEntity.update(link.tenant, suppression, { from, to }, agent.stamp)));
    if (done) return;
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

async function changeCustomer(at: Visit, said: WishesInput): Promise<void> {
  const { agent } = at;
  for (let attempt = 0; attempt < tries; attempt++) {
    const { profile: from, customer } = await known(at);
    const to = customer && withWishes(customer, said, agent.now);
    if (!from || !to || to === customer) return;
    if (await written(() => agent.table.commit(customerEntity.update(agent.tenant, customer.id, { from, to }, agent.stamp)))) return;
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

/** Whether it was written; false where somebody came between. */
async function written(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof GuardError) return false;
    throw error;
  }
}
