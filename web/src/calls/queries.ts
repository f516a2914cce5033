import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';
import { followUpKey } from '../followups/queries.ts';

export type CallLists = Answer<'getCallLists'>;
export type CallList = CallLists['lists'][number];
export type Call = CallLists['data'][number];

export type Asked = { campaignId: string | undefined; beyond: boolean };

/** The next calls of one campaign, or of all. What was shown before stays until the next answer is there. */
export const callListsQuery = ({ campaignId, beyond }: Asked) =>
  queryOptions({
    queryKey: [...followUpKey, 'calls', campaignId ?? 'all', beyond],
    queryFn: ({ signal }) =>
      call('getCallLists', { query: { limit: 20, ...(campaignId && { campaignId }), ...(beyond && { beyond: 'true' as const }) }, signal }),
    placeholderData: keepPreviousData,
  });
