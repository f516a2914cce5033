import { parseArgs } from 'node:util';
import { type Chance, chanceOf } from '../_util/battery.ts';
import { type CampaignWorld, startCampaignWorld } from './campaign-world.ts';
import { Injector } from './injector.ts';
import type { Kind } from './kinds.ts';
import { type Rule, rules } from './rules.ts';
import { batch, type Setting } from './stories.ts';

/**
 * `npm run test:crash -- --crashes 10000 --seed 1`: campaigns under crashes until so many processes died. The last line is JSON; the exit
 * status is 1 unless nothing was lost and nothing doubled.
 */
/** The world in which processes die. One for a process: its SDK clients keep the endpoints that they were made with. */
export type Stage = { world: CampaignWorld; injector: Injector };
export async function startStage(): Promise<Stage> {
  const world = await startCampaignWorld();
  const injector = new Injector();
  await injector.install();
  return { world, injector };
}

/** Most of the stories are campaigns by mail, which have all that the others have, and more. */
const mixed: readonly Kind[] = ['email', 'sms', 'email', 'call', 'email', 'direct', 'second', 'escalation'];

type Asked = { crashes: number; seed: number; onNote?: (note: string) => void };

/** Batch after batch until so many processes died; every fourth has the policy "retry". */
export async function crashes({ world, injector }: Stage, { crashes: wanted, seed, onNote = () => {} }: Asked) {
  const chance = chanceOf(seed);
  const began = Date.now();
  const before = injector.crashes;
  const died = () => injector.crashes - before;
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
  for (let n = 0; died() < wanted; n++) {
    const mostCrashes = before + wanted;
    const outcome = await batch({
      world,
      injector,
      chance,
      campaigns: 12,
      kinds: mixed,
      crashPercent: 65,
      retry: n % 4 === 3,
      mostCrashes,
    });
    for (const name of Object.keys(total) as (keyof typeof total)[]) total[name] += outcome[name];
    outcome.notes.forEach(onNote);
  }
  return { seed, crashes: died(), ...total, places: injector.places.size, seconds: Math.round((Date.now() - began) / 1_000) };
}

/** With every rule in force, under all that the rules' own settings ask for, nothing may show. */
const strict = { faultsOneIn: 6, sleepOneIn: 4, lateOneIn: 1 };

/** `only`: the rules whose words hold this. */
type Looking = { onRule?: (line: string) => void; only?: string };

/** The rules whose absence the test does not see: there should be none. With all of them in force it must see nothing. */
export async function blindSpots(
  { world, injector }: Stage,
  seed: number,
  { onRule = () => {}, only = '' }: Looking = {},
): Promise<string[]> {
  const chance = chanceOf(seed);
  const unseen: string[] = [];
  for (const retry of [false, true]) {
    // What stays unknown takes a day, and somebody nearly always stands still: it is let end.
    const sound = await batch({ world, injector, chance, ...usual, ...strict, retry, kinds: mixed, mostRounds: 600 });
    if (sound.lost + sound.doubled + sound.unwanted + sound.wrong > 0) unseen.push(`with every rule: ${sound.notes.join(', ')}`);
  }
  for (const { rule, shows, defect, setting } of rules.filter((one) => one.rule.includes(only))) {
    injector.defect = defect;
    const found = await firstFault({ world, injector, chance, ...setting }, shows);
    if (found > 0) onRule(`without "${rule}": ${found} ${shows}`);
    else unseen.push(rule);
  }
  injector.defect = undefined;
  return unseen;
}

const usual = { campaigns: 12, crashPercent: 40, retry: false, mostCrashes: Number.POSITIVE_INFINITY, mostRounds: 120 };

/** Batches until one shows what is looked for; 0 where forty do not: the rarest faults show in one of five. */
async function firstFault(setting: Stage & { chance: Chance } & Partial<Setting>, shows: Rule['shows']): Promise<number> {
  for (let n = 0; n < 40; n++) {
    const outcome = await batch({ ...usual, ...setting });
    if (outcome[shows] > 0) return outcome[shows];
  }
  return 0;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { crashes: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } } });
  const [wanted, seed] = [Number(values.crashes), Number(values.seed)];
  const stage = await startStage();
  const asked = process.env.CRASH_RULES;
  if (asked) {
    const unseen = await blindSpots(stage, seed, { onRule: console.log, only: asked === '1' ? '' : asked });
    for (const rule of unseen) console.error(`not seen: without "${rule}"`);
    await stage.world.stop();
    return unseen.length === 0 ? 0 : 1;
  }
  const total = await crashes(stage, { crashes: wanted, seed, onNote: (note) => console.error(note) });
  await stage.world.stop();
  const { recipients, crashes: died, doubledDeliveries, unresolved, doubledUntold, unwanted, wrong } = total;
  const [lost, doubled] = [total.lost + wrong, total.doubled + unwanted];
  console.log(`${total.invocations} invocations in ${total.seconds} s; processes died at ${total.places} places`);
  console.log(`doubled where the provider's event was lost and the policy is "retry", as it says: ${doubledUntold}`);
  if (unwanted + wrong > 0) console.log(`messages to barred addresses: ${unwanted}; rows that say what is not so: ${wrong}`);
  console.log(JSON.stringify({ seed, recipients, crashes: died, doubledDeliveries, lost, doubled, unresolved }));
  return lost + doubled === 0 ? 0 : 1;
}

if (import.meta.main) process.exit(await main());
