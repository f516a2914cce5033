import { analyse } from 'chardet';
import { parse } from 'csv-parse/sync';
import { delimiters, type encodings } from './fields.ts';
import type { FileSettings } from './import.ts';
import { datePattern } from './values.ts';

/** Finds out how a file is written, from its beginning. Pure: bytes or cells in, settings out. */
export type Encoding = (typeof encodings)[number];

/** chardet's names for what TextDecoder calls otherwise. ISO-8859-1 is read as Windows-1252, as browsers do. */
const decoders: Readonly<Record<string, Encoding>> = {
  'UTF-8': 'utf-8',
  'UTF-16LE': 'utf-16le',
  'UTF-16BE': 'utf-16be',
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'ISO-8859-2': 'windows-1250',
  'windows-1250': 'windows-1250',
  'ISO-8859-5': 'windows-1251',
  'windows-1251': 'windows-1251',
  'KOI8-R': 'windows-1251',
  'ISO-8859-6': 'windows-1256',
  'windows-1256': 'windows-1256',
  Shift_JIS: 'shift_jis',
  GB18030: 'gb18030',
  Big5: 'big5',
  'EUC-KR': 'euc-kr',
};

/** The encoding that a byte order mark tells. */
export function byteOrderMark(bytes: Uint8Array): { encoding: Encoding; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

/** The encoding of a text that is not UTF-8: a mark, zeros in every other byte, Thai by its runs of letters, else chardet's best guess. */
export function encodingOf(sample: Uint8Array): Encoding {
  const mark = byteOrderMark(sample);
  if (mark) return mark.encoding;
  if (isUtf8(sample)) return 'utf-8';
  const zeros = zerosAt(sample);
  if (zeros) return zeros;
  if (isThai(sample)) return 'windows-874';
  for (const { name } of analyse(sample)) {
    const encoding = decoders[name];
    if (encoding && encoding !== 'utf-8' && !encoding.startsWith('utf-16')) return encoding;
  }
  return 'windows-1252';
}

/** Whether the bytes are UTF-8; a character that the sample's end cuts in two is none of its faults. */
export function isUtf8(sample: Uint8Array): boolean {
  if (sample.subarray(0, 4_096).includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function zerosAt(sample: Uint8Array): Encoding | undefined {
  const pairs = Math.min(sample.length, 4_096) & ~1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  if (odd > pairs / 8 && even < odd / 8) return 'utf-16le';
  return even > pairs / 8 && odd < even / 8 ? 'utf-16be' : undefined;
}

/** Thai words are runs of letters above 0xA0; accents in Western words stand alone. chardet does not know Thai. */
function isThai(sample: Uint8Array): boolean {
  let high = 0;
  let runs = 0;
  let inRun = false;
  for (const byte of sample) {
    const thai = (byte >= 0xa1 && byte <= 0xda) || (byte >= 0xdf && byte <= 0xfb);
    if (byte >= 0x80 && !thai) return false;
    if (thai && !inRun) runs += 1;
    if (thai) high += 1;
    inRun = thai;
  }
  const marks = sample.reduce(
    (sum, byte) => sum + (byte === 0xd1 || (byte >= 0xd4 && byte <= 0xda) || (byte >= 0xe7 && byte <= 0xec) ? 1 : 0),
    0,
  );
  return runs > 0 && high / runs >= 2.5 && marks / high > 0.1;
}

/** The delimiter that gives the most rows the same number of fields, more than one. */
export function delimiterOf(sample: string): FileSettings['delimiter'] {
  let best: { delimiter: FileSettings['delimiter']; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const counts = cellsOf(sample, delimiter).map((row) => row.length);
    const usual = mode(counts);
    if (usual < 2) continue;
    const score = (counts.filter((count) => count === usual).length / counts.length) ** 2 * Math.log2(usual + 1);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

const sampleRows = 100;

/** The first rows of a sample as cells; broken quotes do no harm here. */
export function cellsOf(sample: string, delimiter: string): string[][] {
  const options = { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, to: sampleRows } as const;
  try {
    return parse(sample, options) as string[][];
  } catch {
    return parse(sample, { ...options, quote: false }) as string[][];
  }
}

function mode(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

const dataLike = /^[\s+\-($€£¥฿₱]*\d[\d\s.,:/()+-]*%?$|@|^\d{4}-\d{2}|^(true|false|null|n\/a)$/i;

/** Whether the first row names the columns: every cell said once, none that looks like a value where later rows have values. */
export function hasHeader(rows: readonly string[][], isKnown: (header: string) => boolean): boolean {
  const [first = [], ...rest] = rows;
  const cells = first.map((cell) => cell.trim());
  if (cells.every((cell) => cell === '')) return false;
  if (cells.some((cell) => dataLike.test(cell))) return false;
  const named = cells.filter((cell) => cell !== '');
  if (new Set(named.map((cell) => cell.toLowerCase())).size < named.length && !named.some(isKnown)) return false;
  if (named.some(isKnown)) return true;
  if (rest.length === 0) return false;
  return cells.some((_, column) => rest.some((row) => dataLike.test(row[column] ?? '')));
}

const nullCandidates = ['null', '(null)', '\\n', 'n/a', '#n/a', 'n.a.', '-', '--', 'nil', 'none', 'undefined', 'nan'];

/** The words that stand for nothing in this file. The empty cell always does. */
export function nullWordsOf(rows: readonly string[][]): string[] {
  const seen = new Set(rows.flat().map((cell) => cell.trim().toLowerCase()));
  return nullCandidates.filter((word) => seen.has(word));
}

/** The decimal sign: what most numbers with a fraction have; where there is none, a comma with the delimiter of such countries. */
export function decimalOf(rows: readonly string[][], delimiter: string): FileSettings['decimal'] {
  let comma = 0;
  let point = 0;
  for (const cell of rows.flat()) {
    if (/^\s*[+-]?\d{1,3}(\.\d{3})*,\d{1,2}\s*$|^\s*[+-]?\d+,\d{1,2}\s*$/.test(cell)) comma += 1;
    else if (/^\s*[+-]?(\d{1,3}(,\d{3})+|\d+)\.\d{1,4}\s*$/.test(cell)) point += 1;
  }
  return comma === point ? (delimiter === ';' ? ',' : '.') : comma > point ? ',' : '.';
}

/** Countries that put the month first. */
const monthFirst = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'PR', 'AS', 'MP', 'VI']);

/** Day or month first, told by the numbers above twelve, else by the country; and whether the years are Buddhist ones. */
export function datesOf(rows: readonly string[][], country: string): Pick<FileSettings, 'dateOrder' | 'buddhistYears'> {
  const tally = { year: 0, day: 0, month: 0, buddhist: 0, gregorian: 0 };
  for (const cell of rows.flat()) {
    const match = datePattern.exec(cell.trim());
    if (!match) continue;
    const [first, second, third] = [match[1]!, match[2]!, match[3]!];
    const year = first.length === 4 ? Number(first) : third.length === 4 ? Number(third) : undefined;
    if (year !== undefined) tally[year >= 2_400 && year < 2_700 ? 'buddhist' : 'gregorian'] += 1;
    if (first.length === 4) tally.year += 1;
    else if (Number(first) > 12) tally.day += 1;
    else if (Number(second) > 12) tally.month += 1;
  }
  const usual = monthFirst.has(country) ? 'mdy' : 'dmy';
  const dateOrder =
    tally.year > tally.day + tally.month ? 'ymd' : tally.day === tally.month ? usual : tally.day > tally.month ? 'dmy' : 'mdy';
  return { dateOrder, buddhistYears: tally.buddhist > tally.gregorian };
}
