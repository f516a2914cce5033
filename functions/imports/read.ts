import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { byteOrderMark, cellsOf, datesOf, decimalOf, delimiterOf, type Encoding, encodingOf, hasHeader, nullWordsOf } from './detect.ts';
import { type FileSettings, type Inspection, maxColumns, maxFileBytes, shownRows } from './import.ts';
import { isKnownHeader } from './mapping.ts';
import { objectKey, openObject, writeJson, writeObject } from './objects.ts';
import { BrokenQuotes, isBlank, recordsOf, unquoted } from './parse.ts';
import { learn, newProfile, type Profile } from './repair.ts';
import { otherFormat, unreadable } from './unreadable.ts';
import { rowsOfWorkbook } from './xlsx.ts';

/**
 * Reads an uploaded file once: finds out how it is written, and leaves its rows behind as one JSON array a line, `[row, cell, cell …]`,
 * which a run can take up at any byte. With them the profile of each column, for the repair, and what a person is shown.
 */
export type Read = {
  file: FileSettings;
  inspection: Omit<Inspection, 'columns'> & { headers: string[]; samples: string[][] };
  bytes: number;
  xlsx: boolean;
};

const sampleBytes = 512 * 1024;

/** Reads the object `file` of an import and writes `rows` and `profile`. Throws `unreadable_file` with what is wrong. */
export async function readUpload({
  tenant,
  jobId,
  asked,
  country,
}: {
  tenant: string;
  jobId: string;
  asked: Partial<FileSettings>;
  country: string;
}): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    const path = join(folder, 'file');
    const found = await openObject(objectKey(tenant, jobId, 'file'));
    if (!found) throw unreadable('missing', 'no file was uploaded');
    if (found.size > maxFileBytes) throw unreadable('too_large', 'more than 100 MB');
    await pipeline(found.body, createWriteStream(path));
    const sample = await beginning(path);
    const source = isArchive(sample) ? await workbook(path, { asked }) : text(path, sample, { asked, country });
    const out = join(folder, randomUUID());
    const { profile, ...read } = await convert(source, out);
    const { size } = await stat(out);
    await writeObject(objectKey(tenant, jobId, 'rows'), createReadStream(out), { type: 'application/x-ndjson', size });
    await writeJson(objectKey(tenant, jobId, 'profile'), profile);
    return { ...read, bytes: size };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function beginning(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const isArchive = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
const isOldExcel = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));

const escapeCode = 27;
const isOddControl = (char: string) =>
  /\p{Cc}/u.test(char) && !/[\s\u0080-\u009f]/.test(char) && char.charCodeAt(0) !== escapeCode && char !== '\u007f';
/** Text has no control characters but blanks, line ends and escape. */
const isBinary = (text: string) => (text.match(/\p{Cc}/gu) ?? []).filter(isOddControl).length > Math.max(4, text.length / 50);

/** `sep=;` in the first line is Excel's own way to tell the delimiter; it is no row. */
function separatorLine(text: string): { delimiter: FileSettings['delimiter']; length: number } | undefined {
  const match = /^sep=([,;|\t])(\r\n|\n|\r)/i.exec(text);
  return match ? { delimiter: match[1] as FileSettings['delimiter'], length: match[0].length } : undefined;
}

/** A file as records, and how it is written. */
type Source = {
  file: FileSettings;
  records: (quotes: boolean) => AsyncIterable<string[]> | Iterable<string[]>;
  sheets: string[];
  xlsx: boolean;
};

function text(path: string, sample: Buffer, { asked, country }: { asked: Partial<FileSettings>; country: string }): Source {
  if (sample.length === 0) throw unreadable('empty', 'the file is empty');
  if (isOldExcel(sample))
    throw unreadable('old_excel', 'an Excel workbook that is old (.xls) or has a password; save it as .xlsx without one, or as CSV');
  const other = otherFormat(sample);
  if (other) throw unreadable('not_a_table', `${other}, not a table; save it as CSV`);
  const mark = byteOrderMark(sample);
  const encoding: Encoding = asked.encoding ?? encodingOf(sample);
  const decodedSample = new TextDecoder(encoding).decode(sample.subarray(mark?.length ?? 0), { stream: true });
  if (isBinary(decodedSample.slice(0, 20_000))) throw unreadable('not_a_table', 'not a text file');
  const hint = separatorLine(decodedSample);
  const told = decodedSample.slice(hint?.length ?? 0);
  const whole = sample.length < sampleBytes ? told : told.slice(0, Math.max(told.lastIndexOf('\n'), 1));
  const delimiter = asked.delimiter ?? hint?.delimiter ?? delimiterOf(whole.slice(0, 64 * 1024));
  const skip = (mark?.length ?? 0) + (hint?.length ?? 0) * (encoding.startsWith('utf-16') ? 2 : 1);
  const rows = cellsOf(whole, delimiter);
  const header = asked.header ?? hasHeader(rows, isKnownHeader);
  const data = header ? rows.slice(1) : rows;
  const found = {
    encoding,
    delimiter,
    header,
    decimal: decimalOf(data, delimiter),
    nullWords: nullWordsOf(data),
    ...datesOf(data, country),
  };
  const file = { ...found, ...asked } as FileSettings;
  const records = (quotes: boolean) => recordsOf({ path, skip, encoding, delimiter }, { quotes });
  return { file, records, sheets: [], xlsx: false };
}

async function workbook(path: string, { asked }: { asked: Partial<FileSettings> }): Promise<Source> {
  const handle = await open(path);
  const bytes = await handle.readFile().finally(() => handle.close());
  const { sheets, rows } = await rowsOfWorkbook(bytes);
  const header = asked.header ?? hasHeader(rows.slice(0, 100), isKnownHeader);
  const data = header ? rows.slice(1, 500) : rows.slice(0, 500);
  const { buddhistYears } = datesOf(data, '');
  const file: FileSettings = {
    encoding: 'utf-8',
    delimiter: ',',
    header,
    decimal: '.',
    dateOrder: 'ymd',
    buddhistYears,
    nullWords: nullWordsOf(data),
    ...asked,
  };
  return { file, records: () => rows.values(), sheets, xlsx: true };
}

type Converted = Omit<Read, 'bytes'> & { profile: Profile };

/** Writes the rows; where quotes do not fit together, the whole file again, line by line. */
async function convert(source: Source, out: string): Promise<Converted> {
  try {
    return await convertBy(source, out, true);
  } catch (error) {
    if (!(error instanceof BrokenQuotes)) throw error;
    return convertBy(source, out, false);
  }
}

async function convertBy({ file, records, sheets, xlsx }: Source, out: string, quotes: boolean): Promise<Converted> {
  const collected = new Collector(file, xlsx);
  const lines = async function* () {
    let batch = '';
    for await (const record of records(quotes)) {
      const line = collected.take(quotes ? record : record.map(unquoted));
      if (line) batch += line;
      if (batch.length > 64 * 1024) {
        yield batch;
        batch = '';
      }
    }
    if (batch) yield batch;
  };
  await pipeline(lines, createWriteStream(out));
  return collected.done(sheets);
}

/** Takes record after record: numbers them, learns the columns' kinds, and keeps what is shown. */
class Collector {
  readonly #file: FileSettings;
  readonly #xlsx: boolean;
  readonly #nulls: Set<string>;
  #record = 0;
  #headers: string[] | undefined;
  #profile: Profile | undefined;
  #rows = 0;
  #ragged = 0;
  readonly #sample: { row: number; cells: string[] }[] = [];
  #samples: string[][] = [];

  constructor(file: FileSettings, xlsx: boolean) {
    this.#file = file;
    this.#xlsx = xlsx;
    this.#nulls = new Set(file.nullWords.map((word) => word.toLowerCase()));
  }

  take(record: string[]): string | undefined {
    this.#record += 1;
    if (isBlank(record)) return undefined;
    if (!this.#headers) {
      if (record.length > maxColumns) throw unreadable('too_many_columns', `more than ${maxColumns} columns`);
      this.#headers = this.#file.header
        ? record.map((cell, at) => cell.trim().slice(0, 100) || `${at + 1}`)
        : record.map((_, at) => `${at + 1}`);
      this.#profile = newProfile(this.#headers.length);
      this.#samples = this.#headers.map(() => []);
      if (this.#file.header) return undefined;
    }
    const cells = this.#fitted(record, this.#headers.length);
    this.#rows += 1;
    if (cells.length === this.#headers.length) this.#learn(cells);
    else this.#ragged += 1;
    if (this.#sample.length < shownRows) this.#sample.push({ row: this.#record, cells: cells.map((cell) => cell.slice(0, 200)) });
    return `${JSON.stringify([this.#record, ...cells])}\n`;
  }

  /** A sheet leaves out empty cells at a row's end, and some programs write empty ones too many. */
  #fitted(record: string[], width: number): string[] {
    if (record.length > width && record.slice(width).every((cell) => cell.trim() === '')) return record.slice(0, width);
    return this.#xlsx && record.length < width ? [...record, ...Array<string>(width - record.length).fill('')] : record;
  }

  #learn(cells: string[]) {
    const isEmpty = (cell: string) => cell === '' || this.#nulls.has(cell.toLowerCase());
    learn(this.#profile!, cells, isEmpty);
    for (const [at, cell] of cells.entries()) {
      const kept = this.#samples[at]!;
      const value = cell.trim();
      if (kept.length < 3 && !isEmpty(value) && !kept.includes(value.slice(0, 60))) kept.push(value.slice(0, 60));
    }
  }

  done(sheets: string[]): Converted {
    if (!this.#headers || !this.#profile) throw unreadable('no_rows', 'the file holds no rows');
    return {
      file: this.#file,
      xlsx: this.#xlsx,
      profile: this.#profile,
      inspection: {
        format: this.#xlsx ? 'xlsx' : 'text',
        sheets,
        rows: this.#rows,
        sample: this.#sample,
        ragged: this.#ragged,
        headers: this.#headers,
        samples: this.#samples,
      },
    };
  }
}
