import { type CustomersSearch, sortable } from '../customers/search.ts';
import { t } from '../i18n/i18n.ts';
import { ExportButton } from './export-button.tsx';
import { whereOf } from './where.ts';

/** The customers of a filtered list, or what happened with them. */
export function ListExport({ search }: { search: CustomersSearch }) {
  const where = whereOf(search);
  const asked = {
    ...(where && { where }),
    ...(search.scope && { scope: search.scope }),
    ...(search.archived && { archived: true }),
    ...(search.sort && sortable(search) && { sort: search.sort }),
  };
  return (
    <ExportButton
      targets={['customers', 'interactions']}
      asked={asked}
      lead={where || search.archived || search.scope ? t('export.leadFiltered') : t('export.lead')}
    />
  );
}
