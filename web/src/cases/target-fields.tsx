import { Plus, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import type { Levels } from './queries.ts';

type Target = Levels['targets'][number];
type Props = { levels: Levels; set: (targets: Target[]) => void };
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

/** What is promised: to everybody, and beside it to the customers of a tier. Each field is named by the place of its target. */
export function TargetFields({ levels, set }: Props) {
  const tiers = [...new Set(levels.targets.map(({ tier }) => tier))].sort((a, b) => (a === null ? -1 : b === null ? 1 : a < b ? -1 : 1));
  return (
    <>
      {tiers.map((tier) => (
        <TierTargets key={tier ?? ''} tier={tier} levels={levels} set={set} />
      ))}
      {levels.tierField !== null && <AddTier levels={levels} set={set} />}
    </>
  );
}

function TierTargets({ tier, levels, set }: Props & { tier: string | null }) {
  const own = [...levels.targets.entries()]
    .filter(([, target]) => target.tier === tier)
    .sort(([, a], [, b]) => priorities.indexOf(a.priority) - priorities.indexOf(b.priority));
  return (
    <>
      {tier !== null && (
        <div className="flex items-center justify-between gap-2 border-t border-line pt-3">
          <h3 className="text-sm font-semibold">
            {t('levels.ofTier')} <bdi>{tier}</bdi>
          </h3>
          <IconButton label={t('levels.removeTier', { tier })} onClick={() => set(levels.targets.filter((one) => one.tier !== tier))}>
            <Trash2 className="size-4" aria-hidden />
          </IconButton>
        </div>
      )}
      {own.map(([at, target]) => (
        <OneTarget key={target.priority} at={at} target={target} calendars={levels.calendars} />
      ))}
    </>
  );
}

function OneTarget({ at, target, calendars }: { at: number; target: Target; calendars: Levels['calendars'] }) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-3">
      <legend className="pb-1 text-sm font-semibold">
        {t(`case.priority.${target.priority}`)} {target.tier && <bdi>· {target.tier}</bdi>}
      </legend>
      <Field label={t('levels.first')}>
        <Input type="number" name={`first.${at}`} min={1} max={129_600} defaultValue={target.firstResponseMinutes ?? ''} />
      </Field>
      <Field label={t('levels.resolution')}>
        <Input type="number" name={`resolution.${at}`} min={1} max={129_600} defaultValue={target.resolutionMinutes ?? ''} />
      </Field>
      <Field label={t('levels.calendar')}>
        <Select name={`calendar.${at}`} defaultValue={target.calendar}>
          {calendars.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </fieldset>
  );
}

/** A tier begins with what is promised to everybody. */
function AddTier({ levels, set }: Props) {
  const { workspace } = useMe();
  const listId = useId();
  const [tier, setTier] = useState('');
  const choices = workspace.fields.find(({ key }) => key === levels.tierField)?.choices ?? [];
  const name = tier.trim();
  const isNew = name !== '' && levels.targets.every((target) => target.tier !== name);
  const add = () => {
    if (!isNew) return;
    set([...levels.targets, ...levels.targets.filter((target) => target.tier === null).map((target) => ({ ...target, tier: name }))]);
    setTier('');
  };
  return (
    <div className="flex flex-wrap items-end gap-2 border-t border-line pt-3">
      <Field label={t('levels.tierValue')} className="grow basis-40 sm:max-w-60">
        <Input
          list={listId}
          maxLength={60}
          value={tier}
          onChange={(event) => setTier(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
      </Field>
      <datalist id={listId}>
        {choices.map((choice) => (
          <option key={choice} value={choice} />
        ))}
      </datalist>
      <Button disabled={!isNew} onClick={add}>
        <Plus className="size-4" aria-hidden /> {t('levels.addTier')}
      </Button>
    </div>
  );
}
