/** Whether the batteries run in their full form (`npm run test:full`), or in the form that is bounded by 20 seconds. */
export const full = process.env.SUKI_FULL === '1';

/** The seed of a battery: SUKI_SEED, or a new one in the full form, or the same one every time in the short form. */
export const seed = Number(process.env.SUKI_SEED ?? (full ? Date.now() % 2 ** 31 : 20_261_122));

export type Chance = ReturnType<typeof chanceOf>;

/** Random draws that a seed decides (mulberry32). */
export function chanceOf(from: number) {
  let state = from >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    /** True once in so many times. */
    oneIn: (times: number) => below(times) === 0,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    shuffled<T>(list: readonly T[]): T[] {
      const mixed = [...list];
      for (let at = mixed.length - 1; at > 0; at--) {
        const other = below(at + 1);
        [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
      }
      return mixed;
    },
  };
}

/** One line about what a battery did, so that a failure can be run again. */
export const told = (battery: string, figures: Record<string, number | string>) =>
  console.log(
    `${battery}: seed ${seed}, ${Object.entries(figures)
      .map(([name, figure]) => `${name} ${figure}`)
      .join(', ')}`,
  );
