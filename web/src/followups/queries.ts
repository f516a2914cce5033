import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { FollowUp, FollowUpRow } from '../../../functions/followups/follow-up.ts';
import { call } from '../api/client.ts';

/** How often an open screen asks whether anything is new. Only while it is visible; an unchanged answer is a 304. */
const live = 5_000;
const pageSize = 50;
/** Pages that a calendar loads of what is open and of what is done. */
const mostPages = 5;

export type Scope = 'own' | 'team' | 'all';
export type State = FollowUp['state'];
export type { FollowUp, FollowUpRow };

/** All that is cached of follow-ups begins with this. */
export const followUpKey = ['follow-ups'] as const;

export const todayQuery = queryOptions({
  queryKey: [...followUpKey, 'today'],
  queryFn: ({ signal }) => call('getToday', { signal }),
  refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
});

export const followUpQuery = (id: string) =>
  queryOptions({ queryKey: [...followUpKey, 'one', id], queryFn: ({ signal }) => call('getFollowUp', { params: { id }, signal }) });

export const followUpHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...followUpKey, 'one', id, 'history'],
    queryFn: ({ pageParam, signal }) =>
      call('getFollowUpHistory', { params: { id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });

/** One state of somebody's follow-ups, page after page. Only a list of one page refreshes itself. */
export const followUpsQuery = ({ scope, state }: { scope: Scope; state: State }) =>
  infiniteQueryOptions({
    queryKey: [...followUpKey, 'list', scope, state],
    queryFn: ({ pageParam, signal }) =>
      call('listFollowUps', { query: { scope, state, limit: pageSize, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state: { data, status } }) => ((data?.pages.length ?? 1) === 1 && status !== 'error' ? live : false),
  });

/** What is open with one customer. */
export const customersFollowUpsQuery = (customerId: string) =>
  queryOptions({
    queryKey: [...followUpKey, 'customer', customerId],
    queryFn: ({ signal }) => call('listFollowUps', { query: { customerId, scope: 'all', limit: 20 }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

type Span = { scope: Scope; from: string; to: string };

async function wholeSpan(state: State, { scope, from, to }: Span, signal: AbortSignal) {
  const rows: FollowUpRow[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await call('listFollowUps', { query: { scope, state, from, to, limit: 200, ...(cursor && { cursor }) }, signal });
    rows.push(...answer.data);
    cursor = answer.page.nextCursor ?? undefined;
    if (!cursor) return { rows, more: false };
  }
  return { rows, more: true };
}

/** All of a span of days: what is open by when it is due, what is done by when that was. */
export const calendarQuery = (span: Span) =>
  queryOptions({
    queryKey: [...followUpKey, 'calendar', span],
    queryFn: async ({ signal }) => {
      const [open, done] = await Promise.all([wholeSpan('open', span, signal), wholeSpan('done', span, signal)]);
      return { rows: [...open.rows, ...done.rows], more: open.more || done.more };
    },
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

export const teamQuery = queryOptions({
  queryKey: ['team'],
  queryFn: ({ signal }) => call('getTeamActivity', { signal }),
  refetchInterval: ({ state }) => (state.status === 'error' ? false : 4 * live),
});
