import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { withMore } from '../i18n/i18n.ts';
import { app } from './frame.ts';

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => withMore(import('../settings/settings.tsx')), 'Settings'),
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
  component: lazyRouteComponent(() => withMore(import('../settings/workspace.tsx')), 'WorkspaceSettings'),
});
const sending = createRoute({
  getParentRoute: () => settings,
  path: '/sending',
  component: lazyRouteComponent(() => withMore(import('../campaigns/sending-settings.tsx')), 'SendingSettings'),
});
const members = createRoute({
  getParentRoute: () => settings,
  path: '/members',
  component: lazyRouteComponent(() => withMore(import('../settings/members.tsx')), 'MembersSettings'),
});
const roles = createRoute({
  getParentRoute: () => settings,
  path: '/roles',
  component: lazyRouteComponent(() => withMore(import('../settings/roles.tsx')), 'RolesSettings'),
});
const keys = createRoute({
  getParentRoute: () => settings,
  path: '/keys',
  component: lazyRouteComponent(() => withMore(import('../settings/api-keys.tsx')), 'ApiKeysSettings'),
});
const senders = createRoute({
  getParentRoute: () => settings,
  path: '/senders',
  component: lazyRouteComponent(() => withMore(import('../settings/senders.tsx')), 'SendersSettings'),
});
const templates = createRoute({
  getParentRoute: () => settings,
  path: '/templates',
  component: lazyRouteComponent(() => withMore(import('../messages/templates.tsx')), 'TemplatesSettings'),
});
const suppressions = createRoute({
  getParentRoute: () => settings,
  path: '/suppressions',
  component: lazyRouteComponent(() => withMore(import('../messages/suppressions.tsx')), 'SuppressionsSettings'),
});
const serviceLevels = createRoute({
  getParentRoute: () => settings,
  path: '/service-levels',
  component: lazyRouteComponent(() => withMore(import('../cases/service-levels.tsx')), 'ServiceLevelsSettings'),
});
const forms = createRoute({
  getParentRoute: () => settings,
  path: '/forms',
  component: lazyRouteComponent(() => withMore(import('../forms/forms-settings.tsx')), 'FormsSettings'),
});
const form = createRoute({
  getParentRoute: () => settings,
  path: '/forms/$id',
  component: lazyRouteComponent(() => withMore(import('../forms/form-editor.tsx')), 'FormEditor'),
});
const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  component: lazyRouteComponent(() => withMore(import('../settings/audit.tsx')), 'AuditSettings'),
});

/** What an admin settles, under the settings' own frame. */
export const settingsRoute = settings.addChildren([
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
]);
