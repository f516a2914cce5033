import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { customersSearch } from '../customers/search.ts';
import { withMore } from '../i18n/i18n.ts';
import { app } from './frame.ts';
import { archivedSearch, text } from './search.ts';

const customers = createRoute({
  getParentRoute: () => app,
  path: '/customers',
  validateSearch: customersSearch,
  component: lazyRouteComponent(() => withMore(import('../customers/list.tsx')), 'CustomersList'),
});
const tabs = ['timeline', 'about', 'surveys', 'history'] as const;
type CustomerSearch = { tab?: (typeof tabs)[number] | undefined; channel?: string | undefined; edit?: string | undefined };
const customer = createRoute({
  getParentRoute: () => app,
  path: '/customers/$id',
  validateSearch: (search: Record<string, unknown>): CustomerSearch => ({
    tab: tabs.find((tab) => tab === search.tab),
    channel: text(search.channel),
    edit: text(search.edit),
  }),
  component: lazyRouteComponent(() => withMore(import('../customers/customer-page.tsx')), 'CustomerPage'),
});
const segments = createRoute({
  getParentRoute: () => app,
  path: '/segments',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('../segments/segments-page.tsx')), 'SegmentsPage'),
});
const newSegment = createRoute({
  getParentRoute: () => app,
  path: '/segments/new',
  validateSearch: (search: Record<string, unknown>): { where?: Filter | undefined } => ({
    where: typeof search.where === 'object' && search.where !== null ? (search.where as Filter) : undefined,
  }),
  component: lazyRouteComponent(() => withMore(import('../segments/segment-page.tsx')), 'NewSegment'),
});
const segment = createRoute({
  getParentRoute: () => app,
  path: '/segments/$id',
  component: lazyRouteComponent(() => withMore(import('../segments/segment-page.tsx')), 'SegmentPage'),
});
const lists = createRoute({
  getParentRoute: () => app,
  path: '/lists',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('../lists/lists-page.tsx')), 'ListsPage'),
});
const list = createRoute({
  getParentRoute: () => app,
  path: '/lists/$id',
  component: lazyRouteComponent(() => withMore(import('../lists/list-page.tsx')), 'ListPage'),
});
const imports = createRoute({
  getParentRoute: () => app,
  path: '/imports',
  component: lazyRouteComponent(() => withMore(import('../imports/imports-page.tsx')), 'ImportsPage'),
});
const oneImport = createRoute({
  getParentRoute: () => app,
  path: '/imports/$id',
  component: lazyRouteComponent(() => withMore(import('../imports/import-page.tsx')), 'ImportPage'),
});

/** Customers one by one, and by segment, list and file. */
export const customerRoutes = [customers, customer, segments, newSegment, segment, lists, list, imports, oneImport] as const;
