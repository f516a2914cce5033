import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { casesSearch } from '../cases/search.ts';
import { followUpsSearch } from '../followups/search.ts';
import { withMore } from '../i18n/i18n.ts';
import { app } from './frame.ts';
import { text } from './search.ts';

const start = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => withMore(import('../today/today.tsx')), 'Today'),
});
const followUps = createRoute({
  getParentRoute: () => app,
  path: '/follow-ups',
  validateSearch: followUpsSearch,
  component: lazyRouteComponent(() => withMore(import('../followups/follow-ups.tsx')), 'FollowUps'),
});
const calls = createRoute({
  getParentRoute: () => app,
  path: '/calls',
  validateSearch: (search: Record<string, unknown>): { campaign?: string | undefined } => ({ campaign: text(search.campaign) }),
  component: lazyRouteComponent(() => withMore(import('../calls/calls-page.tsx')), 'CallsPage'),
});
const cases = createRoute({
  getParentRoute: () => app,
  path: '/cases',
  validateSearch: casesSearch,
  component: lazyRouteComponent(() => withMore(import('../cases/cases-page.tsx')), 'CasesPage'),
});
const oneCase = createRoute({
  getParentRoute: () => app,
  path: '/cases/$id',
  component: lazyRouteComponent(() => withMore(import('../cases/case-page.tsx')), 'CasePage'),
});
const mails = createRoute({
  getParentRoute: () => app,
  path: '/mails',
  component: lazyRouteComponent(() => withMore(import('../messages/mails-page.tsx')), 'MailsPage'),
});
const team = createRoute({
  getParentRoute: () => app,
  path: '/team',
  component: lazyRouteComponent(() => withMore(import('../team/team.tsx')), 'Team'),
});
const notifications = createRoute({
  getParentRoute: () => app,
  path: '/notifications',
  component: lazyRouteComponent(() => withMore(import('../notifications/notifications-page.tsx')), 'NotificationsPage'),
});

/** What a member's day is made of: what is due, whom to call, what waits. */
export const dayRoutes = [start, followUps, calls, cases, oneCase, mails, team, notifications] as const;
