import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { type Answer, type Call, call } from '../api/client.ts';

export type Segment = Answer<'getSegment'>;
export type List = Answer<'getList'>;
export type Estimate = Answer<'estimateSegment'>;

type Paged = { page: { hasMore: boolean; nextCursor: string | null } };
const next = ({ page }: Paged) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined);
const first = undefined as string | undefined;

export const fieldsQuery = queryOptions({
  queryKey: ['filter-fields'],
  queryFn: ({ signal }) => call('listFilterFields', { signal }),
  staleTime: 60_000,
});

export const segmentsQuery = (archived = false) =>
  infiniteQueryOptions({
    queryKey: ['segments', archived],
    queryFn: ({ pageParam, signal }) =>
      call('listSegments', {
        query: { limit: 50, archived: archived ? 'true' : 'false', ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export const segmentQuery = (id: string) =>
  queryOptions({ queryKey: ['segment', id], queryFn: ({ signal }) => call('getSegment', { params: { id }, signal }) });

export const segmentMembersQuery = (id: string, version: number) =>
  infiniteQueryOptions({
    queryKey: ['segment', id, 'members', version],
    queryFn: ({ pageParam, signal }) =>
      call('listSegmentMembers', { params: { id }, query: { limit: 25, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });

/** A filter of the moment, or an audience. */
export type Asked = { where: Filter } | { audience: NonNullable<NonNullable<Call<'estimateSegment'>['body']>['audience']> };

/** What a filter or an audience finds, about. What was shown before stays until the next answer is there. */
export const estimateQuery = (asked: Asked | undefined) =>
  queryOptions({
    queryKey: ['estimate', asked],
    queryFn: ({ signal }) => call('estimateSegment', { body: asked ?? {}, signal }),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });

export const listsQuery = (archived = false) =>
  infiniteQueryOptions({
    queryKey: ['lists', archived],
    queryFn: ({ pageParam, signal }) =>
      call('listLists', { query: { limit: 50, archived: archived ? 'true' : 'false', ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export const listQuery = (id: string) =>
  queryOptions({ queryKey: ['list', id], queryFn: ({ signal }) => call('getList', { params: { id }, signal }) });

export const listMembersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['list', id, 'members'],
    queryFn: ({ pageParam, signal }) =>
      call('listListMembers', { params: { id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });

/** The job that fills a list, asked again while it works. */
export const fillQuery = (jobId: string | null) =>
  queryOptions({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => call('getJob', { params: { id: jobId ?? '' }, signal }),
    enabled: jobId !== null,
    refetchInterval: ({ state }) => (state.data && ['running', 'validating'].includes(state.data.state) ? 1_000 : false),
    retry: false,
  });

export const groupsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customer', customerId, 'groups'],
    queryFn: ({ signal }) => call('listCustomerGroups', { params: { id: customerId }, signal }),
  });

export const campaignsQuery = queryOptions({
  queryKey: ['campaigns', 'names'],
  queryFn: ({ signal }) => call('listCampaigns', { query: { limit: 100 } as never, signal }),
  staleTime: 60_000,
});

/** Segments and lists by their ids: what an audience can name. */
export function useNamed(): { id: string; name: string }[] {
  const segments = useInfiniteQuery(segmentsQuery());
  const lists = useInfiniteQuery(listsQuery());
  return [segments, lists].flatMap(({ data }) => data?.pages.flatMap((page) => page.data as { id: string; name: string }[]) ?? []);
}
