import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ListChecks, Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { useMembers } from '../customers/use-members.ts';
import { formatAgo } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { NameDialog } from '../segments/name-dialog.tsx';
import { listsQuery } from '../segments/queries.ts';
import { ShelfTabs } from '../segments/shelf-tabs.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Shelf, shelfRow } from '../shell/shelf.tsx';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { NoPermission } from '../ui/states.tsx';

/** The lists, and how many are on each. */
export function ListsPage() {
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [making, setMaking] = useState(false);
  const make = can.any('segments', 'write');
  return (
    <>
      <PageHeader title={t('list.title')} lead={t('list.lead')}>
        {make && (
          <Button look="primary" onClick={() => setMaking(true)}>
            <Plus className="size-4.5" aria-hidden /> {t('list.new')}
          </Button>
        )}
      </PageHeader>
      {can.any('segments', 'read') ? (
        <>
          <ShelfTabs />
          <Lists onMake={make ? () => setMaking(true) : undefined} />
        </>
      ) : (
        <NoPermission />
      )}
      {making && (
        <NameDialog
          title={t('list.new')}
          action={t('list.make')}
          onClose={() => setMaking(false)}
          run={async (body) => {
            const list = await call('createList', { body });
            await queryClient.invalidateQueries({ queryKey: ['lists'] });
            void navigate({ to: '/lists/$id', params: { id: list.id } });
          }}
        />
      )}
    </>
  );
}

function Lists({ onMake }: { onMake: (() => void) | undefined }) {
  const archived = useSearch({ from: '/app/lists' }).archived === 'yes';
  const { name } = useMembers();
  const listed = useInfiniteQuery(listsQuery(archived));
  return (
    <Shelf
      to="/lists"
      title={t('list.title')}
      {...{ listed, archived }}
      icon={<ListChecks className="size-6" />}
      words={{
        none: t(archived ? 'list.noneArchived' : 'list.none'),
        lead: t('list.noneLead'),
        other: t(archived ? 'shelf.showCurrent' : 'shelf.showArchived'),
      }}
      action={
        onMake && (
          <Button look="primary" onClick={onMake}>
            {t('list.new')}
          </Button>
        )
      }
    >
      {(rows) =>
        rows.map((list) => (
          <li key={list.id} className={cx(shelfRow, 'hover:bg-hover/60')}>
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
          </li>
        ))
      }
    </Shelf>
  );
}
