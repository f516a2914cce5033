import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useCan, useMe, useMeQuery } from '../auth/me.ts';
import { signOut } from '../auth/session.ts';
import { t, withMore } from '../i18n/i18n.ts';
import { setChecklistPerson } from '../start/checklist.ts';
import { Button } from '../ui/button.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { TabBar, TopBar } from './bars.tsx';
import { useDestinations } from './destinations.tsx';
import { Layers } from './layers.tsx';
import { openOverlay } from './overlays.ts';
import { useShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';

const OutboxBar = lazy(async () => ({ default: (await withMore(import('../interactions/outbox-bar.tsx'))).OutboxBar }));

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
  useShortcuts(
    [
      { keys: '/', label: 'keys.search', run: () => openOverlay({ kind: 'palette' }) },
      ...(can.any('customers', 'write') && can.field('name')
        ? [{ keys: 'c', label: 'keys.create' as const, run: () => openOverlay({ kind: 'create' }) }]
        : []),
      ...(can.any('followUps', 'write')
        ? [{ keys: 'n', label: 'keys.followUp' as const, run: () => openOverlay({ kind: 'followUp' }) }]
        : []),
      ...(can.any('interactions', 'write') ? [{ keys: 'l', label: 'keys.log' as const, run: () => openOverlay({ kind: 'log' }) }] : []),
      ...destinations.map(({ to, label, keys }) => ({ keys, label, run: () => void navigate({ to }) })),
      { keys: '?', label: 'keys.help', run: () => openOverlay({ kind: 'help' }) },
    ],
    'everywhere',
  );
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
      <Layers />
    </div>
  );
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
