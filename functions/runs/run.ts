import * as z from 'zod';
import { MemberId } from '../customers/customer.ts';
import { CrmError } from '../kernel/errors.ts';
import { idFrom } from '../kernel/ids.ts';
import { idOf, Money, StoredInstant } from '../kernel/values.ts';

/** The run: one execution of a campaign at one occurrence. Schema and state machine; pure. */
export const RunId = idOf('run');
const CampaignId = idOf('cmp');
/** The scheduled time in UTC, or a wave of an earlier run. */
export const Occurrence = z.string().regex(/^(\d{8}T\d{4}Z|wave-[1-9]\d?)$/, 'an occurrence such as 20261201T0100Z or wave-1');

export const RunKey = z.strictObject({ campaignId: CampaignId, occurrence: Occurrence });
export type RunKey = z.output<typeof RunKey>;

export const runStates = [
  'scheduled',
  'snapshotting',
  'sealed',
  'waiting_approval',
  'running',
  'paused',
  'draining',
  'completed',
  'missed',
  'cancelled',
] as const;
export const RunState = z.enum(runStates);
export type RunState = z.output<typeof RunState>;

/** Why a run stands still: by a member, or by a guard. */
export const pauseReasons = ['person', 'budget', 'errors', 'bounces', 'complaints', 'provider', 'quota'] as const;
export const PauseReason = z.enum(pauseReasons);
export type PauseReason = z.output<typeof PauseReason>;

const next: Record<RunState, readonly RunState[]> = {
  scheduled: ['snapshotting', 'missed', 'cancelled'],
  snapshotting: ['sealed', 'cancelled'],
  sealed: ['waiting_approval', 'running', 'cancelled'],
  waiting_approval: ['running', 'cancelled'],
  running: ['paused', 'draining', 'cancelled'],
  paused: ['running', 'cancelled'],
  draining: ['running', 'completed', 'cancelled'],
  // Where a message is sent again by hand.
  completed: ['draining'],
  missed: [],
  cancelled: [],
};

const count = z.int().nonnegative();

export const Run = z
  .strictObject({
    id: RunId,
    campaignId: CampaignId,
    occurrence: Occurrence,
    state: RunState,
    pausedFor: PauseReason.nullable().default(null),
    /** When it is to begin. */
    scheduledAt: StoredInstant,
    /** Customers join it one by one, until then. */
    openUntil: StoredInstant.nullable().default(null),
    /** Parts of its sends, a power of two; fixed before the first send is made. */
    shards: z.int().min(1).max(64).default(1),
    /** Of the campaign, as it was when the run began. */
    campaignVersion: z.int().positive(),
    /** What one message costs, or one part of a text message. */
    unitPrice: Money,
    /** In how many parts one of its text messages is planned to go; 1 for every other channel. */
    billedEach: z.int().min(1).default(1),
    /** Who may not approve it: they wrote it. */
    authors: z.array(MemberId).max(50).default([]),
    approvedBy: MemberId.nullable().default(null),
    /** Why it could not be read whom it goes to. */
    problem: z.string().max(60).nullable().default(null),
    /** Whom the snapshot found. */
    recipients: count.nullable().default(null),
    startedAt: StoredInstant.nullable().default(null),
    sealedAt: StoredInstant.nullable().default(null),
    endedAt: StoredInstant.nullable().default(null),
    createdAt: StoredInstant,
    updatedAt: StoredInstant,
    version: z.int().positive(),
  })
  .meta({ id: 'RunRow' });
export type Run = z.output<typeof Run>;

export const runIdOf = (tenant: string, { campaignId, occurrence }: RunKey) => idFrom('run', tenant, campaignId, occurrence);
export const keyOf = ({ campaignId, occurrence }: Run): RunKey => ({ campaignId, occurrence });

/** `<campaign>-<occurrence>`, as tags and page addresses spell a run; undefined for what is none. */
export function runPart(text: string): RunKey | undefined {
  const at = text.indexOf('-');
  const key = RunKey.safeParse({ campaignId: text.slice(0, at), occurrence: text.slice(at + 1) });
  return key.success ? key.data : undefined;
}

/** The occurrence of a time in milliseconds: its minute in UTC. */
export const occurrenceAt = (time: number) => `${new Date(time).toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}Z`;

export const finalStates: readonly RunState[] = ['completed', 'missed', 'cancelled'];

/** The run in another state. Throws `wrong_state` where no such step is possible. */
export function moved(run: Run, state: RunState, now: number): Run {
  if (!next[run.state].includes(state)) throw new CrmError('wrong_state', { from: run.state, to: state });
  const at = new Date(now).toISOString();
  return {
    ...run,
    state,
    pausedFor: null,
    ...(state === 'snapshotting' && { startedAt: at }),
    ...(state === 'sealed' && { sealedAt: at }),
    endedAt: finalStates.includes(state) ? at : null,
  };
}

/** Stands still from the next chunk on, for a reason that is shown. */
export const paused = (run: Run, reason: PauseReason, now: number): Run => ({ ...moved(run, 'paused', now), pausedFor: reason });

/** Said yes to, by somebody who did not write it. */
export function approved(run: Run, by: string, now: number): Run {
  if (run.authors.includes(by)) throw new CrmError('own_approval');
  return { ...moved(run, 'running', now), approvedBy: by };
}

/** Whoever was to join an open run before its end has done so after this, in milliseconds. */
const joiningMs = 100_000;
/** Until when somebody may still come into an open run, in milliseconds; null for one whose audience was read. */
export const joinsUntil = ({ openUntil }: Pick<Run, 'openUntil'>): number | null =>
  openUntil === null ? null : Date.parse(openUntil) + joiningMs;

/** Whether its time is over before it began. */
export const isMissed = (run: Run, maxLatenessMinutes: number, now: number) =>
  run.state === 'scheduled' && now > Date.parse(run.scheduledAt) + maxLatenessMinutes * 60_000;

/** One shard per 2,000 recipients, 64 at most, a power of two. */
export function shardsFor(recipients: number): number {
  let shards = 1;
  while (shards < 64 && shards * 2_000 < recipients) shards *= 2;
  return shards;
}

/** Shards of a run that customers join one by one. */
export const joinedShards = 4;

/** The shard of a hash in base64url. */
export const shardOf = (hash: string, shards: number) => Buffer.from(hash.slice(0, 4), 'base64url').readUInt16BE(0) % shards;
