import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import type { Filter } from '../../functions/kernel/filter.ts';
import { CrmProblem } from './api/problem.ts';
import { Callback } from './auth/callback.tsx';
import { signedIn } from './auth/session.ts';
import { SignIn } from './auth/sign-in.tsx';
import { casesSearch } from './cases/search.ts';
import { customersSearch } from './customers/search.ts';
import { followUpsSearch } from './followups/search.ts';
import { withMore } from './i18n/i18n.ts';
import { Shell } from './shell/shell.tsx';
import { surveySearch } from './surveys/search.ts';
import { Failure, Loading } from './ui/states.tsx';

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string | undefined } => ({ back: text(search.back) }),
  component: SignIn,
});
const callback = createRoute({ getParentRoute: () => root, path: '/auth/callback', component: Callback });

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (!(await signedIn())) throw redirect({ to: '/sign-in', search: { back: location.href === '/' ? undefined : location.href } });
  },
});
const start = createRoute({
  getParentRoute: () => app,
  path: '/',
  component: lazyRouteComponent(() => withMore(import('./today/today.tsx')), 'Today'),
});
const followUps = createRoute({
  getParentRoute: () => app,
  path: '/follow-ups',
  validateSearch: followUpsSearch,
  component: lazyRouteComponent(() => withMore(import('./followups/follow-ups.tsx')), 'FollowUps'),
});
const calls = createRoute({
  getParentRoute: () => app,
  path: '/calls',
  validateSearch: (search: Record<string, unknown>): { campaign?: string | undefined } => ({ campaign: text(search.campaign) }),
  component: lazyRouteComponent(() => withMore(import('./calls/calls-page.tsx')), 'CallsPage'),
});
const team = createRoute({
  getParentRoute: () => app,
  path: '/team',
  component: lazyRouteComponent(() => withMore(import('./team/team.tsx')), 'Team'),
});
const customers = createRoute({
  getParentRoute: () => app,
  path: '/customers',
  validateSearch: customersSearch,
  component: lazyRouteComponent(() => withMore(import('./customers/list.tsx')), 'CustomersList'),
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
  component: lazyRouteComponent(() => withMore(import('./customers/customer-page.tsx')), 'CustomerPage'),
});
const imports = createRoute({
  getParentRoute: () => app,
  path: '/imports',
  component: lazyRouteComponent(() => withMore(import('./imports/imports-page.tsx')), 'ImportsPage'),
});
const oneImport = createRoute({
  getParentRoute: () => app,
  path: '/imports/$id',
  component: lazyRouteComponent(() => withMore(import('./imports/import-page.tsx')), 'ImportPage'),
});
const archivedSearch = (search: Record<string, unknown>): { archived?: 'yes' | undefined } => ({
  archived: search.archived === 'yes' ? 'yes' : undefined,
});
const segments = createRoute({
  getParentRoute: () => app,
  path: '/segments',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('./segments/segments-page.tsx')), 'SegmentsPage'),
});
const newSegment = createRoute({
  getParentRoute: () => app,
  path: '/segments/new',
  validateSearch: (search: Record<string, unknown>): { where?: Filter | undefined } => ({
    where: typeof search.where === 'object' && search.where !== null ? (search.where as Filter) : undefined,
  }),
  component: lazyRouteComponent(() => withMore(import('./segments/segment-page.tsx')), 'NewSegment'),
});
const segment = createRoute({
  getParentRoute: () => app,
  path: '/segments/$id',
  component: lazyRouteComponent(() => withMore(import('./segments/segment-page.tsx')), 'SegmentPage'),
});
const lists = createRoute({
  getParentRoute: () => app,
  path: '/lists',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('./lists/lists-page.tsx')), 'ListsPage'),
});
const list = createRoute({
  getParentRoute: () => app,
  path: '/lists/$id',
  component: lazyRouteComponent(() => withMore(import('./lists/list-page.tsx')), 'ListPage'),
});
const cases = createRoute({
  getParentRoute: () => app,
  path: '/cases',
  validateSearch: casesSearch,
  component: lazyRouteComponent(() => withMore(import('./cases/cases-page.tsx')), 'CasesPage'),
});
const oneCase = createRoute({
  getParentRoute: () => app,
  path: '/cases/$id',
  component: lazyRouteComponent(() => withMore(import('./cases/case-page.tsx')), 'CasePage'),
});
const mails = createRoute({
  getParentRoute: () => app,
  path: '/mails',
  component: lazyRouteComponent(() => withMore(import('./messages/mails-page.tsx')), 'MailsPage'),
});
const rules = createRoute({
  getParentRoute: () => app,
  path: '/rules',
  component: lazyRouteComponent(() => withMore(import('./rules/rules-page.tsx')), 'RulesPage'),
});
const newRule = createRoute({
  getParentRoute: () => app,
  path: '/rules/new',
  component: lazyRouteComponent(() => withMore(import('./rules/rule-page.tsx')), 'NewRule'),
});
const rule = createRoute({
  getParentRoute: () => app,
  path: '/rules/$id',
  component: lazyRouteComponent(() => withMore(import('./rules/rule-page.tsx')), 'RulePage'),
});
const notifications = createRoute({
  getParentRoute: () => app,
  path: '/notifications',
  component: lazyRouteComponent(() => withMore(import('./notifications/notifications-page.tsx')), 'NotificationsPage'),
});
const campaigns = createRoute({
  getParentRoute: () => app,
  path: '/campaigns',
  validateSearch: (search: Record<string, unknown>): { archived?: 'yes' | undefined } => ({
    archived: search.archived === 'yes' ? 'yes' : undefined,
  }),
  component: lazyRouteComponent(() => withMore(import('./campaigns/campaigns-page.tsx')), 'CampaignsPage'),
});
const campaignTabs = ['plan', 'runs', 'report'] as const;
const campaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$id',
  validateSearch: (search: Record<string, unknown>): { tab?: (typeof campaignTabs)[number] | undefined } => ({
    tab: campaignTabs.find((tab) => tab === search.tab),
  }),
  component: lazyRouteComponent(() => withMore(import('./campaigns/campaign-page.tsx')), 'CampaignPage'),
});
const run = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$id/runs/$occurrence',
  validateSearch: (search: Record<string, unknown>): { state?: string | undefined } => ({ state: text(search.state) }),
  component: lazyRouteComponent(() => withMore(import('./campaigns/run-page.tsx')), 'RunPage'),
});
const surveys = createRoute({
  getParentRoute: () => app,
  path: '/surveys',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('./surveys/surveys-page.tsx')), 'SurveysPage'),
});
const survey = createRoute({
  getParentRoute: () => app,
  path: '/surveys/$id',
  validateSearch: surveySearch,
  component: lazyRouteComponent(() => withMore(import('./surveys/survey-page.tsx')), 'SurveyPage'),
});
const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => withMore(import('./settings/settings.tsx')), 'Settings'),
});
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/workspace' });
  },
});
const workspace = createRoute({
  getParentRoute: () => settings,
  path: '/workspace',
  component: lazyRouteComponent(() => withMore(import('./settings/workspace.tsx')), 'WorkspaceSettings'),
});
const sending = createRoute({
  getParentRoute: () => settings,
  path: '/sending',
  component: lazyRouteComponent(() => withMore(import('./campaigns/sending-settings.tsx')), 'SendingSettings'),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  component: lazyRouteComponent(() => withMore(import('./settings/members.tsx')), 'MembersSettings'),
});
const roles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  component: lazyRouteComponent(() => withMore(import('./settings/roles.tsx')), 'RolesSettings'),
});
const keys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => withMore(import('./settings/api-keys.tsx')), 'ApiKeysSettings'),
});
const senders = createRoute({
  getParentRoute: () => settings,
  path: '/senders',
  component: lazyRouteComponent(() => withMore(import('./settings/senders.tsx')), 'SendersSettings'),
});
const suppressions = createRoute({
  getParentRoute: () => settings,
  path: '/suppressions',
  component: lazyRouteComponent(() => withMore(import('./messages/suppressions.tsx')), 'SuppressionsSettings'),
});
const templates = createRoute({
  getParentRoute: () => settings,
  path: '/templates',
  component: lazyRouteComponent(() => withMore(import('./messages/templates.tsx')), 'TemplatesSettings'),
});
const serviceLevels = createRoute({
  getParentRoute: () => settings,
  path: '/service-levels',
  component: lazyRouteComponent(() => withMore(import('./cases/service-levels.tsx')), 'ServiceLevelsSettings'),
});
const forms = createRoute({
  getParentRoute: () => settings,
  path: '/forms',
  component: lazyRouteComponent(() => withMore(import('./forms/forms-settings.tsx')), 'FormsSettings'),
});
const form = createRoute({
  getParentRoute: () => settings,
  path: '/forms/$id',
  component: lazyRouteComponent(() => withMore(import('./forms/form-editor.tsx')), 'FormEditor'),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: lazyRouteComponent(() => withMore(import('./settings/audit.tsx')), 'AuditSettings'),
});

const tree = root.addChildren([
  signIn,
  callback,
  app.addChildren([
    start,
    followUps,
    calls,
    team,
    customers,
    customer,
    segments,
    newSegment,
    segment,
    lists,
    list,
    campaigns,
    campaign,
    run,
    surveys,
    survey,
    imports,
    oneImport,
    mails,
    cases,
    oneCase,
    settings.addChildren([
      settingsHome,
      workspace,
      sending,
      members,
      roles,
      keys,
      senders,
      templates,
      suppressions,
      serviceLevels,
      forms,
      form,
      audit,
    ]),
    notifications,
    rules,
    newRule,
    rule,
  ]),
]);

export const makeRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
    defaultNotFoundComponent: () => <Failure error={new CrmProblem('not_found', 404)} />,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
