import { t } from '../i18n/i18n.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import type { CaseRow, CaseState } from './queries.ts';

const tones: Record<CaseState, Tone> = { new: 'plum', open: 'sky', waiting: 'mango', resolved: 'brand', closed: 'plain' };

export const StateBadge = ({ state }: { state: CaseState }) => <Badge tone={tones[state]}>{t(`case.state.${state}`)}</Badge>;

/** What is not as usual about a case. */
export const PriorityBadge = ({ priority }: Pick<CaseRow, 'priority'>) =>
  priority === 'urgent' || priority === 'high' ? (
    <Badge tone={priority === 'urgent' ? 'danger' : 'mango'}>{t(`case.priority.${priority}`)}</Badge>
  ) : null;
