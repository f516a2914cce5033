import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Filter, ListChecks } from 'lucide-react';
import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { groupsQuery } from '../segments/queries.ts';
import { Section } from '../ui/section.tsx';
import { AddToList } from './add-to-list.tsx';

const chip = 'hit inline-flex max-w-full items-center gap-1.5 rounded-full bg-brand-soft px-3 text-sm text-brand hover:bg-hover';

/** The segments and lists that a customer is in. */
export function GroupsPanel({ customerId, archived }: { customerId: string; archived: boolean }) {
  const can = useCan();
  const groups = useQuery({ ...groupsQuery(customerId), enabled: can.any('segments', 'read') }).data;
  if (!can.any('segments', 'read')) return null;
  const none = groups && groups.segments.length + groups.lists.length === 0;
  return (
    <Section title={t('segment.shelf')}>
      <div className="grid gap-3 pb-2">
        {none && <p className="text-sm text-ink-3">{t('segment.inNone')}</p>}
        {groups && !none && (
          <ul className="flex flex-wrap gap-2">
            {groups.segments.map(({ id, name }) => (
              <li key={id} className="max-w-full">
                <Link to="/segments/$id" params={{ id }} className={chip}>
                  <Filter className="size-3.5 shrink-0" aria-hidden />
                  <span className="sr-only">{t('segment.one')}: </span>
                  <span className="truncate" dir="auto">
                    {name}
                  </span>
                </Link>
              </li>
            ))}
            {groups.lists.map(({ id, name }) => (
              <li key={id} className="max-w-full">
                <Link to="/lists/$id" params={{ id }} className={chip}>
                  <ListChecks className="size-3.5 shrink-0" aria-hidden />
                  <span className="sr-only">{t('list.one')}: </span>
                  <span className="truncate" dir="auto">
                    {name}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {groups && !groups.complete && <p className="text-xs text-ink-3">{t('segment.notAll')}</p>}
        {!archived && (
          <div>
            <AddToList customerIds={[customerId]} />
          </div>
        )}
      </div>
    </Section>
  );
}
