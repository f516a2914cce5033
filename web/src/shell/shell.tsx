import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import {
  Building2,
  CalendarDays,
  ChevronsUpDown,
  CircleHelp,
  ClipboardList,
  FileUp,
  Home,
  Inbox,
  LifeBuoy,
  ListFilter,
  LogOut,
  Megaphone,
  Menu as MenuIcon,
  MonitorSmartphone,
  Moon,
  Plus,
  Search,
  Settings,
  Sun,
  Users,
  UsersRound,
  Workflow,
} from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useCan, useMe, useMeQuery, useSwitchWorkspace } from '../auth/me.ts';
import { configuration, signOut } from '../auth/session.ts';
import { loadMore, type MessageKey, t } from '../i18n/i18n.ts';
import { NotificationBell } from '../notifications/bell.tsx';
import { setChecklistPerson } from '../start/checklist.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Kbd } from '../ui/badge.tsx';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Logo } from '../ui/logo.tsx';
import { Menu } from '../ui/menu.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { closeOverlay, openOverlay, useOverlay } from './overlays.ts';
import { ariaKeys, useShortcuts } from './shortcuts.ts';
import { chooseTheme, currentTheme, type Theme } from './theme.ts';

const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })));
const Help = lazy(() => import('./help.tsx').then(({ Help }) => ({ default: Help })));
const CreateCustomer = lazy(() => import('../customers/create.tsx').then(({ CreateCustomer }) => ({ default: CreateCustomer })));
const LogSheet = lazy(() => import('../interactions/log-sheet.tsx').then(({ LogSheet }) => ({ default: LogSheet })));

const MessageDialog = lazy(async () => {
  await loadMore();
  return { default: (await import('../messages/message-dialog.tsx')).MessageDialog };
});

const FollowUpDialog = lazy(async () => {
  await loadMore();
  return { default: (await import('../followups/follow-up-dialog.tsx')).FollowUpDialog };
});

const OutboxBar = lazy(() => import('../interactions/outbox-bar.tsx').then(({ OutboxBar }) => ({ default: OutboxBar })));

type Destination = {
  to:
    | '/'
    | '/campaigns'
    | '/cases'
    | '/customers'
    | '/follow-ups'
    | '/imports'
    | '/mails'
    | '/rules'
    | '/segments'
    | '/settings'
    | '/surveys'
    | '/team';
  label: MessageKey;
  icon: ReactNode;
  keys: string;
};

/** Where one can go, in the order of the navigation. */
function useDestinations(): Destination[] {
  const can = useCan();
  const all: (Destination & { show: boolean })[] = [
    { to: '/', label: 'nav.today', icon: <Home />, keys: 'g h', show: true },
    { to: '/customers', label: 'nav.customers', icon: <Users />, keys: 'g c', show: can.any('customers', 'read') },
    { to: '/follow-ups', label: 'nav.followUps', icon: <CalendarDays />, keys: 'g f', show: can.any('followUps', 'read') },
    { to: '/cases', label: 'nav.cases', icon: <LifeBuoy />, keys: 'g k', show: can.any('cases', 'read') },
    { to: '/team', label: 'nav.team', icon: <UsersRound />, keys: 'g t', show: can.any('reports', 'read') },
    { to: '/segments', label: 'nav.segments', icon: <ListFilter />, keys: 'g l', show: can.any('segments', 'read') },
    { to: '/mails', label: 'nav.mails', icon: <Inbox />, keys: 'g m', show: can.any('interactions', 'write') },
    { to: '/rules', label: 'nav.rules', icon: <Workflow />, keys: 'g r', show: can.any('rules', 'read') },
    { to: '/campaigns', label: 'nav.campaigns', icon: <Megaphone />, keys: 'g p', show: can.any('campaigns', 'read') },
    { to: '/surveys', label: 'nav.surveys', icon: <ClipboardList />, keys: 'g q', show: can.any('surveys', 'read') },
    { to: '/imports', label: 'nav.imports', icon: <FileUp />, keys: 'g i', show: can.any('imports', 'read') },
    { to: '/settings', label: 'nav.settings', icon: <Settings />, keys: 'g s', show: true },
  ];
  return all.filter(({ show }) => show);
}

/** Everything around a screen. It waits for who is signed in, because nothing can be shown before. */
export function Shell() {
  const me = useMeQuery();
  if (me.isPending) return <Loading className="mx-auto max-w-lg pt-24" />;
  if (me.isError) return <NoEntry error={me.error} retry={() => void me.refetch()} />;
  return <Frame />;
}

function NoEntry({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center content-center">
      <Failure error={error} retry={retry} />
      <Button look="ghost" onClick={() => void signOut()}>
        <LogOut className="size-4 flip-rtl" aria-hidden /> {t('shell.signOut')}
      </Button>
    </main>
  );
}

function Frame() {
  const { member } = useMe();
  useEffect(() => setChecklistPerson(member.id), [member.id]);
  const navigate = useNavigate();
  const can = useCan();
  const destinations = useDestinations();
  const overlay = useOverlay();
  useShortcuts([
    { keys: '/', label: 'keys.search', run: () => openOverlay({ kind: 'palette' }) },
    ...(can.any('customers', 'write') && can.field('name')
      ? [{ keys: 'c', label: 'keys.create' as const, run: () => openOverlay({ kind: 'create' }) }]
      : []),
    ...(can.any('interactions', 'write') ? [{ keys: 'l', label: 'keys.log' as const, run: () => openOverlay({ kind: 'log' }) }] : []),
    ...destinations.map(({ to, label, keys }) => ({ keys, label, run: () => void navigate({ to }) })),
    { keys: '?', label: 'keys.help', run: () => openOverlay({ kind: 'help' }) },
  ]);
  useCommandK();
  return (
    <div className="flex min-h-dvh">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-md focus:bg-raised focus:px-4 focus:py-2 focus:shadow-md"
      >
        {t('shell.skip')}
      </a>
      <Sidebar destinations={destinations} />
      <div className="flex min-w-0 grow flex-col">
        <TopBar />
        <Main />
        <TabBar destinations={destinations} />
      </div>
      <Suspense>
        {overlay?.kind === 'palette' && <Palette onClose={closeOverlay} />}
        {overlay?.kind === 'help' && <Help onClose={closeOverlay} />}
        {overlay?.kind === 'create' && <CreateCustomer onClose={closeOverlay} name={overlay.name} />}
        {overlay?.kind === 'followUp' && <FollowUpDialog onClose={closeOverlay} id={overlay.id} start={overlay.start} />}
        {overlay?.kind === 'message' && overlay.customer && (
          <MessageDialog onClose={closeOverlay} customer={overlay.customer} answers={overlay.answers} onCase={overlay.onCase} />
        )}
        {overlay?.kind === 'log' && <LogSheet onClose={closeOverlay} customer={overlay.customer} channel={overlay.channel} />}
      </Suspense>
    </div>
  );
}

function useCommandK() {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openOverlay({ kind: 'palette' });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** The screen itself. After a change of screen the focus starts here, so that a screen reader reads the new one. */
function Main() {
  const ref = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what makes it run
  useEffect(() => {
    if (first.current) first.current = false;
    else if (document.activeElement === document.body || !document.activeElement?.closest('nav'))
      ref.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <main
      id="main"
      ref={ref}
      tabIndex={-1}
      className="mx-auto w-full max-w-[92rem] grow px-4 pt-2 pb-28 outline-none sm:px-6 sm:pb-10 lg:px-8 lg:pt-7"
    >
      <Suspense>
        <OutboxBar />
      </Suspense>
      <Outlet />
    </main>
  );
}

function Sidebar({ destinations }: { destinations: Destination[] }) {
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

function WorkspaceMenu() {
  const me = useMe();
  const switchTo = useSwitchWorkspace();
  return (
    <Menu
      label={t('shell.workspace')}
      trigger={(attributes) => (
        <button
          type="button"
          {...attributes}
          className="hit flex w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1 text-start hover:bg-hover"
        >
          <Logo className="size-8 shrink-0" />
          <span className="min-w-0 grow">
            <span className="block truncate font-semibold tracking-tight" dir="auto">
              {me.workspace.name}
            </span>
            <span className="block truncate text-xs text-ink-3">{t('shell.workspace')}</span>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-ink-3" aria-hidden />
        </button>
      )}
      items={me.workspaces.map(({ id, name }) => ({
        key: id,
        label: <bdi>{name}</bdi>,
        icon: <Building2 className="size-4 text-ink-3" aria-hidden />,
        checked: id === me.workspace.id,
        onSelect: () => id !== me.workspace.id && void switchTo(id),
      }))}
    />
  );
}

const themes: { theme: Theme; label: MessageKey; icon: ReactNode }[] = [
  { theme: 'system', label: 'theme.system', icon: <MonitorSmartphone className="size-4" aria-hidden /> },
  { theme: 'light', label: 'theme.light', icon: <Sun className="size-4" aria-hidden /> },
  { theme: 'dark', label: 'theme.dark', icon: <Moon className="size-4" aria-hidden /> },
];

function PersonMenu({ compact = false }: { compact?: boolean }) {
  const { member } = useMe();
  const [theme, setTheme] = useState(currentTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <Menu
      label={t('shell.you')}
      align={compact ? 'end' : 'start'}
      header={
        <div className="border-b border-line px-4 pt-2 pb-3">
          <p className="font-semibold" dir="auto">
            {member.name}
          </p>
          <p className="text-sm text-ink-3">{t(`role.${member.role}`)}</p>
        </div>
      }
      trigger={(attributes) => (
        <button
          type="button"
          {...attributes}
          className={cx(
            'hit flex min-w-0 items-center gap-2.5 rounded-md px-2 text-start hover:bg-hover',
            compact && 'min-w-11 justify-center',
          )}
        >
          <Avatar name={member.name} size="sm" />
          <span className="sr-only">{compact ? `${t('shell.you')}: ${member.name}` : `${t('shell.you')}: `}</span>
          {!compact && (
            <span className="min-w-0 grow truncate text-sm font-medium" dir="auto">
              {member.name}
            </span>
          )}
        </button>
      )}
      items={[
        ...themes.map(({ theme: each, label, icon }) => ({
          key: each,
          label: t(label),
          icon,
          checked: theme === each,
          onSelect: () => choose(each),
        })),
        ...(configuration().local
          ? [
              {
                key: 'desk',
                label: t('shell.desk'),
                icon: <MonitorSmartphone className="size-4" aria-hidden />,
                onSelect: () => location.assign('/local'),
              },
            ]
          : []),
        { key: 'out', label: t('shell.signOut'), icon: <LogOut className="size-4 flip-rtl" aria-hidden />, onSelect: () => void signOut() },
      ]}
    />
  );
}

/** The phone's and tablet's upper edge: where I am and who I am. */
function TopBar() {
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

function TabBar({ destinations }: { destinations: Destination[] }) {
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
