import { useQuery } from '@tanstack/react-query';
import { Braces, CalendarClock } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Customer } from '../api/types.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatBytes, languageName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { AttachButton, ChosenFiles } from '../interactions/chosen-files.tsx';
import { WhenField } from '../interactions/when-field.tsx';
import { Alert } from '../ui/alert.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { addressesOf, bestLanguage, bytesOf, inserted, type Letter, mostFileBytes } from './compose.ts';
import { LetterPreview } from './letter-preview.tsx';
import { sendersQuery, templatesQuery, variablesQuery } from './queries.ts';
import { VariableName } from './variable-name.tsx';

type Setting = { customer: Customer; letter: Letter; set: (change: Partial<Letter>) => void };

/** Everything that a message is made of. */
export function LetterForm({
  customer,
  letter,
  set,
  errors,
  tooLarge,
}: Setting & { errors: Record<string, string | undefined>; tooLarge: boolean }) {
  const [view, setView] = useState<'write' | 'preview'>('write');
  const none = addressesOf(customer, letter.channel).length === 0;
  return (
    <div className="grid gap-4">
      <Recipient customer={customer} letter={letter} set={set} error={none ? t(`message.noAddress.${letter.channel}`) : errors.to} />
      <TemplateFields customer={customer} letter={letter} set={set} />
      <Segmented
        label={t('message.view')}
        hideLabel
        value={view}
        onChange={setView}
        options={[
          { value: 'write', label: t('message.write') },
          { value: 'preview', label: t('message.preview') },
        ]}
      />
      {view === 'preview' ? <LetterPreview customer={customer} letter={letter} /> : <Words letter={letter} set={set} errors={errors} />}
      <Extras
        letter={letter}
        set={set}
        error={tooLarge ? t('message.tooLarge', { most: formatBytes(mostFileBytes) }) : errors.attachments}
      />
      <Alert>{errors.sendAt}</Alert>
    </div>
  );
}

function Recipient({ customer, letter, set, error }: Setting & { error: string | undefined }) {
  const can = useCan();
  const senders = useQuery({ ...sendersQuery, enabled: can.any('campaigns', 'read') && letter.channel === 'email' });
  const verified = (senders.data?.data ?? []).filter(({ state }) => state === 'verified');
  const addresses = addressesOf(customer, letter.channel);
  return (
    <div className="grid gap-3 sm:grid-cols-[auto_1fr]">
      <Segmented
        label={t('log.channel')}
        value={letter.channel}
        onChange={(channel) =>
          set({ channel, to: addressesOf(customer, channel)[0] ?? '', templateId: '', ...(channel === 'sms' && { files: [] }) })
        }
        options={[
          { value: 'email', label: t('channel.email') },
          { value: 'sms', label: t('channel.sms') },
        ]}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('message.address')} error={error}>
          <Select value={letter.to} onChange={(event) => set({ to: event.target.value })} disabled={addresses.length === 0}>
            <Options of={addresses} />
          </Select>
        </Field>
        {letter.channel === 'email' && verified.length > 1 && (
          <Field label={t('message.sender')}>
            <Select value={letter.senderId} onChange={(event) => set({ senderId: event.target.value })}>
              {verified.map((sender, at) => (
                <option key={sender.id} value={at === 0 ? '' : sender.id}>
                  {`${sender.name} · ${sender.address}`}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
    </div>
  );
}

/** A text that was kept for use again, in her language where there is one. */
function TemplateFields({ customer, letter, set }: Setting) {
  const { workspace } = useMe();
  const templates = useQuery(templatesQuery);
  const offered = (templates.data?.data ?? []).filter(({ channel }) => channel === letter.channel);
  if (offered.length === 0) return null;
  const chosen = offered.find(({ id }) => id === letter.templateId);
  const use = (template: (typeof offered)[number] | undefined, language?: string) => {
    if (!template) return set({ templateId: '', language: '' });
    const best = language ?? bestLanguage(template, [customer.preferences.language, workspace.language]);
    const text = template.texts[best];
    set({ templateId: template.id, language: best, body: text?.body ?? '', ...(text?.subject && { subject: text.subject }) });
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('message.template')}>
        <Select value={letter.templateId} onChange={(event) => use(offered.find(({ id }) => id === event.target.value))}>
          <option value="">{t('message.noTemplate')}</option>
          <NameOptions of={offered} />
        </Select>
      </Field>
      {chosen && Object.keys(chosen.texts).length > 1 && (
        <Field label={t('field.language')}>
          <Select value={letter.language} onChange={(event) => use(chosen, event.target.value)}>
            <Options of={Object.keys(chosen.texts)} words={languageName} />
          </Select>
        </Field>
      )}
    </div>
  );
}

function Words({ letter, set, errors }: Omit<Setting, 'customer'> & { errors: Record<string, string | undefined> }) {
  const textRef = useRef<HTMLTextAreaElement>(null);
  const variables = useQuery(variablesQuery);
  const insert = (name: string) => {
    const area = textRef.current;
    const at = { from: area?.selectionStart ?? letter.body.length, to: area?.selectionEnd ?? letter.body.length };
    const next = inserted(letter.body, at, `{{${name}}}`);
    set({ body: next.text });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(next.at, next.at);
    });
  };
  return (
    <>
      {letter.channel === 'email' && (
        <Field label={t('log.subject')} error={errors.subject}>
          <Input value={letter.subject} maxLength={200} onChange={(event) => set({ subject: event.target.value })} data-autofocus />
        </Field>
      )}
      <Field label={t('message.text')} error={errors.body}>
        <Textarea
          ref={textRef}
          rows={7}
          value={letter.body}
          maxLength={letter.channel === 'sms' ? 1_600 : 20_000}
          onChange={(event) => set({ body: event.target.value })}
          className="field-sizing-content max-h-96 min-h-36"
        />
      </Field>
      {(variables.data?.data.length ?? 0) > 0 && (
        <Menu
          label={t('message.insert')}
          items={(variables.data?.data ?? []).map(({ name }) => ({
            key: name,
            label: <VariableName name={name} />,
            onSelect: () => insert(name),
          }))}
          trigger={(attributes) => (
            <Button look="ghost" className="justify-self-start" {...attributes}>
              <Braces className="size-4" aria-hidden /> {t('message.insert')}
            </Button>
          )}
        />
      )}
    </>
  );
}

/** Files and another time: rarely wanted, so one press away. */
function Extras({ letter, set, error }: Omit<Setting, 'customer'> & { error: string | undefined }) {
  const timed = letter.at !== 'now';
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-1">
        <button
          type="button"
          className={buttonClass('ghost')}
          aria-expanded={timed}
          onClick={() => set({ at: timed ? 'now' : new Date(Date.now() + 3_600_000) })}
        >
          <CalendarClock className="size-4" aria-hidden /> {timed ? t('message.atOnce') : t('message.later')}
        </button>
        {letter.channel === 'email' && <AttachButton files={letter.files} set={(files) => set({ files })} />}
      </div>
      {timed && <WhenField onChange={(at) => set({ at: at ?? 'unreadable' })} />}
      <ChosenFiles files={letter.files} set={(files) => set({ files })}>
        <li className="tnum text-end text-sm text-ink-3">{t('message.inAll', { bytes: formatBytes(bytesOf(letter.files)) })}</li>
      </ChosenFiles>
      <Alert>{error}</Alert>
    </div>
  );
}
