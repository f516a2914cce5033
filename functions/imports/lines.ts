import { readBytes } from './objects.ts';

/** A row as the reader left it: its number in the file, and its cells. */
export type FileRow = { row: number; cells: string[] };
export type Window = { rows: FileRow[] /** The byte after the last row. */; end: number };

const blockBytes = 1024 * 1024;
const newline = 0x0a;

/** The rows of an object from a byte on, `size` at a time; read in blocks of 1 MiB, so that memory stays flat. */
export async function* windowsOf(
  key: string,
  { from, bytes, size }: { from: number; bytes: number; size: number },
): AsyncGenerator<Window> {
  let position = from;
  let consumed = from;
  let rest: Buffer = Buffer.alloc(0);
  let rows: FileRow[] = [];
  while (position < bytes) {
    const block = await readBytes(key, { from: position, to: Math.min(position + blockBytes, bytes) - 1 });
    if (!block?.length) break;
    position += block.length;
    const data: Buffer = rest.length ? Buffer.concat([rest, block]) : block;
    let start = 0;
    for (let end = data.indexOf(newline, start); end >= 0; end = data.indexOf(newline, start)) {
      const [row, ...cells] = JSON.parse(data.toString('utf8', start, end)) as [number, ...string[]];
      rows.push({ row, cells });
      consumed += end + 1 - start;
      start = end + 1;
      if (rows.length === size) {
        yield { rows, end: consumed };
        rows = [];
      }
    }
    rest = data.subarray(start);
  }
  if (rows.length) yield { rows, end: consumed };
}
