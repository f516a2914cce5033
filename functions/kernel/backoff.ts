import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before try `attempt` (0, 1, 2 …): full jitter over 20 ms doubled each time, 640 ms at most. */
export const pauseBefore = (attempt: number) => sleep(Math.random() * Math.min(640, 20 * 2 ** attempt));
