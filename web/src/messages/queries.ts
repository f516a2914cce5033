import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';

export type Message = Answer<'getMessage'>;
export type Mail = Answer<'getMail'>;
export type Template = Answer<'addTemplate'>;
export type Suppression = Answer<'addSuppression'>;

/** What was written to a customer and is on no timeline: planned, on its way, or not sent. Asked again while something may change. */
export const openMessagesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customer', customerId, 'messages'],
    queryFn: ({ signal }) => call('listMessages', { params: { id: customerId }, query: { open: 'true', limit: 20 }, signal }),
    refetchInterval: ({ state }) => (state.status !== 'error' && state.data?.data.some(isUnderWay) ? 5_000 : false),
  });

/** Whether it may still change by itself. */
export const isUnderWay = ({ state }: Pick<Message, 'state'>) => state === 'pending' || state === 'claimed' || state === 'unknown';

export const messageQuery = (customerId: string, messageId: string) =>
  queryOptions({
    queryKey: ['customer', customerId, 'message', messageId],
    queryFn: ({ signal }) => call('getMessage', { params: { id: customerId, messageId }, signal }),
    staleTime: 30_000,
  });

export const templatesQuery = queryOptions({
  queryKey: ['message-templates'],
  queryFn: ({ signal }) => call('listTemplates', { query: {}, signal }),
  staleTime: 60_000,
});

export const variablesQuery = queryOptions({
  queryKey: ['message-variables'],
  queryFn: ({ signal }) => call('listVariables', { signal }),
  staleTime: 300_000,
});

export const sendersQuery = queryOptions({
  queryKey: ['senders'],
  queryFn: ({ signal }) => call('listSenders', { signal }),
  staleTime: 60_000,
});

export const mailQuery = (id: string) =>
  queryOptions({ queryKey: ['mail', id], queryFn: ({ signal }) => call('getMail', { params: { id }, signal }), staleTime: 30_000 });

export const mailsQuery = (state: 'quarantined' | 'unmatched' | undefined) =>
  infiniteQueryOptions({
    queryKey: ['mails', state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call('listMails', { query: { limit: 50, ...(state && { state }), ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state: { data, status } }) => ((data?.pages.length ?? 1) === 1 && status !== 'error' ? 10_000 : false),
  });

export const suppressionsQuery = infiniteQueryOptions({
  queryKey: ['suppressions'],
  queryFn: ({ pageParam, signal }) => call('listSuppressions', { query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
});
