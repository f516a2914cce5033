import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useId } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { formatAgo, formatDateTime, formatList } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { type HeldSubmission, heldQuery } from './queries.ts';

/** What was written on web forms and may be spam, for somebody to look at. */
export function HeldList() {
  const listed = useInfiniteQuery(heldQuery);
  const held = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-sm text-ink-2">{t('held.lead')}</p>
      {listed.isPending && <Loading rows={4} />}
      {listed.isError && !listed.data && <Failure error={listed.error} retry={() => void listed.refetch()} />}
      {listed.data && held.length === 0 && (
        <Empty icon={<ShieldQuestion className="size-6" />} title={t('held.none')}>
          {t('held.noneLead')}
        </Empty>
      )}
      <ul className="grid gap-3">
        {held.map((one) => (
          <Held key={one.id} held={one} />
        ))}
      </ul>
      {listed.hasNextPage && (
        <Button className="justify-self-center" busy={listed.isFetchingNextPage} onClick={() => void listed.fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
    </div>
  );
}

function useDealing({ id }: HeldSubmission) {
  const queryClient = useQueryClient();
  const fresh = () =>
    Promise.all([queryClient.invalidateQueries({ queryKey: heldQuery.queryKey }), queryClient.invalidateQueries({ queryKey: ['cases'] })]);
  const onError = (error: Error) => failed(problemText(error));
  const release = useMutation({
    mutationFn: () => call('releaseSubmission', { params: { id } }),
    onSuccess: async () => {
      done(t('held.released'));
      await fresh();
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => call('removeSubmission', { params: { id } }),
    onSuccess: async () => {
      done(t('held.removed'));
      await fresh();
    },
    onError,
  });
  return { release, remove };
}

/** One of them: words as words, whatever they hold. */
function Held({ held }: { held: HeldSubmission }) {
  const can = useCan();
  const titleId = useId();
  const { release, remove } = useDealing(held);
  const { said, reasons, formName, receivedAt, endsAt } = held;
  const from = [said.name, said.email, said.phone].filter((each) => each !== null);
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3.5 shadow-sm">
      <article className="grid gap-2" aria-labelledby={titleId}>
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 id={titleId} className="min-w-0 grow basis-60 text-base font-semibold wrap-anywhere">
            {from.map((each, at) => (
              <span key={each}>
                {at > 0 && ' · '}
                <bdi>{each}</bdi>
              </span>
            ))}
          </h2>
          <Badge>{t(`case.type.${said.type}`)}</Badge>
          <time className="tnum text-sm text-ink-3" dateTime={receivedAt}>
            {formatAgo(receivedAt)}
          </time>
        </header>
        {said.subject && (
          <p className="font-medium wrap-anywhere" dir="auto">
            {said.subject}
          </p>
        )}
        <p className="max-h-60 max-w-[70ch] overflow-y-auto whitespace-pre-line wrap-anywhere" dir="auto" lang={said.language}>
          {said.words}
        </p>
        <p className="text-sm text-ink-2">
          {t('held.by')} {formatList(reasons.map((reason) => t(`held.reason.${reason}`)))}
        </p>
        <p className="text-sm text-ink-3">
          {t('held.on', { form: formName })} · {t('held.ends', { when: formatDateTime(endsAt) })}
        </p>
        <div className="flex flex-wrap items-center gap-2 pt-1">
          <Button look="primary" busy={release.isPending} onClick={() => release.mutate()}>
            {t('held.release')}
          </Button>
          {can.any('cases', 'delete') && (
            <Button look="quietDanger" className="ms-auto" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('held.remove')}
            </Button>
          )}
        </div>
      </article>
    </li>
  );
}
