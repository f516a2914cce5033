import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import { TabBar, tabClass } from '../shell/tab-bar.tsx';

/** Segments and lists stand beside each other: who wants one often wants the other. */
export function ShelfTabs() {
  return (
    <TabBar label={t('segment.shelf')} className="mb-4">
      <Link to="/segments" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={tabClass}>
        {t('segment.title')}
      </Link>
      <Link to="/lists" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={tabClass}>
        {t('list.title')}
      </Link>
    </TabBar>
  );
}
