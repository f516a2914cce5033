import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';

export type WebForm = Answer<'getForm'>;
/** What of a form its editor changes. */
export type FormDraft = Pick<WebForm, 'name' | 'languages' | 'fallbackLanguage' | 'texts' | 'fields' | 'types' | 'priority' | 'queue'>;
export type HeldSubmission = Answer<'listHeldSubmissions'>['data'][number];

/** How often an open screen asks whether anything is new. Only while it is visible; an unchanged answer is a 304. */
const live = 5_000;

export const formsQuery = queryOptions({ queryKey: ['forms', 'list'], queryFn: ({ signal }) => call('listForms', { signal }) });

export const formQuery = (id: string) =>
  queryOptions({ queryKey: ['forms', 'one', id], queryFn: ({ signal }) => call('getForm', { params: { id }, signal }) });

export const heldQuery = infiniteQueryOptions({
  queryKey: ['forms', 'held'],
  queryFn: ({ pageParam, signal }) =>
    call('listHeldSubmissions', { query: { limit: 50, ...(pageParam && { cursor: pageParam }) }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 && state.status !== 'error' ? live : false),
});

/** So many are counted; beyond that it is enough to know that there are more. */
export const mostCounted = 20;

/** How much waits, for who does not look at it yet: once a minute. */
export const heldCountQuery = queryOptions({
  queryKey: ['forms', 'held', 'count'],
  queryFn: async ({ signal }) => {
    const { data, page } = await call('listHeldSubmissions', { query: { limit: mostCounted }, signal });
    return { count: data.length, more: page.hasMore };
  },
  refetchInterval: ({ state }) => (state.status === 'error' ? false : 60_000),
});

/** A form as its editor begins with it. */
export const draftOf = ({ name, languages, fallbackLanguage, texts, fields, types, priority, queue }: WebForm): FormDraft => ({
  ...{ name, languages, fallbackLanguage, texts, fields, types, priority, queue },
});
