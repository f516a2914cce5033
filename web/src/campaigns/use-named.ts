import { useInfiniteQuery } from '@tanstack/react-query';
import { listsQuery, segmentsQuery } from '../segments/queries.ts';

/** Segments and lists by their ids: what an audience can name. */
export function useNamed(): { id: string; name: string }[] {
  const segments = useInfiniteQuery(segmentsQuery());
  const lists = useInfiniteQuery(listsQuery());
  return [segments, lists].flatMap(({ data }) => data?.pages.flatMap((page) => page.data as { id: string; name: string }[]) ?? []);
}
