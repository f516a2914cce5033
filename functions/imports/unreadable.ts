import { CrmError } from '../kernel/errors.ts';

/** Why a file cannot be read: the client has words for each in five languages, `detail` is for programs and terminals. */
export type Unreadable =
  | 'missing'
  | 'empty'
  | 'no_rows'
  | 'too_large'
  | 'too_many_columns'
  | 'not_a_table'
  | 'old_excel'
  | 'broken_workbook'
  | 'archive_bomb';

export const unreadable = (reason: Unreadable, detail: string, cause?: unknown) =>
  new CrmError('unreadable_file', { detail, reason }, cause);

/** What else a file may be by how it begins, whatever it is called. */
const otherFormats: readonly (readonly [start: string, format: string])[] = [
  ['%pdf-', 'a PDF'],
  ['\x89png', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['gif8', 'a picture'],
  ['{\\rtf', 'a text document'],
  ['<!doctype html', 'a web page'],
  ['<html', 'a web page'],
  ['<?xml', 'XML'],
  ['\x1f\x8b', 'a compressed file'],
  ['rar!', 'a compressed file'],
  ['7z\xbc\xaf', 'a compressed file'],
];

/** The format that a file has instead of a table's; undefined where it may be one. */
export function otherFormat(sample: Uint8Array): string | undefined {
  const start = Buffer.from(sample.subarray(0, 64))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  return otherFormats.find(([begins]) => start.startsWith(begins.toLowerCase()))?.[1];
}
