import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Link2 } from 'lucide-react';
import { call } from '../api/client.ts';
import type { Customer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { MoreMenu } from '../ui/more-menu.tsx';
import { done, failed } from '../ui/toast.tsx';

/** What can be done with the whole record. */
export function CustomerActions({ customer }: { customer: Customer }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['customer', customer.id] }),
      queryClient.invalidateQueries({ queryKey: ['customers'] }),
    ]);
  const params = { id: customer.id };
  const guarded = (work: Promise<unknown>) => void work.then(refresh, (error) => failed(problemText(error)));
  const restore = () => guarded(call('restoreCustomer', { params }).then(() => done(t('bulk.restored', { count: 1 }))));
  const archive = () => guarded(call('archiveCustomer', { params }).then(() => done(t('bulk.archived', { count: 1 }), restore)));
  const mayArchive = can.to('customers', 'delete', customer.ownerId);
  return (
    <MoreMenu
      label={t('customer.actions')}
      look="secondary"
      items={[
        {
          key: 'link',
          label: t('customers.copyLink'),
          icon: <Link2 className="size-4" aria-hidden />,
          onSelect: () => {
            void navigator.clipboard?.writeText(`${location.origin}/customers/${customer.id}`);
            done(t('customers.linkCopied'));
          },
        },
        ...(mayArchive && !customer.archivedAt
          ? [{ key: 'archive', label: t('customer.archive'), icon: <Archive className="size-4" aria-hidden />, onSelect: archive }]
          : []),
        ...(mayArchive && customer.archivedAt
          ? [{ key: 'restore', label: t('customer.restore'), icon: <ArchiveRestore className="size-4" aria-hidden />, onSelect: restore }]
          : []),
      ]}
    />
  );
}
