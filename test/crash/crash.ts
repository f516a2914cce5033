import { parseArgs } from 'node:util';
import { chanceOf } from '../_util/battery.ts';
import { startCampaignWorld } from './campaign-world.ts';
import { Injector } from './injector.ts';
import { rules } from './rules.ts';
import { batch, type Outcome } from './stories.ts';

/**
 * `npm run test:crash -- --crashes 10000 --seed 1`: campaigns under crashes until so many processes died. The last line is JSON; the exit
 * status is 1 unless nothing was lost and nothing doubled.
 */
export type Total = Omit<Outcome, 'invocations' | 'notes'> & { seed: number; crashes: number };

type Asked = { crashes: number; seed: number; onNote?: (note: string) => void };

/** Batch after batch until so many processes died; every fourth has the policy "retry". */
export async function crashes({
  crashes: wanted,
  seed,
  onNote = () => {},
}: Asked): Promise<Total & { places: number; seconds: number; invocations: number }> {
  const world = await startCampaignWorld();
  const injector = new Injector();
  await injector.install();
  const chance = chanceOf(seed);
  const began = Date.now();
  const total = {
    recipients: 0,
    lost: 0,
    doubled: 0,
    doubledUntold: 0,
    unresolved: 0,
    unwanted: 0,
    wrong: 0,
    doubledDeliveries: 0,
    invocations: 0,
  };
  for (let n = 0; injector.crashes < wanted; n++) {
    const outcome = await batch({ world, injector, chance, campaigns: 12, crashPercent: 65, retry: n % 4 === 3, mostCrashes: wanted });
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += outcome[name];
    outcome.notes.forEach(onNote);
  }
  await world.stop();
  return { seed, crashes: injector.crashes, ...total, places: injector.places.size, seconds: Math.round((Date.now() - began) / 1_000) };
}

/** Which rules the test does not miss when they are switched off, one after the other: it should be none of them. */
export async function blindSpots(seed: number, onRule: (line: string) => void = () => {}): Promise<string[]> {
  const world = await startCampaignWorld();
  const injector = new Injector();
  await injector.install();
  const chance = chanceOf(seed);
  const unseen: string[] = [];
  for (const { rule, defect, setting } of rules) {
    injector.defect = defect;
    let found = 0;
    for (let n = 0; found === 0 && n < 12; n++) {
      const usual = {
        world,
        injector,
        chance,
        campaigns: 12,
        crashPercent: 40,
        retry: false,
        mostCrashes: Number.POSITIVE_INFINITY,
        mostRounds: 60,
      };
      const { lost, doubled, unwanted, wrong } = await batch({ ...usual, ...setting });
      found = lost + doubled + unwanted + wrong;
      if (found > 0) onRule(`without "${rule}": ${lost + wrong} lost, ${doubled + unwanted} doubled`);
    }
    if (found === 0) unseen.push(rule);
  }
  await world.stop();
  return unseen;
}

if (import.meta.main && process.env.CRASH_RULES === '1') {
  const unseen = await blindSpots(1, console.log);
  for (const rule of unseen) console.error(`not found: without "${rule}"`);
  process.exit(unseen.length === 0 ? 0 : 1);
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { crashes: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } });
  const [wanted, seed] = [Number(values.crashes), Number(values.seed)];
  const {
    recipients,
    crashes: died,
    doubledDeliveries,
    lost,
    doubled,
    doubledUntold,
    unresolved,
    unwanted,
    wrong,
    places,
    seconds,
    invocations,
  } = await crashes({ crashes: wanted, seed, onNote: (note) => console.error(note) });
  console.log(
    `${invocations} invocations in ${seconds} s; died at ${places} places; doubled where the provider's event was lost and the policy is "retry": ${doubledUntold}`,
  );
  if (unwanted + wrong > 0) console.log(`messages to barred addresses: ${unwanted}; rows that say what is not so: ${wrong}`);
  console.log(
    JSON.stringify({ seed, recipients, crashes: died, doubledDeliveries, lost: lost + wrong, doubled: doubled + unwanted, unresolved }),
  );
  process.exit(lost + wrong + doubled + unwanted === 0 ? 0 : 1);
}
