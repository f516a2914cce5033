import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowRightLeft, Ellipsis, Reply } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { call } from '../api/client.ts';
import { customerQuery } from '../api/queries.ts';
import type { Customer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { directionOf } from '../i18n/direction.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { TimelineList } from '../interactions/timeline-list.tsx';
import { BackLink } from '../shell/back-link.tsx';
import { openOverlay } from '../shell/overlays.ts';
import { ariaKeys, useShortcuts } from '../shell/shortcuts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu } from '../ui/menu.tsx';
import { Section } from '../ui/section.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { CaseFields } from './case-fields.tsx';
import { Clocks } from './countdown.tsx';
import { PriorityBadge, StateBadge } from './marks.tsx';
import { NoteForm } from './note-form.tsx';
import { type Case, caseQuery, entriesQuery, useRefreshCases } from './queries.ts';
import { CaseSatisfaction } from './satisfaction.tsx';
import { nextStates, useMove } from './use-move.ts';

const ResolveDialog = lazy(() => import('./resolve-dialog.tsx').then(({ ResolveDialog }) => ({ default: ResolveDialog })));
const MergeDialog = lazy(() => import('./merge-dialog.tsx').then(({ MergeDialog }) => ({ default: MergeDialog })));

/** A case: what it is about, what is promised, what was said, and what to do next. */
export function CasePage() {
  const { id } = useParams({ from: '/app/cases/$id' });
  const found = useQuery(caseQuery(id));
  const customer = useQuery({ ...customerQuery(found.data?.customerId ?? ''), enabled: found.data !== undefined });
  return (
    <>
      <BackLink to="/cases" label={t('case.back')}>
        {t('nav.cases')}
      </BackLink>
      {!found.data && <h1 className="sr-only">{t('entity.case')}</h1>}
      {(found.isPending || (found.data && customer.isPending)) && <Loading rows={8} />}
      {found.isError && !found.data && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && customer.isError && !customer.data && <Failure error={customer.error} retry={() => void customer.refetch()} />}
      {found.data && customer.data && <Loaded key={id} of={found.data} customer={customer.data} />}
    </>
  );
}

function Loaded({ of, customer }: { of: Case; customer: Customer }) {
  const can = useCan();
  const writable = can.any('cases', 'write') && !of.archivedAt && !of.mergedIntoId;
  const answer = () =>
    openOverlay({
      kind: 'message',
      customer: { id: customer.id, name: customer.name },
      onCase: { id: of.id, subject: `#${of.number} ${of.subject}` },
    });
  const mayAnswer = writable && can.any('interactions', 'write') && !customer.archivedAt;
  useShortcuts(mayAnswer ? [{ keys: 'r', label: 'case.answer', run: answer }] : []);
  return (
    <>
      <title>{`#${of.number} ${of.subject} · Suki`}</title>
      <Head of={of} customer={customer} writable={writable} {...(mayAnswer && { onAnswer: answer })} />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_22rem]">
        {/* On a phone what is promised stands above what was said, the rest below it. */}
        <div className="min-w-0 content-start gap-4 max-lg:contents lg:order-last lg:grid">
          <Section title={t('case.promised')} className="max-lg:order-first">
            <div className="pb-1">
              <Clocks of={of} />
            </div>
          </Section>
          <CaseFields of={of} writable={writable} className="max-lg:order-last" />
        </div>
        <div className="grid min-w-0 content-start gap-4">
          {of.resolution && (
            <Section title={t('case.resolution')}>
              <p className="pb-1 whitespace-pre-line" dir="auto">
                {of.resolution}
              </p>
              {of.rootCause && (
                <p className="pb-1 text-sm text-ink-2">
                  {t('case.rootCause')}: <bdi>{of.rootCause}</bdi>
                </p>
              )}
            </Section>
          )}
          <CaseSatisfaction of={of} />
          {writable && <NoteForm of={of} />}
          <Thread of={of} customer={customer} readOnly={!writable} />
        </div>
      </div>
    </>
  );
}

function Head({ of, customer, writable, onAnswer }: { of: Case; customer: Customer; writable: boolean; onAnswer?: () => void }) {
  const moving = useMove();
  const moved = { id: of.id, number: of.number, state: of.state, customerId: of.customerId };
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <div className="min-w-0 grow basis-72">
        <p className="text-sm text-ink-3">
          <span className="tnum">#{of.number}</span> · {t(`case.type.${of.type}`)} ·{' '}
          <time dateTime={of.openedAt}>{t('case.openedAt', { when: formatDateTime(of.openedAt) })}</time>
        </p>
        <h1 className="text-2xl break-words">
          {/* Nastaliq rises higher above its line than other scripts. */}
          <bdi dir={directionOf(of.subject)} className={cx(directionOf(of.subject) === 'rtl' && 'leading-loose')}>
            {of.subject}
          </bdi>
        </h1>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <StateBadge state={of.state} />
          <PriorityBadge priority={of.priority} />
          {of.archivedAt && <Badge>{t('case.archived')}</Badge>}
          {of.reopened > 0 && <Badge tone="mango">{t('case.reopened', { count: of.reopened })}</Badge>}
          <Link
            to="/customers/$id"
            params={{ id: customer.id }}
            search={{}}
            className="hit inline-flex min-w-0 max-w-full items-center font-medium text-brand hover:underline"
          >
            <bdi className="truncate">{customer.name}</bdi>
          </Link>
          {of.mergedIntoId && (
            <Link to="/cases/$id" params={{ id: of.mergedIntoId }} className="hit text-sm text-brand underline">
              {t('case.mergedInto')}
            </Link>
          )}
        </div>
      </div>
      {writable && (
        <div className="flex flex-wrap items-center gap-2">
          {onAnswer && (
            <Button look="primary" onClick={onAnswer} aria-keyshortcuts={ariaKeys('r')}>
              <Reply className="size-4.5 flip-rtl" aria-hidden /> {t('case.answer')}
            </Button>
          )}
          <Menu
            label={t('case.moveTo', { number: of.number })}
            align="end"
            trigger={(attributes) => (
              <Button {...attributes}>
                <ArrowRightLeft className="size-4" aria-hidden /> {t('case.move')}
              </Button>
            )}
            items={nextStates[of.state].map((state) => ({
              key: state,
              label: t(`case.state.${state}`),
              onSelect: () => moving.move(moved, state),
            }))}
          />
          <More of={of} />
        </div>
      )}
      {moving.asking && (
        <Suspense>
          <ResolveDialog number={of.number} onClose={moving.stop} onResolve={(said) => void moving.resolve(moved, said)} />
        </Suspense>
      )}
    </header>
  );
}

function More({ of }: { of: Case }) {
  const can = useCan();
  const refresh = useRefreshCases();
  const [merging, setMerging] = useState(false);
  const restore = () =>
    call('restoreCase', { params: { id: of.id } }).then(
      () => refresh(of.customerId),
      (error) => failed(problemText(error)),
    );
  const archive = useMutation({
    mutationFn: () => call('archiveCase', { params: { id: of.id } }),
    onSuccess: async () => {
      done(t('case.archivedDone', { number: of.number }), () => void restore());
      await refresh(of.customerId);
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <>
      <Menu
        label={t('case.more')}
        align="end"
        trigger={(attributes) => (
          <IconButton {...attributes} label={t('case.more')}>
            <Ellipsis className="size-5" aria-hidden />
          </IconButton>
        )}
        items={[
          { key: 'merge', label: t('case.merge'), onSelect: () => setMerging(true) },
          ...(can.any('cases', 'delete')
            ? [{ key: 'archive', label: t('case.archive'), onSelect: () => archive.mutate(), danger: true }]
            : []),
        ]}
      />
      {merging && (
        <Suspense>
          <MergeDialog of={of} onClose={() => setMerging(false)} />
        </Suspense>
      )}
    </>
  );
}

function Thread({ of, customer, readOnly }: { of: Case; customer: Customer; readOnly: boolean }) {
  const listed = useInfiniteQuery(entriesQuery(of.id));
  const entries = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section aria-label={t('case.thread')}>
      <h2 className="pb-2 text-sm font-semibold text-ink-2">{t('case.thread')}</h2>
      {listed.isPending && <Loading rows={4} className="px-0" />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && entries.length === 0 && <p className="text-sm text-ink-3">{t('case.threadNone')}</p>}
      <TimelineList
        customer={customer}
        entries={entries.map((entry) => ({ ...entry, unanswered: false, campaign: null }))}
        readOnly={readOnly}
      />
      <ShowMore of={listed} />
    </section>
  );
}
