/** A pasted column or a small file, line by line. Pure. */
const delimiters = ['\t', ';', ','] as const;

/** The rows of a text and how many columns they have: of several columns one is chosen. A quote keeps what stands in it together. */
export function columnsOf(text: string): { rows: string[][]; width: number } {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.replace(/^\uFEFF/, ''));
  while (lines.at(-1)?.trim() === '') lines.pop();
  const [first = ''] = lines;
  const delimiter = delimiters.find((each) => first.includes(each));
  const rows = delimiter ? lines.map((line) => cellsOf(line, delimiter)) : lines.map((line) => [line]);
  return { rows, width: Math.max(1, ...rows.slice(0, 100).map((row) => row.length)) };
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

/** A long text in pieces that a request takes, with how many lines each has. */
export function piecesOf(text: string, most: number): { text: string; lines: number }[] {
  const lines = text.split('\n');
  return Array.from({ length: Math.ceil(lines.length / most) }, (_, at) => lines.slice(at * most, (at + 1) * most)).flatMap((piece) =>
    piece.some((line) => line.trim() !== '') ? [{ text: piece.join('\n'), lines: piece.length }] : [{ text: '', lines: piece.length }],
  );
}

const cell = (value: string) => `"${(/^[\s\p{Cf}]*[=+\-@]/u.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** The lines that led to nobody as a file for a spreadsheet, which calculates none of them. */
export const missesFile = (misses: readonly { line: number; text: string; reason: string }[], reason: (code: string) => string): string =>
  `\uFEFF${misses.map((miss) => [String(miss.line), cell(miss.text), cell(reason(miss.reason))].join(',')).join('\r\n')}\r\n`;
