import { ArrowDown, ArrowUp, ChevronDown, GripVertical, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Definition, Question } from '../../../functions/surveys/logic.ts';
import { t } from '../i18n/i18n.ts';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { QuestionFields } from './question-fields.tsx';
import { kindIcon, titleOf } from './words.tsx';

/** What the editor of a survey knows, for every part of it. */
export type Editing = {
  definition: Definition;
  language: string;
  fallback: string;
  topics: readonly string[];
  editable: boolean;
  set: (definition: Definition) => void;
  /** What the API refused, below a pointer in the definition. */
  faultAt: (pointer: string) => string | undefined;
};

type Props = {
  editing: Editing;
  question: Question;
  pointer: string;
  number: number;
  open: boolean;
  toggle: () => void;
  move: (step: 1 | -1) => void;
  remove: () => void;
  /** Dragging: what is held is told, and where it is let go. */
  held: (key: string | undefined) => void;
};

/** One question: a line to read and to move, and below it, when it is open, everything that can be said of it. */
export function QuestionCard({ editing, question, pointer, number, open, toggle, move, remove, held }: Props) {
  const ref = useRef<HTMLElement>(null);
  const fault = editing.faultAt(pointer);
  useEffect(() => {
    if (open) ref.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [open]);
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (!event.altKey || !step || !editing.editable) return;
    event.preventDefault();
    move(step);
  };
  const title = titleOf(question, editing.language, editing.fallback);
  const name = t('survey.questionNumber', { number });
  return (
    <article
      ref={ref}
      aria-label={name}
      onKeyDown={keys}
      data-question={question.key}
      className={cx('min-w-0 rounded-lg border bg-surface', fault ? 'border-danger' : 'border-line')}
    >
      <header className="flex min-w-0 items-center gap-1 p-1.5">
        {editing.editable && (
          <span
            draggable
            aria-hidden
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', question.key);
              if (ref.current) event.dataTransfer.setDragImage(ref.current, 12, 12);
              held(question.key);
            }}
            onDragEnd={() => held(undefined)}
            className="hidden cursor-grab place-items-center self-stretch px-1 text-ink-3 sm:grid"
          >
            <GripVertical className="size-4" />
          </span>
        )}
        <button
          type="button"
          onClick={toggle}
          aria-expanded={open}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          className="hit flex min-w-0 grow items-center gap-2.5 rounded-md px-1.5 text-start hover:bg-hover"
        >
          <span className="tnum shrink-0 text-sm text-ink-3">{number}</span>
          <span className="shrink-0 text-ink-3" aria-hidden>
            {kindIcon(question.kind)}
          </span>
          <span className="min-w-0 grow">
            <span className={cx('block truncate text-sm font-medium', !title && 'text-ink-3')} dir="auto">
              {title || t('survey.untitled')}
            </span>
            <span className="block text-xs text-ink-3">{t(`survey.kind.${question.kind}`)}</span>
          </span>
          {question.showIf && <Badge tone="sky">{t('survey.conditional')}</Badge>}
          <ChevronDown className={cx('size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-180')} aria-hidden />
        </button>
        {editing.editable && <Moves name={name} move={move} remove={remove} className="hidden sm:flex" />}
      </header>
      {fault && (
        <p role="alert" className="px-3 pb-2 text-sm text-danger">
          {fault}
        </p>
      )}
      {open && (
        <div className="border-t border-line p-3">
          <QuestionFields editing={editing} question={question} />
          {editing.editable && (
            <Moves name={name} move={move} remove={remove} className="mt-3 flex justify-end border-t border-line pt-2 sm:hidden" />
          )}
        </div>
      )}
    </article>
  );
}

/** Up, down and out. On a phone they come with the open question, so that its line has room for words. */
function Moves(props: Pick<Props, 'move' | 'remove'> & { name: string; className: string }) {
  const { name, move, remove, className } = props;
  return (
    <div className={className}>
      <IconButton label={t('survey.moveUp', { name })} onClick={() => move(-1)}>
        <ArrowUp className="size-4" aria-hidden />
      </IconButton>
      <IconButton label={t('survey.moveDown', { name })} onClick={() => move(1)}>
        <ArrowDown className="size-4" aria-hidden />
      </IconButton>
      <IconButton label={t('survey.removeOf', { name })} onClick={remove}>
        <Trash2 className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}
