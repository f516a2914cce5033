import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';

const tab =
  'hit -mb-px flex items-center whitespace-nowrap border-b-2 border-transparent px-3 text-sm font-semibold text-ink-2 hover:text-ink aria-[current=page]:border-brand aria-[current=page]:text-ink';

/** Segments and lists stand beside each other: who wants one often wants the other. */
export function ShelfTabs() {
  return (
    <nav aria-label={t('segment.shelf')} className="mb-4 flex gap-1 border-b border-line">
      <Link to="/segments" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={tab}>
        {t('segment.title')}
      </Link>
      <Link to="/lists" search={{}} activeOptions={{ exact: true, includeSearch: false }} className={tab}>
        {t('list.title')}
      </Link>
    </nav>
  );
}
