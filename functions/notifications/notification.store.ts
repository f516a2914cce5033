import type { Ctx } from '../context.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { missing } from '../kernel/errors.ts';
import { listHash, openCursor, type Page, sealCursor } from '../kernel/page.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { nextDigest } from './digest-time.ts';
import { notificationEntity, notificationPartition, preferencesEntity, stillKept, unreadPartition } from './notification.entity.ts';
import { NotificationView } from './notification.ts';
import { allLevels, type Preferences, type PreferencesInput, PreferencesRow } from './preferences.ts';

/** As many as the bell counts, and as many as are marked at once. */
const mostCounted = 100;
const mostMarked = 500;
const tries = 6;

type Asked = { limit: number; cursor?: string | undefined; unread: boolean };
const Shown = NotificationView.omit({ customerName: true });

/** What a member is told. A customer's name is shown while the member may see the customer. */
export const notificationStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;
  const me = ctx.actor.memberId;
  const range = stillKept(ctx.now);

  const named = async (rows: Omit<NotificationView, 'customerName'>[]): Promise<NotificationView[]> => {
    const ids = rows.map(({ subject }) => subject.customerId);
    const keys = ids.flatMap((id) => (id ? [customerEntity.key(tenant, id)] : []));
    const items = await table.getMany(keys);
    const names = new Map<string, string>();
    for (const item of items) {
      const customer = item && customerEntity.decode(item);
      if (customer && (await ctx.reaches('customers', 'read', customer.ownerId))) names.set(customer.id, customer.name);
    }
    return rows.map((row) => ({ ...row, customerName: names.get(row.subject.customerId ?? '') ?? null }));
  };

  const shownOf = (item: Item) => Shown.parse({ ...notificationEntity.directoryOf(item), id: item.sk });

  const list = async ({ limit, cursor, unread }: Asked): Promise<{ data: NotificationView[]; page: Page }> => {
    const pk = unread ? unreadPartition(tenant, me) : notificationPartition(tenant, me);
    const expected = { tenant, list: listHash('notifications', pk), at: ctx.now };
    const after = await openCursor(cursor, expected);
    const { items, lastKey, examined } = await table.query({ index: unread ? 'gsi3' : 'gsi1', pk, range, newestFirst: true, limit, after });
    const rows = unread ? await table.getMany(items.map(({ pk, sk }) => ({ pk, sk }))) : items;
    const data = await named(rows.flatMap((item) => (item ? [shownOf(item)] : [])));
    return {
      data,
      page: { nextCursor: lastKey ? await sealCursor({ ...expected, key: lastKey }) : null, hasMore: lastKey !== undefined, examined },
    };
  };

  const count = async () => {
    const { items, lastKey } = await table.query({ index: 'gsi3', pk: unreadPartition(tenant, me), range, limit: mostCounted });
    return { count: items.length, more: lastKey !== undefined };
  };

  const readActions = (item: Item) => {
    const row = notificationEntity.decode(item);
    return notificationEntity.update(tenant, row, { from: item, to: { ...row, readAt: ctx.iso } }, ctx.stamp);
  };

  /** Marks one as read; one that is read stays as it is. 1 R + 3 W. */
  const markRead = async (id: string): Promise<NotificationView> => {
    const item = (await table.get(notificationEntity.key(tenant, { memberId: me, id }))) ?? missing();
    const { kind, subject, data, at, readAt } = notificationEntity.decode(item);
    // Whoever was quicker has marked it as well.
    if (!readAt) await table.attempt(readActions(item));
    const [shown] = await named([{ id, kind, subject, data, at, readAt: readAt ?? ctx.iso }]);
    return shown ?? missing();
  };

  const markAllRead = async () => {
    const { items, lastKey } = await table.query({ index: 'gsi3', pk: unreadPartition(tenant, me), range, limit: mostMarked });
    const rows = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
    const puts = rows.flatMap((item) => (item ? readActions(item) : [])).filter((action) => 'put' in action);
    await table.writeMany(puts.map(({ put }) => ({ put })));
    return { read: puts.length, more: lastKey !== undefined };
  };

  const held = () => table.get(preferencesEntity.key(tenant, me));

  /** The zone in which the member's hours count: her own, or the workspace's. */
  const zone = async () => (await ctx.roster()).find(({ id }) => id === me)?.timeZone ?? ctx.workspace.timeZone;

  const shownPreferences = async (row: PreferencesRow | undefined): Promise<Preferences> => {
    const plain = row ?? PreferencesRow.parse({ memberId: me, version: 1 });
    return { levels: allLevels(plain), digest: plain.digest, timeZone: await zone(), nextDigestAt: plain.dueAt };
  };

  /** Writes the caller's choices; the daily mail moves to its new hour, and never comes twice on one day. */
  const setPreferences = async (input: PreferencesInput): Promise<Preferences> => {
    for (let attempt = 0; ; attempt++) {
      const item = await held();
      const before = item ? preferencesEntity.decode(item) : PreferencesRow.parse({ memberId: me, version: 1 });
      const chosen = { ...before, ...input };
      // A mail that may be on its way is settled first, at the moment that its claim says.
      const dueAt = before.claim ? before.dueAt : (nextDigest(chosen, await zone(), ctx.now)?.at ?? null);
      const to = { ...chosen, dueAt };
      const actions = item
        ? preferencesEntity.update(tenant, me, { from: item, to }, ctx.stamp)
        : preferencesEntity.create(tenant, me, to, ctx.stamp);
      try {
        await table.commit(actions);
        return shownPreferences(to);
      } catch (error) {
        if (!(error instanceof GuardError) || attempt + 1 >= tries) throw error;
      }
    }
  };

  return {
    list,
    count,
    markRead,
    markAllRead,
    setPreferences,
    preferences: async () => {
      const item = await held();
      return shownPreferences(item && preferencesEntity.decode(item));
    },
  };
};
