import { useCan } from '../auth/me.ts';
import type { Run, Send } from '../campaigns/queries.ts';
import { t } from '../i18n/i18n.ts';
import { ExportButton } from './export-button.tsx';

type Of = { run: Run; state: Send['state'] | undefined };

/** The recipients of a run as they are listed, of one state or of all, for those who may have them as a file. */
export function RecipientsExport({ run: { campaignId, occurrence }, state }: Of) {
  const can = useCan();
  if (!can.any('campaigns', 'export') && !can.any('customers', 'export')) return null;
  const lead = state ? t('export.leadState', { state: t(`sendState.${state}`) }) : t('export.leadRun');
  return <ExportButton targets={['recipients']} asked={{ run: { campaignId, occurrence }, ...(state && { state }) }} lead={lead} />;
}

/** The letters of a run, with address and text, for whoever prints them. */
export function LettersExport({ run: { campaignId, occurrence, rules } }: Pick<Of, 'run'>) {
  const can = useCan();
  if (rules.channel !== 'letter' || !can.any('campaigns', 'write')) return null;
  return (
    <ExportButton
      targets={['letters']}
      asked={{ run: { campaignId, occurrence } }}
      lead={t('export.leadLetters')}
      button={t('export.lettersButton')}
    />
  );
}
