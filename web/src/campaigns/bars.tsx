import { scaleLinear } from 'd3-scale';
import type { ReactNode } from 'react';
import { formatNumber } from '../i18n/format.ts';

/** `label` may be a link to the rows that were counted. */
export type Bar = { key: string; label: ReactNode; value: number; tone?: 'brand' | 'mango' | 'plain' };
const fills = { brand: 'fill-brand', mango: 'fill-mango', plain: 'fill-ink-3' } as const;

/** Counts as a table whose rows carry their bars, from the edge where reading begins. */
export function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const length = scaleLinear([0, Math.max(1, ...bars.map(({ value }) => value))], [0, 100]);
  const isRtl = document.documentElement.dir === 'rtl';
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{title}</caption>
      <tbody>
        {bars.map(({ key, label, value, tone = 'brand' }) => (
          <tr key={key} className="border-t border-line first:border-t-0">
            <th scope="row" className="w-2/5 py-1.5 pe-3 text-start font-normal text-ink-2">
              {label}
            </th>
            <td className="py-1.5">
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" className="h-3 w-full" aria-hidden>
                <rect x={isRtl ? 100 - length(value) : 0} y={0} width={length(value)} height={10} className={fills[tone]} />
              </svg>
            </td>
            <td className="tnum w-16 py-1.5 ps-3 text-end font-semibold">{formatNumber(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
