import { infiniteQueryOptions, keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { type Answer, type Call, call } from '../api/client.ts';

export type Survey = Answer<'getSurvey'>;
export type ListedSurvey = Answer<'listSurveys'>['data'][number];
export type Results = Answer<'getSurveyResults'>;
export type Figure = NonNullable<Results['score']>;
export type SurveyResponse = Answer<'listResponses'>['data'][number];
export type Template = Answer<'listSurveyTemplates'>['data'][number];
export type OpenLink = Answer<'listSurveyLinks'>['data'][number];
type ResultsQuery = NonNullable<Call<'getSurveyResults'>['query']>;
type ResponsesQuery = NonNullable<Call<'listResponses'>['query']>;

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

export const templatesQuery = queryOptions({
  queryKey: ['survey-templates'],
  queryFn: ({ signal }) => call('listSurveyTemplates', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const linksQuery = (id: string) =>
  queryOptions({ queryKey: ['surveys', id, 'links'], queryFn: ({ signal }) => call('listSurveyLinks', { params: { id }, signal }) });

export const surveyQuery = (id: string) =>
  queryOptions({ queryKey: ['surveys', id], queryFn: ({ signal }) => call('getSurvey', { params: { id }, signal }) });

/** Asked again now and then while it is looked at, but for a cut that reads every customer. */
export const resultsQuery = (id: string, query: ResultsQuery) =>
  queryOptions({
    queryKey: ['surveys', id, 'results', query],
    queryFn: ({ signal }) => call('getSurveyResults', { params: { id }, query, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.status === 'error' || query.by === 'segment' ? false : 15_000),
  });

export const responsesQuery = (id: string, query: ResponsesQuery) =>
  infiniteQueryOptions({
    queryKey: ['surveys', id, 'responses', query],
    queryFn: ({ pageParam, signal }) =>
      call('listResponses', { params: { id }, query: { limit: 25, ...query, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export const responseQuery = (id: string, responseId: string) =>
  queryOptions({
    queryKey: ['surveys', id, 'responses', 'one', responseId],
    queryFn: ({ signal }) => call('getResponse', { params: { id, responseId }, signal }),
  });

export const askingQuery = (id: string) =>
  queryOptions({
    queryKey: ['surveys', id, 'campaigns'],
    queryFn: ({ signal }) => call('listAskingCampaigns', { params: { id }, signal }),
  });

export const customerResponsesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['customer', id, 'responses'],
    queryFn: ({ pageParam, signal }) =>
      call('listCustomerResponses', { params: { id }, query: { limit: 25, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export function useRefreshSurveys() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['surveys'] });
}
