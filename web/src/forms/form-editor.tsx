import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../api/client.ts';
import { CrmProblem } from '../api/problem.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { fieldText, problemText } from '../i18n/problem-text.ts';
import { BackLink } from '../shell/back-link.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { AskedSection, CaseSection, NameSection, TextsSection } from './form-parts.tsx';
import { FormPreview } from './form-preview.tsx';
import { FormState } from './forms-settings.tsx';
import { draftOf, type FormDraft, formQuery, formsQuery, type WebForm } from './queries.ts';
import { ShareSection } from './share-section.tsx';

/** One web form: what it asks and says, as it looks, and where it stands. */
export function FormEditor() {
  const can = useCan();
  const { id } = useParams({ from: '/app/settings/forms/$id' });
  const asked = useQuery({ ...formQuery(id), enabled: can.any('cases', 'read') });
  if (!can.any('cases', 'read')) return <NoPermission />;
  if (asked.isPending) return <Loading rows={6} />;
  if (!asked.data) return <Failure error={asked.error} retry={() => void asked.refetch()} />;
  return <Editor key={asked.data.id} form={asked.data} editable={can.any('settings', 'write')} />;
}

function Editor({ form, editable }: { form: WebForm; editable: boolean }) {
  const queryClient = useQueryClient();
  const [changed, setChanged] = useState<Partial<FormDraft>>({});
  const [chosen, setLanguage] = useState(form.fallbackLanguage);
  const draft: FormDraft = { ...draftOf(form), ...changed };
  const language = draft.languages.includes(chosen) ? chosen : draft.fallbackLanguage;
  const keep = async (saved: WebForm) => {
    queryClient.setQueryData(formQuery(form.id).queryKey, saved);
    await queryClient.invalidateQueries({ queryKey: formsQuery.queryKey });
  };
  const save = useMutation({
    mutationFn: () => call('updateForm', { params: { id: form.id }, version: form.version, body: changed }),
    onSuccess: async (saved) => {
      setChanged({});
      done(t('form.saved'));
      await keep(saved);
    },
  });
  const problem = save.error instanceof CrmProblem ? save.error : undefined;
  const editing = {
    draft,
    editable,
    set: (part: Partial<FormDraft>) => setChanged((before) => ({ ...before, ...part })),
    faultAt: (pointer: string) => fieldText(problem?.errors.find((error) => error.pointer === pointer)),
  };
  const isChanged = Object.keys(changed).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <div className="grid gap-4">
      <BackLink to="/settings/forms" label={t('forms.back')}>
        {t('forms.title')}
      </BackLink>
      <header className="flex flex-wrap items-center gap-3">
        <h2 className="text-lg font-semibold">
          <bdi>{form.name}</bdi>
        </h2>
        <FormState state={form.state} />
        {editable && <Steps form={form} isChanged={isChanged} keep={keep} />}
      </header>
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <form className="grid gap-6" onSubmit={submit}>
          <NameSection {...editing} />
          <TextsSection {...editing} language={language} choose={setLanguage} />
          <AskedSection {...editing} />
          <CaseSection {...editing} />
          {editable && (
            <div className="flex flex-wrap items-center justify-end gap-3">
              {save.isError && (
                <p role="alert" className="me-auto text-sm text-danger">
                  {problemText(save.error)}
                </p>
              )}
              {isChanged && !save.isError && <p className="text-sm text-ink-3">{t('form.unsaved')}</p>}
              <Button look="primary" type="submit" busy={save.isPending} disabled={!isChanged}>
                {t('common.save')}
              </Button>
            </div>
          )}
        </form>
        <div className="grid gap-6">
          <ShareSection form={form} />
          <Section title={t('form.preview')}>
            <div className="py-2">
              <FormPreview draft={draft} language={language} />
            </div>
          </Section>
        </div>
      </div>
    </div>
  );
}

/** Publishing, closing and deleting, each said when it is done. What is not saved is not published. */
function Steps({ form, isChanged, keep }: { form: WebForm; isChanged: boolean; keep: (form: WebForm) => Promise<void> }) {
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const params = { id: form.id };
  const isOut = form.state === 'published';
  const onError = (error: Error) => failed(problemText(error));
  const move = useMutation({
    mutationFn: () => (isOut ? call('closeForm', { params }) : call('publishForm', { params })),
    onSuccess: async (moved) => {
      done(t(isOut ? 'form.nowClosed' : 'form.nowPublished'));
      await keep(moved);
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => call('removeForm', { params }),
    onSuccess: async () => {
      done(t('form.removed'));
      await queryClient.invalidateQueries({ queryKey: formsQuery.queryKey });
      await navigate({ to: '/settings/forms' });
    },
    onError,
  });
  return (
    <div className="ms-auto flex flex-wrap gap-2">
      <Button look={isOut ? 'secondary' : 'primary'} busy={move.isPending} disabled={isChanged} onClick={() => move.mutate()}>
        {t(isOut ? 'form.close' : 'form.publish')}
      </Button>
      {can.any('settings', 'delete') && (
        <Button look="quietDanger" onClick={() => setRemoving(true)}>
          {t('form.remove')}
        </Button>
      )}
      {removing && (
        <Dialog
          open
          onClose={() => setRemoving(false)}
          title={t('form.remove.title')}
          footer={
            <>
              <Button onClick={() => setRemoving(false)}>{t('common.cancel')}</Button>
              <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
                {t('form.remove')}
              </Button>
            </>
          }
        >
          <p>{t('form.remove.lead')}</p>
        </Dialog>
      )}
    </div>
  );
}
