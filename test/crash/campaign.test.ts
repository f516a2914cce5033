import { afterAll, beforeAll, expect, it } from 'vitest';
import { full, seed, told } from '../_util/battery.ts';
import { describeWorld } from '../_util/world.ts';
import { blindSpots, crashes, type Stage, startStage } from './crash.ts';

/** More by hand: `npm run test:crash -- --crashes 10000 --seed 1`. */
const wanted = full ? 3_000 : 500;
const withRules = full || process.env.CRASH_RULES === '1';

describeWorld(`campaigns whose functions die ${wanted} times`, { timeout: withRules ? 3_600_000 : 240_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage?.world.stop());

  it('lose no recipient and send nobody a second message, whatever is doubled, late or lost on the way', async () => {
    const notes: string[] = [];
    const {
      places,
      recipients,
      crashes: died,
      lost,
      doubled,
      unwanted,
      wrong,
      unresolved,
      doubledDeliveries,
    } = await crashes(stage, {
      crashes: wanted,
      seed,
      onNote: (note) => notes.push(note),
    });
    told('campaigns under crashes', { recipients, crashes: died, places, doubledDeliveries, unresolved });
    expect(died).toBeGreaterThanOrEqual(wanted);
    expect({ lost, doubled, unwanted, wrong, notes }).toEqual({ lost: 0, doubled: 0, unwanted: 0, wrong: 0, notes: [] });
  });

  it.runIf(withRules)('would show it if any rule of the design were broken', async () => {
    expect(await blindSpots(stage, seed, { onRule: console.log })).toEqual([]);
  });
});
