import { type QueryFilters, useInfiniteQuery, useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { MessageSquarePlus, PenLine } from 'lucide-react';
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import type { Answer } from '../api/client.ts';
import { interactionsQuery, overviewQuery } from '../api/queries.ts';
import type { Channel, Customer } from '../api/types.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatAgo, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { channelList, channelName } from '../interactions/channels.tsx';
import type { Draft } from '../interactions/draft.ts';
import { TimelineList } from '../interactions/timeline-list.tsx';
import { BackLink } from '../shell/back-link.tsx';
import { openOverlay, setOverlayCustomer } from '../shell/overlays.ts';
import { noteOpened } from '../shell/recent.ts';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { ViewTabs, viewTab } from '../shell/view-tabs.tsx';
import { tick } from '../start/checklist.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { AboutPanel } from './about-panel.tsx';
import { CustomerActions } from './customer-actions.tsx';
import { LifecycleMenu } from './lifecycle-menu.tsx';
import { SaveProvider } from './use-save.tsx';

const Composer = lazy(() => import('../interactions/composer.tsx').then(({ Composer }) => ({ default: Composer })));
const CustomerFollowUps = lazy(() =>
  import('../followups/customer-follow-ups.tsx').then(({ CustomerFollowUps }) => ({ default: CustomerFollowUps })),
);
const CustomerSurveys = lazy(() => import('../surveys/customer-surveys.tsx').then(({ CustomerSurveys }) => ({ default: CustomerSurveys })));
const HistoryTab = lazy(() => import('./history-tab.tsx').then(({ HistoryTab }) => ({ default: HistoryTab })));
const CustomerCases = lazy(() => import('../cases/customer-cases.tsx').then(({ CustomerCases }) => ({ default: CustomerCases })));
const OpenMessages = lazy(() => import('../messages/open-messages.tsx').then(({ OpenMessages }) => ({ default: OpenMessages })));

type Overview = Answer<'getOverview'>;

/** The 360: who it is, all that happened, and what to write down next. */
export function CustomerPage() {
  const { id } = useParams({ from: '/app/customers/$id' });
  const overview = useQuery(overviewQuery(id));
  return (
    <>
      <BackLink to="/customers" label={t('customer.back')}>
        {t('nav.customers')}
      </BackLink>
      {!overview.data && <h1 className="sr-only">{t('customer.title')}</h1>}
      {overview.isPending && <Loading rows={10} />}
      {overview.isError && !overview.data && <Failure error={overview.error} retry={() => void overview.refetch()} />}
      {overview.data && <Loaded key={id} overview={overview.data} stale={overview.isError} />}
    </>
  );
}

function Loaded({ overview, stale }: { overview: Overview; stale: boolean }) {
  const { customer, activity } = overview;
  const { tab = 'timeline', channel, edit } = useSearch({ from: '/app/customers/$id' });
  const { workspace } = useMe();
  const navigate = useNavigate({ from: '/customers/$id' });
  const { id, name, kind } = customer;
  // Before she is painted: whoever sees her and presses `l` at once logs with her.
  useLayoutEffect(() => {
    setOverlayCustomer({ id, name, kind });
    return () => setOverlayCustomer(undefined);
  }, [id, name, kind]);
  useEffect(() => {
    noteOpened(workspace.id, { id, name, kind });
    tick('open');
  }, [id, name, kind, workspace.id]);
  const can = useCan();
  const mayWrite = !customer.archivedAt && can.any('interactions', 'write');
  useShortcuts([
    ...(mayWrite ? [{ keys: 'm', label: 'message.write' as const, run: () => openOverlay({ kind: 'message' }) }] : []),
    {
      keys: 'e',
      label: 'keys.edit',
      run: () => void navigate({ search: (before) => ({ ...before, edit: 'name', tab: window.innerWidth < 1024 ? 'about' : before.tab }) }),
    },
  ]);
  return (
    <SaveProvider customerId={id}>
      <title>{`${name} · Suki`}</title>
      <Header customer={customer} activity={activity} />
      {stale && (
        <p role="status" className="mb-4 rounded-md bg-mango-soft px-3.5 py-2 text-sm text-mango-ink">
          {t('customer.stale')}
        </p>
      )}
      <div className="grid gap-6 lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[22rem_minmax(0,1fr)]">
        <div className={cx('lg:order-first lg:block', tab === 'about' ? 'order-last' : 'hidden')}>
          <AboutPanel key={edit ?? ''} customer={customer} edit={edit} />
        </div>
        <div className="grid min-w-0 content-start gap-4">
          <Tabs />
          {tab === 'history' && (
            <Suspense fallback={<Loading rows={4} />}>
              <HistoryTab customerId={id} />
            </Suspense>
          )}
          {tab === 'surveys' && (
            <Suspense fallback={<Loading rows={4} />}>
              <CustomerSurveys customerId={id} archived={customer.archivedAt !== null} />
            </Suspense>
          )}
          <div
            className={cx(
              'grid content-start gap-4',
              (tab === 'history' || tab === 'surveys') && 'hidden',
              tab === 'about' && 'hidden lg:grid',
            )}
          >
            <Suspense fallback={<Loading rows={6} className="px-0" />}>
              <CustomerCases customer={customer} />
              <CustomerFollowUps customer={customer} />
              <OpenMessages customer={customer} />
              <Timeline overview={overview} channel={channelList.find((each) => each === channel)} />
            </Suspense>
          </div>
        </div>
      </div>
    </SaveProvider>
  );
}

function Header({ customer, activity }: { customer: Customer; activity: Overview['activity'] }) {
  const can = useCan();
  const facts = [
    [t('customer.interactions'), formatNumber(activity.interactions)],
    [t('customer.lastInbound'), activity.lastInboundAt ? formatAgo(activity.lastInboundAt) : t('customers.never')],
    [t('customer.lastOutbound'), activity.lastOutboundAt ? formatAgo(activity.lastOutboundAt) : t('customers.never')],
  ];
  return (
    <header className="grid gap-4 pb-6 xl:flex xl:items-center xl:justify-between">
      <div className="flex min-w-0 items-center gap-4">
        <Avatar name={customer.name} kind={customer.kind} size="lg" />
        <div className="min-w-0">
          <h1 className="text-2xl">
            <bdi>{customer.name}</bdi>
          </h1>
          <div className="mt-1 flex flex-wrap items-center gap-2">
            <LifecycleMenu customer={customer} />
            <span className="text-sm text-ink-2" dir="auto">
              {customer.jobTitle ?? t(`kind.${customer.kind}`)}
            </span>
            {customer.archivedAt && <Badge tone="mango">{t('customer.archived')}</Badge>}
          </div>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <dl className="flex flex-wrap gap-x-6 gap-y-2">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt className="text-xs text-ink-3">{label}</dt>
              <dd className="tnum font-semibold">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="flex items-center gap-2">
          {!customer.archivedAt && can.any('interactions', 'write') && (
            <Button onClick={() => openOverlay({ kind: 'message' })} aria-keyshortcuts={ariaKeys('m')}>
              <PenLine className="size-4.5" aria-hidden /> {t('message.write')}
            </Button>
          )}
          {!customer.archivedAt && can.any('interactions', 'write') && (
            <Button look="primary" onClick={() => openOverlay({ kind: 'log' })} aria-keyshortcuts={ariaKeys('l')}>
              <MessageSquarePlus className="size-4.5" aria-hidden /> {t('log.title')}
            </Button>
          )}
          <CustomerActions customer={customer} />
        </div>
      </div>
    </header>
  );
}

function Tabs() {
  const can = useCan();
  const each = [
    { value: undefined, name: 'timeline', label: t('customer.timeline'), phoneOnly: false },
    { value: 'about', name: 'about', label: t('about.title'), phoneOnly: true },
    ...(can.any('interactions', 'read') ? [{ value: 'surveys', name: 'surveys', label: t('nav.surveys'), phoneOnly: false } as const] : []),
    { value: 'history', name: 'history', label: t('customer.history'), phoneOnly: false },
  ] as const;
  return (
    <ViewTabs label={t('customer.views')}>
      {each.map(({ value, name, label, phoneOnly }) => (
        <Link
          key={name}
          from="/customers/$id"
          to="."
          search={(before) => ({ ...before, tab: value, edit: undefined })}
          replace
          activeOptions={{ explicitUndefined: true }}
          className={cx(viewTab, phoneOnly && 'lg:hidden')}
        >
          {label}
        </Link>
      ))}
    </ViewTabs>
  );
}

/**
 * Whether all that stands above the timeline has come once. Until then it has no place of its own: it would move under the finger that is
 * on it, and a menu that is open would take the press for one beside it.
 */
function useSettled(customerId: string): boolean {
  const queryClient = useQueryClient();
  const [settled, setSettled] = useState(false);
  const isFirst: QueryFilters = { predicate: ({ queryKey, state }) => state.status === 'pending' && queryKey.includes(customerId) };
  const waiting = useIsFetching(isFirst);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever begins to ask does so in an effect before this one
  useEffect(() => {
    if (queryClient.isFetching(isFirst) === 0) setSettled(true);
  }, [waiting]);
  return settled;
}

/** The timeline. Unfiltered, its first page comes with the overview; a channel, and everything older, is asked for on its own. */
function Timeline({ overview, channel }: { overview: Overview; channel: Channel | undefined }) {
  const { customer, activity } = overview;
  const can = useCan();
  const [answer, setAnswer] = useState<Partial<Draft>>();
  const [older, setOlder] = useState(false);
  const listed = useInfiniteQuery({ ...interactionsQuery(customer.id, channel), enabled: channel !== undefined || older });
  const first = overview.timeline.data.map(({ interaction }) => interaction);
  const pages = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  // The overview is refreshed most often, so its rows win; the list adds what is older.
  const known = new Set(first.map(({ id }) => id));
  const entries = channel ? pages : [...first, ...pages.filter(({ id }) => !known.has(id))];
  const more = channel || older ? listed.hasNextPage : overview.timeline.page.hasMore;
  const showMore = () => {
    if (channel || older) void listed.fetchNextPage();
    else setOlder(true);
  };
  const used = channelList.filter((each) => (activity.byChannel as Record<string, number>)[each]);
  const settled = useSettled(customer.id);
  if (!settled) return <Loading rows={4} className="px-0" />;
  return (
    <>
      {!customer.archivedAt && can.any('interactions', 'write') && (
        <Suspense fallback={<div className="min-h-12 rounded-xl border border-line bg-surface" />}>
          <Composer customer={customer} answer={answer} onAnswered={() => setAnswer(undefined)} />
        </Suspense>
      )}
      {used.length > 1 && <ChannelFilter used={used} counts={activity.byChannel} />}
      {channel && listed.isPending && <Loading rows={4} />}
      {listed.isError && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {entries.length === 0 && !(channel && listed.isPending) && (
        <Empty icon={<MessageSquarePlus className="size-6" />} title={t('timeline.none')}>
          {channel ? t('timeline.noneOnChannel', { channel: channelName(channel) }) : t('timeline.noneLead')}
        </Empty>
      )}
      <TimelineList customer={customer} entries={entries} onAnswer={setAnswer} />
      {more && (
        <Button
          className="justify-self-center"
          onClick={showMore}
          busy={listed.isFetching && entries.length > 0 && listed.isFetchingNextPage}
        >
          {t('timeline.older')}
        </Button>
      )}
    </>
  );
}

function ChannelFilter({ used, counts }: { used: Channel[]; counts: Record<string, number> }) {
  const chip =
    'hit inline-flex items-center gap-1.5 rounded-full border border-line bg-surface px-3 text-sm whitespace-nowrap text-ink-2 hover:border-control aria-[current=page]:border-ink aria-[current=page]:bg-ink aria-[current=page]:text-surface';
  const choices = [{ value: undefined, label: t('timeline.all') }, ...used.map((each) => ({ value: each, label: channelName(each) }))];
  return (
    <nav aria-label={t('timeline.filter')} className="-mx-4 flex gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
      {choices.map(({ value, label }) => (
        <Link
          key={label}
          from="/customers/$id"
          to="."
          search={(before) => ({ ...before, channel: value })}
          replace
          activeOptions={{ explicitUndefined: true }}
          className={chip}
        >
          {label} {value && <span className="tnum opacity-70">{formatNumber(counts[value] ?? 0)}</span>}
        </Link>
      ))}
    </nav>
  );
}
