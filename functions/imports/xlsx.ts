import readSheets from 'read-excel-file/universal';
import { type Entry, fromBuffer } from 'yauzl';
import { CrmError } from '../kernel/errors.ts';
import { maxColumns } from './import.ts';

/** An XLSX file as rows of cells. It is a ZIP archive, so what it unpacks to is checked before any of it is read. */
export const zipLimits = { fileBytes: 25 * 1024 * 1024, entries: 1_000, entryBytes: 120 * 1024 * 1024, totalBytes: 160 * 1024 * 1024, ratio: 200 };

const refused = (detail: string, cause?: unknown) => new CrmError('unreadable_file', { detail }, cause);

/** Unpacks every entry into nothing, counting. Throws `unreadable_file` for what is no archive, too large, or a bomb; sizes that lie are found out. */
export async function guardArchive(bytes: Buffer): Promise<void> {
  if (bytes.length > zipLimits.fileBytes) throw refused('a workbook of more than 25 MB; save the sheet as CSV');
  const archive = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, file) => (error ? reject(refused('not a readable XLSX file', error)) : resolve(file))),
  );
  if (archive.entryCount > zipLimits.entries) throw refused('too many parts in the workbook');
  let total = 0;
  await new Promise<void>((resolve, reject) => {
    const stop = (error: unknown) => {
      archive.close();
      reject(error instanceof CrmError ? error : refused('not a readable XLSX file', error));
    };
    archive.on('error', stop);
    archive.on('end', resolve);
    archive.on('entry', (entry: Entry) => {
      if (entry.uncompressedSize > zipLimits.entryBytes || entry.uncompressedSize > Math.max(1_000_000, entry.compressedSize * zipLimits.ratio)) return stop(refused('the workbook unpacks to far more than it should'));
      archive.openReadStream(entry, (error, stream) => {
        if (error) return stop(error);
        stream.on('data', (chunk: Buffer) => {
          total += chunk.length;
          if (total > zipLimits.totalBytes) stream.destroy(refused('the workbook unpacks to far more than it should'));
        });
        stream.on('error', stop);
        stream.on('end', () => archive.readEntry());
      });
    });
    archive.readEntry();
  });
}

/** The first sheet's rows as text: dates as ISO dates, numbers with a point. */
export async function rowsOfWorkbook(bytes: Buffer): Promise<{ sheets: string[]; rows: string[][] }> {
  await guardArchive(bytes);
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const sheets = await readSheets(copy, { trim: false }).catch((error) => {
    throw refused('not a readable XLSX file', error);
  });
  const rows = (sheets[0]?.data ?? []).map((row) => row.map(cellText));
  if (rows.some((row) => row.length > maxColumns * 2)) throw refused(`more than ${maxColumns} columns`);
  return { sheets: sheets.map(({ sheet }) => sheet), rows };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace(/T00:00:00\.000Z$/, '').replace('.000Z', 'Z');
  return String(value);
}
