import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Copy, Download, Lock } from 'lucide-react';
import type { FormEvent } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { linksQuery, type OpenLink, type Survey } from './queries.ts';

/** Links that anybody may answer by, each as an address and as a code to be printed. */
export function OpenLinks({ survey }: { survey: Survey }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const links = useQuery(linksQuery(survey.id));
  const refresh = () => queryClient.invalidateQueries({ queryKey: linksQuery(survey.id).queryKey });
  const add = useMutation({
    mutationFn: (name: string) => call('addSurveyLink', { params: { id: survey.id }, body: { name } }),
    onSuccess: refresh,
    onError: (error) => failed(problemText(error)),
  });
  const make = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    add.mutate(String(new FormData(form).get('name')).trim(), { onSuccess: () => form.reset() });
  };
  return (
    <Section title={t('survey.forAnybody')}>
      <div className="grid gap-3 py-2">
        <p className="text-sm text-ink-2">{t('survey.forAnybodyLead')}</p>
        {links.isPending && <Loading rows={2} className="px-0" />}
        {links.isError && <Failure error={links.error} retry={() => void links.refetch()} />}
        <ul className="grid gap-3">
          {links.data?.data.map((link) => (
            <li key={link.id} className="grid min-w-0">
              <OneLink survey={survey} link={link} refresh={refresh} />
            </li>
          ))}
        </ul>
        {can.any('surveys', 'write') && (
          <form className="flex flex-wrap items-end gap-2" onSubmit={make}>
            <Field label={t('survey.linkName')} hint={t('survey.linkNameHint')} className="grow basis-48">
              <Input name="name" required maxLength={80} />
            </Field>
            <Button type="submit" busy={add.isPending} className="mb-6">
              {t('survey.makeLink')}
            </Button>
          </form>
        )}
      </div>
    </Section>
  );
}

function OneLink({ survey, link, refresh }: { survey: Survey; link: OpenLink; refresh: () => Promise<void> }) {
  const can = useCan();
  const { url, qr } = link;
  const close = useMutation({
    mutationFn: () => call('closeSurveyLink', { params: { id: survey.id, linkId: link.id } }),
    onSuccess: async () => {
      await refresh();
      done(t('survey.linkClosed'));
    },
    onError: (error) => failed(problemText(error)),
  });
  // A picture only: what it holds is drawn, and nothing of it runs.
  const picture = qr && `data:image/svg+xml;charset=utf-8,${encodeURIComponent(qr)}`;
  return (
    <article className="flex flex-wrap items-start gap-4 rounded-lg border border-line p-3">
      {picture && link.closedAt === null && (
        <img src={picture} alt={t('survey.qrOf', { name: link.name })} className="size-32 shrink-0 rounded-md bg-white" />
      )}
      <div className="grid min-w-0 grow basis-52 gap-2">
        <h3 className="flex flex-wrap items-center gap-2 text-base">
          <bdi>{link.name}</bdi>
          {link.closedAt !== null && <Badge tone="mango">{t('surveyState.closed')}</Badge>}
        </h3>
        {url && link.closedAt === null && (
          <>
            <code dir="ltr" className="text-xs break-all text-ink-2">
              {url}
            </code>
            <div className="flex flex-wrap gap-2">
              <Button
                onClick={() =>
                  void navigator.clipboard.writeText(url).then(
                    () => done(t('survey.copied')),
                    () => failed(t('problem.internal')),
                  )
                }
              >
                <Copy className="size-4" aria-hidden /> {t('survey.copyLink')}
              </Button>
              {picture && (
                <a href={picture} download={`${link.name}.svg`} className={buttonClass()}>
                  <Download className="size-4" aria-hidden /> {t('survey.qr')}
                </a>
              )}
              {can.any('surveys', 'write') && (
                <Button look="quietDanger" busy={close.isPending} onClick={() => close.mutate()}>
                  <Lock className="size-4" aria-hidden /> {t('survey.closeLink')}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </article>
  );
}
