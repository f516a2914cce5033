import { useQuery } from '@tanstack/react-query';
import { useCan, useMe } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { enteredCampaigns, templatesOf } from './queries.ts';
import type { Labels } from './words.ts';

/** Names of the workspace's own fields and of the staff. */
export function useLabels(): Labels {
  const { workspace } = useMe();
  const { name } = useMembers();
  const can = useCan();
  const templates = useQuery({ ...templatesOf, enabled: can.any('interactions', 'read') });
  const campaigns = useQuery({ ...enteredCampaigns, enabled: can.any('campaigns', 'read') });
  return {
    field: (key) => workspace.fields.find((field) => field.key === key)?.label ?? key,
    template: (id) => templates.data?.data.find((template) => template.id === id)?.name ?? '…',
    campaign: (id) => campaigns.data?.find((campaign) => campaign.id === id)?.name ?? '…',
    member: (id) => name(id) || t('member.unknown'),
  };
}
