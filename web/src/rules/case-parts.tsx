import { useQuery } from '@tanstack/react-query';
import { caseTypes } from '../../../functions/cases/kinds.ts';
import type { Effect, EffectOf } from '../../../functions/rules/effect.ts';
import { levelsQuery } from '../cases/queries.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { ForWhom, owner } from './for-whom.tsx';

/** The workspace's queues; nothing where there are none. */
function QueueField({ value, set }: { value: string | null; set: (queue: string | null) => void }) {
  const levels = useQuery(levelsQuery);
  const queues = [...new Set([...(levels.data?.queues ?? []), ...(value ? [value] : [])])];
  if (queues.length === 0) return null;
  return (
    <Field label={t('case.queue')}>
      <Select value={value ?? ''} onChange={(event) => set(event.target.value || null)}>
        <option value="">{t('common.none')}</option>
        <Options of={queues} />
      </Select>
    </Field>
  );
}

/** How urgent the case becomes, and to whom it is handed. */
export function EscalateParts({ effect, set }: { effect: EffectOf<'escalate'>; set: (effect: Effect) => void }) {
  return (
    <>
      <Field label={t('case.priority')}>
        <Select
          value={effect.priority ?? ''}
          required={effect.queue === null}
          onChange={(event) => set({ ...effect, priority: (event.target.value || null) as typeof effect.priority })}
        >
          <option value="">{t('rule.asItIs')}</option>
          <Options of={['low', 'normal', 'high', 'urgent'] as const} words={(priority) => t(`case.priority.${priority}`)} />
        </Select>
      </Field>
      <QueueField value={effect.queue} set={(queue) => set({ ...effect, queue })} />
    </>
  );
}

/** What kind of case, how urgent, and whose. */
export function CaseParts({ effect, set }: { effect: EffectOf<'case'>; set: (effect: Effect) => void }) {
  return (
    <>
      <Field label={t('case.type')}>
        <Select value={effect.type} onChange={(event) => set({ ...effect, type: event.target.value as typeof effect.type })}>
          <Options of={caseTypes} words={(type) => t(`case.type.${type}`)} />
        </Select>
      </Field>
      <Field label={t('case.priority')}>
        <Select value={effect.priority} onChange={(event) => set({ ...effect, priority: event.target.value as typeof effect.priority })}>
          <Options of={['low', 'normal', 'high', 'urgent'] as const} words={(priority) => t(`case.priority.${priority}`)} />
        </Select>
      </Field>
      <QueueField value={effect.queue} set={(queue) => set({ ...effect, queue })} />
      <ForWhom value={effect.for ?? owner} set={(assignee) => set({ ...effect, for: assignee })} />
    </>
  );
}
