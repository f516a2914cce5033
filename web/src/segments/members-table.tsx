import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Answer } from '../api/client.ts';
import { LifecycleBadge } from '../customers/lifecycle.tsx';
import { useMembers } from '../customers/use-members.ts';
import { t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';

export type Member = Answer<'listSegmentMembers'>['data'][number];

/** Customers one below the other, as a segment or list shows them; `lead` stands before each, `last` behind. */
export function MembersTable<Row extends Member>({
  rows,
  lead,
  last,
}: {
  rows: Row[];
  lead?: (row: Row) => ReactNode;
  last?: (row: Row) => ReactNode;
}) {
  const { name } = useMembers();
  return (
    <ul className="-mx-1 grid">
      {rows.map((row) => (
        <li key={row.id} className="flex min-w-0 items-center gap-2 border-b border-line px-1 last:border-b-0 hover:bg-hover/60">
          {lead?.(row)}
          <Link to="/customers/$id" params={{ id: row.id }} search={{}} className="hit flex min-w-0 grow items-center gap-3 py-1.5">
            <Avatar name={row.name} kind={row.kind} />
            <span className="min-w-0 grow">
              <span className="block truncate text-sm font-semibold">
                <bdi>{row.name}</bdi>
              </span>
              <span className="block truncate text-xs text-ink-3" dir="auto">
                {[row.jobTitle, row.city, row.email].filter(Boolean).join(' · ')}
              </span>
            </span>
          </Link>
          {row.archivedAt && <Badge tone="mango">{t('customer.archived')}</Badge>}
          <span className="hidden sm:block">
            <LifecycleBadge lifecycle={row.lifecycle} />
          </span>
          <span className="hidden w-36 truncate text-sm text-ink-2 md:block" dir="auto">
            {name(row.ownerId)}
          </span>
          {last?.(row)}
        </li>
      ))}
    </ul>
  );
}
