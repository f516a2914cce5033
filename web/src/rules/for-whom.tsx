import type { Assignee } from '../../../functions/rules/effect.ts';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Select } from '../ui/field.tsx';
import { NameOptions } from '../ui/options.tsx';

export const owner: Assignee = { to: 'owner', memberId: null };

/** The customer's owner, who leads the owner's team, or always the same member. */
export function ForWhom({ value, set }: { value: Assignee; set: (value: Assignee) => void }) {
  const { members } = useMembers();
  const active = members.filter(({ status }) => status === 'active');
  const chosen = (said: string): Assignee =>
    said === 'lead' ? { to: 'lead', memberId: null } : said ? { to: 'member', memberId: said } : owner;
  return (
    <Field label={t('rule.who')}>
      <Select
        value={value.to === 'member' ? (value.memberId ?? '') : value.to === 'lead' ? 'lead' : ''}
        onChange={(event) => set(chosen(event.target.value))}
      >
        <option value="">{t('rule.forOwner')}</option>
        <option value="lead">{t('rule.forLead')}</option>
        <NameOptions of={active} />
      </Select>
    </Field>
  );
}
