import { useState } from 'react';
import { useMe } from '../auth/me.ts';
import { instantOfText, typedIn } from '../i18n/dates.ts';
import { t } from '../i18n/i18n.ts';
import { Check, Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { Saving } from './plan-tab.tsx';
import type { Campaign, CampaignPatch } from './queries.ts';
import { SectionForm, textIn } from './section-form.tsx';

type Schedule = NonNullable<CampaignPatch['schedule']>;
type Kind = Schedule['kind'];
const zones = Intl.supportedValuesOf('timeZone');
const events = ['customer.created', 'customer.changed', 'interaction.created', 'consent.created', 'consent.changed'] as const;

/** When it runs, and what happens to those who come again or too late. */
export function ScheduleSection({ campaign, saving }: { campaign: Campaign; saving: Saving }) {
  const { workspace } = useMe();
  const { schedule } = campaign;
  const [kind, setKind] = useState<Kind>(schedule?.kind ?? 'once');
  const zone = schedule && 'zone' in schedule ? schedule.zone : workspace.timeZone;
  const before = schedule?.kind === 'once' ? typedIn(zone, schedule.at) : { date: '', time: '09:00' };
  const scheduleOf = (form: FormData): Schedule => {
    const chosen = textIn(form, 'zone');
    if (kind === 'once') return { kind, at: instantOfText(`${textIn(form, 'date')}T${textIn(form, 'time')}`, chosen), zone: chosen };
    if (kind === 'recurring') return { kind, cron: textIn(form, 'cron'), zone: chosen };
    return { kind, event: (textIn(form, 'event') || null) as (typeof events)[number] | null };
  };
  const onSave = (form: FormData) =>
    saving.save({
      schedule: scheduleOf(form),
      sendAtLocal: form.get('sendAtLocal') === 'on',
      reentry: textIn(form, 'reentry') as Campaign['reentry'],
      onUnknown: textIn(form, 'onUnknown') as Campaign['onUnknown'],
      maxLatenessMinutes: Number(textIn(form, 'lateness')),
    });
  return (
    <SectionForm title={t('campaign.schedule')} saving={saving} errors={[saving.error('/schedule')]} onSave={onSave}>
      <Segmented
        label={t('campaign.schedule')}
        hideLabel
        value={kind}
        onChange={setKind}
        options={(['once', 'recurring', 'triggered'] as const).map((value) => ({ value, label: t(`scheduleKind.${value}`) }))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {kind === 'once' && (
          <>
            <Field label={t('campaign.date')}>
              <Input name="date" type="date" required defaultValue={before.date} />
            </Field>
            <Field label={t('campaign.time')}>
              <Input name="time" type="time" required defaultValue={before.time} />
            </Field>
          </>
        )}
        {kind === 'recurring' && (
          <Field label={t('campaign.cron')} hint={t('campaign.cronHint')}>
            <Input
              name="cron"
              required
              maxLength={100}
              dir="ltr"
              defaultValue={schedule?.kind === 'recurring' ? schedule.cron : '0 9 * * 1'}
            />
          </Field>
        )}
        {kind === 'triggered' ? (
          <Field label={t('campaign.trigger')} hint={t('campaign.triggerHint')}>
            <Select name="event" defaultValue={schedule?.kind === 'triggered' ? (schedule.event ?? '') : ''}>
              <option value="">{t('campaign.byRule')}</option>
              <Options of={events} words={(event) => t(`trigger.${event}`)} />
            </Select>
          </Field>
        ) : (
          <Field label={t('field.timeZone')}>
            <Select name="zone" defaultValue={zone} dir="ltr">
              {[...new Set([zone, workspace.timeZone, ...zones])].map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t('campaign.reentry')}>
          <Select name="reentry" defaultValue={campaign.reentry}>
            <Options of={['never', 'afterExit', 'always'] as const} words={(each) => t(`reentry.${each}`)} />
          </Select>
        </Field>
        <Field label={t('campaign.onUnknown')} hint={t('campaign.onUnknownHint')}>
          <Select name="onUnknown" defaultValue={campaign.onUnknown}>
            <Options of={['skip', 'retry'] as const} words={(each) => t(`onUnknown.${each}`)} />
          </Select>
        </Field>
        <Field label={t('campaign.lateness')}>
          <Input name="lateness" type="number" min={1} max={10_080} required defaultValue={campaign.maxLatenessMinutes} />
        </Field>
      </div>
      {kind !== 'triggered' && (
        <Check name="sendAtLocal" defaultChecked={campaign.sendAtLocal}>
          {t('campaign.sendAtLocal')}
        </Check>
      )}
    </SectionForm>
  );
}
