/**
 * A QR code (ISO/IEC 18004) of a link: bytes, error correction level M (15 % may be lost), versions 1 to 10, which hold 213 bytes. Pure.
 */
const mostVersion = 10;
/** By version, level M: correction words of each block, and how many blocks. */
const correctionWords = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26];
const blockCount = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5];

const sizeOf = (version: number) => version * 4 + 17;
const at = (list: readonly number[], index: number) => list[index] ?? 0;

function moduleCount(version: number): number {
  const aligned = version < 2 ? 0 : Math.floor(version / 7) + 2;
  const alignment = version < 2 ? 0 : (25 * aligned - 10) * aligned - 55;
  return (16 * version + 128) * version + 64 - alignment - (version >= 7 ? 36 : 0);
}
const dataWords = (version: number) => (moduleCount(version) >> 3) - at(correctionWords, version) * at(blockCount, version);

/** Length, then bytes, then filling: as words of eight bits. */
function encode(bytes: Uint8Array): { version: number; words: number[] } {
  for (let version = 1; version <= mostVersion; version += 1) {
    const room = dataWords(version) * 8;
    const lengthBits = version < 10 ? 8 : 16;
    if (4 + lengthBits + bytes.length * 8 > room) continue;
    const bits: number[] = [];
    const push = (value: number, length: number) => {
      for (let bit = length - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
    };
    push(0b0100, 4);
    push(bytes.length, lengthBits);
    for (const byte of bytes) push(byte, 8);
    push(0, Math.min(4, room - bits.length));
    push(0, (8 - (bits.length % 8)) % 8);
    for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) push(pad, 8);
    return {
      version,
      words: Array.from({ length: room / 8 }, (_, word) => bits.slice(word * 8, word * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0)),
    };
  }
  throw new RangeError('too long for a QR code');
}

/** Multiplies in GF(2⁸) modulo x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

function divisor(degree: number): number[] {
  let result = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let step = 0; step < degree; step += 1) {
    result = result.map((value, index) => times(value, root) ^ at(result, index + 1));
    root = times(root, 2);
  }
  return result;
}

function correction(data: readonly number[], by: readonly number[]): number[] {
  const rest = Array<number>(by.length).fill(0);
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    for (const [index, value] of by.entries()) rest[index] = at(rest, index) ^ times(value, factor);
  }
  return rest;
}

/** The blocks' words one after the other, each block with its correction. */
function interleaved(version: number, words: readonly number[]): number[] {
  const blocks = at(blockCount, version);
  const short = Math.floor(words.length / blocks);
  const by = divisor(at(correctionWords, version));
  let from = 0;
  const data = Array.from({ length: blocks }, (_, block) => {
    const length = short + (block >= blocks - (words.length % blocks) ? 1 : 0);
    from += length;
    return words.slice(from - length, from);
  });
  const fixes = data.map((block) => correction(block, by));
  const turn = (lists: number[][], length: number) =>
    Array.from({ length }, (_, index) => lists.flatMap((list) => (index < list.length ? [at(list, index)] : []))).flat();
  return [...turn(data, short + 1), ...turn(fixes, by.length)];
}

type Field = { size: number; dark: boolean[][]; fixed: boolean[][] };

function set(field: Field, x: number, y: number, isDark: boolean): void {
  (field.dark[y] as boolean[])[x] = isDark;
  (field.fixed[y] as boolean[])[x] = true;
}

function alignments(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => sizeOf(version) - 7 - (count - 2 - index) * step)];
}

function drawFixed(field: Field, version: number): void {
  const { size } = field;
  for (let index = 0; index < size; index += 1) {
    set(field, 6, index, index % 2 === 0);
    set(field, index, 6, index % 2 === 0);
  }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    for (let dy = -4; dy <= 4; dy += 1)
      for (let dx = -4; dx <= 4; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        const [x, y] = [cx + dx, cy + dy];
        if (x >= 0 && y >= 0 && x < size && y < size) set(field, x, y, ring !== 2 && ring !== 4);
      }
  const places = alignments(version);
  const last = places.length - 1;
  for (const [i, x] of places.entries())
    for (const [j, y] of places.entries()) {
      if ((i === 0 && (j === 0 || j === last)) || (i === last && j === 0)) continue;
      for (let dy = -2; dy <= 2; dy += 1)
        for (let dx = -2; dx <= 2; dx += 1) set(field, x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
    }
  drawFormat(field, 0);
  if (version >= 7) drawVersion(field, version);
}

function drawVersion(field: Field, version: number): void {
  let rest = version;
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit += 1) {
    const isDark = ((bits >> bit) & 1) === 1;
    const [a, b] = [field.size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(field, a, b, isDark);
    set(field, b, a, isDark);
  }
}

/** Level M is written as 0, so the mask alone makes the five bits. */
function drawFormat(field: Field, mask: number): void {
  let rest = mask;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const dark = (bit: number) => ((bits >> bit) & 1) === 1;
  for (let bit = 0; bit <= 5; bit += 1) set(field, 8, bit, dark(bit));
  set(field, 8, 7, dark(6));
  set(field, 8, 8, dark(7));
  set(field, 7, 8, dark(8));
  for (let bit = 9; bit < 15; bit += 1) set(field, 14 - bit, 8, dark(bit));
  for (let bit = 0; bit < 8; bit += 1) set(field, field.size - 1 - bit, 8, dark(bit));
  for (let bit = 8; bit < 15; bit += 1) set(field, 8, field.size - 15 + bit, dark(bit));
  set(field, 8, field.size - 8, true);
}

/** Fills two columns at a time from the right, up and down by turns. */
function drawWords(field: Field, words: readonly number[]): void {
  let bit = 0;
  for (let right = field.size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < field.size; step += 1)
      for (const x of [right, right - 1]) {
        const y = ((right + 1) & 2) === 0 ? field.size - 1 - step : step;
        if (field.fixed[y]?.[x] || bit >= words.length * 8) continue;
        (field.dark[y] as boolean[])[x] = ((at(words, bit >> 3) >> (7 - (bit & 7))) & 1) === 1;
        bit += 1;
      }
  }
}

const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked(field: Field, mask: number): Field {
  const copy: Field = {
    ...field,
    dark: field.dark.map((row, y) => row.map((dark, x) => (field.fixed[y]?.[x] ? dark : dark !== masks[mask]?.(x, y)))),
  };
  drawFormat(copy, mask);
  return copy;
}

/** How hard a reader would find it: long runs, blocks, what looks like a corner, too much of one colour. */
function penalty({ dark, size }: Field): number {
  const columns = dark.map((_, x) => dark.map((row) => row[x] === true));
  let sum = 0;
  for (const line of [...dark, ...columns]) {
    const text = line.map((one) => (one ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (let index = 0; index + 11 <= size; index += 1)
      if (['10111010000', '00001011101'].includes(text.slice(index, index + 11))) sum += 40;
  }
  for (let y = 0; y + 1 < size; y += 1)
    for (let x = 0; x + 1 < size; x += 1)
      if (dark[y]?.[x] === dark[y]?.[x + 1] && dark[y]?.[x] === dark[y + 1]?.[x] && dark[y]?.[x] === dark[y + 1]?.[x + 1]) sum += 3;
  const share = dark.flat().filter(Boolean).length / size ** 2;
  return sum + Math.floor(Math.abs(share * 20 - 10)) * 10;
}

/** The dark and light squares of a text, row by row; `mask` fixes what is otherwise chosen as the easiest to read. */
export function qrCode(text: string, mask?: number): boolean[][] {
  const { version, words } = encode(new TextEncoder().encode(text));
  const size = sizeOf(version);
  const rows = () => Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  const field: Field = { size, dark: rows(), fixed: rows() };
  drawFixed(field, version);
  drawWords(field, interleaved(version, words));
  if (mask !== undefined) return masked(field, mask).dark;
  const all = masks.map((_, index) => masked(field, index));
  return all.reduce((best, one) => (penalty(one) < penalty(best) ? one : best)).dark;
}

/** The path of an SVG whose view is `size` wide and high, the quiet zone of four squares included. */
export function qrPath(text: string): { size: number; path: string } {
  const rows = qrCode(text);
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + 4},${y + 4}h1v1h-1z`] : []))).join('');
  return { size: rows.length + 8, path };
}
