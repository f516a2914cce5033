import { Plus, X } from 'lucide-react';
import { boundsOf, type Condition, type Question } from '../../../functions/surveys/logic.ts';
import { t } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { conditionOf, firstTest, type Group, groupOf, type One, testOf, type Word, wordOf, wordsFor } from './condition.ts';

type Props = {
  label: string;
  value: Condition | null;
  /** The questions that are asked before. */
  asked: readonly Question[];
  nameOf: (question: Question) => string;
  optionOf: (question: Question, key: string) => string;
  set: (value: Condition | null) => void;
};

/** When something is shown, required or jumped to: comparisons of earlier answers, joined by and or or. */
export function ConditionEditor(props: Props) {
  const { label, value, asked, set } = props;
  const [first] = asked;
  if (!first) return null;
  if (value === null)
    return (
      <Button look="ghost" className="justify-self-start" onClick={() => set(firstTest(asked.at(-1) ?? first))}>
        <Plus className="size-4" aria-hidden /> {label}
      </Button>
    );
  return (
    <fieldset className="grid min-w-0 gap-2 rounded-lg border border-line bg-sunken p-3">
      <legend className="sr-only">{label}</legend>
      <div className="flex items-center justify-between gap-2">
        <p className="text-sm font-medium text-ink-2" aria-hidden>
          {label}
        </p>
        <IconButton label={t('survey.removeCondition')} onClick={() => set(null)}>
          <X className="size-4" aria-hidden />
        </IconButton>
      </div>
      <Parts {...props} group={groupOf(value)} inner={false} change={(group) => set(conditionOf(group))} />
    </fieldset>
  );
}

function Parts(props: Props & { group: Group; inner: boolean; change: (group: Group) => void }) {
  const { group, inner, change, asked } = props;
  const begin = asked.at(-1);
  const replace = (at: number, part: Group['parts'][number] | undefined) =>
    change({ ...group, parts: part ? group.parts.with(at, part) : group.parts.toSpliced(at, 1) });
  return (
    <div className="grid gap-2">
      {group.parts.length > 1 && (
        <Select
          aria-label={t('survey.join')}
          className="w-auto! justify-self-start"
          value={group.join}
          onChange={(event) => change({ ...group, join: event.target.value as Group['join'] })}
        >
          <option value="all">{t('survey.join.all')}</option>
          <option value="any">{t('survey.join.any')}</option>
        </Select>
      )}
      <ul className="grid gap-2">
        {group.parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison has no id, and stands where it was put
          <li key={at}>
            {'question' in part ? (
              <Row {...props} part={part} replace={(next) => replace(at, next)} />
            ) : (
              <div className="rounded-lg border border-line bg-surface p-2">
                <Parts {...props} group={part} inner change={(next) => replace(at, next.parts.length > 0 ? next : undefined)} />
              </div>
            )}
          </li>
        ))}
      </ul>
      {begin && group.parts.length < 10 && (
        <div className="flex flex-wrap gap-1">
          <Button look="ghost" onClick={() => change({ ...group, parts: [...group.parts, firstTest(begin)] })}>
            <Plus className="size-4" aria-hidden /> {t('survey.addTest')}
          </Button>
          {!inner && (
            <Button
              look="ghost"
              onClick={() =>
                change({
                  ...group,
                  parts: [...group.parts, { join: group.join === 'all' ? 'any' : 'all', parts: [firstTest(begin), firstTest(begin)] }],
                })
              }
            >
              <Plus className="size-4" aria-hidden /> {t('survey.addGroup')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Row({ part, asked, nameOf, optionOf, replace }: Props & { part: One; replace: (part: One | undefined) => void }) {
  const question = asked.find(({ key }) => key === part.question);
  const word = wordOf(part);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label={t('survey.question')}
        className="w-auto! max-w-full grow basis-40"
        value={part.question}
        onChange={(event) => {
          const next = asked.find(({ key }) => key === event.target.value);
          if (next) replace(firstTest(next));
        }}
      >
        {!question && <option value={part.question}>{part.question}</option>}
        {asked.map((each) => (
          <option key={each.key} value={each.key}>
            {nameOf(each)}
          </option>
        ))}
      </Select>
      {question && (
        <>
          <Select
            aria-label={t('survey.comparison')}
            className="w-auto!"
            value={word}
            onChange={(event) => replace(testOf(question, event.target.value as Word, part.value))}
          >
            <Options of={wordsFor(question)} words={(each) => t(`survey.is.${each}`)} />
          </Select>
          {word !== 'answered' && word !== 'unanswered' && (
            <Value question={question} part={part} optionOf={optionOf} set={(value) => replace({ ...part, value })} />
          )}
        </>
      )}
      <IconButton label={t('survey.removeTest')} onClick={() => replace(undefined)}>
        <X className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}

function Value(props: { question: Question; part: One; optionOf: Props['optionOf']; set: (value: One['value']) => void }) {
  const { question, part, optionOf, set } = props;
  const name = t('survey.value');
  if (question.kind === 'single' || question.kind === 'multiple')
    return (
      <Select aria-label={name} className="w-auto! max-w-full" value={String(part.value)} onChange={(event) => set(event.target.value)}>
        {question.options.map(({ key }) => (
          <option key={key} value={key}>
            {optionOf(question, key)}
          </option>
        ))}
      </Select>
    );
  if (question.kind === 'consent')
    return (
      <Select aria-label={name} className="w-auto!" value={String(part.value)} onChange={(event) => set(event.target.value === 'true')}>
        <option value="true">{t('common.yes')}</option>
        <option value="false">{t('common.no')}</option>
      </Select>
    );
  if (question.kind === 'date')
    return (
      <Input
        aria-label={name}
        type="date"
        required
        className="w-auto!"
        value={String(part.value)}
        onChange={(event) => set(event.target.value)}
      />
    );
  const bounds = boundsOf(question);
  return (
    <Input
      aria-label={name}
      type="number"
      required
      className="w-20!"
      min={bounds?.min}
      max={bounds?.max}
      value={Number.isNaN(part.value) ? '' : String(part.value)}
      onChange={(event) => set(event.target.valueAsNumber)}
    />
  );
}
