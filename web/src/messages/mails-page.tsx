import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { PageHeader } from '../shell/page-header.tsx';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';
import { mailsQuery } from './queries.ts';

import { WaitingMail } from './waiting-mail.tsx';

type Shelf = 'all' | 'quarantined' | 'unmatched';

/** Mail that waits for a person: from nobody known here, or from somebody who is not proven to have written it. */
export function MailsPage() {
  const can = useCan();
  const [shelf, setShelf] = useState<Shelf>('all');
  if (!can.any('interactions', 'write')) return <NoPermission />;
  return (
    <>
      <PageHeader title={t('nav.mails')} lead={t('mail.lead')} />
      <Segmented
        label={t('mail.shelf')}
        hideLabel
        className="mb-4 max-w-xl"
        value={shelf}
        onChange={setShelf}
        options={(['all', 'unmatched', 'quarantined'] as const).map((value) => ({ value, label: t(`mail.shelf.${value}`) }))}
      />
      <Waiting shelf={shelf} />
    </>
  );
}

function Waiting({ shelf }: { shelf: Shelf }) {
  const listed = useInfiniteQuery(mailsQuery(shelf === 'all' ? undefined : shelf));
  if (listed.isPending) return <Loading rows={5} />;
  if (listed.isError && !listed.data) return <Failure error={listed.error} retry={() => void listed.refetch()} />;
  const mails = listed.data.pages.flatMap(({ data }) => data);
  if (mails.length === 0)
    return (
      <Empty icon={<Inbox className="size-6" />} title={t('mail.none')}>
        {t('mail.noneLead')}
      </Empty>
    );
  return (
    <>
      <ul className="grid gap-3">
        {mails.map((mail) => (
          <WaitingMail key={mail.id} mail={mail} />
        ))}
      </ul>
      {listed.hasNextPage && (
        <Button className="mt-4 justify-self-center" busy={listed.isFetchingNextPage} onClick={() => void listed.fetchNextPage()}>
          {t('timeline.older')}
        </Button>
      )}
    </>
  );
}
