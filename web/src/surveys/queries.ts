import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';

export type Survey = Answer<'getSurvey'>;

type Paged = { page: { hasMore: boolean; nextCursor: string | null } };
const next = ({ page }: Paged) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined);
const first = undefined as string | undefined;

export const surveysQuery = (archived: boolean) =>
  infiniteQueryOptions({
    queryKey: ['surveys', 'list', archived],
    queryFn: ({ pageParam, signal }) =>
      call('listSurveys', { query: { limit: 50, archived: archived ? 'true' : 'false', ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export const surveyQuery = (id: string) =>
  queryOptions({ queryKey: ['surveys', id], queryFn: ({ signal }) => call('getSurvey', { params: { id }, signal }) });

export function useRefreshSurveys() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['surveys'] });
}
