import type { Step } from './voice.ts';

/** Which sentences follow which, by their places: every language has them in the same order. */
type Places = readonly number[];

/** Sentences that a thread of a kind begins or goes on with, where not all of them make sense. */
export const fitting: Record<string, Partial<Record<Step, Places>>> = {
  first: { ask: [0, 1, 2, 3], buy: [1, 2], install: [0, 3], thanks: [0, 1, 2, 4] },
  trouble: { thanks: [0, 1, 3, 4] },
  renewal: { buy: [0, 3, 4] },
  check: { install: [2, 3, 4, 5], thanks: [0, 1, 2, 4] },
};

/** What answers what: `answers.bill[1]` are the places in `billed` that answer the second sentence of `bill`. */
export const answers: Partial<Record<Step, Partial<Record<Step, readonly Places[]>>>> = {
  answer: { ask: [[1, 2], [4], [0], [1, 2], [3], [5]] },
  confirm: {
    buy: [[0], [1], [1, 2], [3], [4]],
    late: [[0], [1], [0], [0], [2]],
    sorry: [[0], [0], [0], [0], [4]],
  },
  install: { buy: [[1, 5], [0], [0, 3], [1], [1, 2]], confirm: [[1, 5], [0, 3], [0, 1], [1], [1, 2]] },
  sorry: { leak: [[0, 1], [1, 2], [0, 4], [0, 1], [0, 4], [0]], late: [[4], [0], [4], [3], [4]] },
  fix: { leak: [[0], [0], [1], [2], [3], [4]] },
  billed: { bill: [[0], [4], [1], [3], [2]] },
};
