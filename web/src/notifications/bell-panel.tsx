import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { Loading } from '../ui/states.tsx';
import { toldQuery } from './queries.ts';
import { ToldRow } from './told-row.tsx';

const mostShown = 8;

/** The newest notifications under the bell. */
export function BellPanel({ onClose }: { onClose: () => void }) {
  const told = useInfiniteQuery(toldQuery(false));
  const rows = told.data?.pages[0]?.data.slice(0, mostShown) ?? [];
  return (
    <div className="grid w-full gap-2 sm:w-96">
      <h2 className="text-sm font-semibold text-ink-2">{t('told.title')}</h2>
      {told.isPending && <Loading rows={3} className="p-0" />}
      {told.isError && <p className="text-sm text-danger">{problemText(told.error)}</p>}
      {told.isSuccess && rows.length === 0 && <p className="py-4 text-sm text-ink-3">{t('told.none')}</p>}
      <ul className="-mx-2 max-h-[60dvh] overflow-y-auto">
        {rows.map((row) => (
          <ToldRow key={row.id} told={row} onOpen={onClose} />
        ))}
      </ul>
      <Link to="/notifications" className={buttonClass('soft')} onClick={onClose}>
        {t('told.showAll')}
      </Link>
    </div>
  );
}
