import type { Agent } from '../agent.ts';
import { caseOf } from '../cases/said.ts';
import type { ArrivedMail } from '../channels/arrived-mail.ts';
import { customerEntity, normalised } from '../customers/customer.entity.ts';
import { type Customer, kinds } from '../customers/customer.ts';
import { GuardError, type Item, uniqueKey } from '../table/entity.ts';
import { attach } from './attach.ts';
import { mailEntity, mailIdOf, threadKey, threadOf } from './mail.entity.ts';
import { keptDays, type Mail, type MailReason } from './mail.ts';
import { objectBytes } from './objects.ts';
import { mostBytes, type ReadMail, readMail } from './read.ts';
import type { Answered } from './reply-address.ts';
import { trustOf } from './trust.ts';

/** Where a mail of a workspace goes: onto a timeline, before a person, or aside. */
export type Arrival = { arrived: ArrivedMail; to: string; answered: Answered | undefined };

/** After so many beginnings that came to nothing only the head is read: no mail may keep anybody busy for ever. */
const mostAttempts = 2;

/** Takes a mail in for one workspace. The same mail told again changes nothing. 2 R and 2 W, and what an entry on a timeline costs. */
export async function arrive(agent: Agent, arrival: Arrival): Promise<Mail | undefined> {
  const begun = await begin(agent, arrival);
  if (!begun) return undefined;
  const { arrived } = arrival;
  const found = await objectBytes(arrived.key, mostBytes);
  const isInfected = arrived.verdicts.virus === 'fail';
  const onlyHead = begun.mail.attempts > mostAttempts;
  const read = await readMail(found?.bytes ?? Buffer.alloc(0), { envelope: arrived.from, isInfected, onlyHead });
  const { customers, caseId, isNew } = await whoseIsIt(agent, read, arrival.answered);
  const placed = placeOf(arrival, read, customers);
  const mail: Mail = { ...begun.mail, ...described(read, found?.size ?? 0), ...placed, caseId, isNew };
  if (placed.state !== 'attached') return settle(agent, begun.item, mail);
  return attach(agent, { from: begun.item, mail, customerId: mail.customerId as string, read, raw: found?.bytes ?? Buffer.alloc(0) });
}

/** Notes that a mail is being read; undefined where it was read before. */
async function begin(agent: Agent, { arrived, to, answered }: Arrival): Promise<{ item: Item; mail: Mail } | undefined> {
  const { tenant, table, stamp } = agent;
  const id = mailIdOf(tenant, arrived);
  const from = await table.get(mailEntity.key(tenant, id));
  const before = from && mailEntity.decode(from);
  if (before && before.state !== 'reading') return undefined;
  const mail: Mail = before
    ? { ...before, attempts: before.attempts + 1 }
    : mailEntity.schema.parse({
        id,
        state: 'reading',
        from: { address: arrived.from.slice(0, 320) || 'unknown' },
        to: to.slice(0, 320),
        receivedAt: new Date(Date.parse(arrived.at)).toISOString(),
        verdicts: arrived.verdicts,
        object: arrived.key,
        campaignId: answered?.kind === 'campaign' ? answered.campaignId : null,
        endsAt: Math.floor(agent.now / 1_000) + keptDays * 86_400,
        version: 1,
      });
  const [action] = from ? mailEntity.update(tenant, id, { from, to: mail }, stamp) : mailEntity.create(tenant, id, mail, stamp);
  if (!action || !('put' in action)) throw new Error('a row is written by a put');
  try {
    await table.commit([action]);
  } catch (error) {
    // Somebody else has just begun; what is told again later finds what came of it.
    if (error instanceof GuardError) return undefined;
    throw error;
  }
  return { item: action.put, mail: { ...mail, version: Number(action.put.v) } };
}

const described = (read: ReadMail, bytes: number): Partial<Mail> => ({
  from: read.from,
  kind: read.kind,
  subject: read.subject,
  preview: read.text === null ? null : read.text.slice(0, 500).toWellFormed(),
  bytes,
  unreadable: read.unreadable,
  messageId: read.messageId !== null && read.messageId.length <= 255 ? read.messageId : null,
});

type Found = { customer: Customer; by: 'answer' | 'address' };

/** Whose it is, on which case, and whether it answers nothing of ours: by the address that it came to, by what it answers, by whom it is from. The nearest first. */
async function whoseIsIt(
  agent: Agent,
  read: ReadMail,
  answered: Answered | undefined,
): Promise<{ customers: Found[]; caseId: string | null; isNew: boolean }> {
  const { table, tenant } = agent;
  const claims = kinds.map((kind) => uniqueKey(tenant, { kind: `${kind}#email`, value: normalised(read.from.address) }));
  const threads = read.answers.slice(0, 20).map((id) => threadKey(tenant, id));
  const rows = await table.getMany([...claims, ...threads], { strong: true });
  const held = rows.slice(0, claims.length).flatMap((row) => (row?.of ? [{ pk: String(row.of), sk: '~' }] : []));
  const conversation = rows
    .slice(claims.length)
    .map(threadOf)
    .find((thread) => thread !== undefined);
  const caseId = answered?.kind === 'case' ? answered.caseId : (conversation?.caseId ?? null);
  const onCase = answered?.kind === 'case' ? (await caseOf(agent, answered.caseId))?.theCase.customerId : undefined;
  const ids = [onCase, answered?.kind === 'customer' ? answered.customerId : undefined, conversation?.customerId].filter(
    (id) => id !== undefined,
  );
  const keys = [...ids.map((id) => customerEntity.key(tenant, id)), ...held];
  const items = await table.getMany(keys, { strong: true });
  const found = items.flatMap((item, at): Found[] =>
    item ? [{ customer: customerEntity.decode(item), by: at < ids.length ? 'answer' : 'address' }] : [],
  );
  const customers = found.filter(({ customer }, at) => found.findIndex((other) => other.customer.id === customer.id) === at);
  return { customers, caseId, isNew: read.kind === 'message' && answered === undefined && conversation === undefined };
}

type Placed = Pick<Mail, 'state' | 'why' | 'suggested' | 'customerId' | 'endsAt'>;

/** Where it goes. A check that failed, or none that holds, is for a person; what a machine wrote is so only where it is somebody's. */
export function placeOf({ arrived }: Pick<Arrival, 'arrived'>, read: ReadMail, found: readonly Found[]): Placed {
  const { verdicts, from: envelope } = arrived;
  const endsAt = Math.floor(Date.parse(arrived.at) / 1_000) + keptDays * 86_400;
  const suggested = found.map(({ customer }) => customer.id).slice(0, 5);
  const aside = (state: Mail['state'], why: MailReason): Placed => ({ state, why, suggested, customerId: null, endsAt });
  if (read.kind === 'own') return aside('ignored', 'own');
  const trust = trustOf({ verdicts, envelope, from: read.from.address, results: read.results });
  const isMachine = read.kind !== 'message';
  if (trust !== 'proven') return isMachine ? aside('ignored', read.kind as MailReason) : aside('quarantined', trust);
  const [first] = found;
  if (!first) return isMachine ? aside('ignored', read.kind as MailReason) : aside('unmatched', 'unknown_sender');
  if (first.customer.archivedAt) return isMachine ? aside('ignored', read.kind as MailReason) : aside('unmatched', 'archived');
  return { state: 'attached', why: null, suggested: [], customerId: first.customer.id, endsAt: null };
}

/** Writes where a mail stands that is on no timeline. */
async function settle({ table, tenant, stamp }: Agent, from: Item, to: Mail): Promise<Mail> {
  try {
    await table.commit(mailEntity.update(tenant, to.id, { from, to }, stamp));
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
  }
  return to;
}
