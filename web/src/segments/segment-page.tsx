import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Archive, ArchiveRestore, Snowflake } from 'lucide-react';
import { useState } from 'react';
import type { Filter } from '../../../functions/kernel/filter.ts';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { GroupExport } from '../exports/group-export.tsx';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { BackLink } from '../shell/back-link.tsx';
import { ForbiddenPage } from '../shell/forbidden-page.tsx';
import { PageHeader } from '../shell/page-header.tsx';
import { Asked } from '../ui/asked.tsx';
import { Button } from '../ui/button.tsx';
import { Check, Field, Input } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Failure, Loading } from '../ui/states.tsx';
import { done, failed } from '../ui/toast.tsx';
import { Builder } from './builder.tsx';
import { EstimatePanel } from './estimate-panel.tsx';
import { MembersTable } from './members-table.tsx';
import { NameDialog } from './name-dialog.tsx';
import { type Segment, segmentMembersQuery, segmentQuery } from './queries.ts';
import { filterOf, type Group, newGroup, newLeaf, treeOf } from './tree.ts';
import { useNames } from './use-names.ts';
import { sentence } from './words.ts';

/** A segment that is there. */
export function SegmentPage() {
  const { id } = useParams({ from: '/app/segments/$id' });
  const segment = useQuery(segmentQuery(id));
  return (
    <Asked of={segment} title={t('segment.one')}>
      {(segment) => <Editor key={id} segment={segment} begin={treeOf(segment.where)} />}
    </Asked>
  );
}

/** A new one; the customers list may have said what it begins with. */
export function NewSegment() {
  const can = useCan();
  const { where } = useSearch({ from: '/app/segments/new' });
  if (!can.any('segments', 'write')) return <ForbiddenPage title={t('segment.new')} />;
  return <Editor begin={where ? treeOf(where) : newGroup('and', [newLeaf({ field: 'country', op: 'eq', value: undefined })])} />;
}

type Draft = { name: string; description: string; shared: boolean };
const draftOf = (segment: Segment | undefined): Draft => ({
  name: segment?.name ?? '',
  description: segment?.description ?? '',
  shared: segment?.shared ?? true,
});

function Editor({ segment, begin }: { segment?: Segment; begin: Group }) {
  const can = useCan();
  const [root, setRoot] = useState(begin);
  const [draft, setDraft] = useState(draftOf(segment));
  const names = useNames(root);
  const where = filterOf(root);
  const editable = !segment?.archivedAt && (segment ? can.to('segments', 'write', segment.ownerId) : can.any('segments', 'write'));
  const unchanged =
    segment && JSON.stringify(where) === JSON.stringify(filterOf(begin)) && JSON.stringify(draft) === JSON.stringify(draftOf(segment));
  return (
    <>
      <BackLink to="/segments" label={t('segment.back')}>
        {t('segment.title')}
      </BackLink>
      <PageHeader title={segment?.name ?? t('segment.new')} lead={<span dir="auto">{sentence(root, names)}</span>}>
        {segment && <Actions segment={segment} />}
      </PageHeader>
      {segment?.archivedAt && (
        <p className="mb-4 rounded-md bg-mango-soft px-3.5 py-2 text-sm text-mango-ink">{t('segment.archivedNote')}</p>
      )}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-5">
          <Section title={t('segment.conditions')}>
            <div className="grid gap-4 pb-2">
              <Builder root={root} onChange={setRoot} names={names} disabled={!editable} />
            </div>
          </Section>
          {editable && <SaveForm segment={segment} draft={draft} setDraft={setDraft} where={where} unchanged={unchanged === true} />}
          {segment && !segment.archivedAt && <Members segment={segment} />}
        </div>
        <EstimatePanel where={where} />
      </div>
    </>
  );
}

type SaveProps = {
  segment: Segment | undefined;
  draft: Draft;
  setDraft: (draft: Draft) => void;
  where: Filter | undefined;
  unchanged: boolean;
};

function SaveForm({ segment, draft, setDraft, where, unchanged }: SaveProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: async (filter: Filter) => {
      const body = { name: draft.name.trim(), description: draft.description.trim() || null, shared: draft.shared, where: filter };
      return segment
        ? call('updateSegment', { params: { id: segment.id }, body, version: segment.version })
        : call('createSegment', { body });
    },
    onSuccess: async (saved) => {
      queryClient.setQueryData(segmentQuery(saved.id).queryKey, saved);
      await queryClient.invalidateQueries({ queryKey: ['segments'] });
      done(t('segment.saved', { name: saved.name }));
      if (!segment) void navigate({ to: '/segments/$id', params: { id: saved.id } });
    },
    onError: (error) => failed(problemText(error)),
  });
  return (
    <form
      className="grid gap-3 rounded-xl border border-line bg-surface p-4 shadow-sm sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (where) save.mutate(where);
      }}
    >
      <Field label={t('segment.name')}>
        <Input required maxLength={100} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      </Field>
      <Field label={t('segment.description')}>
        <Input maxLength={500} value={draft.description} onChange={(event) => setDraft({ ...draft, description: event.target.value })} />
      </Field>
      <Check checked={draft.shared} onChange={(event) => setDraft({ ...draft, shared: event.target.checked })}>
        {t('segment.shared')}
      </Check>
      <div className="flex items-center justify-end gap-2">
        {!where && <span className="text-sm text-ink-3">{t('segment.incomplete')}</span>}
        <Button type="submit" look="primary" busy={save.isPending} disabled={!where || unchanged || !draft.name.trim()}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

function Actions({ segment }: { segment: Segment }) {
  const can = useCan();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [freezing, setFreezing] = useState(false);
  const params = { id: segment.id };
  const refresh = async (saved: Segment) => {
    queryClient.setQueryData(segmentQuery(saved.id).queryKey, saved);
    await queryClient.invalidateQueries({ queryKey: ['segments'] });
  };
  const guarded = (work: Promise<unknown>) => void work.catch((error) => failed(problemText(error)));
  const restore = () => guarded(call('restoreSegment', { params }).then(refresh));
  const archive = () =>
    guarded(
      call('archiveSegment', { params }).then(async (saved) => {
        await refresh(saved);
        done(t('segment.archived', { name: segment.name }), restore);
      }),
    );
  return (
    <>
      <GroupExport of={{ segmentId: segment.id }} />
      {!segment.archivedAt && can.any('segments', 'write') && (
        <Button onClick={() => setFreezing(true)}>
          <Snowflake className="size-4" aria-hidden /> {t('segment.freeze')}
        </Button>
      )}
      {can.to('segments', 'delete', segment.ownerId) &&
        (segment.archivedAt ? (
          <Button onClick={restore}>
            <ArchiveRestore className="size-4" aria-hidden /> {t('customer.restore')}
          </Button>
        ) : (
          <Button look="quietDanger" onClick={archive}>
            <Archive className="size-4" aria-hidden /> {t('customer.archive')}
          </Button>
        ))}
      {freezing && (
        <NameDialog
          title={t('segment.freeze')}
          lead={t('segment.freezeLead')}
          begin={segment.name}
          action={t('segment.freezeNow')}
          onClose={() => setFreezing(false)}
          run={async (body) => {
            const list = await call('freezeSegment', { params, body });
            await queryClient.invalidateQueries({ queryKey: ['lists'] });
            void navigate({ to: '/lists/$id', params: { id: list.id } });
          }}
        />
      )}
    </>
  );
}

function Members({ segment }: { segment: Segment }) {
  const listed = useInfiniteQuery(segmentMembersQuery(segment.id, segment.version));
  const rows = listed.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Section title={t('segment.members')}>
      {listed.isPending ? (
        <Loading rows={4} className="px-0!" />
      ) : listed.isError ? (
        <Failure error={listed.error} retry={() => void listed.refetch()} />
      ) : rows.length === 0 && !listed.hasNextPage ? (
        <p className="pb-2 text-sm text-ink-3">{t('segment.nobody')}</p>
      ) : (
        <MembersTable rows={rows} />
      )}
      <ShowMore of={listed} className="my-2" />
    </Section>
  );
}
