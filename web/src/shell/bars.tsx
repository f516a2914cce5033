import { Link, useNavigate } from '@tanstack/react-router';
import { CircleHelp, Menu as MenuIcon, Plus, Search } from 'lucide-react';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { NotificationBell } from '../notifications/bell.tsx';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu } from '../ui/menu.tsx';
import type { Destination } from './destinations.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { openOverlay } from './overlays.ts';
import { PersonMenu } from './person-menu.tsx';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** The phone's and tablet's upper edge: where I am and who I am. */
export function TopBar() {
  return (
    <header className="sticky top-0 z-20 flex items-center gap-1 border-b border-line bg-canvas/92 px-2 py-1 backdrop-blur-md lg:hidden">
      <div className="min-w-0 grow">
        <WorkspaceMenu />
      </div>
      <IconButton label={t('shell.search')} onClick={() => openOverlay({ kind: 'palette' })}>
        <Search className="size-5" aria-hidden />
      </IconButton>
      <NotificationBell />
      <PersonMenu compact />
    </header>
  );
}

/** The phone's and tablet's lower edge: what one goes to most, within reach of a thumb. */
export function TabBar({ destinations }: { destinations: Destination[] }) {
  const can = useCan();
  const [first, second, ...rest] = destinations;
  const navigate = useNavigate();
  const tab =
    'grid min-h-14 min-w-0 grow basis-0 content-center justify-items-center gap-0.5 px-0.5 text-center text-[0.6875rem] leading-[calc(1.25*var(--leading))] font-medium text-ink-2 aria-[current=page]:text-brand [&>svg]:size-5.5';
  return (
    <nav
      aria-label={t('shell.navigation')}
      className="fixed inset-x-0 bottom-0 z-20 flex items-stretch border-t border-line bg-raised/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md lg:hidden"
    >
      {[first, second].map(
        (destination) =>
          destination && (
            <Link key={destination.to} to={destination.to} activeOptions={{ exact: destination.to === '/' }} className={tab}>
              {destination.icon} <span className="max-w-full">{t(destination.label)}</span>
            </Link>
          ),
      )}
      {can.any('interactions', 'write') && (
        <button type="button" className={cx(tab, 'text-brand!')} onClick={() => openOverlay({ kind: 'log' })}>
          <span className="grid size-9 place-items-center rounded-full bg-brand text-brand-ink shadow-md">
            <Plus className="size-5" aria-hidden />
          </span>
          <span className="sr-only">{t('log.title')}</span>
        </button>
      )}
      <button type="button" className={tab} onClick={() => openOverlay({ kind: 'palette' })}>
        <Search aria-hidden /> <span className="max-w-full">{t('shell.search')}</span>
      </button>
      <Menu
        label={t('shell.more')}
        align="end"
        trigger={(attributes) => (
          <button type="button" {...attributes} className={tab}>
            <MenuIcon aria-hidden /> <span className="max-w-full">{t('shell.more')}</span>
          </button>
        )}
        header={
          <div className="px-1.5">
            <LanguageMenu />
          </div>
        }
        items={[
          ...rest.map(({ to, label, icon }) => ({
            key: to,
            label: t(label),
            icon: <span className="[&>svg]:size-4.5">{icon}</span>,
            onSelect: () => void navigate({ to }),
          })),
          {
            key: 'help',
            label: t('shell.help'),
            icon: <CircleHelp className="size-4.5" aria-hidden />,
            onSelect: () => openOverlay({ kind: 'help' }),
          },
        ]}
      />
    </nav>
  );
}
