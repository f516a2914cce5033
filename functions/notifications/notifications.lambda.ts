import { serve } from '../context.ts';
import { notificationStore } from './notification.store.ts';
import { notificationRoutes } from './notifications.routes.ts';

export const handler = serve(notificationRoutes, {
  listNotifications: (ctx, { query }) => notificationStore(ctx).list({ ...query, unread: query.unread === 'true' }),

  countNotifications: (ctx) => notificationStore(ctx).count(),

  readNotification: (ctx, { params }) => notificationStore(ctx).markRead(params.id),

  readNotifications: (ctx) => notificationStore(ctx).markAllRead(),

  getNotificationPreferences: (ctx) => notificationStore(ctx).preferences(),

  setNotificationPreferences: (ctx, { body }) => notificationStore(ctx).setPreferences(body),
});
