/**
 * A spreadsheet calculates what begins with = + - or @, also behind blanks, a byte order mark, or in full width. An apostrophe before
 * it makes it plain text again; reading a file takes exactly that apostrophe off, so that every value survives the way there and back.
 */
const calculated = /^'*[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠﹢﹣﹦﹫]/u;
const blankFirst = /^'*[\t\r\n]/;
const isDangerous = (cell: string) => calculated.test(cell) || blankFirst.test(cell);

/** A cell that no spreadsheet calculates. */
export const guarded = (cell: string) => (isDangerous(cell) ? `'${cell}` : cell);

/** What `guarded` was given. */
export const unguarded = (cell: string) => (cell.startsWith("'") && isDangerous(cell.slice(1)) ? cell.slice(1) : cell);

/** A row as CSV (RFC 4180): quoted where it must be. */
export const csvRow = (cells: readonly string[], delimiter: string) =>
  `${cells.map((cell) => (/["\r\n]/.test(cell) || cell.includes(delimiter) || /^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\r\n`;

/** Excel takes a file for UTF-8 only by this mark. */
export const byteOrderMark = '\uFEFF';
