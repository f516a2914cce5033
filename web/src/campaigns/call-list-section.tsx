import { useState } from 'react';
import type { Role } from '../../../functions/admin/roles.ts';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { Check, Field, Input } from '../ui/field.tsx';
import type { Saving } from './plan-tab.tsx';
import type { Campaign } from './queries.ts';
import { SectionForm, textIn } from './section-form.tsx';

/** Who may log a call. */
const callers: readonly Role[] = ['admin', 'manager', 'sales', 'service'];
const usual = { memberIds: [], perMemberAndDay: 40, tries: 3, againAfterHours: 24 };

/** How the calls of a campaign are worked: by whom, how many a day each, how often somebody is tried and when again. */
export function CallListSection({ campaign, saving }: { campaign: Campaign; saving: Saving }) {
  const { members } = useMembers();
  const { memberIds, perMemberAndDay, tries, againAfterHours } = campaign.callList ?? usual;
  const [chosen, setChosen] = useState<readonly string[]>(memberIds);
  // Whoever sees only names is told by the API whom calls cannot fall to.
  const mayCall = (one: (typeof members)[number]) => one.status === 'active' && (!('role' in one) || callers.includes(one.role));
  const offered = members.filter((one) => mayCall(one) || memberIds.includes(one.id));
  const onSave = (form: FormData) =>
    saving.save({
      callList: {
        memberIds: [...chosen],
        perMemberAndDay: Number(textIn(form, 'perMemberAndDay')),
        tries: Number(textIn(form, 'tries')),
        againAfterHours: Number(textIn(form, 'againAfterHours')),
      },
    });
  return (
    <SectionForm title={t('callList.title')} saving={saving} errors={[saving.error('/callList')]} onSave={onSave}>
      <fieldset className="grid gap-1">
        <legend className="text-sm font-medium text-ink-2">{t('callList.members')}</legend>
        <p className="text-sm text-ink-3">{t('callList.membersHint')}</p>
        <div className="grid sm:grid-cols-2">
          {offered.map(({ id, name }) => (
            <Check
              key={id}
              checked={chosen.includes(id)}
              onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))}
            >
              <bdi>{name}</bdi>
            </Check>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('callList.perDay')}>
          <Input name="perMemberAndDay" type="number" min={1} max={500} required defaultValue={perMemberAndDay} />
        </Field>
        <Field label={t('callList.tries')}>
          <Input name="tries" type="number" min={1} max={10} required defaultValue={tries} />
        </Field>
        <Field label={t('callList.again')}>
          <Input name="againAfterHours" type="number" min={1} max={720} required defaultValue={againAfterHours} />
        </Field>
      </div>
    </SectionForm>
  );
}
