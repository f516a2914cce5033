/** Spans of time in a filter: `P90D`, `-P2W`, in the one unit that an editor offers. */
export const units = ['D', 'W', 'M', 'Y'] as const;
export type Unit = (typeof units)[number];
export type Span = { count: number; unit: Unit; back: boolean };

const pattern = /^(-?)P(\d{1,5})([DWMY])$/;

/** A span of one unit; undefined for what is none or has several. */
export function spanOf(value: unknown): Span | undefined {
  const [, sign, count, unit] = pattern.exec(String(value)) ?? [];
  return count && unit ? { count: Number(count), unit: unit as Unit, back: sign === '-' } : undefined;
}

export const spanText = ({ count, unit, back }: Span) => `${back ? '-' : ''}P${count}${unit}`;
