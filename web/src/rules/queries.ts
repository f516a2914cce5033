import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';

export type Rule = Answer<'getRule'>;
export type Ready = Answer<'listReadyRules'>['data'][number];
export type Firing = Answer<'listRuleFirings'>['data'][number];
export type DryRun = Answer<'dryRunRule'>;

const live = 5_000;

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => call('listRules', { query: {}, signal }),
  refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
});

export const readyQuery = queryOptions({
  queryKey: ['rules', 'ready'],
  queryFn: ({ signal }) => call('listReadyRules', { signal }),
  staleTime: 60_000,
});

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: ['rules', 'one', id],
    queryFn: ({ signal }) => call('getRule', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

/** The surveys that a rule may ask or wait for, the newest. */
export const askedSurveys = queryOptions({
  queryKey: ['surveys', 'asked'],
  queryFn: ({ signal }) => call('listSurveys', { query: { limit: 100 }, signal }),
  staleTime: 30_000,
});

export const firingsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['rules', 'firings', id],
    queryFn: ({ pageParam, signal }) =>
      call('listRuleFirings', { params: { id }, query: { limit: 25, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 && state.status !== 'error' ? live : false),
  });

/** Everything about rules is asked anew. */
export function useRefreshRules() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['rules'] });
}

/** The texts that a rule can write with. */
export const templatesOf = queryOptions({
  queryKey: ['rules', 'templates'],
  queryFn: ({ signal }) => call('listTemplates', { signal } as never),
  staleTime: 60_000,
});

/** The campaigns that a rule can have customers enter. */
export const enteredCampaigns = queryOptions({
  queryKey: ['rules', 'campaigns'],
  queryFn: async ({ signal }) => {
    const { data } = await call('listCampaigns', { query: { limit: 100, state: 'active', archived: 'false' }, signal });
    return data.filter(({ scheduleKind }) => scheduleKind === 'triggered');
  },
  staleTime: 60_000,
});
