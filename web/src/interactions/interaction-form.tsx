import { ArrowDownLeft, ArrowUpRight, CalendarClock } from 'lucide-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { chatVias, directions, reasons } from '../../../functions/interactions/kinds.ts';
import type { Channel } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { MentionField } from '../notifications/mention-field.tsx';
import { buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Field, Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { channelList, channelLooks, channelName } from './channels.tsx';
import { AttachButton, ChosenFiles } from './chosen-files.tsx';
import type { Draft } from './draft.ts';
import { WhenField } from './when-field.tsx';

type Setting = { draft: Draft; set: (change: Partial<Draft>) => void };

/** The channels as one row of radio buttons; a letter chooses one and goes on to the text. */
export function ChannelPicker({ draft, set, onPicked, autoFocus = false }: Setting & { onPicked?: () => void; autoFocus?: boolean }) {
  const pick = (channel: Channel) => set({ channel, direction: channelLooks[channel].direction });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const letter =
      event.key.length === 1 ? (/[a-z]/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, '').toLowerCase()) : '';
    const channel = channelList.find((each) => channelLooks[each].key === letter);
    if (!channel) return;
    event.preventDefault();
    pick(channel);
    onPicked?.();
  };
  return (
    <fieldset className="min-w-0" onKeyDown={onKeyDown}>
      <legend className="sr-only">{t('log.channel')}</legend>
      <div className="-m-1 flex flex-wrap gap-1.5 p-1">
        {channelList.map((channel) => {
          const { icon: Icon, key } = channelLooks[channel];
          const checked = channel === draft.channel;
          return (
            <label
              key={channel}
              className={cx(
                'hit flex cursor-pointer items-center gap-1.5 rounded-full border px-3 text-sm font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand',
                checked ? 'border-brand bg-brand text-brand-ink' : 'border-line bg-surface text-ink-2 hover:border-control hover:text-ink',
              )}
              title={`${channelName(channel)} (${key})`}
            >
              <input
                type="radio"
                name="channel"
                value={channel}
                className="sr-only"
                checked={checked}
                data-autofocus={(autoFocus && checked) || undefined}
                onChange={() => pick(channel)}
              />
              <Icon className="size-4" aria-hidden /> {channelName(channel)}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** All but channel and customer: what was said, which way, why, and what came of it. */
export function InteractionFields({
  draft,
  set,
  textRef,
  errors = {},
}: Setting & { textRef?: Ref<HTMLTextAreaElement>; errors?: Record<string, string | undefined> }) {
  const withSubject = ['email', 'letter', 'fax', 'web', 'order', 'visit'].includes(draft.channel);
  const timed = ['call', 'visit'].includes(draft.channel);
  return (
    <div className="grid gap-3.5">
      {draft.channel === 'chat' && (
        <Field label={t('log.via')} error={errors.via}>
          <Select value={draft.via ?? ''} onChange={(event) => set({ via: (event.target.value || null) as Draft['via'] })}>
            <option value="">{t('common.none')}</option>
            <Options of={chatVias} words={(via) => t(`via.${via}`)} />
          </Select>
        </Field>
      )}
      {draft.channel === 'other' && (
        <Field label={t('log.sourceWord')} error={errors.sourceWord}>
          <Input value={draft.sourceWord} maxLength={60} onChange={(event) => set({ sourceWord: event.target.value })} />
        </Field>
      )}
      {withSubject && (
        <Field label={t('log.subject')} hideLabel error={errors.subject}>
          <Input
            placeholder={t('log.subject')}
            value={draft.subject}
            maxLength={200}
            onChange={(event) => set({ subject: event.target.value })}
          />
        </Field>
      )}
      <Field label={t('log.text')} hideLabel error={errors.body}>
        <MentionField
          ref={textRef}
          rows={3}
          placeholder={t('log.textPlaceholder')}
          value={draft.body}
          mentions={draft.mentions}
          maxLength={20_000}
          onChange={(body, mentions) => set({ body, mentions })}
          className="field-sizing-content max-h-80 min-h-20"
        />
      </Field>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        <Field label={t('log.direction')}>
          <Select value={draft.direction} onChange={(event) => set({ direction: event.target.value as Draft['direction'] })}>
            <Options of={directions} words={(direction) => t(`direction.${direction}`)} />
          </Select>
        </Field>
        <Field label={t('log.reason')}>
          <Select value={draft.reason} onChange={(event) => set({ reason: event.target.value as Draft['reason'] })}>
            <Options of={reasons} words={(reason) => t(`reason.${reason}`)} />
          </Select>
        </Field>
        <Field label={t('log.outcome')} className="max-sm:col-span-2">
          <Select value={draft.outcome} onChange={(event) => set({ outcome: event.target.value as Draft['outcome'] })}>
            <Options of={['none', 'answered', 'promised', 'no_answer', 'resolved'] as const} words={(outcome) => t(`outcome.${outcome}`)} />
          </Select>
        </Field>
      </div>
      {timed && (
        <Field label={t('log.minutes')} className="max-w-40" error={errors.durationSeconds}>
          <Input
            type="number"
            min={0}
            max={10_080}
            inputMode="numeric"
            value={draft.minutes}
            onChange={(event) => set({ minutes: event.target.value })}
          />
        </Field>
      )}
    </div>
  );
}

/** Another time than now, and files: rarely wanted, so one press away. */
export function InteractionExtras({ draft, set, errors = {} }: Setting & { errors?: Record<string, string | undefined> }) {
  const [timed, setTimed] = useState(false);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-1">
        <button
          type="button"
          className={buttonClass('ghost')}
          aria-expanded={timed}
          onClick={() => {
            setTimed(!timed);
            set({ at: 'now' });
          }}
        >
          <CalendarClock className="size-4" aria-hidden /> {timed ? t('log.now') : t('log.earlier')}
        </button>
        <AttachButton files={draft.files} set={(files) => set({ files })} />
      </div>
      {timed && <WhenField onChange={(at) => set({ at: at ?? 'unreadable' })} error={errors.occurredAt} />}
      <ChosenFiles files={draft.files} set={(files) => set({ files })} />
    </div>
  );
}

/** An arrow towards us or away from us, turned with the reading direction. */
export function DirectionIcon({ direction, className }: { direction: 'in' | 'out' | 'none'; className?: string }) {
  if (direction === 'none') return null;
  const Icon = direction === 'in' ? ArrowDownLeft : ArrowUpRight;
  return <Icon className={cx('flip-rtl', className ?? 'size-3.5')} aria-hidden />;
}
