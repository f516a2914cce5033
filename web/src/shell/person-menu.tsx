import { LogOut, MonitorSmartphone, Moon, Sun } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMe } from '../auth/me.ts';
import { configuration, signOut } from '../auth/session.ts';
import { type MessageKey, t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { cx } from '../ui/cx.ts';
import { Menu } from '../ui/menu.tsx';
import { chooseTheme, currentTheme, type Theme } from './theme.ts';

const themes: { theme: Theme; label: MessageKey; icon: ReactNode }[] = [
  { theme: 'system', label: 'theme.system', icon: <MonitorSmartphone className="size-4" aria-hidden /> },
  { theme: 'light', label: 'theme.light', icon: <Sun className="size-4" aria-hidden /> },
  { theme: 'dark', label: 'theme.dark', icon: <Moon className="size-4" aria-hidden /> },
];

/** Who one is, the colours of the client, and the way out. */
export function PersonMenu({ compact = false }: { compact?: boolean }) {
  const { member } = useMe();
  const [theme, setTheme] = useState(currentTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <Menu
      label={t('shell.you')}
      align={compact ? 'end' : 'start'}
      header={
        <div className="border-b border-line px-4 pt-2 pb-3">
          <p className="font-semibold" dir="auto">
            {member.name}
          </p>
          <p className="text-sm text-ink-3">{t(`role.${member.role}`)}</p>
        </div>
      }
      trigger={(attributes) => (
        <button
          type="button"
          {...attributes}
          className={cx(
            'hit flex min-w-0 items-center gap-2.5 rounded-md px-2 text-start hover:bg-hover',
            compact && 'min-w-11 justify-center',
          )}
        >
          <Avatar name={member.name} size="sm" />
          <span className="sr-only">{compact ? `${t('shell.you')}: ${member.name}` : `${t('shell.you')}: `}</span>
          {!compact && (
            <span className="min-w-0 grow truncate text-sm font-medium" dir="auto">
              {member.name}
            </span>
          )}
        </button>
      )}
      items={[
        ...themes.map(({ theme: each, label, icon }) => ({
          key: each,
          label: t(label),
          icon,
          checked: theme === each,
          onSelect: () => choose(each),
        })),
        ...(configuration().local
          ? [
              {
                key: 'desk',
                label: t('shell.desk'),
                icon: <MonitorSmartphone className="size-4" aria-hidden />,
                onSelect: () => location.assign('/local'),
              },
            ]
          : []),
        { key: 'out', label: t('shell.signOut'), icon: <LogOut className="size-4 flip-rtl" aria-hidden />, onSelect: () => void signOut() },
      ]}
    />
  );
}
