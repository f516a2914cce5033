import type { Money } from './values.ts';

/** Sums of money are counted in whole ten-thousandths, so that nothing is rounded on the way. */
const places = 4;
const one = 10n ** BigInt(places);

/** Ten-thousandths of a decimal text such as `12.5`. Throws a RangeError for what is none. */
export function unitsOf(amount: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,18})(?:\.(\d{1,4}))?$/.exec(amount) ?? [];
  if (whole === undefined) throw new RangeError('not a decimal amount');
  const units = BigInt(whole) * one + BigInt(fraction.padEnd(places, '0'));
  return sign ? -units : units;
}

/** The decimal text of so many ten-thousandths, without zeros that say nothing: `12.5`. */
export function amountOf(units: bigint): string {
  const size = units < 0n ? -units : units;
  const fraction = String(size % one)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${size / one}${fraction && `.${fraction}`}`;
}

/** The sum of amounts; `0` for none. */
export const sumOf = (amounts: readonly string[]): string => amountOf(amounts.reduce((sum, amount) => sum + unitsOf(amount), 0n));

/** An amount so many times. */
export const times = (amount: string, count: number): string => amountOf(unitsOf(amount) * BigInt(count));

/** Below 0 where `a` is less than `b`, 0 where they are equal. */
export const compareAmounts = (a: string, b: string): number => Number(unitsOf(a) - unitsOf(b));

export const money = (amount: string, currency: string): Money => ({ amount, currency });
