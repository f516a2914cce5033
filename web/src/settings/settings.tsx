import { Link, Outlet } from '@tanstack/react-router';
import { useCan } from '../auth/me.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { ViewTabs, viewTab } from '../shell/view-tabs.tsx';

type Page = {
  to:
    | '/settings/workspace'
    | '/settings/sending'
    | '/settings/members'
    | '/settings/roles'
    | '/settings/keys'
    | '/settings/senders'
    | '/settings/templates'
    | '/settings/suppressions'
    | '/settings/service-levels'
    | '/settings/forms'
    | '/settings/audit';
  label: MessageKey;
  show: boolean;
};

/** The settings and their pages; what a role may not see is not offered, and says so where a link leads to it. */
export function Settings() {
  const can = useCan();
  const pages: Page[] = [
    { to: '/settings/workspace', label: 'settings.workspace', show: true },
    { to: '/settings/members', label: 'settings.members', show: can.any('members', 'read') },
    { to: '/settings/roles', label: 'settings.roles', show: true },
    { to: '/settings/keys', label: 'settings.keys', show: can.any('keys', 'read') },
    { to: '/settings/sending', label: 'sending.title', show: can.any('settings', 'read') },
    { to: '/settings/senders', label: 'senders.title', show: can.any('campaigns', 'read') },
    { to: '/settings/templates', label: 'template.title', show: can.any('interactions', 'read') },
    { to: '/settings/suppressions', label: 'suppression.title', show: can.any('campaigns', 'read') },
    { to: '/settings/service-levels', label: 'entity.serviceLevels', show: can.any('cases', 'read') },
    { to: '/settings/forms', label: 'forms.title', show: can.any('cases', 'read') },
    { to: '/settings/audit', label: 'settings.audit', show: can.any('audit', 'read') },
  ];
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <ViewTabs label={t('nav.settings')} className="mb-6">
        {pages
          .filter(({ show }) => show)
          .map(({ to, label }) => (
            <Link key={to} to={to} className={viewTab}>
              {t(label)}
            </Link>
          ))}
      </ViewTabs>
      <Outlet />
    </>
  );
}
