import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useCan } from '../auth/me.ts';
import { formatNumber } from '../i18n/format.ts';
import { t, withMore } from '../i18n/i18n.ts';
import { buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Panel } from '../ui/menu.tsx';
import { Loading } from '../ui/states.tsx';
import { unreadQuery } from './queries.ts';

const BellPanel = lazy(async () => ({ default: (await withMore(import('./bell-panel.tsx'))).BellPanel }));

/** How many are unread, and the newest at one press. `wide` has its word beside the bell. */
export function NotificationBell({ wide = false }: { wide?: boolean }) {
  const can = useCan();
  const unread = useQuery({ ...unreadQuery, enabled: can.any('notifications', 'read') });
  const count = unread.data?.count ?? 0;
  const shown = unread.data?.more ? '99+' : formatNumber(count);
  if (!can.any('notifications', 'read')) return null;
  return (
    <Panel
      label={t('told.title')}
      align={wide ? 'start' : 'end'}
      trigger={(attributes) => (
        <button
          type="button"
          {...attributes}
          className={buttonClass('ghost', cx('relative', wide ? 'justify-start! gap-3! px-3!' : 'hit-square px-0!'))}
        >
          <Bell className={wide ? 'size-4.5' : 'size-5'} aria-hidden />
          <span className="sr-only">{t('told.bell', { count })}</span>
          {wide && (
            <span aria-hidden className="grow text-start">
              {t('told.title')}
            </span>
          )}
          {count > 0 && (
            <span
              aria-hidden
              className={cx(
                'tnum grid min-w-5 place-items-center rounded-full bg-danger px-1 text-[0.6875rem] leading-5 font-semibold text-danger-ink',
                !wide && 'absolute end-0.5 top-0.5',
              )}
            >
              {shown}
            </span>
          )}
        </button>
      )}
    >
      {(close) => (
        <Suspense fallback={<Loading rows={3} className="p-0" />}>
          <BellPanel onClose={close} />
        </Suspense>
      )}
    </Panel>
  );
}
