import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import type { Definition } from '../../../functions/surveys/logic.ts';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan, useMe } from '../auth/me.ts';
import { formatDateTime, languageName } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Section } from '../ui/section.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { done } from '../ui/toast.tsx';
import { isSame, lacking, tidy } from './draft.ts';
import { Preview } from './preview.tsx';
import { type Survey, surveyQuery, useRefreshSurveys } from './queries.ts';
import type { Editing } from './question-card.tsx';
import { QuestionsEditor } from './questions-editor.tsx';
import { SettingsSection, type SurveySettings } from './settings-section.tsx';
import { ThanksSection } from './thanks-section.tsx';
import { readingLanguage, sectionName } from './words.tsx';

export type Draft = SurveySettings & { definition: Definition };

const draftOf = ({ name, languages, fallbackLanguage, coolDownDays, linkDays, definition }: Survey): Draft => ({
  ...{ name, languages, fallbackLanguage, coolDownDays, linkDays },
  definition: definition as Definition,
});

/** One wrong thing in the reader's language; a way by the names that the parts have on the screen. */
function faultText({ pointer, code, detail }: { pointer: string; code: string; detail: string }, nameOfSection: (key: string) => string) {
  const words = tMaybe(`surveyFault.${code}`) ?? tMaybe(`invalid.${code}`) ?? fieldText({ pointer, code, detail }) ?? '';
  const way = code === 'survey_loop' ? detail.split(': ')[1]?.split(' → ').map(nameOfSection).join(' → ') : undefined;
  return way ? `${words} ${way}` : words;
}

/** What a survey asks, beside what somebody would see. Saved by one button; published by another. */
export function BuildTab({ survey }: { survey: Survey }) {
  const can = useCan();
  const { workspace } = useMe();
  const queryClient = useQueryClient();
  const refresh = useRefreshSurveys();
  const [read, setRead] = useState(survey);
  const [draft, setDraft] = useState(() => draftOf(survey));
  const [language, setLanguage] = useState(readingLanguage(survey.languages, survey.fallbackLanguage));
  const [previewing, setPreviewing] = useState(false);
  const isDirty = !isSame(draft, draftOf(read));
  const editable = can.any('surveys', 'write') && !survey.archivedAt;

  const save = useMutation({
    mutationFn: async (publishes: boolean) => {
      const params = { id: survey.id };
      const kept = isDirty
        ? await call('updateSurvey', { params, version: read.version, body: { ...draft, definition: tidy(draft.definition) } as never })
        : read;
      setRead(kept);
      setDraft(draftOf(kept));
      return publishes ? call('publishSurvey', { params }) : kept;
    },
    onSuccess: async (kept, publishes) => {
      setRead(kept);
      queryClient.setQueryData(surveyQuery(survey.id).queryKey, kept);
      done(publishes ? t('survey.publishedAs', { version: kept.publishedVersion ?? 1 }) : t('survey.saved'));
      await refresh();
    },
  });
  useBlocker({ shouldBlockFn: () => isDirty && !confirm(t('survey.leave')), enableBeforeUnload: () => isDirty });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const shown = draft.languages.includes(language) ? language : draft.fallbackLanguage;
  const nameOfSection = (key: string) => sectionName(draft.definition, key, { language: shown, fallback: draft.fallbackLanguage });
  const faultAt = (pointer: string) => {
    const found = problem?.errors.find((one) => one.pointer === pointer || (isQuestion(pointer) && one.pointer.startsWith(`${pointer}/`)));
    return found && faultText(found, nameOfSection);
  };
  const elsewhere = problem?.errors.filter(({ pointer }) => !/^\/definition\/sections\/\d+(\/questions\/\d+.*)?$/.test(pointer)) ?? [];
  const editing: Editing = {
    definition: draft.definition,
    language: shown,
    fallback: draft.fallbackLanguage,
    topics: workspace.consentTopics,
    editable,
    set: (definition) => setDraft((before) => ({ ...before, definition })),
    faultAt,
  };
  const preview = <Preview definition={draft.definition} language={shown} fallback={draft.fallbackLanguage} />;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="grid min-w-0 gap-6">
        {!editable && <p className="text-sm text-ink-3">{t('settings.readOnly')}</p>}
        {problem && (
          <div role="alert" className="grid gap-1 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
            <p>{problemText(problem)}</p>
            {elsewhere.map((one) => (
              <p key={one.pointer + one.code}>{faultText(one, nameOfSection)}</p>
            ))}
          </div>
        )}
        <SettingsSection draft={draft} editable={editable} set={(part) => setDraft((before) => ({ ...before, ...part }))} />
        {draft.languages.length > 1 && (
          <Segmented
            label={t('survey.writtenIn')}
            value={shown}
            onChange={setLanguage}
            options={draft.languages.map((each) => ({ value: each, label: <LanguageTab draft={draft} language={each} /> }))}
          />
        )}
        <QuestionsEditor editing={editing} />
        <ThanksSection editing={editing} origins={workspace.redirectOrigins} fault={faultAt('/definition/thanks/redirectUrl')} />
      </div>
      <div className="hidden xl:sticky xl:top-6 xl:block">
        <Section title={t('survey.preview')}>
          <div className="max-h-[80dvh] overflow-y-auto py-2">{preview}</div>
        </Section>
      </div>
      <Bar
        survey={read}
        isDirty={isDirty}
        busy={save.isPending}
        editable={editable}
        onPreview={() => setPreviewing(true)}
        onSave={(publishes) => save.mutate(publishes)}
      />
      <Dialog open={previewing} onClose={() => setPreviewing(false)} title={t('survey.preview')}>
        {preview}
      </Dialog>
    </div>
  );
}

const isQuestion = (pointer: string) => pointer.includes('/questions/');

function LanguageTab({ draft, language }: { draft: Draft; language: string }) {
  const missing = lacking(draft.definition, language, draft.fallbackLanguage);
  return (
    <span className="grid justify-items-center leading-tight">
      <span>{languageName(language)}</span>
      {missing > 0 && <span className="text-xs text-ink-3">{t('survey.lacking', { count: missing })}</span>}
    </span>
  );
}

/** At the lower edge, so that saving is always in reach. */
function Bar(props: {
  survey: Survey;
  isDirty: boolean;
  busy: boolean;
  editable: boolean;
  onPreview: () => void;
  onSave: (publishes: boolean) => void;
}) {
  const { survey, isDirty, busy, editable, onPreview, onSave } = props;
  const isOut = survey.state === 'published' && !survey.unpublished && !isDirty;
  return (
    <div className="sticky bottom-16 z-10 flex flex-wrap items-center gap-2 rounded-xl border border-line bg-raised/95 px-4 py-2.5 shadow-md backdrop-blur-md sm:bottom-3 xl:col-span-2">
      <p className="min-w-0 grow text-sm text-ink-2">
        {isDirty
          ? t('survey.unsaved')
          : survey.publishedVersion === null
            ? t('survey.notOut')
            : survey.unpublished
              ? t('survey.unpublished', { version: survey.publishedVersion })
              : t('survey.isOut', {
                  version: survey.publishedVersion,
                  when: survey.publishedAt ? formatDateTime(survey.publishedAt) : '',
                })}
      </p>
      <Button className="xl:hidden" onClick={onPreview}>
        <Eye className="size-4" aria-hidden /> {t('survey.preview')}
      </Button>
      {editable && (
        <>
          <Button busy={busy} disabled={!isDirty} onClick={() => onSave(false)}>
            {t('common.save')}
          </Button>
          <Button look="primary" busy={busy} disabled={isOut} onClick={() => onSave(true)}>
            {t('survey.publish')}
          </Button>
        </>
      )}
    </div>
  );
}
