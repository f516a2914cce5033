import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { overviewQuery } from '../api/queries.ts';
import { t } from '../i18n/i18n.ts';
import { TimelineList } from '../interactions/timeline-list.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { IdentityHead } from './identity-head.tsx';

/** A look at a customer without leaving the list. */
export function Peek({ id, onClose }: { id: string; onClose: () => void }) {
  const overview = useQuery(overviewQuery(id));
  const navigate = useNavigate();
  return (
    <Dialog
      open
      kind="sheet"
      onClose={onClose}
      title={overview.data ? <bdi>{overview.data.customer.name}</bdi> : t('customer.title')}
      footer={
        <Button look="primary" onClick={() => void navigate({ to: '/customers/$id', params: { id }, search: {} })}>
          {t('customer.open')}
        </Button>
      }
    >
      {overview.isPending && <Loading />}
      {overview.isError && <Failure error={overview.error} retry={() => void overview.refetch()} />}
      {overview.data && (
        <div className="grid gap-5">
          <IdentityHead customer={overview.data.customer} compact />
          <TimelineList
            customer={overview.data.customer}
            entries={overview.data.timeline.data.slice(0, 8).map(({ interaction }) => interaction)}
            readOnly
          />
        </div>
      )}
    </Dialog>
  );
}
