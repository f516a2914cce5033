import type { Lifecycle } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

const tones: Record<Lifecycle, Tone> = { prospect: 'sky', active: 'brand', lapsed: 'mango', closed: 'plain' };

export function LifecycleBadge({ lifecycle }: { lifecycle: Lifecycle }) {
  return (
    <Badge tone={tones[lifecycle]}>
      <span aria-hidden className="size-1.5 rounded-full bg-current" /> {t(`lifecycle.${lifecycle}`)}
    </Badge>
  );
}

/** The steps that the life cycle allows from here. */
export const nextLifecycles: Record<Lifecycle, readonly Lifecycle[]> = {
  prospect: ['active', 'closed'],
  active: ['lapsed', 'closed'],
  lapsed: ['active', 'closed'],
  closed: ['active'],
};
