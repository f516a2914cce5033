import { log } from '../kernel/log.ts';
import { type BusEntry, putOnBus, workSource } from '../workflows/bus.ts';
import type { RunKey } from './run.ts';

/** Hints that there is work: lost, late or doubled they do no harm, since the due index finds what is forgotten. */
export type Hint = { tenant: string; at: string; run: RunKey; shard?: number };

const entryOf = ({ tenant, at, run, shard }: Hint): BusEntry => {
  const kind = shard === undefined ? 'run' : 'shard';
  const id = [run.campaignId, run.occurrence, ...(shard === undefined ? [] : [String(shard).padStart(2, '0')])].join('#');
  return { source: workSource, type: `work.${kind}`, at, detail: { at, tenant, kind, id } };
};

/** Tells the workers at once, instead of at the next sweep. */
export async function hint(hints: readonly Hint[]): Promise<void> {
  if (hints.length === 0) return;
  const refused = await putOnBus(hints.map(entryOf));
  if (refused) log('warn', 'a hint was refused by the bus', { code: refused.code });
}
