import { useState } from 'react';
import { call } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { problemText } from '../i18n/problem-text.ts';
import { enableShortcuts, useShortcutsEnabled } from '../shell/shortcuts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/field.tsx';
import { Section } from '../ui/section.tsx';
import { failed } from '../ui/toast.tsx';

/** What holds on this device alone, and the way out of all of them. */
export function Device() {
  const enabled = useShortcutsEnabled();
  const [asking, setAsking] = useState(false);
  const everywhere = () =>
    void call('signOutMe', {}).then(
      () => location.assign('/sign-in'),
      (error) => failed(problemText(error)),
    );
  return (
    <Section title={t('settings.device')}>
      <Check checked={enabled} onChange={(event) => enableShortcuts(event.target.checked)}>
        {t('help.enabled')}
      </Check>
      <div className="border-t border-line py-3">
        <Button onClick={() => setAsking(true)}>{t('settings.signOutEverywhere')}</Button>
      </div>
      {asking && (
        <Dialog
          open
          onClose={() => setAsking(false)}
          title={t('settings.signOutEverywhere')}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
              <Button look="danger" onClick={everywhere}>
                {t('settings.signOutEverywhere')}
              </Button>
            </>
          }
        >
          <p>{t('settings.signOutLead')}</p>
        </Dialog>
      )}
    </Section>
  );
}
