import { Building2, ChevronsUpDown } from 'lucide-react';
import { useMe, useSwitchWorkspace } from '../auth/me.ts';
import { t } from '../i18n/i18n.ts';
import { Logo } from '../ui/logo.tsx';
import { Menu } from '../ui/menu.tsx';

/** Where one is, and the way to one's other workspaces. */
export function WorkspaceMenu() {
  const me = useMe();
  const switchTo = useSwitchWorkspace();
  return (
    <Menu
      label={t('shell.workspace')}
      trigger={(attributes) => (
        <button
          type="button"
          {...attributes}
          className="hit flex w-full min-w-0 items-center gap-2.5 rounded-md px-2 py-1 text-start hover:bg-hover"
        >
          <Logo className="size-8 shrink-0" />
          <span className="min-w-0 grow">
            <span className="block truncate font-semibold tracking-tight" dir="auto">
              {me.workspace.name}
            </span>
            <span className="block truncate text-xs text-ink-3">{t('shell.workspace')}</span>
          </span>
          <ChevronsUpDown className="size-4 shrink-0 text-ink-3" aria-hidden />
        </button>
      )}
      items={me.workspaces.map(({ id, name }) => ({
        key: id,
        label: <bdi>{name}</bdi>,
        icon: <Building2 className="size-4 text-ink-3" aria-hidden />,
        checked: id === me.workspace.id,
        onSelect: () => id !== me.workspace.id && void switchTo(id),
      }))}
    />
  );
}
