import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.ts';
import { Button } from './button.tsx';

type Props = { form: string; busy?: boolean; disabled?: boolean; onClose: () => void; children: ReactNode };

/** The foot of a dialog that is a form: leaving it as it was, and sending it. */
export const FormFooter = ({ form, busy, disabled, onClose, children }: Props) => (
  <>
    <Button onClick={onClose}>{t('common.cancel')}</Button>
    <Button look="primary" type="submit" form={form} busy={busy} disabled={disabled}>
      {children}
    </Button>
  </>
);
