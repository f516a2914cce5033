import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { parse } from 'csv-parse';
import type { Encoding } from './detect.ts';
import { maxColumns } from './import.ts';
import { unreadable } from './unreadable.ts';

/** A text file as rows of cells, read as a stream: memory stays flat whatever its size. */
export type TextFile = { path: string /** Bytes of a byte order mark. */; skip: number; encoding: Encoding; delimiter: string };

/** A record is a row, or a quote that nobody closed. */
const longestRecord = 256 * 1024;

/** Decodes as it flows; what the encoding does not have becomes U+FFFD, which the row's check finds. */
function decoded(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, Buffer.from(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, Buffer.from(decoder.decode())),
  });
}

/** Thrown where quotes do not fit together; the file can still be read line by line. */
export class BrokenQuotes extends Error {}

/** The records of a file in order, blank ones too, so that their number is the row's in a spreadsheet. */
export async function* recordsOf(file: TextFile, { quotes }: { quotes: boolean }): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: file.delimiter,
    quote: quotes ? '"' : false,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: longestRecord,
  });
  const stream = createReadStream(file.path, { start: file.skip, highWaterMark: 256 * 1024 });
  const decoder = decoded(file.encoding);
  stream.on('error', (error) => parser.destroy(error));
  stream.pipe(decoder).pipe(parser);
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (record.length > maxColumns * 2) throw unreadable('too_many_columns', `more than ${maxColumns} columns`);
      yield record;
    }
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!code.startsWith('CSV_')) throw error;
    if (quotes) throw new BrokenQuotes(code);
    throw unreadable('not_a_table', 'a line is longer than 256 kB: this is no table', error);
  } finally {
    stream.destroy();
    parser.destroy();
  }
}

/** A cell that was read without heed to quotes, with those around it taken off. */
export const unquoted = (cell: string) => (/^\s*".*"\s*$/s.test(cell) ? cell.trim().slice(1, -1).replaceAll('""', '"') : cell);

export const isBlank = (record: readonly string[]) => record.every((cell) => cell.trim() === '');
