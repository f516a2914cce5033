import { Link } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import { memo } from 'react';
import type { ListedCustomer } from '../api/types.ts';
import { countryName, formatAgo, formatDate } from '../i18n/format.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { ariaKeys } from '../shell/shortcuts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { LifecycleBadge } from './lifecycle.tsx';
import type { Column } from './search.ts';
import { useMembers } from './use-members.ts';

type Props = {
  rows: ListedCustomer[];
  columns: Column[];
  /** For hits of a search: one line that says why. */
  details?: Map<string, string> | undefined;
  chosen: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onToggleAll: () => void;
  onPeek: (id: string) => void;
};

export const columnLabel = (column: Column): string => t(`column.${column}` as MessageKey);

/** The rows as a table on a desk and as cards on a phone. */
export function CustomersTable({ rows, columns, details, chosen, onToggle, onToggleAll, onPeek }: Props) {
  const { name } = useMembers();
  return (
    <div className="relative sm:overflow-x-auto">
      <table className="block w-full text-sm sm:table">
        <thead className="hidden sm:table-header-group">
          <tr className="border-b border-line text-start text-ink-3">
            <th scope="col" className="w-0 ps-4">
              <Tick label={t('customers.chooseAll')} checked={chosen.size > 0 && chosen.size === rows.length} onChange={onToggleAll} />
            </th>
            <th scope="col" className="px-3 py-2.5 text-start font-medium">
              {t('column.name')}
            </th>
            {details && (
              <th scope="col" className="px-3 py-2.5 text-start font-medium">
                {t('column.details')}
              </th>
            )}
            {columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-2.5 text-start font-medium whitespace-nowrap">
                {columnLabel(column)}
              </th>
            ))}
            <th scope="col" className="w-0 pe-3">
              <span className="sr-only">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody className="block sm:table-row-group">
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              columns={columns}
              detail={details?.get(row.id)}
              searched={details !== undefined}
              chosen={chosen.has(row.id)}
              onToggle={onToggle}
              onPeek={onPeek}
              ownerName={name(row.ownerId)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Tick({ label, checked, onChange }: { label: string; checked: boolean; onChange: () => void }) {
  return (
    <label className="hit-square grid cursor-pointer place-items-center">
      <span className="sr-only">{label}</span>
      <input type="checkbox" className="size-4.5 accent-brand" checked={checked} onChange={onChange} />
    </label>
  );
}

type RowProps = {
  row: ListedCustomer;
  columns: Column[];
  detail: string | undefined;
  searched: boolean;
  chosen: boolean;
  onToggle: (id: string) => void;
  onPeek: (id: string) => void;
  ownerName: string;
};

const Row = memo(function Row({ row, columns, detail, searched, chosen, onToggle, onPeek, ownerName }: RowProps) {
  return (
    <tr
      data-rowbox
      className={cx(
        'group relative flex items-center border-b border-line last:border-b-0 focus-within:bg-hover/60 hover:bg-hover/60 sm:table-row',
        chosen && 'bg-brand-soft!',
      )}
    >
      <td className="ps-2 sm:w-0 sm:ps-4 sm:align-middle">
        <Tick label={t('customers.choose', { name: row.name })} checked={chosen} onChange={() => onToggle(row.id)} />
      </td>
      <td className="min-w-0 grow py-2.5 pe-3 sm:max-w-80 sm:px-3 sm:py-1.5">
        <span className="flex min-w-0 items-center gap-3">
          <Avatar name={row.name} kind={row.kind} />
          <span className="min-w-0">
            {/* The name has a direction of its own, its link that of the page: on a phone it spreads over the row, but not over the tick. */}
            <Link
              to="/customers/$id"
              params={{ id: row.id }}
              search={{}}
              data-row={row.id}
              aria-keyshortcuts={ariaKeys('Enter')}
              className="block truncate font-semibold text-ink group-hover:text-brand max-sm:after:absolute max-sm:after:inset-0 max-sm:after:start-14"
            >
              <bdi>{row.name}</bdi>
            </Link>
            <span className="block truncate text-ink-3 sm:hidden" dir="auto">
              {detail ?? [row.jobTitle, row.city, row.email].filter(Boolean).join(' · ')}
            </span>
          </span>
          {row.archivedAt && <Badge>{t('customer.archived')}</Badge>}
        </span>
      </td>
      {searched && (
        <td className="hidden px-3 text-ink-2 sm:table-cell" dir="auto">
          {detail}
        </td>
      )}
      {columns.includes('lifecycle') && (
        <td className="pe-3 sm:hidden">
          <LifecycleBadge lifecycle={row.lifecycle} />
        </td>
      )}
      {columns.map((column) => (
        <td key={column} className="hidden max-w-64 px-3 sm:table-cell">
          <Cell row={row} column={column} ownerName={ownerName} />
        </td>
      ))}
      <td className="hidden pe-3 text-end sm:table-cell sm:w-0">
        <IconButton
          label={t('customers.peek', { name: row.name })}
          className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
          onClick={() => onPeek(row.id)}
          aria-keyshortcuts={ariaKeys('Space')}
        >
          <Eye className="size-4.5" aria-hidden />
        </IconButton>
      </td>
    </tr>
  );
});

function Cell({ row, column, ownerName }: { row: ListedCustomer; column: Column; ownerName: string }) {
  const plain = (text: string | null | undefined, ltr = false) => (
    <span className="block truncate text-ink-2" dir={ltr ? 'ltr' : 'auto'} title={text ?? undefined}>
      {text ?? ''}
    </span>
  );
  switch (column) {
    case 'lifecycle':
      return <LifecycleBadge lifecycle={row.lifecycle} />;
    case 'owner':
      return row.ownerId ? (
        <span className="flex min-w-0 items-center gap-2">
          <Avatar name={ownerName} size="sm" />
          <span className="truncate text-ink-2" dir="auto">
            {ownerName}
          </span>
        </span>
      ) : (
        <span className="text-ink-3">–</span>
      );
    case 'tags':
      return (
        <span className="flex gap-1">
          {row.tags.slice(0, 3).map((tag) => (
            <Badge key={tag} dir="auto">
              {tag}
            </Badge>
          ))}
          {row.tags.length > 3 && <Badge>+{row.tags.length - 3}</Badge>}
        </span>
      );
    case 'phone':
      return plain(row.phone && `\u2066${row.phone}\u2069`);
    case 'email':
      return plain(row.email);
    case 'country':
      return plain(countryName(row.country));
    case 'createdAt':
      return <span className="tnum whitespace-nowrap text-ink-2">{formatDate(row.createdAt)}</span>;
    case 'lastInteraction':
      return (
        <span className="whitespace-nowrap text-ink-2">
          {row.activity?.lastInteractionAt ? formatAgo(row.activity.lastInteractionAt) : t('customers.never')}
        </span>
      );
    default:
      return plain(row[column]);
  }
}
