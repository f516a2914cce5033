import { type KeyboardEvent, type Ref, type TextareaHTMLAttributes, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { fold } from '../../../functions/kernel/fold.ts';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { cx } from '../ui/cx.ts';
import { Textarea } from '../ui/field.tsx';
import { type Mentions, typedName } from './mention-text.ts';

type Props = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange'> & {
  value: string;
  mentions: Mentions;
  onChange: (text: string, mentions: Mentions) => void;
  ref?: Ref<HTMLTextAreaElement> | undefined;
};
const mostOffered = 6;

/** A text in which members can be named: after an @ they are offered, chosen by the arrows and Enter or by a tap. */
export function MentionField({ value, mentions, onChange, ref, onKeyDown, ...rest }: Props) {
  const { members } = useMembers();
  const own = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [typed, setTyped] = useState<{ from: number; typed: string }>();
  const [at, setAt] = useState(0);
  const wanted = fold(typed?.typed ?? '');
  const offered = typed
    ? members
        .filter(
          ({ status, name }) =>
            status === 'active' &&
            fold(name)
              .split(' ')
              .some((_, from, words) => words.slice(from).join(' ').startsWith(wanted)),
        )
        .slice(0, mostOffered)
    : [];
  const open = offered.length > 0;
  const active = Math.min(at, offered.length - 1);

  const look = () => {
    const field = own.current;
    setTyped(field ? typedName(field.value, field.selectionStart) : undefined);
    setAt(0);
  };
  const pick = (member: { id: string; name: string }) => {
    if (!typed) return;
    const end = typed.from + 1 + typed.typed.length;
    const text = `${value.slice(0, typed.from)}@${member.name} ${value.slice(end).replace(/^ /, '')}`;
    const caret = typed.from + member.name.length + 2;
    // At once: a frame later the caret would be put back before what was typed meanwhile.
    flushSync(() => {
      onChange(text, { ...mentions, [member.name]: member.id });
      setTyped(undefined);
    });
    own.current?.focus();
    own.current?.setSelectionRange(caret, caret);
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const chosen = offered[active];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && step) setAt((active + step + offered.length) % offered.length);
    else if (open && chosen && (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) pick(chosen);
    else if (open && event.key === 'Escape') setTyped(undefined);
    else return onKeyDown?.(event);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative min-w-0">
      <Textarea
        {...rest}
        ref={(field) => {
          own.current = field;
          if (typeof ref === 'function') ref(field);
          else if (ref) ref.current = field;
        }}
        value={value}
        aria-autocomplete="list"
        aria-controls={open ? list : undefined}
        aria-activedescendant={open ? `${list}-${active}` : undefined}
        onChange={(event) => {
          onChange(event.target.value, mentions);
          look();
        }}
        onClick={look}
        onKeyUp={(event) => ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) && look()}
        onBlur={() => setTimeout(() => setTyped(undefined), 150)}
        onKeyDown={keys}
      />
      {open && (
        <div
          id={list}
          role="listbox"
          aria-label={t('told.pick')}
          className="absolute inset-x-0 top-full z-30 mt-1 grid max-h-72 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-lg sm:end-auto sm:min-w-64"
        >
          {offered.map((member, index) => (
            <div
              key={member.id}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={cx('hit flex cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-sm', index === active && 'bg-hover')}
              onMouseDown={(event) => {
                event.preventDefault();
                pick(member);
              }}
              onMouseEnter={() => setAt(index)}
            >
              <Avatar name={member.name} size="sm" /> <bdi className="min-w-0 truncate">{member.name}</bdi>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
