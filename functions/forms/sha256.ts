/**
 * SHA-256 (FIPS 180-4) of a short ASCII text, at once: the browser's own answers later each time, which is a hundred times slower for
 * thousands of short texts. Pure, and imports nothing, for the page carries it.
 */
const constants = new Uint32Array(64);
const start = new Uint32Array(8);
{
  /** The first 32 bits of a number's fraction. */
  const fraction = (value: number) => (value - Math.floor(value)) * 2 ** 32;
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    let prime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) prime = false;
    if (!prime) continue;
    if (found < 8) start[found] = fraction(candidate ** (1 / 2));
    constants[found++] = fraction(candidate ** (1 / 3));
  }
}

const turned = (value: number, bits: number) => (value >>> bits) | (value << (32 - bits));
const at = (list: Uint32Array, place: number) => list[place] as number;

/** The message in blocks of 512 bits: a one, zeros, and its length in bits at the end. */
function blocksOf(text: string): Uint32Array {
  const blocks = new Uint32Array(((text.length + 8) >> 6) * 16 + 16);
  for (let place = 0; place < text.length; place++)
    blocks[place >> 2] = at(blocks, place >> 2) | (text.charCodeAt(place) << (24 - (place & 3) * 8));
  blocks[text.length >> 2] = at(blocks, text.length >> 2) | (0x80 << (24 - (text.length & 3) * 8));
  blocks[blocks.length - 1] = text.length * 8;
  return blocks;
}

const schedule = new Uint32Array(64);

/** One block into the state. */
function mixed(state: Uint32Array, blocks: Uint32Array, from: number): void {
  for (let step = 0; step < 64; step++) {
    if (step < 16) schedule[step] = at(blocks, from + step);
    else {
      const [early, late] = [at(schedule, step - 15), at(schedule, step - 2)];
      const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      const great = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      schedule[step] = at(schedule, step - 16) + small + at(schedule, step - 7) + great;
    }
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let step = 0; step < 64; step++) {
    const great = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + great + ((e & f) ^ (~e & g)) + at(constants, step) + at(schedule, step)) | 0;
    const small = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (small + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const added = [a, b, c, d, e, f, g, h];
  for (let place = 0; place < 8; place++) state[place] = at(state, place) + (added[place] as number);
}

/** The digest as eight words of 32 bits. */
export function sha256(text: string): Uint32Array {
  const state = start.slice();
  const blocks = blocksOf(text);
  for (let from = 0; from < blocks.length; from += 16) mixed(state, blocks, from);
  return state;
}
