import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { type Definition, type Question, type QuestionKind, questionKinds, type Section } from '../../../functions/surveys/logic.ts';
import { t } from '../i18n/i18n.ts';
import { Alert } from '../ui/alert.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Input } from '../ui/field.tsx';
import { Menu } from '../ui/menu.tsx';
import { done } from '../ui/toast.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import {
  addQuestion,
  addSection,
  askedBeforeSection,
  changeSection,
  moveQuestion,
  moveSection,
  newQuestion,
  placeQuestion,
  putBack,
  removeQuestion,
  removeSection,
} from './draft.ts';
import { type Editing, QuestionCard } from './question-card.tsx';
import { naming, withTopic } from './question-fields.tsx';
import { kindIcon } from './words.tsx';

/** The parts of a survey and their questions: added, changed, moved by buttons, keys or hand, taken out and brought back. */
export function QuestionsEditor({ editing }: { editing: Editing }) {
  const { definition } = editing;
  const [open, setOpen] = useState<string>();
  const [held, setHeld] = useState<string>();
  const [said, setSaid] = useState('');
  // An undo acts on what is there when it is pressed.
  const latest = useRef(editing);
  latest.current = editing;

  const remove = (question: Question, number: number) => {
    const before = definition;
    const after = removeQuestion(before, question.key);
    editing.set(after);
    done(t('survey.removed', { name: t('survey.questionNumber', { number }) }), () =>
      latest.current.set(putBack(latest.current.definition, { before, after, key: question.key })),
    );
  };
  const move = (question: Question, step: 1 | -1) => {
    const next = moveQuestion(definition, question.key, step);
    editing.set(next);
    const all = next.sections.flatMap(({ questions }) => questions);
    setSaid(t('survey.movedTo', { number: all.findIndex(({ key }) => key === question.key) + 1, all: all.length }));
    focusOn(question.key);
  };
  let number = 0;
  return (
    <div className="grid gap-4">
      <p role="status" className="sr-only">
        {said}
      </p>
      {definition.sections.map((section, at) => (
        <SectionCard key={section.key} editing={editing} section={section} at={at}>
          {section.questions.map((question, place) => {
            number += 1;
            const own = number;
            return (
              <DropLine key={question.key} editing={editing} held={held} to={{ section: section.key, at: place }}>
                <QuestionCard
                  editing={editing}
                  question={question}
                  pointer={`/definition/sections/${at}/questions/${place}`}
                  number={own}
                  open={open === question.key}
                  toggle={() => setOpen(open === question.key ? undefined : question.key)}
                  move={(step) => move(question, step)}
                  remove={() => remove(question, own)}
                  held={setHeld}
                />
              </DropLine>
            );
          })}
          {editing.editable && (
            <AddQuestion
              add={(kind) => {
                const question = withTopic(newQuestion(definition, kind), editing.topics);
                editing.set(addQuestion(definition, section.key, question));
                setOpen(question.key);
              }}
            />
          )}
        </SectionCard>
      ))}
      {editing.editable && definition.sections.length < 20 && (
        <Button className="justify-self-start" onClick={() => editing.set(addSection(definition))}>
          <Plus className="size-4" aria-hidden /> {t('survey.addSection')}
        </Button>
      )}
    </div>
  );
}

/** The place of a question is another one after a move; the focus goes with it. */
function focusOn(key: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-question="${CSS.escape(key)}"] [aria-expanded]`)?.focus());
}

/** Takes what is dropped on it to its own place. */
function DropLine(props: { editing: Editing; held: string | undefined; to: { section: string; at: number }; children: ReactNode }) {
  const { editing, held, to } = props;
  const [over, setOver] = useState(false);
  const dropped = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (held) editing.set(placeQuestion(editing.definition, held, to));
  };
  return (
    <li
      className={cx('min-w-0 rounded-lg', over && held && 'outline-2 outline-brand')}
      onDragOver={(event) => {
        if (!held) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {props.children}
    </li>
  );
}

function AddQuestion({ add }: { add: (kind: QuestionKind) => void }) {
  return (
    <li>
      <Menu
        label={t('survey.addQuestion')}
        items={questionKinds.map((kind) => ({
          key: kind,
          label: t(`survey.kind.${kind}`),
          icon: kindIcon(kind),
          onSelect: () => add(kind),
        }))}
        trigger={(attributes) => (
          <Button look="soft" {...attributes}>
            <Plus className="size-4" aria-hidden /> {t('survey.addQuestion')}
          </Button>
        )}
      />
    </li>
  );
}

type SectionProps = {
  editing: Editing;
  section: Section;
  at: number;
  children: ReactNode;
};

function SectionCard({ editing, section, at, children }: SectionProps) {
  const { definition, language, fallback } = editing;
  const set = (next: Definition) => editing.set(next);
  const name = t('survey.sectionNumber', { number: at + 1 });
  const many = definition.sections.length > 1;
  const fault = editing.faultAt(`/definition/sections/${at}`);
  return (
    <section aria-label={name} className="grid min-w-0 gap-3 rounded-xl border border-line bg-surface p-3 shadow-sm sm:p-4">
      <header className="flex flex-wrap items-center gap-1">
        <h2 className="text-sm font-semibold text-ink-2">{name}</h2>
        <div className="order-last w-full min-w-0 grow basis-48 sm:order-none sm:w-auto">
          <Input
            aria-label={t('survey.sectionTitle', { name })}
            lang={language}
            maxLength={200}
            disabled={!editing.editable}
            placeholder={section.texts[fallback]?.title ?? t('survey.noTitle')}
            value={section.texts[language]?.title ?? ''}
            onChange={(event) =>
              set(changeSection(definition, { ...section, texts: { ...section.texts, [language]: { title: event.target.value } } }))
            }
          />
        </div>
        {editing.editable && many && (
          <div className="ms-auto flex gap-1">
            <IconButton
              label={t('survey.moveUp', { name })}
              disabled={at === 0}
              onClick={() => set(moveSection(definition, section.key, -1))}
            >
              <ArrowUp className="size-4" aria-hidden />
            </IconButton>
            <IconButton
              label={t('survey.moveDown', { name })}
              disabled={at === definition.sections.length - 1}
              onClick={() => set(moveSection(definition, section.key, 1))}
            >
              <ArrowDown className="size-4" aria-hidden />
            </IconButton>
            <IconButton
              label={t('survey.removeOf', { name })}
              onClick={() => {
                const before = definition;
                set(removeSection(definition, section.key));
                done(t('survey.removed', { name }), () => set(before));
              }}
            >
              <Trash2 className="size-4" aria-hidden />
            </IconButton>
          </div>
        )}
      </header>
      <Alert>{fault}</Alert>
      {at > 0 && editing.editable && (
        <ConditionEditor
          {...naming(editing)}
          label={t('survey.showSectionIf')}
          asked={askedBeforeSection(definition, section.key)}
          value={section.showIf}
          set={(showIf) => set(changeSection(definition, { ...section, showIf }))}
        />
      )}
      <ol className="grid min-w-0 gap-2">{children}</ol>
    </section>
  );
}
