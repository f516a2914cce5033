import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Call, call } from '../api/client.ts';
import type { CasesSearch } from './search.ts';

export type Case = Answer<'getCase'>;
export type CaseRow = Answer<'listCases'>['data'][number];
export type CaseState = Case['state'];
export type Levels = Answer<'getServiceLevels'>;
export type CasePatch = Call<'updateCase'>['body'];

/** How often an open screen asks whether anything is new. Only while it is visible; an unchanged answer is a 304. */
const live = 5_000;

/** Cases by what is due, page after page. Only a list of one page refreshes itself. */
export const casesQuery = (search: CasesSearch) => {
  const { view: _, state = 'open', ...narrowed } = search;
  const asked = { state, ...narrowed };
  return infiniteQueryOptions({
    queryKey: ['cases', 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      call('listCases', { query: { ...asked, limit: 50, ...(pageParam && { cursor: pageParam }) } as never, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state: { data, status } }) => ((data?.pages.length ?? 1) === 1 && status !== 'error' ? live : false),
  });
};

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => call('getCase', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

export const entriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['cases', 'entries', id],
    queryFn: ({ pageParam, signal }) =>
      call('listCaseEntries', { params: { id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 && state.status !== 'error' ? live : false),
  });

/** All cases of one customer, the newest first. */
export const customersCasesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['cases', 'customer', customerId],
    queryFn: ({ signal }) => call('listCases', { query: { customerId, state: 'any', limit: 20 }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

export const levelsQuery = queryOptions({
  queryKey: ['service-levels'],
  queryFn: ({ signal }) => call('getServiceLevels', { signal }),
  staleTime: 60_000,
});

export type Theme = Answer<'listThemes'>['data'][number];

export const themesQuery = queryOptions({
  queryKey: ['cases', 'themes'],
  queryFn: ({ signal }) => call('listThemes', { signal }),
  staleTime: 10_000,
});

/** What the cases of the last days come to, by the product's clock. */
export const reportQuery = (days: number) =>
  queryOptions({
    queryKey: ['cases', 'report', days],
    queryFn: ({ signal }) => call('getCaseReport', { query: { days }, signal }),
    staleTime: 30_000,
  });

/** Everything about cases is asked anew, and what the timeline shows of them. */
export function useRefreshCases() {
  const queryClient = useQueryClient();
  return (customerId?: string) =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['cases'] }),
      ...(customerId ? [queryClient.invalidateQueries({ queryKey: ['customer', customerId] })] : []),
    ]);
}
