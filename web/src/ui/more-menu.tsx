import { MoreHorizontal } from 'lucide-react';
import { IconButton } from './button.tsx';
import { Menu, type MenuItem } from './menu.tsx';

type Props = { label: string; items: MenuItem[]; look?: 'secondary'; className?: string };

/** What else can be done with one thing, behind three dots; nothing where nothing can be. */
export function MoreMenu({ label, items, look, className }: Props) {
  if (items.length === 0) return null;
  return (
    <Menu
      label={label}
      align="end"
      items={items}
      trigger={(attributes) => (
        <IconButton {...attributes} look={look} className={className} label={label}>
          <MoreHorizontal className="size-4.5" aria-hidden />
        </IconButton>
      )}
    />
  );
}
