import { createHash } from 'node:crypto';

/** Chance that a seed always gives again. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One of the keys, as often as its weight says. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
}

/** Mulberry32 on the first four bytes of the name's SHA-256. */
export function randomOf(...names: (string | number)[]): Random {
  let state = createHash('sha256').update(names.join('|')).digest().readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (share) => next() < share,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of list) {
        left -= weight;
        if (left < 0) return one;
      }
      return list.at(-1)![0];
    },
  };
}

/** Ten bytes that a name always leads to: the chance part of a ULID. */
export const bytesOf = (...names: (string | number)[]) =>
  new Uint8Array(createHash('sha256').update(names.join('|')).digest().subarray(0, 10));
