import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RefreshCw, UsersRound } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Answer } from '../api/client.ts';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { dateText } from '../followups/days.ts';
import { teamQuery } from '../followups/queries.ts';
import { formatAgo, formatDuration, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { failed } from '../ui/toast.tsx';

type Activity = Answer<'getTeamActivity'>;
type Member = Activity['data'][number];
/** An older count is made anew by itself. */
const stale = 24 * 3_600_000;
const soon = 2_000;

/** What each member did this week, and what waits: counters, with how old they are. */
export function Team() {
  const can = useCan();
  if (!can.any('reports', 'read')) return <ForbiddenPage title={t('team.title')} />;
  return <Allowed />;
}

function Allowed() {
  const asked = useQuery(teamQuery);
  const { counting, recount } = useRecount(asked.data);
  const { data } = asked;
  return (
    <>
      <PageHeader title={t('team.title')} lead={data && t('team.lead', { day: dateText(data.week.from) })}>
        <p className="text-sm text-ink-3" role="status">
          {counting ? t('team.counting') : data?.unseenAsOf ? t('team.asOf', { ago: formatAgo(data.unseenAsOf) }) : null}
        </p>
        <Button onClick={recount} busy={counting} disabled={!data}>
          <RefreshCw className="size-4" aria-hidden /> {t('team.recount')}
        </Button>
      </PageHeader>
      {asked.isPending && <Loading rows={8} />}
      {asked.isError && !data && <Failure error={asked.error} retry={() => void asked.refetch()} />}
      {data?.data.length === 0 && (
        <Empty icon={<UsersRound className="size-6" />} title={t('team.none')}>
          {t('team.noneLead')}
        </Empty>
      )}
      {data && data.data.length > 0 && <MemberTable members={data.data} />}
    </>
  );
}

/** Counting unseen customers anew: by hand, and by itself where a member has no count yet or an old one. */
function useRecount(data: Activity | undefined) {
  const [since, setSince] = useState<string>();
  const asOf = data?.unseenAsOf;
  const start = useMutation({
    mutationFn: () => call('recountTeam', {}),
    onMutate: () => setSince(asOf ?? ''),
    onError: (error) => {
      setSince(undefined);
      failed(problemText(error));
    },
  });
  const counting = since !== undefined && (asOf ?? '') === since;
  // Members are counted one after another: how far it is comes sooner than what the week brings.
  useQuery({ ...teamQuery, enabled: counting, refetchInterval: soon });
  const begunFor = useRef('');
  const { mutate } = start;
  useEffect(() => {
    const members = data?.data.map(({ id }) => id).join() ?? '';
    if (begunFor.current === members || (asOf && Date.now() - Date.parse(asOf) < stale)) return;
    begunFor.current = members;
    mutate();
  }, [data, asOf, mutate]);
  return { counting, recount: () => start.mutate() };
}

function MemberTable({ members }: { members: Member[] }) {
  const heads = [t('team.member'), t('team.interactions'), t('team.overdue'), t('team.response'), t('team.unseen')];
  return (
    <div className="overflow-x-auto rounded-xl border border-line bg-surface shadow-sm">
      <table className="w-full text-sm max-md:block">
        <thead className="max-md:sr-only">
          <tr className="border-b border-line text-start text-ink-2">
            {heads.map((head) => (
              <th key={head} scope="col" className="px-4 py-2.5 text-start font-semibold">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {members
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map((member) => (
              <MemberLine key={member.id} member={member} heads={heads} />
            ))}
        </tbody>
      </table>
    </div>
  );
}

function MemberLine({ member, heads }: { member: Member; heads: string[] }) {
  const { interactions, overdue, firstResponse, unseen } = member;
  const most = Math.max(interactions.thisWeek, interactions.lastWeekSoFar, 1);
  const number = (value: number, more = false) => `${formatNumber(value)}${more ? '+' : ''}`;
  return (
    <tr className="border-b border-line align-top last:border-b-0 max-md:grid max-md:grid-cols-2 max-md:gap-x-3 max-md:gap-y-2 max-md:px-4 max-md:py-3">
      <th scope="row" className="px-4 py-3 text-start font-semibold max-md:col-span-2 max-md:p-0">
        <span className="flex items-center gap-2.5">
          <Avatar name={member.name} size="sm" /> <bdi className="min-w-0 truncate">{member.name}</bdi>
        </span>
      </th>
      <Cell head={heads[1]}>
        <span className="tnum text-base font-semibold">{number(interactions.thisWeek)}</span>
        <span aria-hidden className="mt-1 grid max-w-40 gap-0.5">
          <span className="h-1.5 rounded-full bg-brand" style={{ inlineSize: `${(100 * interactions.thisWeek) / most}%` }} />
          <span className="h-1.5 rounded-full bg-line" style={{ inlineSize: `${(100 * interactions.lastWeekSoFar) / most}%` }} />
        </span>
        <Note>{t('team.lastWeek', { soFar: formatNumber(interactions.lastWeekSoFar), all: formatNumber(interactions.lastWeek) })}</Note>
      </Cell>
      <Cell head={heads[2]}>
        <Link
          to="/follow-ups"
          search={{ scope: 'all' }}
          className={cx(
            'tnum max-sm:hit-square inline-flex min-w-6 items-center text-base font-semibold hover:underline',
            overdue.count > 0 ? 'text-danger' : 'text-ink',
          )}
        >
          {number(overdue.count, overdue.more)}
        </Link>
      </Cell>
      <Cell head={heads[3]}>
        <span className="tnum text-base font-semibold">
          {firstResponse.medianMinutes === null ? '–' : formatDuration(firstResponse.medianMinutes * 60)}
        </span>
        <Note>{t('team.answers', { n: firstResponse.answers })}</Note>
      </Cell>
      <Cell head={heads[4]}>
        <span className="tnum text-base font-semibold">{unseen ? number(unseen.count) : '–'}</span>
        <Note>{unseen ? t('team.unseenOf', { all: formatNumber(unseen.of) }) : t('team.notCounted')}</Note>
      </Cell>
    </tr>
  );
}

function Cell({ head, children }: { head: string | undefined; children: ReactNode }) {
  return (
    <td className="px-4 py-3 max-md:p-0">
      <span className="block text-xs text-ink-3 md:hidden">{head}</span>
      {children}
    </td>
  );
}

const Note = ({ children }: { children: ReactNode }) => <span className="mt-0.5 block text-xs text-ink-3">{children}</span>;
