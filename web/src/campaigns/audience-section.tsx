import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { Estimated } from '../segments/estimate-panel.tsx';
import type { Reason } from '../segments/reach.ts';
import { Field, Input } from '../ui/field.tsx';
import { entryOf, partsOf } from './audience-entries.ts';
import { AudienceParts } from './audience-parts.tsx';
import type { Saving } from './plan-tab.tsx';
import type { Campaign } from './queries.ts';
import { SectionForm, textIn } from './section-form.tsx';

/** Why somebody gets nothing on a channel for want of an address. */
const reasons: Record<Campaign['channel'], readonly Reason[]> = {
  email: ['noEmail', 'badEmail'],
  sms: ['noPhone'],
  call: ['noPhone'],
  letter: ['noAddress'],
};

/** Whom it goes to, and whom not; how many that are about, some of them, and whom no message would reach. */
export function AudienceSection({ campaign, saving }: { campaign: Campaign; saving: Saving }) {
  const { audience } = campaign;
  const [include, setInclude] = useState(() => audience.include.map(entryOf));
  const [exclude, setExclude] = useState(() => audience.exclude.map(entryOf));
  const [unsaid, setUnsaid] = useState(false);
  const [included, excluded] = [partsOf(include), partsOf(exclude)];
  const whole = included && excluded && { include: included, exclude: excluded };
  const onSave = (form: FormData) => {
    setUnsaid(!whole);
    if (whole) saving.save({ audience: { ...whole, holdoutPercent: Number(textIn(form, 'holdout')) } });
  };
  const errors = [saving.error('/audience'), unsaid && !whole ? t('segment.incomplete') : undefined];
  return (
    <SectionForm title={t('campaign.audience')} saving={saving} errors={errors} onSave={onSave}>
      <AudienceParts label={t('campaign.include')} entries={include} onChange={setInclude} disabled={!saving.editable} withEverybody />
      <AudienceParts label={t('campaign.exclude')} entries={exclude} onChange={setExclude} disabled={!saving.editable} />
      <p className="text-sm text-ink-3">
        <Link to="/segments" className="font-medium text-brand underline underline-offset-4">
          {t('campaign.toSegments')}
        </Link>
      </p>
      <Field label={t('campaign.holdout')} hint={t('campaign.holdoutHint')} className="max-w-sm">
        <Input name="holdout" type="number" min={0} max={50} required defaultValue={audience.holdoutPercent} />
      </Field>
      {include.length > 0 && (
        <section aria-label={t('campaign.reach')} className="grid gap-2 border-t border-line pt-4 *:min-w-0">
          <h3 className="text-sm font-semibold text-ink-2">{t('campaign.reach')}</h3>
          <Estimated asked={whole && { audience: whole }} reasons={reasons[campaign.channel]} />
          <p className="text-xs text-ink-3">{t('campaign.reachHint')}</p>
        </section>
      )}
    </SectionForm>
  );
}
