import { Duration } from 'luxon';
import { readSetting, type Store, writeSetting } from './store.ts';

interface MovableClock {
  offsetMs: number;
}

const symbol = Symbol.for('suki.clock');
const shared = globalThis as unknown as Record<symbol, MovableClock | undefined>;

/** What the product takes for now, in milliseconds: the machine's clock and the offset that only the local product sets. */
export function movableNow(): number {
  return Date.now() + (shared[symbol]?.offsetMs ?? 0);
}

/** Every bundle in this process reads the offset through this symbol, because bundles share no modules. */
export function setClockOffset(offsetMs: number): void {
  shared[symbol] = { offsetMs };
}

export function clockOffset(): number {
  return shared[symbol]?.offsetMs ?? 0;
}

/** Takes the stored offset into this process, at its start. */
export function restoreClock(store: Store): number {
  const offsetMs = Number(readSetting(store, 'clockOffsetMs') ?? 0);
  setClockOffset(offsetMs);
  return offsetMs;
}

/** Moves the product's clock forward by an ISO 8601 duration and keeps it. Throws RangeError for anything but a positive duration. */
export function advanceClock(store: Store, duration: string): number {
  const parsed = Duration.fromISO(duration);
  const ms = parsed.isValid ? parsed.toMillis() : Number.NaN;
  if (!(ms >= 0) || ms > 10 * 366 * 86_400_000)
    throw new RangeError('advance must be an ISO 8601 duration of at most ten years, such as P30D or PT1H');
  const offsetMs = Number(readSetting(store, 'clockOffsetMs') ?? 0) + ms;
  writeSetting(store, 'clockOffsetMs', String(offsetMs));
  setClockOffset(offsetMs);
  return offsetMs;
}
