import type { Member } from '../admin/member.ts';
import type { Agent } from '../agent.ts';
import type { SendTags } from '../channels/outcome.ts';
import { Ambiguous, type Outcome } from '../channels/outcome.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { wallAt } from '../kernel/wall-time.ts';
import { type Claimed, claimedBy, digestTags, doubted, over, triedAgain } from './digest-claim.ts';
import { digestMail } from './digest-mail.ts';
import { written, zoneOf } from './digest-row.ts';
import { nextDigest } from './digest-time.ts';
import { notificationEntity, preferencesEntity, stillKept, unreadPartition } from './notification.entity.ts';
import type { Notification } from './notification.ts';
import { levelOf, PreferencesRow } from './preferences.ts';
import { mayRead } from './who-sees.ts';

/** Sends one mail from the workspace's own sender; undefined where the stage has none. */
export type SendMail = (mail: { to: string; subject: string; text: string; html: string; tags: SendTags }) => Promise<Outcome | undefined>;

const mostNamed = 20;
const mostLooked = 100;

/** A member came, went, or lives by another clock: her daily mail is due at her hour, or not at all. 1 R, and 3 W where it changes. */
export async function arrange(agent: Agent, memberId: string): Promise<void> {
  const member = await agent.member(memberId);
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
  if (ids.length === 0) return new Map();
  const rows = await agent.table.getMany(ids.map((id) => customerEntity.key(agent.tenant, id)));
  const members = await agent.roster();
  const customers = rows.flatMap((row) => (row ? [customerEntity.decode(row)] : []));
  return new Map(customers.filter(({ ownerId }) => mayRead(member, 'customers', { ownerId, members })).map(({ id, name }) => [id, name]));
}

/** The mail about what is untold. */
async function mailFor(agent: Agent, member: Member, { told, url }: { told: readonly Notification[]; url: string }) {
  const named = told.slice(0, mostNamed);
  return digestMail({
    ...{ language: member.language ?? agent.workspace.language, name: member.name, workspace: agent.workspace.name, url },
    ...{ notifications: named, more: told.length - named.length },
    customers: await namesFor(agent, member, named),
  });
}

/**
 * A member's daily mail is due. It is claimed before it is sent; where its sender died, the provider's own event says that it went, and
 * where none comes within the hour it did not, and is sent again: it comes twice only where the provider's event is lost. Nothing new makes
 * no mail. What the provider puts off is tried again four times; what came to nothing then comes with the next day's.
 */
export async function sendDigest(agent: Agent, memberId: string, { send, url }: { send: SendMail; url: string }): Promise<void> {
  const { table, tenant, now } = agent;
  const item = await table.get(preferencesEntity.key(tenant, memberId));
  const read = item && preferencesEntity.decode(item);
  if (!item || !read?.dueAt || Date.parse(read.dueAt) > now) return;
  const member = await agent.member(memberId);
  if (member?.status !== 'active') return void (await written(agent, item, { ...read, dueAt: null, claim: null }));
  const moment = { zone: zoneOf(agent, member), now };
  const isAgain = read.claim !== null || read.refused > 0;
  const today = { ...read, dueAt: read.dueAt, day: isAgain ? read.day : wallAt(Date.parse(read.dueAt), moment.zone).on };
  const row = today.claim ? doubted(today) : today;
  const told = row?.digest.on ? await untold(agent, row) : [];
  if (!row || told.length === 0) return void (await written(agent, item, over(row ?? today, moment)));
  const claim = claimedBy(row, agent.newId('clm'), now);
  if (!(await written(agent, item, claim))) return;
  const mail = await mailFor(agent, member, { told, url });
  const outcome = await send({ to: member.email, ...mail, tags: digestTags(tenant, memberId, claim.claim.token) }).catch(
    (error: unknown) => {
      if (error instanceof Ambiguous) return 'unknown' as const;
      throw error;
    },
  );
  if (outcome !== 'unknown') await settle(agent, claim, { outcome, moment });
}

type Settling = { outcome: Outcome | undefined; moment: { zone: string; now: number } };

/** What the provider said. Whoever chose something else meanwhile has it; what the provider's own event settled before stays so. */
async function settle(agent: Agent, { memberId, claim }: Claimed, { outcome, moment }: Settling): Promise<void> {
  const held = await agent.table.get(preferencesEntity.key(agent.tenant, memberId));
  const mine = held && preferencesEntity.decode(held);
  if (!held || mine?.claim?.token !== claim.token) return;
  if (outcome && 'throttled' in outcome) return void (await written(agent, held, triedAgain(mine, moment)));
  const wasTaken = outcome !== undefined && 'accepted' in outcome;
  await written(agent, held, over(mine, moment, wasTaken ? claim.upTo : mine.toldUntil));
}
