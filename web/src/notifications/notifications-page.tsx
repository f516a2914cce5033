import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Bell, CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { PreferencesForm } from './preferences-form.tsx';
import { toldQuery, useRefreshTold } from './queries.ts';
import { ToldRow } from './told-row.tsx';

/** Everything one was told, and what one wants to be told. */
export function NotificationsPage() {
  const can = useCan();
  const refresh = useRefreshTold();
  const [only, setOnly] = useState<'all' | 'unread'>('all');
  const readAll = useMutation({
    mutationFn: () => call('readNotifications', {}),
    onSuccess: ({ read }) => {
      done(t('told.readAllDone', { count: read }));
      return refresh();
    },
    onError: (error) => failed(problemText(error)),
  });
  if (!can.any('notifications', 'read')) return <NoPermission />;
  return (
    <>
      <PageHeader title={t('told.title')} lead={t('told.lead')}>
        <Button busy={readAll.isPending} onClick={() => readAll.mutate()}>
          <CheckCheck className="size-4" aria-hidden /> {t('told.readAll')}
        </Button>
      </PageHeader>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-3">
          <Segmented
            label={t('told.title')}
            hideLabel
            value={only}
            onChange={setOnly}
            className="justify-self-start"
            options={[
              { value: 'all', label: t('told.all') },
              { value: 'unread', label: t('told.unread') },
            ]}
          />
          <List unread={only === 'unread'} />
        </div>
        <PreferencesForm />
      </div>
    </>
  );
}

function List({ unread }: { unread: boolean }) {
  const told = useInfiniteQuery(toldQuery(unread));
  if (told.isPending) return <Loading rows={6} />;
  if (told.isError) return <Failure error={told.error} retry={() => void told.refetch()} />;
  const rows = told.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0)
    return (
      <Empty icon={<Bell className="size-6" />} title={t(unread ? 'told.noneUnread' : 'told.none')}>
        {t('told.noneLead')}
      </Empty>
    );
  return (
    <section className="min-w-0 rounded-xl border border-line bg-surface px-1 py-1 shadow-sm" aria-label={t('told.title')}>
      <ul>
        {rows.map((row) => (
          <ToldRow key={row.id} told={row} />
        ))}
      </ul>
      {told.hasNextPage && (
        <div className="flex justify-center border-t border-line p-2">
          <ShowMore of={told} look="ghost" />
        </div>
      )}
    </section>
  );
}
