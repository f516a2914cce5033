import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { listsQuery, segmentsQuery } from '../segments/queries.ts';
import { IconButton } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import type { Saving } from './plan-tab.tsx';
import type { Campaign } from './queries.ts';
import { SectionForm, textIn } from './section-form.tsx';

type Part = Campaign['audience']['include'][number];
const everybody: Part = { where: { field: 'createdAt', op: 'exists', value: true } };
const isEverybody = (part: Part) =>
  'where' in part && 'field' in part.where && part.where.field === 'createdAt' && part.where.op === 'exists' && part.where.value === true;
const nameOf = (part: Part) =>
  'segmentId' in part ? part.segmentId : 'listId' in part ? part.listId : isEverybody(part) ? 'all' : JSON.stringify(part.where);
const partOf = (value: string): Part => (value === 'all' ? everybody : value.startsWith('seg_') ? { segmentId: value } : { listId: value });

/** Whom it goes to, and whom not. */
export function AudienceSection({ campaign, saving }: { campaign: Campaign; saving: Saving }) {
  const { audience } = campaign;
  const [include, setInclude] = useState(audience.include);
  const [exclude, setExclude] = useState(audience.exclude);
  const onSave = (form: FormData) => saving.save({ audience: { include, exclude, holdoutPercent: Number(textIn(form, 'holdout')) } });
  return (
    <SectionForm title={t('campaign.audience')} saving={saving} errors={[saving.error('/audience')]} onSave={onSave}>
      <Parts label={t('campaign.include')} parts={include} onChange={setInclude} withEverybody />
      <Parts label={t('campaign.exclude')} parts={exclude} onChange={setExclude} />
      <p className="text-sm text-ink-3">
        <Link to="/segments" className="font-medium text-brand underline underline-offset-4">
          {t('campaign.toSegments')}
        </Link>
      </p>
      <Field label={t('campaign.holdout')} hint={t('campaign.holdoutHint')} className="max-w-sm">
        <Input name="holdout" type="number" min={0} max={50} required defaultValue={audience.holdoutPercent} />
      </Field>
    </SectionForm>
  );
}

function Parts(props: { label: string; parts: Part[]; onChange: (parts: Part[]) => void; withEverybody?: boolean }) {
  const segments = useInfiniteQuery(segmentsQuery());
  const lists = useInfiniteQuery(listsQuery(false));
  const named = [...(segments.data?.pages.flatMap(({ data }) => data) ?? []), ...(lists.data?.pages.flatMap(({ data }) => data) ?? [])].map(
    ({ id, name }) => ({ id, name }),
  );
  const words = (part: Part) => {
    if ('where' in part) return nameOf(part) === nameOf(everybody) ? t('campaign.everybody') : t('campaign.filter');
    return named.find(({ id }) => id === nameOf(part))?.name ?? '…';
  };
  const taken = new Set(props.parts.map(nameOf));
  return (
    <div className="grid gap-2">
      <Field label={props.label}>
        <Select value="" onChange={(event) => event.target.value && props.onChange([...props.parts, partOf(event.target.value)])}>
          <option value="">{t('campaign.choosePart')}</option>
          {props.withEverybody && !taken.has(nameOf(everybody)) && <option value="all">{t('campaign.everybody')}</option>}
          {named
            .filter(({ id }) => !taken.has(id))
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {`${t(id.startsWith('seg_') ? 'campaign.segment' : 'campaign.list')}: ${name}`}
              </option>
            ))}
        </Select>
      </Field>
      <ul className="flex flex-wrap gap-2">
        {props.parts.map((part) => (
          <li key={nameOf(part)} className="inline-flex max-w-full items-center gap-1 rounded-md bg-brand-soft ps-2.5 text-sm text-brand">
            <bdi className="min-w-0 truncate">{words(part)}</bdi>
            <IconButton
              label={t('field.remove', { field: words(part) })}
              onClick={() => props.onChange(props.parts.filter((one) => nameOf(one) !== nameOf(part)))}
            >
              <X className="size-4" aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
