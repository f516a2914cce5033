import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Archive, ArchiveRestore, ClipboardPaste, Pencil, UserMinus, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { CustomerPicker } from '../customers/customer-picker.tsx';
import { GroupExport } from '../exports/group-export.tsx';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { MembersTable } from '../segments/members-table.tsx';
import { NameDialog } from '../segments/name-dialog.tsx';
import { fillQuery, type List, listMembersQuery, listQuery } from '../segments/queries.ts';
import { BackLink } from '../shell/back-link.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Asked } from '../ui/asked.tsx';
import { Button } from '../ui/button.tsx';
import { Progress } from '../ui/progress.tsx';
import { Section } from '../ui/section.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { PasteDialog } from './paste-dialog.tsx';

/** One list: who is on it, and how they get on and off. */
export function ListPage() {
  const { id } = useParams({ from: '/app/lists/$id' });
  const list = useQuery(listQuery(id));
  return (
    <Asked of={list} title={t('list.one')}>
      {(list) => <Loaded list={list} />}
    </Asked>
  );
}

function Loaded({ list }: { list: List }) {
  const can = useCan();
  const editable = !list.archivedAt && can.to('segments', 'write', list.ownerId);
  return (
    <>
      <BackLink to="/lists" label={t('list.back')}>
        {t('list.title')}
      </BackLink>
      <PageHeader
        title={list.name}
        lead={
          <>
            <span className="tnum">{t('list.members', { count: list.members })}</span>
            {list.description && <span dir="auto"> · {list.description}</span>}
          </>
        }
      >
        <Actions list={list} editable={editable} />
      </PageHeader>
      {list.archivedAt && <p className="mb-4 rounded-md bg-mango-soft px-3.5 py-2 text-sm text-mango-ink">{t('list.archivedNote')}</p>}
      <div className="grid gap-5">
        <Filling list={list} />
        {editable && <AddOne list={list} />}
        <Members list={list} editable={editable} />
      </div>
    </>
  );
}

/** The list and what is shown of it, asked anew. */
function useRefresh(id: string) {
  const queryClient = useQueryClient();
  return () => Promise.all([['list', id], ['lists'], ['customer']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}

function Actions({ list, editable }: { list: List; editable: boolean }) {
  const can = useCan();
  const refresh = useRefresh(list.id);
  const [open, setOpen] = useState<'paste' | 'rename'>();
  const params = { id: list.id };
  const guarded = (work: Promise<unknown>) => void work.then(refresh, (error) => failed(problemText(error)));
  const restore = () => guarded(call('restoreList', { params }));
  const archive = () => guarded(call('archiveList', { params }).then(() => done(t('list.archived', { name: list.name }), restore)));
  return (
    <>
      {editable && (
        <>
          <Button look="primary" onClick={() => setOpen('paste')}>
            <ClipboardPaste className="size-4" aria-hidden /> {t('list.paste')}
          </Button>
          <Button onClick={() => setOpen('rename')}>
            <Pencil className="size-4" aria-hidden /> {t('list.rename')}
          </Button>
        </>
      )}
      <GroupExport of={{ listId: list.id }} />
      {can.to('segments', 'delete', list.ownerId) &&
        (list.archivedAt ? (
          <Button onClick={restore}>
            <ArchiveRestore className="size-4" aria-hidden /> {t('customer.restore')}
          </Button>
        ) : (
          <Button look="quietDanger" onClick={archive}>
            <Archive className="size-4" aria-hidden /> {t('customer.archive')}
          </Button>
        ))}
      {open === 'paste' && (
        <PasteDialog
          list={list}
          onClose={() => {
            setOpen(undefined);
            void refresh();
          }}
        />
      )}
      {open === 'rename' && (
        <NameDialog
          title={t('list.rename')}
          begin={list.name}
          action={t('common.save')}
          onClose={() => setOpen(undefined)}
          run={(body) => call('updateList', { params, body, version: list.version }).then(refresh)}
        />
      )}
    </>
  );
}

/** The job that still puts customers on the list. */
function Filling({ list }: { list: List }) {
  const refresh = useRefresh(list.id);
  const job = useQuery(fillQuery(list.jobId)).data;
  const isBusy = job?.state === 'running';
  const version = job?.version;
  // What the job has written since the list was read is shown with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the job's next word is what makes it run
  useEffect(() => {
    if (version !== undefined) void refresh();
  }, [version]);
  if (job?.state === 'failed')
    return (
      <p role="alert" className="rounded-md bg-danger-soft px-3.5 py-2 text-sm text-danger">
        {t('list.fillFailed')}
      </p>
    );
  if (!isBusy) return null;
  return (
    <Section title={t('list.filling')}>
      <div className="grid gap-2 pb-2">
        <Progress label={t('list.filling')} done={job.done} total={job.total} />
        <p className="tnum text-sm text-ink-2">{t('list.filled', { count: job.counts.added ?? 0 })}</p>
      </div>
    </Section>
  );
}

function AddOne({ list }: { list: List }) {
  const refresh = useRefresh(list.id);
  const add = async (id: string, name: string) => {
    try {
      const { added } = await call('addListMembers', { params: { id: list.id }, body: { customerIds: [id] } });
      done(t(added ? 'list.addedOne' : 'list.wasThere', { name }));
      await refresh();
    } catch (error) {
      failed(problemText(error));
    }
  };
  return (
    <div className="max-w-md">
      <CustomerPicker value={undefined} label={t('list.addCustomer')} onPick={(picked) => picked && void add(picked.id, picked.name)} />
    </div>
  );
}

function Members({ list, editable }: { list: List; editable: boolean }) {
  const listed = useInfiniteQuery(listMembersQuery(list.id));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const refresh = useRefresh(list.id);
  const params = { id: list.id };
  const toggle = (id: string) =>
    setChosen((before) => (before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id])));
  const remove = async () => {
    const customerIds = [...chosen];
    try {
      const { removed } = await call('removeListMembers', { params, body: { customerIds } });
      const undo = () =>
        void call('addListMembers', { params, body: { customerIds } }).then(refresh, (error) => failed(problemText(error)));
      done(t('list.removed', { count: removed }), undo);
      setChosen(new Set());
      await refresh();
    } catch (error) {
      failed(problemText(error));
    }
  };
  return (
    <Section
      title={t('list.onIt')}
      aside={
        chosen.size > 0 && (
          <Button look="quietDanger" onClick={() => void remove()}>
            <UserMinus className="size-4" aria-hidden /> {t('list.remove', { count: chosen.size })}
          </Button>
        )
      }
    >
      {listed.isPending ? (
        <Loading rows={6} className="px-0!" />
      ) : listed.isError ? (
        <Failure error={listed.error} retry={() => void listed.refetch()} />
      ) : rows.length === 0 && !listed.hasNextPage ? (
        <Empty icon={<Users className="size-6" />} title={t('list.empty')}>
          {t('list.emptyLead')}
        </Empty>
      ) : (
        <MembersTable
          rows={rows}
          lead={
            editable
              ? (row) => (
                  <label className="hit-square grid shrink-0 cursor-pointer place-items-center">
                    <span className="sr-only">{t('customers.choose', { name: row.name })}</span>
                    <input type="checkbox" className="size-4.5 accent-brand" checked={chosen.has(row.id)} onChange={() => toggle(row.id)} />
                  </label>
                )
              : undefined
          }
          last={(row) => <span className="hidden w-28 shrink-0 text-end text-xs text-ink-3 lg:block">{formatDate(row.addedAt)}</span>}
        />
      )}
      <ShowMore of={listed} className="my-2" />
    </Section>
  );
}
