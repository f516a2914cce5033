import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, type Call, call } from '../api/client.ts';

export type Campaign = Answer<'getCampaign'>;
export type ListedCampaign = Answer<'listCampaigns'>['data'][number];
export type CampaignPatch = NonNullable<Call<'updateCampaign'>['body']>;
export type Run = Answer<'getRun'>;
export type Send = Answer<'listSends'>['data'][number];
export type Report = Answer<'getCampaignReport'>;
export type Content = NonNullable<Campaign['content']>;

/** How often an open screen asks whether anything is new. */
const live = 5_000;

type Paged = { page: { hasMore: boolean; nextCursor: string | null } };
const next = ({ page }: Paged) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined);
const first = undefined as string | undefined;

export const campaignsQuery = (archived: boolean) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', 'list', archived],
    queryFn: ({ pageParam, signal }) =>
      call('listCampaigns', {
        query: { limit: 50, archived: archived ? 'true' : 'false', ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id],
    queryFn: ({ signal }) => call('getCampaign', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && ['active', 'waiting_approval'].includes(state.data.state) ? live : false),
  });

export const dryRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'dry-run'],
    queryFn: ({ signal }) => call('getDryRun', { params: { id }, signal }),
    retry: false,
    refetchInterval: ({ state }) => (state.data && !state.data.done ? 2_000 : false),
  });

export const runsQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'runs'],
    queryFn: ({ signal }) => call('listRuns', { params: { id }, query: { limit: 20 }, signal }),
    refetchInterval: live,
  });

export const runQuery = (id: string, occurrence: string) =>
  queryOptions({
    queryKey: ['campaigns', id, 'runs', occurrence],
    queryFn: ({ signal }) => call('getRun', { params: { id, occurrence }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

type Reason = NonNullable<NonNullable<Call<'listSends'>['query']>['reason']>;
type Asked = { state: string | undefined; reason: string | undefined; asOf: string };

/** The messages of a run as of a count of it. */
export const sendsQuery = (id: string, occurrence: string, { state, reason, asOf }: Asked) =>
  infiniteQueryOptions({
    queryKey: ['campaigns', id, 'runs', occurrence, 'sends', state ?? 'all', reason ?? 'any', asOf],
    queryFn: ({ pageParam, signal }) =>
      call('listSends', {
        params: { id, occurrence },
        query: {
          limit: 50,
          ...(state && { state: state as Send['state'] }),
          ...(reason && { reason: reason as Reason }),
          ...(pageParam && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: next,
  });

export const reportQuery = (id: string) =>
  queryOptions({ queryKey: ['campaigns', id, 'report'], queryFn: ({ signal }) => call('getCampaignReport', { params: { id }, signal }) });

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: ({ signal }) => call('listSenders', { signal }),
  staleTime: 60_000,
});
