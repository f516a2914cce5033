import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type CustomersSearch, listQuery } from '../customers/search.ts';
import { call } from './client.ts';
import type { Channel } from './types.ts';

/** How often an open screen asks whether anything is new. Only while it is visible; an unchanged answer is a 304. */
const live = 5_000;

/** The list, page after page. Only a list of one page refreshes itself: more would ask for all of them again. */
export const customersQuery = (search: CustomersSearch) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', listQuery(search)],
    queryFn: ({ pageParam, signal }) => call('listCustomers', { query: listQuery(search, pageParam) as never, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 && state.status !== 'error' ? live : false),
    enabled: !search.q,
  });

export const foundQuery = (text: string | undefined) =>
  queryOptions({
    queryKey: ['customers', 'found', text],
    queryFn: ({ signal }) => call('findCustomers', { body: { text: text ?? '', limit: 50 }, signal }),
    enabled: Boolean(text),
  });

export const overviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'overview'],
    queryFn: ({ signal }) => call('getOverview', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : live),
  });

export const interactionsQuery = (id: string, channel: Channel | undefined) =>
  infiniteQueryOptions({
    queryKey: ['customer', id, 'interactions', channel ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call('listInteractions', {
        params: { id },
        query: { limit: 25, ...(pageParam && { cursor: pageParam }), ...(channel && { channel }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 && state.status !== 'error' ? live : false),
  });

export const historyQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['customer', id, 'history'],
    queryFn: ({ pageParam, signal }) =>
      call('getCustomerHistory', { params: { id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });

export const consentsQuery = (id: string) =>
  queryOptions({ queryKey: ['customer', id, 'consents'], queryFn: ({ signal }) => call('listConsents', { params: { id }, signal }) });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'profile'],
    queryFn: ({ signal }) => call('getCustomer', { params: { id }, signal }),
    staleTime: 30_000,
  });

/** Everybody of the staff, for names beside ids. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => call('listMembers', { query: { limit: 200 }, signal }),
  staleTime: 60_000,
});
