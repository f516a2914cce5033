import { sha256 } from './sha256.ts';

/**
 * A little work that a browser does while somebody writes, so that a thousand submissions cost a thousand times as much (after Back,
 * "Hashcash", 2002): a number whose hash with the pass begins with so many zero bits. Pure; the page carries it.
 */
export const leastBits = 14;
/** Some seconds on a phone, which does a few hundred thousand hashes a second. */
export const mostBits = 20;

/** So many in ten minutes are usual for a form. */
const usual = 10;

/** The bits that a form asks for at a rate of submissions in ten minutes: one more each time that the rate doubles. */
export function bitsFor(rate: number): number {
  const more = rate <= usual ? 0 : Math.ceil(Math.log2(rate / usual));
  return Math.min(mostBits, leastBits + more);
}

/** The rate of the last ten minutes, from the counts of two fixed spans and how much of the newer one has gone (0 to 1). */
export const rateOf = ({ before, now, gone }: { before: number; now: number; gone: number }): number => before * (1 - gone) + now;

const zerosOf = (digest: Uint32Array): number => {
  const first = digest[0] ?? 0;
  return first === 0 ? 32 + Math.clz32(digest[1] ?? 0) : Math.clz32(first);
};

/** Whether a number is the work that a pass asks for. */
export const isDone = (pass: string, { bits, proof }: { bits: number; proof: string }): boolean =>
  zerosOf(sha256(`${pass}.${proof}`)) >= bits;

/** Looks at the next so many numbers from one on; the one that does it, or undefined. */
export function searched(pass: string, { bits, from, count }: { bits: number; from: number; count: number }): string | undefined {
  for (let at = from; at < from + count; at++) {
    const proof = String(at);
    if (isDone(pass, { bits, proof })) return proof;
  }
  return undefined;
}
