import { useMe } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import type { Labels } from './words.ts';

/** Names of the workspace's own fields and of the staff. */
export function useLabels(): Labels {
  const { workspace } = useMe();
  const { name } = useMembers();
  return {
    field: (key) => workspace.fields.find((field) => field.key === key)?.label ?? key,
    member: (id) => name(id) || t('member.unknown'),
  };
}
