import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../api/client.ts';
import { levelsQuery } from '../cases/queries.ts';
import { t } from '../i18n/i18n.ts';
import { Check, Field, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';

type Sender = Answer<'listSenders'>['data'][number];
type Settings = NonNullable<Sender['newCases']>;

const types = ['question', 'complaint', 'request', 'return'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

/** What the fields below say; null where new mail opens nothing. */
export function newCasesIn(form: FormData): Settings | null {
  if (!form.has('newCases')) return null;
  const said = (name: string) => String(form.get(name) ?? '');
  return {
    type: types.find((one) => one === said('newCases.type')) ?? 'question',
    priority: priorities.find((one) => one === said('newCases.priority')) ?? 'normal',
    queue: said('newCases.queue') || null,
  };
}

/** Whether mail that answers nothing opens a case, and of which kind. */
export function NewCases({ sender: { newCases }, error }: { sender: Sender; error: string | undefined }) {
  const [isOn, setOn] = useState(newCases !== null);
  const levels = useQuery(levelsQuery);
  const queues = [...new Set([...(levels.data?.queues ?? []), ...(newCases?.queue ? [newCases.queue] : [])])];
  return (
    <fieldset className="grid gap-3">
      <div>
        <Check name="newCases" checked={isOn} onChange={(event) => setOn(event.target.checked)}>
          {t('senders.newCases')}
        </Check>
        <p className="text-sm text-ink-3">{t('senders.newCases.hint')}</p>
      </div>
      {isOn && (
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label={t('case.type')}>
            <Select name="newCases.type" defaultValue={newCases?.type ?? 'question'}>
              <Options of={types} words={(one) => t(`case.type.${one}`)} />
            </Select>
          </Field>
          <Field label={t('case.priority')}>
            <Select name="newCases.priority" defaultValue={newCases?.priority ?? 'normal'}>
              <Options of={priorities} words={(one) => t(`case.priority.${one}`)} />
            </Select>
          </Field>
          <Field label={t('case.queue')} error={error}>
            <Select key={queues.length} name="newCases.queue" defaultValue={newCases?.queue ?? ''}>
              <option value="">{t('common.none')}</option>
              <Options of={queues} />
            </Select>
          </Field>
        </div>
      )}
    </fieldset>
  );
}
