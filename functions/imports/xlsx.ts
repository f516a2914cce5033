import { inflateRawSync } from 'node:zlib';
import readSheets from 'read-excel-file/universal';
import { CrmError } from '../kernel/errors.ts';
import { maxColumns } from './import.ts';
import { unreadable } from './unreadable.ts';

/** An XLSX file as rows of cells. It is a ZIP archive, so what it unpacks to is checked before any of it is read. */
export const zipLimits = {
  fileBytes: 25 * 1024 * 1024,
  entries: 1_000,
  entryBytes: 120 * 1024 * 1024,
  totalBytes: 160 * 1024 * 1024,
  ratio: 200,
};

const broken = (cause?: unknown) => unreadable('broken_workbook', 'not a readable XLSX file', cause);

const endRecord = 0x06054b50;
const directoryRecord = 0x02014b50;

/** Where the archive's directory begins, and how many entries it has. It stands before a comment of at most 64 KiB. */
function directoryOf(bytes: Buffer): { offset: number; entries: number } {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at--)
    if (bytes.readUInt32LE(at) === endRecord) return { offset: bytes.readUInt32LE(at + 16), entries: bytes.readUInt16LE(at + 10) };
  throw broken();
}

/** Unpacks every entry into nothing, counting. Throws `unreadable_file` for what is no archive, too large, or a bomb; sizes that lie are found out. */
export function guardArchive(bytes: Buffer): void {
  if (bytes.length > zipLimits.fileBytes) throw unreadable('too_large', 'a workbook of more than 25 MB; save the sheet as CSV');
  try {
    const { offset, entries } = directoryOf(bytes);
    if (entries > zipLimits.entries) throw unreadable('archive_bomb', 'too many parts in the workbook');
    let at = offset;
    let total = 0;
    for (let entry = 0; entry < entries; entry++) {
      if (bytes.readUInt32LE(at) !== directoryRecord) throw broken();
      total += unpackedSize(bytes, at, zipLimits.totalBytes - total);
      at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (error) {
    throw error instanceof CrmError ? error : broken(error);
  }
}

const bomb = (cause?: unknown) => unreadable('archive_bomb', 'the workbook unpacks to far more than it should', cause);

/** How large an entry of the directory really is; it must be what the directory says, because the reader makes room by that. */
function unpackedSize(bytes: Buffer, at: number, left: number): number {
  const [method, packed, said, header] = [
    bytes.readUInt16LE(at + 10),
    bytes.readUInt32LE(at + 20),
    bytes.readUInt32LE(at + 24),
    bytes.readUInt32LE(at + 42),
  ];
  if (said > Math.min(zipLimits.entryBytes, left) || said > Math.max(1_000_000, packed * zipLimits.ratio)) throw bomb();
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const content = bytes.subarray(start, start + packed);
  if (content.length !== packed) throw unreadable('broken_workbook', 'the workbook is cut off');
  if (method !== 0 && method !== 8) throw broken();
  const size = method === 0 ? packed : inflated(content, said);
  if (size !== said) throw bomb();
  return size;
}

function inflated(content: Buffer, atMost: number): number {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, atMost) }).length;
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? bomb(error) : error;
  }
}

/** The first sheet's rows as text: dates as ISO dates, numbers with a point. */
export async function rowsOfWorkbook(bytes: Buffer): Promise<{ sheets: string[]; rows: string[][] }> {
  guardArchive(bytes);
  const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const sheets = await readSheets(copy, { trim: false }).catch((error) => {
    throw broken(error);
  });
  const rows = (sheets[0]?.data ?? []).map((row) => row.map(cellText));
  if (rows.some((row) => row.length > maxColumns * 2)) throw unreadable('too_many_columns', `more than ${maxColumns} columns`);
  return { sheets: sheets.map(({ sheet }) => sheet), rows };
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date)
    return Number.isNaN(value.getTime())
      ? ''
      : value
          .toISOString()
          .replace(/T00:00:00\.000Z$/, '')
          .replace('.000Z', 'Z');
  return String(value);
}
