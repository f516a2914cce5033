import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { StoredInstant, text } from '../kernel/values.ts';
import { Plan } from './plan.ts';
import { Run } from './run.ts';
import { Send } from './send.ts';
import { Counts, type Progress, summed, type Tally } from './shard.ts';

/** What a client sees of a run and of its sends. Pure. */
export const RunView = Run.extend({
  rules: Plan.shape.rules,
  counts: Counts,
  /** The oldest of the counts that these are the sum of; null before the first. */
  asOf: StoredInstant.nullable(),
  /** Customers that the snapshot has looked at so far. */
  examined: z.int().nonnegative(),
  /** Messages a second that the provider takes. */
  perSecond: z.number().nonnegative().nullable(),
  /** When the last message goes, at that rate and by its recipient's hours; null where nothing goes, or it is not known. */
  finishesAt: StoredInstant.nullable(),
}).meta({ id: 'Run' });
export type RunView = z.output<typeof RunView>;

export type ReadRun = { run: Run; plan: Plan; progress: Progress | undefined; tallies: readonly Tally[] };

/** A run with the sum of its shards' counts. `now` in milliseconds. */
export function shownRun({ run, plan, progress, tallies }: ReadRun, now: number): RunView {
  const perSecond = progress?.perSecond ?? null;
  const counts = summed(tallies.map((tally) => tally.counts));
  const times = tallies.map(({ asOf }) => asOf).sort();
  const left = (counts.states.pending ?? 0) + (counts.states.claimed ?? 0);
  const lastDue = Math.max(0, ...tallies.map(({ lastDueAt }) => (lastDueAt ? Date.parse(lastDueAt) : 0)));
  const goes = run.state === 'running' || run.state === 'draining';
  return {
    ...run,
    rules: plan.rules,
    counts,
    asOf: times[0] ?? null,
    examined: progress?.examined ?? 0,
    perSecond,
    finishesAt: goes && perSecond ? new Date(Math.max(now + (left / perSecond) * 1_000, lastDue)).toISOString() : null,
  };
}

/** A send's place within its run, as addresses spell it: `07-email-<hash>`. */
export const SendId = z.string().regex(/^\d\d-(email|sms|call|letter)-[A-Za-z0-9_-]{22}$/, 'a message of this run');

export const SendView = Send.omit({ hash: true, token: true })
  .extend({
    id: SendId,
    /** Null, as is the name, where the customer is not the caller's to see. */
    customerId: CustomerId.nullable(),
    name: text(200).nullable(),
  })
  .meta({ id: 'Send' });
export type SendView = z.output<typeof SendView>;

/** `name`: the customer's, or null where she is not the caller's to see. */
export function shownSend(send: Send, { shard, name }: { shard: number; name: string | null }): SendView {
  const { hash, token: _, customerId, ...shown } = send;
  const id = `${String(shard).padStart(2, '0')}-${send.channel}-${hash}`;
  return { ...shown, id, customerId: name === null ? null : customerId, name };
}
