import { useCan } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { ExportButton } from './export-button.tsx';

/** Who is in a segment or on a list, for those who may have them as a file. */
export function GroupExport({ of }: { of: { segmentId: string } | { listId: string } }) {
  const can = useCan();
  const interactions = can.any('customers', 'export') && can.any('interactions', 'export');
  if (!can.any('customers', 'export') && !can.any('segments', 'export')) return null;
  return <ExportButton targets={interactions ? ['customers', 'interactions'] : ['customers']} asked={of} lead={t('export.leadGroup')} />;
}
