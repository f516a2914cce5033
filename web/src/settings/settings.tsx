import { Link, Outlet } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { ViewTabs, viewTab } from '../shell/view-tabs.tsx';
import { useSettingsPages } from './pages.ts';

/** The settings and their pages; what a role may not see is not offered, and says so where a link leads to it. */
export function Settings() {
  const pages = useSettingsPages();
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <ViewTabs label={t('nav.settings')} className="mb-6">
        {pages.map(({ to, label }) => (
          <Link key={to} to={to} className={viewTab}>
            {t(label)}
          </Link>
        ))}
      </ViewTabs>
      <Outlet />
    </>
  );
}
