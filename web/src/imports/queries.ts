import { queryOptions } from '@tanstack/react-query';
import { type Answer, call } from '../api/client.ts';

export type ImportDetail = Answer<'getImport'>;

const busy = (state: ImportDetail['state']) => state === 'validating' || state === 'running' || state === 'undoing';

/** An import by its id: asked every second while a worker is at it, so that progress survives a reload. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => call('getImport', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && busy(state.data.state) ? 1_000 : false),
    staleTime: 500,
  });

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => call('listImports', { query: { limit: 20 }, signal }),
  refetchInterval: ({ state }) => (state.data?.data.some((each) => busy(each.state)) ? 2_000 : false),
});
