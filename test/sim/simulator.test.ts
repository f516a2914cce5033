import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StreamRecord } from '../../local/stream-record.ts';
import { chanceOf, full, seed, told } from '../_util/battery.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { act, begin, Ledger, type Player } from './acts.ts';
import { brokenInvariants } from './checks.ts';
import { defects, leak } from './defects.ts';
import { type Defect, Faults, faultKinds, within } from './faults.ts';

const mostSeconds = full ? 900 : 8;
const sequencesWanted = full ? 5_000 : Number.POSITIVE_INFINITY;
const abreast = 8;

let world: World;
let faults: Faults;
let readTo: string | undefined;

/** What the stream said since it was asked last, in its order. */
async function newRecords(): Promise<StreamRecord[]> {
  const { dynamo } = world.engine;
  const { Table } = await dynamo.call<{ Table: { LatestStreamArn: string } }>('DescribeTable', { TableName: process.env.TABLE_NAME });
  type Shards = { StreamDescription: { Shards: { ShardId: string }[] } };
  const { StreamDescription } = await dynamo.streams<Shards>('DescribeStream', { StreamArn: Table.LatestStreamArn });
  const place = readTo ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: readTo } : { ShardIteratorType: 'TRIM_HORIZON' };
  const input = { StreamArn: Table.LatestStreamArn, ShardId: StreamDescription.Shards[0]?.ShardId, ...place };
  let { ShardIterator: iterator } = await dynamo.streams<{ ShardIterator?: string }>('GetShardIterator', input);
  const records: StreamRecord[] = [];
  while (iterator) {
    const page = await dynamo.streams<{ Records: StreamRecord[]; NextShardIterator?: string }>('GetRecords', {
      ShardIterator: iterator,
      Limit: 1_000,
    });
    records.push(...page.Records);
    readTo = page.Records.at(-1)?.dynamodb.SequenceNumber ?? readTo;
    iterator = page.Records.length > 0 ? page.NextShardIterator : undefined;
  }
  return records.filter(({ dynamodb: { NewImage, OldImage } }) => NewImage?.e !== undefined || OldImage?.e !== undefined);
}

/** The consumers work through what happened, with faults; then a part of it comes again, in order to its end, as after a lost checkpoint. */
async function deliver({ chance, oneIn }: Pick<Player, 'chance' | 'oneIn'>, records: StreamRecord[]): Promise<number> {
  // Rarer than for requests: what fails ten times over goes to the bucket, and a person has to redrive it.
  await within({ chance, oneIn: oneIn * 3, dead: false, reborn: true }, () => world.drain());
  if (records.length === 0) return 0;
  const again = records.slice(chance.below(records.length));
  await within({ chance, oneIn: 0, dead: false }, async () => {
    for (let at = 0; at < again.length; at += 100) await world.invoke('project', { Records: again.slice(at, at + 100) });
  });
  return again.length;
}

interface Outcome {
  broken: string[];
  acts: number;
  counts: Record<string, number>;
  redelivered: number;
  acknowledged: number;
}

/** Three workspaces, some dozens of acts at once, everything delivered; what does not hold afterwards. */
async function sequence(
  from: number,
  { defect, oneIn = 8, acts = 72 }: { defect?: Defect | 'leak'; oneIn?: number; acts?: number } = {},
): Promise<Outcome> {
  const chance = chanceOf(from);
  const spaces = await Promise.all([1, 2, 3].map(() => world.workspace()));
  const ledger = new Ledger(spaces);
  await begin({ world, ledger });
  await world.drain();
  await newRecords();
  faults.defect = defect === 'leak' ? leak(spaces[0]!.tenant, spaces[1]!.tenant) : defect;
  let redelivered = 0;
  for (let done = 0; done < acts; done += abreast) {
    await Promise.all(
      Array.from({ length: abreast }, (_, at) => act({ world, faults, ledger, chance: chanceOf(from * 1_000 + done + at), oneIn })),
    );
    if (chance.oneIn(3)) redelivered += await deliver({ chance, oneIn }, await newRecords());
    if (chance.oneIn(6)) world.advance('PT1H');
  }
  redelivered += await deliver({ chance, oneIn }, await newRecords());
  await deliver({ chance, oneIn: 0 }, []);
  faults.defect = undefined;
  return {
    broken: brokenInvariants(world, ledger),
    acts,
    counts: ledger.counts,
    redelivered,
    acknowledged: ledger.acknowledged.length,
  };
}

describeWorld('the simulator', () => {
  beforeAll(async () => {
    world = await startWorld();
    faults = new Faults();
    await faults.install();
  });
  afterAll(async () => {
    faults?.remove();
    await world?.stop();
  });

  it('breaks no invariant, whatever fails at the database and comes twice from the stream', {
    timeout: (mostSeconds + 60) * 1_000,
  }, async () => {
    const until = Date.now() + mostSeconds * 1_000;
    const totals: Record<string, number> = {};
    let [sequences, acts, redelivered, acknowledged] = [0, 0, 0, 0];
    for (; sequences < sequencesWanted && Date.now() < until; sequences++) {
      const outcome = await sequence(seed + sequences);
      expect(outcome.broken.slice(0, 10), `sequence with seed ${seed + sequences}`).toEqual([]);
      acts += outcome.acts;
      redelivered += outcome.redelivered;
      acknowledged += outcome.acknowledged;
      for (const [status, count] of Object.entries(outcome.counts)) totals[status] = (totals[status] ?? 0) + count;
    }
    const fired = [...faults.fired.values()].reduce((sum, count) => sum + count, 0);
    const kinds = new Set([...faults.fired.keys()].map((name) => name.slice(name.indexOf(' ') + 1)));
    told('simulator', {
      sequences,
      acts,
      acknowledged,
      redelivered,
      faults: fired,
      kinds: kinds.size,
      ...Object.fromEntries(Object.entries(totals).map(([status, count]) => [`answers ${status}`, count])),
    });
    if (full) console.log(Object.fromEntries([...faults.fired].sort()));
    if (full) expect(kinds).toEqual(new Set(faultKinds));
    expect(fired).toBeGreaterThan(5);
    expect(sequences).toBeGreaterThan(0);
  });

  it('sees each of the defects that it is given', { timeout: 120_000 }, async () => {
    const unseen: string[] = [];
    for (const [name, defect] of [...Object.entries(defects), ['one workspace reads another', 'leak'] as const]) {
      let seen = false;
      for (let attempt = 0; attempt < 10 && !seen; attempt++)
        seen = (await sequence(seed + 7_000_000 + attempt, { defect, oneIn: 0, acts: 40 })).broken.length > 0;
      if (!seen) unseen.push(name);
    }
    told('simulator, seeded defects', { given: Object.keys(defects).length + 1, unseen: unseen.length });
    expect(unseen).toEqual([]);
  });
});
