import type { PauseReason } from './run.ts';

/** How many writes of single rows are under way at once. */
export const abreast = 16;

/** What the provider said to the account rather than to one message: the run has to stand still. */
export type Trouble = Extract<PauseReason, 'provider' | 'quota'>;

/** What a stretch of work left undone: how many sends, when the first of them is due again, and what stops the run; how many it claimed. */
export type Left = { unfinished: number; nextAt: number | null; trouble: Trouble | null; claimed: number };

export const nothingLeft = (): Left => ({ unfinished: 0, nextAt: null, trouble: null, claimed: 0 });

/** Notes one more that is not finished, and when it is due. */
export function leaves(left: Left, at: number): void {
  left.unfinished++;
  left.nextAt = Math.min(left.nextAt ?? at, at);
}
