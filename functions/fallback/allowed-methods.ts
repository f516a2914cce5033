import { adminRoutes } from '../admin/admin.routes.ts';
import { campaignRoutes } from '../campaigns/campaigns.routes.ts';
import { caseRoutes } from '../cases/cases.routes.ts';
import { themeRoutes } from '../cases/themes.routes.ts';
import { customerRoutes } from '../customers/customers.routes.ts';
import { exportRoutes } from '../exports/exports.routes.ts';
import { followUpRoutes } from '../followups/follow-ups.routes.ts';
import { formRoutes } from '../forms/forms.routes.ts';
import { publicFormRoutes } from '../forms/public.routes.ts';
import { importRoutes } from '../imports/imports.routes.ts';
import { interactionRoutes } from '../interactions/interactions.routes.ts';
import { jobRoutes } from '../jobs/jobs.routes.ts';
import type { Routes } from '../kernel/route.ts';
import { matchPath } from '../kernel/serve.ts';
import { mailRoutes } from '../mail-in/mails.routes.ts';
import { messageRoutes } from '../messages/messages.routes.ts';
import { notificationRoutes } from '../notifications/notifications.routes.ts';
import { overviewRoutes } from '../overview/overview.routes.ts';
import { preferenceRoutes } from '../preferences/preferences.routes.ts';
import { reportRoutes } from '../reports/reports.routes.ts';
import { responseRoutes } from '../responses/responses.routes.ts';
import { ruleRoutes } from '../rules/rules.routes.ts';
import { callRoutes } from '../runs/calls.routes.ts';
import { runRoutes } from '../runs/runs.routes.ts';
import { listRoutes } from '../segments/lists.routes.ts';
import { segmentRoutes } from '../segments/segments.routes.ts';
import { senderRoutes } from '../senders/senders.routes.ts';
import { serviceLevelRoutes } from '../service-levels/service-levels.routes.ts';
import { suppressionRoutes } from '../suppressions/suppressions.routes.ts';
import { surveyRoutes } from '../surveys/surveys.routes.ts';
import { teamRoutes } from '../team/team.routes.ts';
import { todayRoutes } from '../today/today.routes.ts';
import { fallbackRoutes } from './fallback.routes.ts';

/** Every route of the API, for who has to say what there is. A test holds it to the list of services. */
export const everyRoute: Routes = {
  ...adminRoutes,
  ...campaignRoutes,
  ...caseRoutes,
  ...themeRoutes,
  ...serviceLevelRoutes,
  ...customerRoutes,
  ...exportRoutes,
  ...fallbackRoutes,
  ...followUpRoutes,
  ...formRoutes,
  ...publicFormRoutes,
  ...importRoutes,
  ...interactionRoutes,
  ...jobRoutes,
  ...notificationRoutes,
  ...overviewRoutes,
  ...reportRoutes,
  ...teamRoutes,
  ...todayRoutes,
  ...mailRoutes,
  ...messageRoutes,
  ...preferenceRoutes,
  ...ruleRoutes,
  ...runRoutes,
  ...callRoutes,
  ...senderRoutes,
  ...suppressionRoutes,
  ...listRoutes,
  ...segmentRoutes,
  ...responseRoutes,
  ...surveyRoutes,
};

/** The methods that a path takes, in alphabetical order; none where there is no such path. */
export function allowedMethods(path: string): string[] {
  if (path.includes('//') || path.endsWith('/')) return [];
  const methods = Object.values(everyRoute).flatMap((route) => (matchPath(route.path, path) ? [route.method] : []));
  return [...new Set(methods)].sort();
}
