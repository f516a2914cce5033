import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ListChecks } from 'lucide-react';
import type { ReactNode } from 'react';
import { call } from '../api/client.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { NameDialog } from '../segments/name-dialog.tsx';
import { listsQuery } from '../segments/queries.ts';
import { ShelfTabs } from '../segments/shelf-tabs.tsx';
import { Shelf, ShelfPage } from '../shell/shelf.tsx';

/** The lists, and how many are on each. */
export const ListsPage = () => (
  <ShelfPage of="list" dialog={(close) => <NewList onClose={close} />}>
    {(make) => (
      <>
        <ShelfTabs />
        <Lists make={make} />
      </>
    )}
  </ShelfPage>
);

function NewList({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (
    <NameDialog
      title={t('list.new')}
      action={t('list.make')}
      onClose={onClose}
      run={async (body) => {
        const list = await call('createList', { body });
        await queryClient.invalidateQueries({ queryKey: ['lists'] });
        void navigate({ to: '/lists/$id', params: { id: list.id } });
      }}
    />
  );
}

function Lists({ make }: { make: ReactNode }) {
  const archived = useSearch({ from: '/app/lists' }).archived === 'yes';
  const { name } = useMembers();
  const listed = useInfiniteQuery(listsQuery(archived));
  return (
    <Shelf of="list" {...{ listed, archived, make }} icon={<ListChecks className="size-6" />}>
      {(list) => (
        <Link to="/lists/$id" params={{ id: list.id }} className="flex items-center gap-4 px-4 py-3">
          <span className="grid min-w-0 grow gap-0.5">
            <span className="truncate font-semibold" dir="auto">
              {list.name}
            </span>
            {list.description && (
              <span className="text-sm text-ink-2" dir="auto">
                {list.description}
              </span>
            )}
            <span className="text-xs text-ink-3">{[name(list.ownerId), formatAgo(list.createdAt)].filter(Boolean).join(' · ')}</span>
          </span>
          <span className="tnum shrink-0 text-sm text-ink-2">{t('list.members', { count: list.members })}</span>
        </Link>
      )}
    </Shelf>
  );
}
