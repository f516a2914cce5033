import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { customerQuery } from '../api/queries.ts';
import { countryName } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { CustomersSearch, Setting } from './search.ts';
import { useMembers } from './use-members.ts';

/** What narrows the list now; each can be taken off. */
export function FilterChips({ search, set }: Setting) {
  const { name } = useMembers();
  const company = useQuery({ ...customerQuery(search.company ?? ''), enabled: Boolean(search.company) });
  const chips: { key: keyof CustomersSearch; label: string; value: string }[] = [
    { key: 'q', label: t('customers.search'), value: search.q ?? '' },
    { key: 'kind', label: t('field.kind'), value: search.kind ? t(`kind.${search.kind}`) : '' },
    { key: 'lifecycle', label: t('column.lifecycle'), value: search.lifecycle ? t(`lifecycle.${search.lifecycle}`) : '' },
    { key: 'owner', label: t('column.owner'), value: name(search.owner) },
    { key: 'tag', label: t('field.tag'), value: search.tag ?? '' },
    { key: 'country', label: t('column.country'), value: countryName(search.country) },
    { key: 'company', label: t('field.company'), value: search.company ? (company.data?.name ?? '…') : '' },
    { key: 'archived', label: t('customers.archivedOnly'), value: search.archived ? t('common.yes') : '' },
  ];
  const shown = chips.filter(({ value }) => value);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2" aria-label={t('customers.activeFilters')}>
      {shown.map(({ key, label, value }) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => set({ [key]: undefined })}
            className="hit inline-flex max-w-full items-center gap-1.5 rounded-full bg-brand-soft ps-3 pe-2 text-sm text-brand hover:bg-hover"
            aria-label={t('customers.removeFilter', { filter: `${label}: ${value}` })}
          >
            <span className="text-ink-2">{label}:</span>{' '}
            <span className="truncate font-semibold" dir="auto">
              {value}
            </span>{' '}
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
