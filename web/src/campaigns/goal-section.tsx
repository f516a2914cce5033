import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { lifecycles } from '../../../functions/customers/kinds.ts';
import { outcomes, reasons } from '../../../functions/interactions/kinds.ts';
import { useMe } from '../auth/me.ts';
import { instantOfText, typedIn } from '../i18n/dates.ts';
import { t } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import type { Saving } from './plan-tab.tsx';
import type { Campaign, CampaignPatch } from './queries.ts';
import { SectionForm, textIn } from './section-form.tsx';

type Goal = NonNullable<CampaignPatch['goal']>;
type Metric = Goal['metric'];
const kinds = ['clicked', 'replied', 'interaction', 'lifecycle', 'answered', 'manual'] as const;

/** What it is for and what it may cost. */
export function GoalSection({ campaign, saving }: { campaign: Campaign; saving: Saving }) {
  const { workspace } = useMe();
  const { goal, budget } = campaign;
  const [kind, setKind] = useState<Metric['kind']>(goal?.metric.kind ?? 'clicked');
  const [costs, setCosts] = useState(() =>
    (budget?.manualCosts ?? []).map(({ label, amount }, at) => ({ at, label, amount: amount.amount })),
  );
  const money = (amount: string) => ({ amount, currency: workspace.currency });
  const metricOf = (form: FormData): Metric => {
    const reason = textIn(form, 'reason');
    if (kind === 'interaction')
      return { kind, outcome: textIn(form, 'outcome') as 'resolved', reason: reason ? (reason as 'order') : null };
    if (kind === 'lifecycle') return { kind, reached: textIn(form, 'reached') as 'active' };
    return { kind };
  };
  const onSave = (form: FormData) => {
    const worth = textIn(form, 'worth');
    const planned = textIn(form, 'planned');
    saving.save({
      goal: {
        metric: metricOf(form),
        target: Number(textIn(form, 'target')),
        deadline: instantOfText(`${textIn(form, 'deadline')}T23:59`, workspace.timeZone),
        withinDays: Number(textIn(form, 'withinDays')),
        worth: worth ? money(worth) : null,
        group: goal?.group ?? null,
      },
      budget: planned
        ? { planned: money(planned), manualCosts: costs.map(({ label, amount }) => ({ label, amount: money(amount) })) }
        : null,
    });
  };
  const metric = goal?.metric;
  return (
    <SectionForm
      title={t('campaign.goalAndBudget')}
      saving={saving}
      errors={[saving.error('/goal'), saving.error('/budget')]}
      onSave={onSave}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('campaign.metric')}>
          <Select value={kind} onChange={(event) => setKind(event.target.value as Metric['kind'])}>
            <Options of={kinds} words={(each) => t(`metric.${each}`)} />
          </Select>
        </Field>
        {kind === 'interaction' && (
          <>
            <Field label={t('campaign.outcome')}>
              <Select name="outcome" defaultValue={metric?.kind === 'interaction' ? metric.outcome : 'resolved'}>
                <Options of={outcomes} words={(each) => t(`outcome.${each}`)} />
              </Select>
            </Field>
            <Field label={t('campaign.reason')}>
              <Select name="reason" defaultValue={metric?.kind === 'interaction' ? (metric.reason ?? '') : ''}>
                <option value="">{t('common.any')}</option>
                <Options of={reasons} words={(each) => t(`reason.${each}`)} />
              </Select>
            </Field>
          </>
        )}
        {kind === 'lifecycle' && (
          <Field label={t('campaign.reached')}>
            <Select name="reached" defaultValue={metric?.kind === 'lifecycle' ? metric.reached : 'active'}>
              <Options of={lifecycles} words={(each) => t(`lifecycle.${each}`)} />
            </Select>
          </Field>
        )}
        <Field label={t('campaign.target')}>
          <Input name="target" type="number" min={1} required defaultValue={goal?.target} />
        </Field>
        <Field label={t('campaign.deadline')}>
          <Input name="deadline" type="date" required defaultValue={goal ? typedIn(workspace.timeZone, goal.deadline).date : undefined} />
        </Field>
        <Field label={t('campaign.withinDays')} hint={t('campaign.withinDaysHint')}>
          <Input name="withinDays" type="number" min={1} max={365} required defaultValue={goal?.withinDays ?? 14} />
        </Field>
        <Field label={t('campaign.worth', { currency: workspace.currency })} hint={t('campaign.worthHint')}>
          <Input name="worth" inputMode="decimal" pattern="\d{1,13}(\.\d{1,4})?" defaultValue={goal?.worth?.amount} dir="ltr" />
        </Field>
        <Field label={t('campaign.planned', { currency: workspace.currency })}>
          <Input
            name="planned"
            inputMode="decimal"
            pattern="\d{1,13}(\.\d{1,4})?"
            required
            defaultValue={budget?.planned.amount}
            dir="ltr"
          />
        </Field>
      </div>
      <fieldset className="grid gap-2">
        <legend className="text-sm font-medium text-ink-2">{t('campaign.manualCosts')}</legend>
        {costs.map((cost) => (
          <div key={cost.at} className="flex items-end gap-2">
            <Field label={t('campaign.costLabel')} className="grow">
              <Input
                value={cost.label}
                required
                maxLength={100}
                onChange={(event) => setCosts(costs.map((one) => (one.at === cost.at ? { ...one, label: event.target.value } : one)))}
              />
            </Field>
            <Field label={t('campaign.costAmount')} className="w-28">
              <Input
                value={cost.amount}
                required
                inputMode="decimal"
                dir="ltr"
                onChange={(event) => setCosts(costs.map((one) => (one.at === cost.at ? { ...one, amount: event.target.value } : one)))}
              />
            </Field>
            <IconButton label={t('field.remove', { field: cost.label })} onClick={() => setCosts(costs.filter(({ at }) => at !== cost.at))}>
              <Trash2 className="size-4" aria-hidden />
            </IconButton>
          </div>
        ))}
        <Button
          look="ghost"
          className="justify-self-start"
          onClick={() => setCosts([...costs, { at: Math.max(-1, ...costs.map(({ at }) => at)) + 1, label: '', amount: '' }])}
        >
          <Plus className="size-4" aria-hidden /> {t('campaign.addCost')}
        </Button>
      </fieldset>
    </SectionForm>
  );
}
