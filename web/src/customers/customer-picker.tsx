import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { call } from '../api/client.ts';
import { useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { useRecent } from '../shell/recent.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Input } from '../ui/field.tsx';
import { hitDetail } from './hit-detail.ts';

export type Picked = { id: string; name: string; kind: 'person' | 'company' };

/** Finds one customer by typing: a combobox with a list below, as the ARIA practices describe it. */
export function CustomerPicker(props: {
  value: Picked | undefined;
  onPick: (customer: Picked | undefined) => void;
  kind?: 'person' | 'company';
  label: string;
  autoFocus?: boolean;
}) {
  const { workspace } = useMe();
  const listId = useId();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 130);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) => call('findCustomers', { body: { text: asked, limit: 8 }, signal }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  });
  const recent = useRecent(workspace.id);
  const hits: Picked[] = (asked ? (found.data?.data ?? []).filter(({ archived }) => !archived) : recent).filter(
    ({ kind }) => !props.kind || kind === props.kind,
  );

  if (props.value)
    return (
      <div className="hit flex items-center gap-2.5 rounded-md border border-line bg-sunken ps-2.5">
        <Avatar name={props.value.name} kind={props.value.kind} size="sm" />
        <span className="min-w-0 grow truncate font-medium" dir="auto">
          {props.value.name}
        </span>
        <IconButton label={t('picker.change')} onClick={() => props.onPick(undefined)}>
          <X className="size-4" aria-hidden />
        </IconButton>
      </div>
    );

  const shown = open && (hits.length > 0 || asked.length > 0);
  const choose = (hit: Picked | undefined) => {
    if (!hit) return;
    props.onPick({ id: hit.id, name: hit.name, kind: hit.kind });
    setText('');
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      setAt((before) => (hits.length ? (before + (event.key === 'ArrowDown' ? 1 : -1) + hits.length) % hits.length : 0));
    } else if (event.key === 'Enter' && open && hits[at]) {
      event.preventDefault();
      choose(hits[at]);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that the focus has left
    <div className="relative" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <Input
        role="combobox"
        aria-label={props.label}
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && hits[at] ? `${listId}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        data-autofocus={props.autoFocus || undefined}
        placeholder={t('picker.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        role="listbox"
        aria-label={props.label}
        hidden={!shown}
        className="absolute inset-x-0 z-10 mt-1 max-h-72 overflow-y-auto rounded-lg border border-line bg-raised p-1.5 shadow-lg"
      >
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above has the keys
          <div
            key={hit.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={cx('hit flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm', index === at && 'bg-hover')}
            onMouseEnter={() => setAt(index)}
            onClick={() => choose(hit)}
          >
            <Avatar name={hit.name} kind={hit.kind} size="sm" />
            <span className="min-w-0 truncate font-medium" dir="auto">
              {hit.name}
            </span>
            {'detail' in hit && (
              <span className="min-w-0 grow truncate text-ink-3" dir="auto">
                {hitDetail({ name: hit.name, detail: String(hit.detail) })}
              </span>
            )}
          </div>
        ))}
        {hits.length === 0 && (
          <p className="px-2.5 py-3 text-sm text-ink-3">{found.isFetching ? t('common.loading') : t('palette.nothing')}</p>
        )}
      </div>
    </div>
  );
}
