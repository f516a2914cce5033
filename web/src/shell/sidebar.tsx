import { Link } from '@tanstack/react-router';
import { CircleHelp, Search } from 'lucide-react';
import { t } from '../i18n/i18n.ts';
import { NotificationBell } from '../notifications/bell.tsx';
import { Kbd } from '../ui/badge.tsx';
import { buttonClass } from '../ui/button.tsx';
import type { Destination } from './destinations.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { openOverlay } from './overlays.ts';
import { PersonMenu } from './person-menu.tsx';
import { ariaKeys } from './shortcuts.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** The desk's edge: where one can go, and who one is. */
export function Sidebar({ destinations }: { destinations: Destination[] }) {
  return (
    <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col gap-5 overflow-y-auto border-e border-line bg-sunken px-3 py-4 lg:flex">
      <WorkspaceMenu />
      <button
        type="button"
        onClick={() => openOverlay({ kind: 'palette' })}
        aria-keyshortcuts={ariaKeys('Control+K Meta+K /')}
        className="hit flex items-center gap-2.5 rounded-md border border-line bg-surface px-3 text-sm text-ink-3 shadow-sm hover:border-control"
      >
        <Search className="size-4" aria-hidden /> <span className="grow text-start">{t('shell.search')}</span> <Kbd>⌘K</Kbd>
      </button>
      <nav aria-label={t('shell.navigation')} className="grid gap-0.5">
        {destinations.map(({ to, label, icon, keys }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === '/' }}
            aria-keyshortcuts={ariaKeys(keys)}
            className="hit flex items-center gap-3 rounded-md px-3 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand [&>svg]:size-4.5 [&>svg]:shrink-0"
          >
            {icon} {t(label)}
          </Link>
        ))}
      </nav>
      <div className="mt-auto grid gap-1">
        <NotificationBell wide />
        <button
          type="button"
          className={buttonClass('ghost', 'justify-start!')}
          onClick={() => openOverlay({ kind: 'help' })}
          aria-keyshortcuts={ariaKeys('?')}
        >
          <CircleHelp className="size-4.5" aria-hidden /> {t('shell.help')}
        </button>
        <div className="grid [&>button]:justify-start!">
          <LanguageMenu align="start" />
        </div>
        <PersonMenu />
      </div>
    </aside>
  );
}
