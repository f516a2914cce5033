import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { call } from '../api/client.ts';
import type { HistoryEntry } from '../api/types.ts';
import { useCan } from '../auth/me.ts';
import { Change } from '../customers/history-tab.tsx';
import { useMembers } from '../customers/use-members.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { tick } from '../start/checklist.ts';
import { Field, Select } from '../ui/field.tsx';
import { NameOptions, Options } from '../ui/options.tsx';
import { ShowMore } from '../ui/show-more.tsx';
import { Empty, Failure, Loading, NoPermission } from '../ui/states.tsx';

const entities = [
  'customer',
  'interaction',
  'followUp',
  'case',
  'theme',
  'rule',
  'consent',
  'segment',
  'list',
  'member',
  'team',
  'apiKey',
  'workspace',
  'serviceLevels',
  'campaign',
  'run',
  'survey',
  'response',
  'suppression',
  'sender',
  'form',
  'mail',
  'message',
  'messageTemplate',
  'job',
  'signIn',
] as const;

const screens = {
  customer: '/customers/$id',
  case: '/cases/$id',
  campaign: '/campaigns/$id',
  survey: '/surveys/$id',
  segment: '/segments/$id',
  list: '/lists/$id',
  rule: '/rules/$id',
} as const;
const hasScreen = (entity: string): entity is keyof typeof screens => Object.hasOwn(screens, entity);

/** The way to what was changed, where it has a screen of its own. */
const Way = ({ to: { entity, rowId, action } }: { to: HistoryEntry }) =>
  hasScreen(entity) && action !== 'removed' ? (
    <Link to={screens[entity]} params={{ id: rowId }} className="max-sm:hit inline-flex min-w-11 items-center text-brand hover:underline">
      {t('customer.open')}
    </Link>
  ) : null;

/** Who changed what in the whole workspace. */
export function AuditSettings() {
  const can = useCan();
  if (!can.any('audit', 'read')) return <NoPermission />;
  return <Audit />;
}

function Audit() {
  const { members } = useMembers();
  const [actorId, setActor] = useState('');
  const [entity, setEntity] = useState('');
  useEffect(() => tick('audit'), []);
  const events = useInfiniteQuery({
    queryKey: ['audit', actorId, entity],
    queryFn: ({ pageParam, signal }) =>
      call('listAuditEvents', {
        query: { limit: 50, ...(pageParam && { cursor: pageParam }), ...(actorId && { actorId }), ...(entity && { entity }) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });
  const entries = events.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 sm:flex">
        <Field label={t('audit.who')} className="sm:w-56">
          <Select value={actorId} onChange={(event) => setActor(event.target.value)}>
            <option value="">{t('common.any')}</option>
            <NameOptions of={members} />
          </Select>
        </Field>
        <Field label={t('audit.what')} className="sm:w-56">
          <Select value={entity} onChange={(event) => setEntity(event.target.value)}>
            <option value="">{t('common.any')}</option>
            <Options of={entities} words={(each) => t(`entity.${each}` as MessageKey)} />
          </Select>
        </Field>
      </div>
      {events.isPending && <Loading />}
      {events.isError && <Failure error={events.error} retry={() => void events.refetch()} />}
      {events.data && entries.length === 0 && (
        <Empty icon={<ScrollText className="size-6" />} title={t('history.none')}>
          {t('audit.noneLead')}
        </Empty>
      )}
      <ol className="grid gap-3">
        {entries.map((entry) => (
          <Change key={entry.id} entry={entry} way={<Way to={entry} />} />
        ))}
      </ol>
      <ShowMore of={events} className="justify-self-center" />
    </div>
  );
}
