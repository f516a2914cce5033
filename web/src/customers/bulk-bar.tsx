import { useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore, Tag, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { type Call, call } from '../api/client.ts';
import type { ListedCustomer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { tick } from '../start/checklist.ts';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Panel } from '../ui/menu.tsx';
import { done, failed } from '../ui/toast.tsx';

const AddToList = lazy(() => import('../lists/add-to-list.tsx').then(({ AddToList }) => ({ default: AddToList })));

type Operations = Call<'batchCustomers'>['body']['operations'];

/** What can be done with the chosen rows, each with its way back. */
export function BulkBar({ rows, withTags, onDone }: { rows: ListedCustomer[]; withTags: boolean; onDone: () => void }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);

  async function run(operations: Operations, said: (count: number) => string, undo?: Operations): Promise<void> {
    setBusy(true);
    try {
      let succeeded = 0;
      let refused = 0;
      for (let from = 0; from < operations.length; from += 100) {
        const { summary } = await call('batchCustomers', { body: { operations: operations.slice(from, from + 100) } });
        succeeded += summary.succeeded;
        refused += summary.failed;
      }
      if (succeeded) done(said(succeeded), undo && (() => void run(undo, (count) => t('bulk.undone', { count }))));
      if (refused) failed(t('bulk.refused', { count: refused }));
      onDone();
    } catch (error) {
      failed(problemText(error));
    } finally {
      setBusy(false);
      await queryClient.invalidateQueries({ queryKey: ['customers'] });
    }
  }

  const live = rows.filter(({ archivedAt }) => !archivedAt);
  const gone = rows.filter(({ archivedAt }) => archivedAt);
  const archive = (list: ListedCustomer[]): Operations => list.map(({ id }) => ({ op: 'archive', id }));
  const restore = (list: ListedCustomer[]): Operations => list.map(({ id }) => ({ op: 'restore', id }));
  const tagged = (tag: string): Operations =>
    live.filter(({ tags }) => !tags.includes(tag)).map(({ id, tags }) => ({ op: 'update', id, body: { tags: [...tags, tag] } }));
  const asBefore = (tag: string): Operations =>
    live.filter(({ tags }) => !tags.includes(tag)).map(({ id, tags }) => ({ op: 'update', id, body: { tags } }));

  return (
    <div
      role="toolbar"
      aria-label={t('bulk.title')}
      className="rise fixed inset-x-3 bottom-20 z-10 mx-auto flex max-w-2xl flex-wrap items-center gap-2 rounded-xl border border-line bg-raised p-2 ps-4 shadow-lg lg:bottom-6"
    >
      <p className="tnum grow text-sm font-semibold" aria-live="polite">
        {t('bulk.chosen', { count: rows.length })}
      </p>
      {withTags && can.any('customers', 'write') && live.length > 0 && (
        <Panel
          label={t('bulk.tag')}
          trigger={(attributes) => (
            <button type="button" {...attributes} className={buttonClass()} disabled={busy}>
              <Tag className="size-4" aria-hidden /> {t('bulk.tag')}
            </button>
          )}
        >
          {(close) => (
            <form
              className="grid gap-3 sm:w-56"
              onSubmit={(event) => {
                event.preventDefault();
                const tag = String(new FormData(event.currentTarget).get('tag') ?? '').trim();
                close();
                const operations = tagged(tag);
                if (!tag || operations.length === 0) return;
                tick('tag');
                void run(operations, (count) => t('bulk.tagged', { count, tag }), asBefore(tag));
              }}
            >
              <Field label={t('field.tag')}>
                <Input name="tag" required maxLength={40} />
              </Field>
              <Button type="submit" look="primary">
                {t('bulk.tag')}
              </Button>
            </form>
          )}
        </Panel>
      )}
      {live.length > 0 && (
        <Suspense>
          <AddToList customerIds={live.map(({ id }) => id)} onDone={onDone} />
        </Suspense>
      )}
      {can.any('customers', 'delete') && live.length > 0 && (
        <Button busy={busy} onClick={() => void run(archive(live), (count) => t('bulk.archived', { count }), restore(live))}>
          <Archive className="size-4" aria-hidden /> {t('customer.archive')}
        </Button>
      )}
      {can.any('customers', 'delete') && gone.length > 0 && (
        <Button busy={busy} onClick={() => void run(restore(gone), (count) => t('bulk.restored', { count }), archive(gone))}>
          <ArchiveRestore className="size-4" aria-hidden /> {t('customer.restore')}
        </Button>
      )}
      <IconButton label={t('bulk.clear')} onClick={onDone}>
        <X className="size-5" aria-hidden />
      </IconButton>
    </div>
  );
}
