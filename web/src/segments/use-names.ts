import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { customerQuery } from '../api/queries.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { campaignsQuery, fieldsQuery, listsQuery } from './queries.ts';
import { isGroup, type Node } from './tree.ts';
import type { Names } from './words.ts';

const companiesIn = (node: Node): string[] =>
  isGroup(node)
    ? node.members.flatMap(companiesIn)
    : node.field === 'companyId' && node.op !== 'exists'
      ? [node.value ?? []].flat().map(String)
      : [];

export type Choices = { lists: { id: string; name: string }[]; campaigns: { id: string; name: string }[] };

/** The words behind the ids that filters hold; an id stays where its name cannot be read. */
export function useNames(...nodes: Node[]): Names & Choices {
  const can = useCan();
  const { name: member } = useMembers();
  const fields = useQuery(fieldsQuery).data?.data ?? [];
  const listed = useInfiniteQuery({ ...listsQuery(), enabled: can.any('segments', 'read') });
  const lists = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const campaigns = useQuery({ ...campaignsQuery, enabled: can.any('campaigns', 'read') }).data?.data ?? [];
  const companies = useQueries({ queries: [...new Set(nodes.flatMap(companiesIn))].map((id) => customerQuery(id)) });
  const nameIn = (rows: readonly { id: string; name: string }[]) => (id: string) => rows.find((row) => row.id === id)?.name ?? id;
  return {
    fields,
    member,
    lists,
    campaigns,
    customer: nameIn(companies.flatMap(({ data }) => data ?? [])),
    list: nameIn(lists),
    campaign: nameIn(campaigns),
  };
}
