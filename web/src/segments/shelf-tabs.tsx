import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import { ViewTabs, viewTab } from '../shell/view-tabs.tsx';

/** Segments and lists stand beside each other: who wants one often wants the other. */
export function ShelfTabs() {
  return (
    <ViewTabs label={t('segment.shelf')} className="mb-4">
      <Link to="/segments" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={viewTab}>
        {t('segment.title')}
      </Link>
      <Link to="/lists" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={viewTab}>
        {t('list.title')}
      </Link>
    </ViewTabs>
  );
}
