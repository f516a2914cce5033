import { Plus, Trash2 } from 'lucide-react';
import { type Condition, end, type Question, questionKinds } from '../../../functions/surveys/logic.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Check, Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Options } from '../ui/options.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { askedBefore, changeQuestion, emptyOption, ofKind } from './draft.ts';
import type { Editing } from './question-card.tsx';
import { nameOf, optionName, titleOf } from './words.tsx';

type Props = { editing: Editing; question: Question };
const channels = ['email', 'sms', 'call', 'letter', 'chat'] as const;

/** Everything that can be said of a question. */
export function QuestionFields({ editing, question }: Props) {
  const { definition, language, fallback } = editing;
  const set = (next: Question) => editing.set(changeQuestion(definition, next));
  const own = question.texts[language];
  const instead = question.texts[fallback];
  const say = (part: { title?: string; help?: string | null }) =>
    set({ ...question, texts: { ...question.texts, [language]: { title: own?.title ?? '', help: own?.help ?? null, ...part } } });
  return (
    <fieldset disabled={!editing.editable} className="grid min-w-0 gap-3">
      <Field label={t('survey.text')}>
        <Textarea
          rows={2}
          maxLength={300}
          lang={language}
          value={own?.title ?? ''}
          placeholder={language === fallback ? undefined : instead?.title}
          onChange={(event) => say({ title: event.target.value })}
        />
      </Field>
      <Field label={t('survey.help')}>
        <Input
          maxLength={500}
          lang={language}
          value={own?.help ?? ''}
          placeholder={language === fallback ? undefined : (instead?.help ?? undefined)}
          onChange={(event) => say({ help: event.target.value || null })}
        />
      </Field>
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <Field label={t('survey.kind')}>
          <Select
            value={question.kind}
            onChange={(event) => set(withTopic(ofKind(question, event.target.value as Question['kind']), editing.topics))}
          >
            <Options of={questionKinds} words={(kind) => t(`survey.kind.${kind}`)} />
          </Select>
        </Field>
        <Check checked={question.required} onChange={(event) => set({ ...question, required: event.target.checked })}>
          {t('survey.required')}
        </Check>
      </div>
      {(question.kind === 'single' || question.kind === 'multiple') && <OptionRows editing={editing} question={question} set={set} />}
      <Bounds question={question} set={set} />
      {question.kind === 'consent' && <Topic editing={editing} question={question} set={set} />}
      <Conditions editing={editing} question={question} set={set} />
      <Jumps editing={editing} question={question} />
    </fieldset>
  );
}

/** A consent says to what; the first topic until another is chosen. */
export const withTopic = (question: Question, topics: readonly string[]): Question =>
  question.kind === 'consent' ? { ...question, topic: question.topic ?? { channel: 'email', topic: topics[0] ?? 'news' } } : question;

function OptionRows({ editing, question, set }: Props & { set: (question: Question) => void }) {
  const { language, fallback } = editing;
  const { options } = question;
  return (
    <div className="grid gap-2">
      <p className="text-sm font-medium text-ink-2">{t('survey.options')}</p>
      <ol className="grid gap-2">
        {options.map((option, at) => (
          <li key={option.key} className="flex items-center gap-1">
            <Input
              aria-label={t('survey.optionNumber', { number: at + 1 })}
              lang={language}
              maxLength={200}
              value={option.texts[language]?.title ?? ''}
              placeholder={language === fallback ? undefined : option.texts[fallback]?.title}
              onChange={(event) =>
                set({
                  ...question,
                  options: options.with(at, { ...option, texts: { ...option.texts, [language]: { title: event.target.value } } }),
                })
              }
            />
            {options.length > 1 && (
              <IconButton
                label={t('survey.removeOption', { number: at + 1 })}
                onClick={() => set({ ...question, options: options.toSpliced(at, 1) })}
              >
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {options.length < 30 && (
        <Button className="justify-self-start" onClick={() => set({ ...question, options: [...options, emptyOption(options)] })}>
          <Plus className="size-4" aria-hidden /> {t('survey.addOption')}
        </Button>
      )}
    </div>
  );
}

const numberIn = (text: string) => (text === '' ? null : Number(text));

function Bounds({ question, set }: { question: Question; set: (question: Question) => void }) {
  if (question.kind === 'rating')
    return (
      <Field label={t('survey.stars')} className="max-w-40">
        <Input
          type="number"
          min={2}
          max={10}
          value={question.max ?? 5}
          onChange={(event) => set({ ...question, max: numberIn(event.target.value) })}
        />
      </Field>
    );
  if (question.kind !== 'number' && question.kind !== 'multiple') return null;
  const most = question.kind === 'multiple' ? question.options.length : undefined;
  return (
    <div className="grid grid-cols-2 gap-3 sm:max-w-80">
      {(['min', 'max'] as const).map((name) => (
        <Field key={name} label={t(name === 'min' ? 'survey.least' : 'survey.most')}>
          <Input
            type="number"
            min={question.kind === 'multiple' ? 0 : undefined}
            max={most}
            value={question[name] ?? ''}
            placeholder={t('common.any')}
            onChange={(event) => set({ ...question, [name]: numberIn(event.target.value) })}
          />
        </Field>
      ))}
    </div>
  );
}

function Topic({ editing, question, set }: Props & { set: (question: Question) => void }) {
  const topic = question.topic ?? { channel: 'email', topic: '' };
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label={t('survey.consentTopic')}>
        <Select value={topic.topic} onChange={(event) => set({ ...question, topic: { ...topic, topic: event.target.value } })}>
          <Options of={[...new Set([...editing.topics, topic.topic])]} words={(each) => tMaybe(`topic.${each}`) ?? each} />
        </Select>
      </Field>
      <Field label={t('survey.consentChannel')}>
        <Select value={topic.channel} onChange={(event) => set({ ...question, topic: { ...topic, channel: event.target.value } })}>
          <Options of={channels} words={(each) => t(`channel.${each}`)} />
        </Select>
      </Field>
    </div>
  );
}

/** The names by which a condition shows earlier questions and their options. */
export const naming = ({ definition, language, fallback }: Editing) => ({
  nameOf: (question: Question) => nameOf(definition, question, { language, fallback }),
  optionOf: (question: Question, key: string) => optionName(question, key, { language, fallback }),
});

function Conditions({ editing, question, set }: Props & { set: (question: Question) => void }) {
  const names = naming(editing);
  const asked = askedBefore(editing.definition, question.key);
  if (asked.length === 0) return null;
  return (
    <>
      <ConditionEditor
        {...names}
        label={t('survey.showIf')}
        asked={asked}
        value={question.showIf}
        set={(showIf) => set({ ...question, showIf })}
      />
      {!question.required && (
        <ConditionEditor
          {...names}
          label={t('survey.requiredIf')}
          asked={asked}
          value={question.requiredIf}
          set={(requiredIf) => set({ ...question, requiredIf })}
        />
      )}
    </>
  );
}

/** Where somebody goes after this question, if its answer says so; the first that fits counts. */
function Jumps({ editing, question }: Props) {
  const { definition, language, fallback } = editing;
  const asked = askedBefore(definition, question.key, true);
  const own = definition.sections.findIndex(({ questions }) => questions.some(({ key }) => key === question.key));
  const later = definition.sections.slice(own + 1);
  const always: Condition = { question: question.key, is: 'answered', value: true };
  const put = (at: number, jump: (typeof definition.jumps)[number] | undefined) =>
    editing.set({ ...definition, jumps: jump ? definition.jumps.with(at, jump) : definition.jumps.toSpliced(at, 1) });
  return (
    <div className="grid gap-2">
      {definition.jumps.map((jump, at) =>
        jump.after === question.key ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a jump has no id, and stands where it was put
          <div key={at} className="grid gap-2 rounded-lg border border-line bg-sunken p-3">
            <div className="flex flex-wrap items-end gap-2">
              <Field label={t('survey.jumpTo')} className="grow">
                <Select value={jump.to} onChange={(event) => put(at, { ...jump, to: event.target.value })}>
                  {definition.sections
                    .filter((section) => later.includes(section) || section.key === jump.to)
                    .map((section) => (
                      <option key={section.key} value={section.key}>
                        {titleOf(section, language, fallback) ||
                          t('survey.sectionNumber', { number: definition.sections.indexOf(section) + 1 })}
                      </option>
                    ))}
                  <option value={end}>{t('survey.toEnd')}</option>
                </Select>
              </Field>
              <IconButton label={t('survey.removeJump')} onClick={() => put(at, undefined)}>
                <Trash2 className="size-4" aria-hidden />
              </IconButton>
            </div>
            <ConditionEditor
              {...naming(editing)}
              label={t('survey.jumpIf')}
              asked={asked}
              value={jump.when}
              set={(when) => put(at, when ? { ...jump, when } : undefined)}
            />
          </div>
        ) : null,
      )}
      <Button
        look="ghost"
        className="justify-self-start"
        onClick={() =>
          editing.set({ ...definition, jumps: [...definition.jumps, { after: question.key, when: always, to: later.at(-1)?.key ?? end }] })
        }
      >
        <Plus className="size-4" aria-hidden /> {t('survey.addJump')}
      </Button>
    </div>
  );
}
