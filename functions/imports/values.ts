import { unguarded } from '../exports/cell.ts';
import type { FileSettings } from './import.ts';

/** Cells as people write them, to values. All pure; undefined means that the cell is none of the kind. */
const digitsOf = (text: string) => text.normalize('NFKC').replace(/[\p{Nd}--[0-9]]/gv, (digit) => String(asciiDigit(digit)));

function asciiDigit(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let start = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return (code - start) % 10;
}

/** Control characters but tab and line ends. */
const control = /(?![\t\n\r])\p{Cc}/gu;

/** The cell without blanks around it, its formula guard taken off; empty where it stands for nothing. */
export function cleaned(cell: string, nullWords: ReadonlySet<string>): string {
  const text = unguarded(cell).replace(control, '').trim().normalize('NFC');
  return nullWords.has(text.toLowerCase()) ? '' : text;
}

/** A number with its decimal sign and groups: `1.234,50` or `1,234.50`, in any script's digits. */
export function numberOf(cell: string, decimal: '.' | ','): number | undefined {
  const group = decimal === ',' ? '.' : ',';
  const text = digitsOf(cell).replace(/[\s']/g, '');
  if (!/^[+-]?[\d.,]*\d[.,]?$|^[+-]?[\d.,]*\d$/.test(text)) return undefined;
  const [whole = '', part, ...more] = text.split(decimal);
  if (more.length || part?.includes(group)) return undefined;
  if (whole.includes(group) && !/^[+-]?\d{1,3}([.,]\d{2,3})+$/.test(whole)) return undefined;
  const value = Number(`${whole.replaceAll(group, '')}${part === undefined ? '' : `.${part}`}`);
  return Number.isFinite(value) ? value : undefined;
}

type DateSettings = Pick<FileSettings, 'dateOrder' | 'buddhistYears'>;
export const datePattern =
  /^(\d{1,4})[./\-\s年](\d{1,2}|[\p{L}\p{M}.]{3,15})[./\-\s月](\d{1,4})日?(?:[T\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/u;

/** When a date cell says: its parts, and an offset if it has one. */
export type Moment = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  offset: string | null;
  hasTime: boolean;
};

/** A date, with or without a time, in the file's order; a month may be a name. Undefined where there is no such day. */
export function momentOf(cell: string, { dateOrder, buddhistYears }: DateSettings): Moment | undefined {
  const match = datePattern.exec(digitsOf(cell).trim());
  if (!match) return compactDate(cell, buddhistYears);
  const [, first = '', second = '', third = '', hour, minute, secondOf, half, offset] = match;
  const named = monthOf(second);
  const ordered =
    first.length > 2 ? [first, second, third] : dateOrder === 'mdy' && !named ? [third, first, second] : [third, second, first];
  const [yearText = '', monthText = '', dayText = ''] = ordered;
  const year = yearOf(yearText, buddhistYears);
  const month = named ?? Number(monthText);
  const clock = hoursOf(Number(hour ?? 0), half);
  const moment = {
    year,
    month,
    day: Number(dayText),
    hour: clock,
    minute: Number(minute ?? 0),
    second: Number(secondOf ?? 0),
    offset: offset ?? null,
    hasTime: hour !== undefined,
  };
  return exists(moment) ? moment : undefined;
}

/** `20261122`. */
function compactDate(cell: string, buddhistYears: boolean): Moment | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digitsOf(cell).trim());
  if (!match) return undefined;
  const moment = {
    year: yearOf(match[1]!, buddhistYears),
    month: Number(match[2]),
    day: Number(match[3]),
    hour: 0,
    minute: 0,
    second: 0,
    offset: null,
    hasTime: false,
  };
  return exists(moment) ? moment : undefined;
}

/** Two digits are of this century up to 68, as POSIX has it; a Buddhist year is 543 ahead. */
function yearOf(text: string, buddhist: boolean): number {
  const year = Number(text);
  if (text.length <= 2) return buddhist ? 2500 + year - 543 : year + (year <= 68 ? 2000 : 1900);
  return buddhist ? year - 543 : year;
}

const hoursOf = (hour: number, half: string | undefined) => (!half ? hour : (hour % 12) + (/^p/i.test(half) ? 12 : 0));

function exists({ year, month, day, hour, minute, second }: Moment): boolean {
  if (month < 1 || month > 12 || year < 1000 || year > 2999 || hour > 23 || minute > 59 || second > 59) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day >= 1 && day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

const monthLanguages = ['en', 'fr', 'fil', 'ur', 'th', 'de', 'es'];
let months: Map<string, number> | undefined;
function monthOf(text: string): number | undefined {
  months ??= new Map(
    monthLanguages.flatMap((language) =>
      (['long', 'short'] as const).flatMap((month) => {
        const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { month, timeZone: 'UTC' });
        return Array.from({ length: 12 }, (_, at): [string, number] => [monthWord(format.format(Date.UTC(2026, at, 15))), at + 1]);
      }),
    ),
  );
  return months.get(monthWord(text));
}
const monthWord = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\./g, '');

const two = (value: number) => String(value).padStart(2, '0');
export const dateText = ({ year, month, day }: Moment) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** Milliseconds of a moment; without an offset it is wall time in `zone`. */
export function timeOfMoment(moment: Moment, zone: string): number {
  const wall = Date.UTC(moment.year, moment.month - 1, moment.day, moment.hour, moment.minute, moment.second);
  if (moment.offset === 'Z') return wall;
  if (moment.offset) {
    const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(moment.offset) ?? [];
    return wall - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  }
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();
function offsetAt(time: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - Math.floor(time / 1_000) * 1_000;
}
