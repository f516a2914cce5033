import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';

export type Told = Answer<'listNotifications'>['data'][number];

/** The bell looks every 15 seconds while the tab is visible; an unchanged answer is a 304. */
const often = 15_000;

export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: ({ signal }) => call('countNotifications', { signal }),
  refetchInterval: ({ state }) => (state.status === 'error' ? 60_000 : often),
});

export const toldQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', unread],
    queryFn: ({ pageParam, signal }) =>
      call('listNotifications', {
        query: { limit: 25, unread: unread ? 'true' : 'false', ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 && state.status !== 'error' ? often : false),
  });

export const preferencesQuery = queryOptions({
  queryKey: ['notifications', 'preferences'],
  queryFn: ({ signal }) => call('getNotificationPreferences', { signal }),
});

/** Everything about notifications is asked anew. */
export function useRefreshTold() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['notifications'] });
}
