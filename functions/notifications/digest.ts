import type { Member } from '../admin/member.ts';
import type { Agent } from '../agent.ts';
import { Ambiguous, type Outcome } from '../channels/outcome.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { isoOf } from '../kernel/clock.ts';
import { wallAt } from '../kernel/wall-time.ts';
import type { Item } from '../table/entity.ts';
import { digestMail } from './digest-mail.ts';
import { nextDigest } from './digest-time.ts';
import { notificationEntity, preferencesEntity, stillKept, unreadPartition } from './notification.entity.ts';
import type { Notification } from './notification.ts';
import { levelOf, PreferencesRow } from './preferences.ts';
import { mayRead } from './who-sees.ts';

/** Sends one mail from the workspace's own sender; undefined where the stage has none. */
export type SendMail = (mail: { to: string; subject: string; text: string; html: string }) => Promise<Outcome | undefined>;

const mostNamed = 20;
const mostLooked = 100;
/** Longer than a call to the provider may take. */
const leaseMs = 2 * 60_000;
const retryMs = 15 * 60_000;
const mostRefusals = 4;

const zoneOf = ({ workspace }: Pick<Agent, 'workspace'>, member: Member) => member.timeZone ?? workspace.timeZone;

/** Writes the row as it goes on from here; false where somebody came between. */
async function written({ table, tenant, stamp }: Agent, item: Item | undefined, to: PreferencesRow): Promise<boolean> {
  const actions = item
    ? preferencesEntity.update(tenant, to.memberId, { from: item, to }, stamp)
    : preferencesEntity.create(tenant, to.memberId, to, stamp);
  return (await table.attempt(actions)).length === 0;
}

/** A member came, went, or lives by another clock: her daily mail is due at her hour, or not at all. 1 R, and 3 W where it changes. */
export async function arrange(agent: Agent, memberId: string): Promise<void> {
  const member = (await agent.roster()).find(({ id }) => id === memberId);
  if (!member) return;
  const item = await agent.table.get(preferencesEntity.key(agent.tenant, memberId));
  const row = item ? preferencesEntity.decode(item) : PreferencesRow.parse({ memberId, version: 1 });
  if (row.claim) return;
  const dueAt = member.status === 'active' ? (nextDigest(row, zoneOf(agent, member), agent.now)?.at ?? null) : null;
  if (item && dueAt === row.dueAt) return;
  if (!(await written(agent, item, { ...row, dueAt }))) throw new Error('somebody else writes the same preferences');
}

/** What is to be told by mail: unread, come since the last mail, and of a kind that she wants by mail. */
async function untold(agent: Agent, row: PreferencesRow): Promise<Notification[]> {
  const { table, tenant, now } = agent;
  const pk = unreadPartition(tenant, row.memberId);
  const { items } = await table.query({ index: 'gsi3', pk, range: stillKept(now), newestFirst: true, limit: mostLooked });
  const rows = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
  return rows
    .flatMap((item) => (item ? [notificationEntity.decode(item)] : []))
    .filter((one) => !one.readAt && one.updatedAt > (row.toldUntil ?? '') && levelOf(row, one.kind) === 'digest');
}

/** The names of those customers whom the member may see. */
async function namesFor(agent: Agent, member: Member, told: readonly Notification[]): Promise<Map<string, string>> {
  const ids = [...new Set(told.flatMap(({ subject }) => subject.customerId ?? []))];
  const rows = await agent.table.getMany(ids.map((id) => customerEntity.key(agent.tenant, id)));
  const members = await agent.roster();
  const customers = rows.flatMap((row) => (row ? [customerEntity.decode(row)] : []));
  return new Map(customers.filter(({ ownerId }) => mayRead(member, 'customers', { ownerId, members })).map(({ id, name }) => [id, name]));
}

/**
 * A member's daily mail is due. It is claimed before it is sent, and a claim whose time is over counts as sent: it may be lost, and what it
 * told is unread still, but it never comes twice. Nothing new makes no mail. What the provider puts off is tried again four times.
 */
export async function sendDigest(agent: Agent, memberId: string, { send, url }: { send: SendMail; url: string }): Promise<void> {
  const { table, tenant, now, iso } = agent;
  const key = preferencesEntity.key(tenant, memberId);
  const item = await table.get(key);
  const row = item && preferencesEntity.decode(item);
  if (!item || !row?.dueAt || Date.parse(row.dueAt) > now) return;
  const member = (await agent.roster()).find(({ id, status }) => id === memberId && status === 'active');
  if (!member) return void (await written(agent, item, { ...row, dueAt: null, claim: null }));
  const zone = zoneOf(agent, member);
  const day = row.claim ? row.day : wallAt(Date.parse(row.dueAt), zone).on;
  const over = (more: Partial<PreferencesRow>): PreferencesRow => {
    const next = { ...row, claim: null, refused: 0, day, ...more };
    return { ...next, dueAt: nextDigest(next, zone, now)?.at ?? null };
  };
  if (row.claim) return void (await written(agent, item, over({ toldUntil: row.claim.upTo })));
  const told = await untold(agent, row);
  if (told.length === 0) return void (await written(agent, item, over({})));
  const until = isoOf(now + leaseMs);
  const claimed = { ...row, day, dueAt: until, claim: { token: agent.newId('clm'), until, upTo: iso } };
  if (!(await written(agent, item, claimed))) return;
  const mail = digestMail({
    ...{ language: member.language ?? agent.workspace.language, name: member.name, workspace: agent.workspace.name, url },
    ...{ notifications: told.slice(0, mostNamed), more: Math.max(0, told.length - mostNamed) },
    customers: await namesFor(agent, member, told.slice(0, mostNamed)),
  });
  const outcome = await send({ to: member.email, ...mail }).catch((error: unknown) => {
    if (error instanceof Ambiguous) return 'unknown' as const;
    throw error;
  });
  if (outcome === 'unknown') return;
  const held = await table.get(key);
  const mine = held && preferencesEntity.decode(held);
  if (!held || mine?.claim?.token !== claimed.claim.token) return;
  const later = outcome !== undefined && 'throttled' in outcome && row.refused < mostRefusals;
  const to = later
    ? { ...mine, claim: null, refused: row.refused + 1, dueAt: isoOf(now + retryMs) }
    : { ...over(outcome && 'accepted' in outcome ? { toldUntil: iso } : {}), levels: mine.levels, digest: mine.digest };
  await written(agent, held, to);
}
