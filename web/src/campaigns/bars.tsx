import { scaleLinear } from 'd3-scale';
import { useId } from 'react';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';

export type Bar = { key: string; label: string; value: number; tone?: 'brand' | 'mango' | 'plain' };
const fills = { brand: 'fill-brand', mango: 'fill-mango', plain: 'fill-ink-3' } as const;
const [height, gap] = [22, 8];

/** Counts as bars from the edge where reading begins, with the same figures as a table below. */
export function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const id = useId();
  const length = scaleLinear([0, Math.max(1, ...bars.map(({ value }) => value))], [0, 100]);
  const isRtl = document.documentElement.dir === 'rtl';
  return (
    <figure className="grid gap-2" aria-labelledby={id}>
      <figcaption id={id} className="sr-only">
        {title}
      </figcaption>
      <svg
        viewBox={`0 0 100 ${bars.length * (height + gap)}`}
        preserveAspectRatio="none"
        className="h-auto w-full"
        style={{ blockSize: bars.length * (height + gap) }}
        aria-hidden
      >
        {bars.map(({ key, value, tone = 'brand' }, at) => (
          <rect
            key={key}
            x={isRtl ? 100 - length(value) : 0}
            y={at * (height + gap)}
            width={Math.max(value > 0 ? 0.5 : 0, length(value))}
            height={height}
            rx={0.4}
            className={fills[tone]}
          />
        ))}
      </svg>
      <table className="w-full text-sm">
        <caption className="sr-only">{t('report.table')}</caption>
        <tbody>
          {bars.map(({ key, label, value }) => (
            <tr key={key} className="border-t border-line">
              <th scope="row" className="py-1.5 text-start font-normal text-ink-2">
                {label}
              </th>
              <td className="tnum py-1.5 text-end font-semibold">{formatNumber(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
