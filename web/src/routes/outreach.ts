import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withMore } from '../i18n/i18n.ts';
import { surveySearch } from '../surveys/search.ts';
import { app } from './frame.ts';
import { archivedSearch, text } from './search.ts';

const campaigns = createRoute({
  getParentRoute: () => app,
  path: '/campaigns',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('../campaigns/campaigns-page.tsx')), 'CampaignsPage'),
});
const campaignTabs = ['plan', 'runs', 'report'] as const;
const campaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$id',
  validateSearch: (search: Record<string, unknown>): { tab?: (typeof campaignTabs)[number] | undefined } => ({
    tab: campaignTabs.find((tab) => tab === search.tab),
  }),
  component: lazyRouteComponent(() => withMore(import('../campaigns/campaign-page.tsx')), 'CampaignPage'),
});
const run = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$id/runs/$occurrence',
  validateSearch: (search: Record<string, unknown>): { state?: string | undefined; reason?: string | undefined } => ({
    state: text(search.state),
    reason: text(search.reason),
  }),
  component: lazyRouteComponent(() => withMore(import('../campaigns/run-page.tsx')), 'RunPage'),
});
const surveys = createRoute({
  getParentRoute: () => app,
  path: '/surveys',
  validateSearch: archivedSearch,
  component: lazyRouteComponent(() => withMore(import('../surveys/surveys-page.tsx')), 'SurveysPage'),
});
const survey = createRoute({
  getParentRoute: () => app,
  path: '/surveys/$id',
  validateSearch: surveySearch,
  component: lazyRouteComponent(() => withMore(import('../surveys/survey-page.tsx')), 'SurveyPage'),
});
const rules = createRoute({
  getParentRoute: () => app,
  path: '/rules',
  component: lazyRouteComponent(() => withMore(import('../rules/rules-page.tsx')), 'RulesPage'),
});
const newRule = createRoute({
  getParentRoute: () => app,
  path: '/rules/new',
  component: lazyRouteComponent(() => withMore(import('../rules/rule-page.tsx')), 'NewRule'),
});
const rule = createRoute({
  getParentRoute: () => app,
  path: '/rules/$id',
  component: lazyRouteComponent(() => withMore(import('../rules/rule-page.tsx')), 'RulePage'),
});

/** What goes out to many: campaigns, surveys, and rules. */
export const outreachRoutes = [campaigns, campaign, run, surveys, survey, rules, newRule, rule] as const;
