import { useEffect } from 'react';
import { t } from '../i18n/i18n.ts';
import { tick } from '../start/checklist.ts';
import { Kbd } from '../ui/badge.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Check } from '../ui/field.tsx';
import { enableShortcuts, type Shortcut, useShortcutList, useShortcutsEnabled } from './shortcuts.ts';

const always: { keys: string; label: Shortcut['label'] }[] = [{ keys: '⌘/Ctrl K', label: 'keys.palette' }];

/** Every key that works on the present screen, and the switch that turns them off. */
export function Help({ onClose }: { onClose: () => void }) {
  useEffect(() => tick('palette'), []);
  const list = useShortcutList();
  const enabled = useShortcutsEnabled();
  const shown = [...always, ...list.filter(({ hidden }) => !hidden)];
  const unique = shown.filter(({ keys }, index) => shown.findLastIndex((other) => other.keys === keys) === index);
  return (
    <Dialog open onClose={onClose} title={t('help.title')} lead={t('help.lead')}>
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {unique.map(({ keys, label }) => (
          <div key={keys} className="flex items-center justify-between gap-4 border-b border-line py-2">
            <dt className="text-sm">{t(label)}</dt>
            <dd className="flex shrink-0 gap-1" dir="ltr">
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key === 'Space' ? t('keys.space') : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Check className="mt-4" checked={enabled} onChange={(event) => enableShortcuts(event.target.checked)}>
        {t('help.enabled')}
      </Check>
      <p className="text-sm text-ink-3">{t('help.enabledHint')}</p>
    </Dialog>
  );
}
