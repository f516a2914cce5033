import type { ScoredKind } from '../../../functions/surveys/logic.ts';
import { signed } from '../i18n/direction.ts';
import { localeTag } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Figure } from './queries.ts';

const number = (value: number, options: Intl.NumberFormatOptions = {}) =>
  new Intl.NumberFormat(localeTag(), { maximumFractionDigits: 1, numberingSystem: 'latn', ...options }).format(value);

/** A score as it is written: NPS with its sign, CSAT in percent, means with two digits. */
export function scoreText(kind: ScoredKind, value: number): string {
  if (kind === 'nps') return signed(number(value, { signDisplay: 'exceptZero', maximumFractionDigits: 0 }));
  if (kind === 'csat') return number(value / 100, { style: 'percent', maximumFractionDigits: 0 });
  return number(value, { maximumFractionDigits: 2 });
}

/** Half of its interval: `± 4`. */
export const marginText = (kind: ScoredKind, margin: number): string =>
  signed(`± ${number(margin, { maximumFractionDigits: kind === 'nps' || kind === 'csat' ? 1 : 2 })}`);

export const movementText = (kind: ScoredKind, value: number): string =>
  signed(number(value, { signDisplay: 'exceptZero', maximumFractionDigits: kind === 'nps' || kind === 'csat' ? 1 : 2 }));

/** The least and most that a score can be. */
export const spanOf = (kind: ScoredKind, max: number | null): [number, number] =>
  kind === 'nps' ? [-100, 100] : kind === 'csat' ? [0, 100] : kind === 'ces' ? [1, 7] : [1, max ?? 5];

/** What stands where a figure is not told. */
export const absentText = (figure: Figure | null): string => (figure?.hidden ? t('survey.hidden') : '–');

export const shareText = (count: number, of: number): string => (of === 0 ? '–' : number(count / of, { style: 'percent' }));
