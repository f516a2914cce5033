import { campaignSteps } from '../../../functions/runs/activity-fields.ts';
import type { FilterField } from '../../../functions/segments/fields.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import type { Choices } from './use-names.ts';
import { fieldName, type Names } from './words.ts';

const eventOps: FilterField['ops'] = ['exists', 'withinLast', 'lt', 'gte', 'eq', 'between'];

/** What a field takes; one of a campaign or a list is a time that is there or not. */
export const specOf = (field: string, fields: readonly FilterField[]): Pick<FilterField, 'type' | 'ops' | 'values'> =>
  fields.find((one) => one.field === field) ?? { type: 'date', ops: eventOps, values: null };

const groups = ['customer', 'activity', 'consent'] as const;

/** Chooses the field of a condition; for a campaign or a list also which one. */
export function FieldPicker({ field, names, onPick }: { field: string; names: Names & Choices; onPick: (field: string) => void }) {
  const [kind = '', id = '', step = 'sent'] = field.split('.');
  const own = kind === 'campaign' || kind === 'list' ? kind : undefined;
  const [campaign] = names.campaigns;
  const [list] = names.lists;
  const pick = (value: string) => {
    if (value === 'campaign' && campaign) onPick(`campaign.${campaign.id}.sent`);
    else if (value === 'list' && list) onPick(`list.${list.id}`);
    else onPick(value);
  };
  return (
    <div className="grid min-w-0 gap-2">
      <Select aria-label={t('filter.fieldLabel')} value={own ?? field} onChange={(event) => pick(event.target.value)}>
        {groups.map((group) => (
          <optgroup key={group} label={t(`filter.group.${group}`)}>
            {names.fields
              .filter((one) => one.group === group)
              .map((one) => (
                <option key={one.field} value={one.field}>
                  {fieldName(one.field, names)}
                </option>
              ))}
          </optgroup>
        ))}
        {(campaign || own === 'campaign' || list || own === 'list') && (
          <optgroup label={t('filter.group.other')}>
            {(campaign || own === 'campaign') && <option value="campaign">{t('filter.aCampaign')}</option>}
            {(list || own === 'list') && <option value="list">{t('filter.aList')}</option>}
          </optgroup>
        )}
        {!own && !names.fields.some((one) => one.field === field) && <option value={field}>{field}</option>}
      </Select>
      {own === 'campaign' && (
        <div className="grid grid-cols-2 gap-2">
          <Which label={t('filter.aCampaign')} rows={names.campaigns} id={id} onPick={(next) => onPick(`campaign.${next}.${step}`)} />
          <Select aria-label={t('filter.whatHappened')} value={step} onChange={(event) => onPick(`campaign.${id}.${event.target.value}`)}>
            <Options of={campaignSteps} words={(each) => t(`filter.step.${each}` as MessageKey)} />
          </Select>
        </div>
      )}
      {own === 'list' && <Which label={t('filter.aList')} rows={names.lists} id={id} onPick={(next) => onPick(`list.${next}`)} />}
    </div>
  );
}

function Which({
  label,
  rows,
  id,
  onPick,
}: {
  label: string;
  rows: { id: string; name: string }[];
  id: string;
  onPick: (id: string) => void;
}) {
  return (
    <Select aria-label={label} value={id} onChange={(event) => onPick(event.target.value)}>
      {!rows.some((row) => row.id === id) && <option value={id}>{id}</option>}
      <NameOptions of={rows} />
    </Select>
  );
}
