import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { historyQuery } from '../api/queries.ts';
import type { HistoryEntry } from '../api/types.ts';
import { formatDateTime } from '../i18n/format.ts';
import { t, tMaybe } from '../i18n/i18n.ts';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading } from '../ui/states.tsx';
import { fieldLabel, knownLabel, valueText } from './field-text.ts';
import { useMembers } from './use-members.ts';

/** Who changed what and when, field by field, newest first. */
export const HistoryTab = ({ customerId }: { customerId: string }) => <Changes history={useInfiniteQuery(historyQuery(customerId))} />;

/** The changes of one record, page after page. */
export function Changes({ history }: { history: UseInfiniteQueryResult<InfiniteData<{ data: HistoryEntry[] }>> }) {
  if (history.isPending) return <Loading />;
  if (history.isError) return <Failure error={history.error} retry={() => void history.refetch()} />;
  const entries = history.data.pages.flatMap(({ data }) => data);
  if (entries.length === 0)
    return (
      <Empty icon={<History className="size-6" />} title={t('history.none')}>
        {t('history.noneLead')}
      </Empty>
    );
  return (
    <div className="grid gap-3">
      <ol className="grid gap-3">
        {entries.map((entry) => (
          <Change key={entry.id} entry={entry} />
        ))}
      </ol>
      <ShowMore of={history} className="justify-self-center" />
    </div>
  );
}

const quiet = new Set(['version', 'updatedAt', 'createdAt', 'via', 'id', 'tenant', 'customerId']);

/** One change. The audit leads to its record, and says by which request it was. */
export function Change({ entry, way }: { entry: HistoryEntry; way?: ReactNode }) {
  const { name } = useMembers();
  const said = entry.changes.filter(({ field }) => !quiet.has(field));
  const changes = said.filter(({ field }) => knownLabel(field) !== undefined);
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3 shadow-sm">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        <span className="font-semibold">
          {tMaybe(`entity.${entry.entity}`) ?? entry.entity} {entry.entity !== 'signIn' && t(`history.${entry.action}`)}
        </span>
        <bdi className="text-ink-2">{entry.actorId ? name(entry.actorId) : t('history.product')}</bdi>
        {way}
        {entry.via !== 'person' && <span className="text-ink-3">({tMaybe(`via.origin.${entry.via}`) ?? entry.via})</span>}
        <time className="tnum ms-auto text-ink-3" dateTime={entry.at}>
          {formatDateTime(entry.at)}
        </time>
      </p>
      {changes.length > 0 && (
        <dl className="mt-1.5 grid gap-1 text-sm">
          {changes.map(({ field, from, to }) => (
            <div key={field} className="grid gap-x-3 sm:grid-cols-[9rem_1fr]">
              <dt className="text-ink-3">{fieldLabel(field)}</dt>
              <dd className="min-w-0" dir="auto">
                {entry.action !== 'created' && <span className="text-ink-3 line-through">{valueText(field, from, name)}</span>}{' '}
                <bdi>{valueText(field, to, name)}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {changes.length < said.length && <p className="mt-1 text-sm text-ink-3">{t('history.further')}</p>}
      {way !== undefined && entry.requestId && (
        <p className="mt-1 text-xs text-ink-3" dir="ltr">
          {entry.requestId}
        </p>
      )}
    </li>
  );
}
