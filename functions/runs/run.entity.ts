import { type Due, dueKey } from '../table/due.ts';
import { defineEntity, type Key } from '../table/entity.ts';
import { Plan } from './plan.ts';
import { Run, RunKey } from './run.ts';
import { Progress, Shard, Tally } from './shard.ts';

const names = {
  campaignId: 'c',
  occurrence: 'oc',
  state: 'st',
  pausedFor: 'pf',
  scheduledAt: 'sc',
  openUntil: 'ou',
  shards: 'k',
  campaignVersion: 'cv',
  unitPrice: 'up',
  billedEach: 'be',
  amount: 'am',
  currency: 'cu',
  authors: 'au',
  approvedBy: 'ab',
  recipients: 're',
  problem: 'pb',
  startedAt: 'sa',
  sealedAt: 'se',
  endedAt: 'en',
  createdAt: 'ca',
} as const;

const due = { run: 'run', shard: 'shard' } as const;

export const runPartition = (tenant: string, { campaignId, occurrence }: RunKey) => `T#${tenant}#RUN#${campaignId}#${occurrence}`;
/** The runs of a campaign, by occurrence. */
export const runsOf = (tenant: string, campaignId: string) => `T#${tenant}#RUNS#${campaignId}`;

/** The run in a key of its own partition. */
export function runOfKey({ pk }: Pick<Key, 'pk'>): RunKey {
  const [, , , campaignId = '', occurrence = ''] = pk.split('#');
  return { campaignId, occurrence };
}

const inKey = { fields: ['campaignId', 'occurrence'] as const, read: runOfKey };

/** pk T#<tenant>#RUN#<campaign>#<occurrence>  sk META
 *  gsi3 T#<tenant>#RUNS#<campaign> / <occurrence>              a campaign's runs, keys only */
export const runEntity = defineEntity<Run, RunKey>({
  type: 'run',
  schema: Run,
  names,
  key: (tenant, run) => ({ pk: runPartition(tenant, run), sk: 'META' }),
  gsi3: (tenant, run) => ({ pk: runsOf(tenant, run.campaignId), sk: run.occurrence }),
  fromKey: inKey,
});

/** Same pk, sk PLAN      what the campaign said; written with the run and never again */
export const planEntity = defineEntity<Plan, RunKey>({
  type: 'runPlan',
  schema: Plan,
  // A campaign's own words are kept as they are.
  names: {},
  silent: true,
  whole: true,
  key: (tenant, run) => ({ pk: runPartition(tenant, run), sk: 'PLAN' }),
});

const progressNames = {
  cursor: 'cr',
  examined: 'ex',
  matched: 'ma',
  read: 'rd',
  sealed: 'sl',
  leaseUntil: 'le',
  wakeAt: 'wa',
  perSecond: 'ps',
  aftercare: 'af',
  excused: 'xc',
  resumed: 'rs',
} as const;

const dueId = ({ campaignId, occurrence }: RunKey) => `${campaignId}#${occurrence}`;

/** Same pk, sk PROGRESS
 *  gsi5 S#DUE#<0..15> <lease's end, or when it is looked at>#<tenant>#run#<campaign>#<occurrence>     while the run lives */
export const progressEntity = defineEntity<Progress, RunKey>({
  type: 'runProgress',
  schema: Progress,
  names: progressNames,
  silent: true,
  whole: true,
  key: (tenant, run) => ({ pk: runPartition(tenant, run), sk: 'PROGRESS' }),
  gsi5: (tenant, progress) => {
    const at = progress.leaseUntil ?? progress.wakeAt;
    return at ? dueKey({ at, tenant, kind: due.run, id: dueId(progress) }) : null;
  },
  fromKey: inKey,
});

const shardNames = {
  state: 'st',
  leaseUntil: 'le',
  wakeAt: 'wa',
  released: 'rl',
  claims: 'cm',
  cursor: 'cr',
  passed: 'ps',
  left: 'lf',
  nextAt: 'nx',
  unfinished: 'uf',
} as const;

const tallyNames = {
  counts: 'cn',
  asOf: 'ao',
  lastDueAt: 'ld',
  seen: 'sv',
  total: 'n',
  states: 'ss',
  reasons: 'rs',
  accepted: 'ac',
  bounced: 'bo',
  hardBounced: 'hb',
  opened: 'op',
  clicked: 'cl',
  unsubscribed: 'un',
  billed: 'bl',
} as const;

export type ShardKey = RunKey & { number: number };
const digits = (number: number) => String(number).padStart(2, '0');
const numberedKey = (key: Key): ShardKey => ({ ...runOfKey(key), number: Number(key.sk.slice(-2)) });

/** Same pk, sk SHARD#<ss>
 *  gsi5 S#DUE#<0..15> <lease's end>#<tenant>#shard#<campaign>#<occurrence>#<ss>     while it is worked on */
export const shardEntity = defineEntity<Shard, ShardKey>({
  type: 'runShard',
  schema: Shard,
  names: shardNames,
  silent: true,
  whole: true,
  key: (tenant, shard) => ({ pk: runPartition(tenant, shard), sk: `SHARD#${digits(shard.number)}` }),
  gsi5: (tenant, shard) =>
    shard.leaseUntil ? dueKey({ at: shard.leaseUntil, tenant, kind: due.shard, id: `${dueId(shard)}#${digits(shard.number)}` }) : null,
  fromKey: {
    fields: ['campaignId', 'occurrence', 'number'],
    read: numberedKey,
  },
});

/** Same pk, sk COUNT#<ss>     how many sends of the shard are in which state, as of when; the driver alone writes it */
export const tallyEntity = defineEntity<Tally, ShardKey>({
  type: 'runTally',
  schema: Tally,
  names: tallyNames,
  silent: true,
  whole: true,
  key: (tenant, tally) => ({ pk: runPartition(tenant, tally), sk: `COUNT#${digits(tally.number)}` }),
  fromKey: { fields: ['campaignId', 'occurrence', 'number'], read: numberedKey },
});

/** A run's counts and the run itself stand together: one Query shows it. */
export const countsAndRun = { from: 'COUNT#', to: 'META' };

/** What an entry of the due index is about: a run, or one of its shards. Undefined for what is neither. */
export function dueRun({ kind, id }: Pick<Due, 'kind' | 'id'>): (RunKey & { shard?: number }) | undefined {
  const [campaignId, occurrence, shard] = id.split('#');
  const key = RunKey.safeParse({ campaignId, occurrence });
  if (!key.success || (kind !== due.run && kind !== due.shard)) return undefined;
  return kind === due.shard ? { ...key.data, shard: Number(shard) } : key.data;
}
