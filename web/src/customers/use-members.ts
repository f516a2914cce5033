import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '../api/queries.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';

/** Names of the staff by id. Empty for those who may not see them. */
export function useMembers() {
  const can = useCan();
  const { data } = useQuery({ ...membersQuery, enabled: can.any('members', 'read') });
  const members = data?.data ?? [];
  const name = (id: string | null | undefined) => (id ? (members.find((member) => member.id === id)?.name ?? t('member.unknown')) : '');
  return { members, name };
}
