import { setTimeout as sleep } from 'node:timers/promises';
import { quota } from '../channels/email.ts';
import { smsPerSecond } from '../channels/sms.ts';
import { machineNow } from '../kernel/clock.ts';
import { GuardError } from '../table/entity.ts';
import { stageTable } from '../table/stage.ts';
import type { SendChannel } from './send.ts';

/**
 * What a provider takes a second is shared by everybody of the stage: whoever sends takes the next free stretch of time for so many
 * messages, and waits for its beginning. One row a channel: S#PACE / <channel>, `f` the machine's time from which on it is free.
 */

/** Whoever would wait longer leaves his messages for the next tick. */
const longestWaitMs = 10_000;
const tries = 20;

/** Messages a second of a channel; null where there is no provider and no limit. */
export async function ratePerSecond(channel: SendChannel): Promise<number | null> {
  if (channel === 'email') return (await quota()).perSecond;
  return channel === 'sms' ? smsPerSecond : null;
}

/** Waits for the turn of so many messages of a channel; false where it is too far off. 1 R and 1 W. */
export async function turnOf(channel: SendChannel, messages: number): Promise<boolean> {
  const perSecond = await ratePerSecond(channel);
  if (perSecond === null) return true;
  if (perSecond <= 0) return false;
  const table = stageTable(machineNow());
  const key = { pk: 'S#PACE', sk: channel };
  for (let attempt = 0; attempt < tries; attempt++) {
    const row = await table.get(key);
    const now = machineNow();
    const start = Math.max(now, Number(row?.f ?? 0));
    if (start - now > longestWaitMs) return false;
    const put = { ...key, f: Math.ceil(start + (messages * 1_000) / perSecond), v: Number(row?.v ?? 0) + 1 };
    try {
      await table.commit([{ put, guard: row ? { version: Number(row.v) } : { absent: true } }]);
    } catch (error) {
      if (error instanceof GuardError) continue;
      throw error;
    }
    if (start > now) await sleep(start - now);
    return true;
  }
  return false;
}
