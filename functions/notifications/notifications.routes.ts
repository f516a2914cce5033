import * as z from 'zod';
import { Flag, PageQuery, pageOf } from '../kernel/page.ts';
import { defineRoutes } from '../kernel/route.ts';
import { NotificationId, NotificationView } from './notification.ts';
import { Preferences, PreferencesInput } from './preferences.ts';

export const notificationRoutes = defineRoutes({
  listNotifications: {
    method: 'GET',
    path: '/v1/notifications',
    summary: 'What you are told, newest first',
    permission: 'notifications:read',
    query: PageQuery.extend({ unread: Flag }),
    ok: { status: 200, body: pageOf(NotificationView) },
    problems: ['invalid_cursor'],
    cost: { rru: 27, wru: 0, note: 'a page of 50: 2 R, and 0.5 R a customer named; unread ones 25 R more' },
  },
  countNotifications: {
    method: 'GET',
    path: '/v1/notifications/unread',
    summary: 'How many you have not read, up to 100',
    permission: 'notifications:read',
    ok: { status: 200, body: z.strictObject({ count: z.int().nonnegative(), more: z.boolean() }) },
    problems: [],
    cost: { rru: 0.5, wru: 0, note: 'about 40 unread; 1.5 R a hundred' },
  },
  readNotification: {
    method: 'POST',
    path: '/v1/notifications/{id}/read',
    summary: 'Mark one as read',
    permission: 'notifications:write',
    params: z.strictObject({ id: NotificationId }),
    ok: { status: 200, body: NotificationView },
    problems: ['not_found'],
    cost: { rru: 1, wru: 3, note: 'and 0.5 R for the customer named' },
  },
  readNotifications: {
    method: 'POST',
    path: '/v1/notifications/read',
    summary: 'Mark all as read, 500 at most',
    permission: 'notifications:write',
    ok: { status: 200, body: z.strictObject({ read: z.int().nonnegative(), more: z.boolean() }) },
    problems: [],
    cost: { rru: 0.5, wru: 3, note: 'a notification' },
  },
  getNotificationPreferences: {
    method: 'GET',
    path: '/v1/notifications/preferences',
    summary: 'Which kinds reach you, in the product and by daily mail',
    permission: 'notifications:read',
    ok: { status: 200, body: Preferences },
    problems: [],
    cost: { rru: 2, wru: 0 },
  },
  setNotificationPreferences: {
    method: 'PUT',
    path: '/v1/notifications/preferences',
    summary: 'Choose which kinds reach you, and the hour of the daily mail',
    permission: 'notifications:write',
    body: PreferencesInput,
    ok: { status: 200, body: Preferences },
    problems: ['invalid_input'],
    cost: { rru: 2, wru: 3 },
  },
});
