import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { ListPlus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { listsQuery } from '../segments/queries.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { Panel } from '../ui/menu.tsx';
import { NameOptions } from '../ui/options.tsx';
import { done, failed } from '../ui/toast.tsx';

/** Puts some customers on a list that is there, or on a new one. */
export function AddToList({ customerIds, onDone }: { customerIds: string[]; onDone?: () => void }) {
  const can = useCan();
  if (!can.any('segments', 'write')) return null;
  return (
    <Panel
      label={t('list.addTo')}
      trigger={(attributes) => (
        <button type="button" {...attributes} className={buttonClass()}>
          <ListPlus className="size-4" aria-hidden /> {t('list.addTo')}
        </button>
      )}
    >
      {(close) => (
        <Choose
          customerIds={customerIds}
          onDone={() => {
            close();
            onDone?.();
          }}
        />
      )}
    </Panel>
  );
}

function Choose({ customerIds, onDone }: { customerIds: string[]; onDone: () => void }) {
  const can = useCan();
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [id, setId] = useState('');
  const rows = useInfiniteQuery(listsQuery()).data?.pages.flatMap(({ data }) => data) ?? [];
  const mine = rows.filter(({ ownerId }) => can.to('segments', 'write', ownerId));
  const put = async (name: string) => {
    setBusy(true);
    try {
      const list = id ? { id, name: mine.find((each) => each.id === id)?.name ?? '' } : await call('createList', { body: { name } });
      const params = { id: list.id };
      const { added, already } = await call('addListMembers', { params, body: { customerIds } });
      const undo = () =>
        void call('removeListMembers', { params, body: { customerIds } }).then(refresh, (error) => failed(problemText(error)));
      done(t('list.putOnNamed', { count: added + already, name: list.name }), already === 0 ? undo : undefined);
      await refresh();
      onDone();
    } catch (error) {
      failed(problemText(error));
      setBusy(false);
    }
  };
  const refresh = () => Promise.all([['list'], ['lists'], ['customer']].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  return (
    <form
      className="grid gap-3 sm:w-64"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
        if (id || name) void put(name);
      }}
    >
      <Field label={t('list.one')}>
        <Select value={id} onChange={(event) => setId(event.target.value)}>
          <option value="">{t('list.aNewOne')}</option>
          <NameOptions of={mine} />
        </Select>
      </Field>
      {!id && (
        <Field label={t('segment.name')}>
          <Input name="name" required maxLength={100} />
        </Field>
      )}
      <Button type="submit" look="primary" busy={busy}>
        {t('list.putThere')}
      </Button>
    </form>
  );
}
