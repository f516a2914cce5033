import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { MessageSquarePlus, Plus } from 'lucide-react';
import { call } from '../api/client.ts';
import { useCan, useMe } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { isLanguage } from '../i18n/languages.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/section.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { failed } from '../ui/toast.tsx';
import { formsQuery, type WebForm } from './queries.ts';
import { readyTexts } from './ready-texts.ts';

const tones: Record<WebForm['state'], Tone> = { draft: 'plain', published: 'brand', closed: 'mango' };

export const FormState = ({ state }: Pick<WebForm, 'state'>) => <Badge tone={tones[state]}>{t(`form.state.${state}`)}</Badge>;

/** Pages on which anybody may write to the workspace. */
export function FormsSettings() {
  const can = useCan();
  const forms = useQuery({ ...formsQuery, enabled: can.any('cases', 'read') });
  if (!can.any('cases', 'read')) return <NoPermission />;
  return (
    <Section title={t('forms.title')} aside={can.any('settings', 'write') && <AddForm />}>
      <p className="max-w-prose text-sm text-ink-3">{t('forms.lead')}</p>
      {forms.isPending && <Loading rows={3} className="px-0" />}
      {forms.isError && !forms.data && <Failure error={forms.error} retry={() => void forms.refetch()} />}
      {forms.data?.data.length === 0 && (
        <Empty icon={<MessageSquarePlus className="size-6" />} title={t('forms.none')}>
          {t('forms.noneLead')}
        </Empty>
      )}
      <ul className="mt-2">
        {forms.data?.data.map(({ id, name, state, url }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2.5 first:border-t-0">
            <div className="min-w-0 grow basis-60">
              <p className="flex flex-wrap items-center gap-2">
                <Link to="/settings/forms/$id" params={{ id }} className="hit inline-flex items-center font-semibold hover:underline">
                  <bdi>{name}</bdi>
                </Link>
                <FormState state={state} />
              </p>
              <p className="text-sm break-all text-ink-3" dir="ltr">
                {url}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A new form begins with ready-made words in every language of the product, and as a draft. */
function AddForm() {
  const { workspace } = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const fallbackLanguage = isLanguage(workspace.language) ? workspace.language : 'en';
  const add = useMutation({
    mutationFn: () =>
      call('createForm', {
        body: { name: t('entity.form'), languages: Object.keys(readyTexts), fallbackLanguage, texts: readyTexts },
      }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: formsQuery.queryKey });
      await navigate({ to: '/settings/forms/$id', params: { id } });
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <Button look="primary" busy={add.isPending} onClick={() => add.mutate()}>
      <Plus className="size-4" aria-hidden /> {t('forms.add')}
    </Button>
  );
}
