import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { notificationEntity } from '../../functions/notifications/notification.entity.ts';
import { newNotification } from '../../functions/notifications/notification.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';

/** The rows of the matrix about notifications: every role reads its own, and nobody's else. */
const everybody: Row = { admin: 'y', manager: 'y', sales: 'y', service: 'y', marketing: 'y', analyst: 'y', partner: 'y' };
const hers: Row = {
  admin: 'ynn-n-n',
  manager: 'ynn-n-n',
  sales: 'ynn-n-n',
  service: 'ynn-n-n',
  marketing: 'ynn-n-n',
  analyst: 'ynn-n-n',
  partner: 'ynn-n-n',
};

export const notificationRows: Record<string, Row> = {
  listNotifications: everybody,
  countNotifications: everybody,
  readNotification: hers,
  readNotifications: everybody,
  getNotificationPreferences: everybody,
  setNotificationPreferences: everybody,
};

const newId = idMaker(now);

/** A notification of the member who stands in the relation; of nobody for an absent one. */
async function notificationId({ people, actor, relation }: Setting): Promise<string> {
  if (relation === 'absent') return idFrom('ntf', 'not', 'there');
  const [tenant, memberId] =
    relation === 'foreign'
      ? [people.other.tenant, people.other.members.admin.id]
      : [people.ws.tenant, { own: actor.id, team: people.mate.id }[relation as string] ?? people.stranger.id];
  const row = newNotification(tenant, { memberId, kind: 'mention', subject: { type: 'customer', id: newId('cus') } }, isoOf(now()));
  const stamp = { by: null, via: 'rule', requestId: null, now: now() };
  await tableOf(tenant, now()).commit(notificationEntity.create(tenant, row, row, stamp));
  return row.id;
}

const plain = (method: string, path: string, body?: unknown): Case => ({
  call: async () => ({ method, path, ...(body !== undefined && { body }) }),
});

export const notificationCases: Record<string, Case> = {
  listNotifications: plain('GET', '/v1/notifications'),
  countNotifications: plain('GET', '/v1/notifications/unread'),
  readNotification: {
    call: async (setting) => ({ method: 'POST', path: `/v1/notifications/${await notificationId(setting)}/read` }),
  },
  readNotifications: plain('POST', '/v1/notifications/read'),
  getNotificationPreferences: plain('GET', '/v1/notifications/preferences'),
  setNotificationPreferences: plain('PUT', '/v1/notifications/preferences', { digest: { on: false, at: '08:00' } }),
};
