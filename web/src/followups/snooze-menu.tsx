import { AlarmClock } from 'lucide-react';
import { t } from '../i18n/i18n.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { whenText } from './days.ts';
import { offeredSnoozes, snoozes } from './use-follow-ups.ts';

/** Until when to put something off. */
export function SnoozeMenu({ onSnooze, name }: { onSnooze: (until: string) => void; name: string }) {
  const now = Date.now();
  return (
    <Menu
      label={`${t('followUp.snooze')}: ${name}`}
      align="end"
      trigger={(attributes) => (
        <IconButton {...attributes} label={`${t('followUp.snooze')}: ${name}`}>
          <AlarmClock className="size-4.5" aria-hidden />
        </IconButton>
      )}
      items={offeredSnoozes(now).map((each) => ({
        key: each,
        label: t(`followUp.snooze.${each}`),
        note: whenText(snoozes[each](now)),
        onSelect: () => onSnooze(snoozes[each](Date.now())),
      }))}
    />
  );
}
