import { useCan } from '../auth/me.ts';
import { currentLanguage, t } from '../i18n/i18n.ts';
import type { RowFilter } from '../surveys/search.ts';
import { ExportButton } from './export-button.tsx';

type Of = { survey: string; filter: RowFilter & { archived?: string | undefined } };

/** The answers that a screen lists, in the reader's language, for those who may have them as a file. */
export function ResponseExport({ survey, filter }: Of) {
  const can = useCan();
  if (!can.any('surveys', 'export') && !can.any('customers', 'export')) return null;
  const asked = { ...(filter as object), id: survey, reader: currentLanguage() };
  return <ExportButton targets={['responses']} asked={{ survey: asked }} lead={t('export.leadResponses')} />;
}
