import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { agentIn } from '../functions/agent.ts';
import type { Campaign } from '../functions/campaigns/campaign.ts';
import { pauseRun, resumeRun } from '../functions/runs/moves.ts';
import { runView } from '../functions/runs/run.store.ts';
import type { RunKey } from '../functions/runs/run.ts';
import { movableNow } from '../local/clock.ts';
import { campaignIn, peopleIn, runOf } from '../test/_util/campaign.ts';
import { seedWorkspace } from '../test/_util/seed.ts';
import { type CampaignWorld, startCampaignWorld } from '../test/crash/campaign-world.ts';

/**
 * `npm run bench:campaign`: a campaign to 100,000 from its start to completed, claims with caps, provider events and counters included, after
 * one to 1,000, in virtual time: the provider takes what comes, and a minute of the product's clock passes every ten seconds. Meanwhile another
 * workspace sends to 10, and the run is paused once. Prints each figure beside its floor; exit status 1 where one is missed. `--recipients`,
 * `--first`.
 */
const { values } = parseArgs({
  options: { recipients: { type: 'string', default: '100000' }, first: { type: 'string', default: '1000' } },
});
const [many, few] = [Number(values.recipients), Number(values.first)];
const floors = { perSecond: 200, ratio: 0.85, levelSeconds: 2, memory: 1.25, pausedMessages: 400, othersSeconds: 10 };
/**
 * Runs' workers and those of the provider's events at work at once. Two cores are shared here, where a stage gives every function its own: more
 * senders would only leave their events to be read after the last message.
 */
const abreast = { runWork: 3, providerEvents: 32 } as const;

type Sent = { key: RunKey; tenant: string; campaign: Campaign };

class Bench {
  readonly #world: CampaignWorld;
  #over = false;
  #accepted = 0;
  readonly #busy = new Map<string, number>();
  readonly memory: number[] = [];

  constructor(world: CampaignWorld) {
    this.#world = world;
    const { mailbox } = world.loopback;
    const keep = mailbox.keep.bind(mailbox);
    mailbox.keep = (mail) => {
      this.#accepted++;
      return keep(mail);
    };
  }

  /** Works on whatever bus and topic hold, with a sweep every ten seconds, until it is told to stop. */
  async work(): Promise<void> {
    const ticking = setInterval(() => {
      this.#world.advance(60_000);
      void this.#world.invoke('sweepJobs', {}, () => 60_000);
    }, 10_000);
    const sampling = setInterval(() => this.memory.push(process.memoryUsage().rss / 2 ** 20), 1_000);
    while (!this.#over) if (this.#give() === 0) await new Promise((resolve) => setTimeout(resolve, 3));
    clearInterval(ticking);
    clearInterval(sampling);
  }

  /** Gives every free worker a message; how many were given. */
  #give(): number {
    const { queues } = this.#world.loopback;
    let given = 0;
    for (const [name, most] of Object.entries(abreast)) {
      const free = most - (this.#busy.get(name) ?? 0);
      for (const message of free > 0 ? queues.receive(`on-${name}`, { atMost: free }) : []) {
        given++;
        this.#busy.set(name, (this.#busy.get(name) ?? 0) + 1);
        const until = Date.now() + 60_000;
        const event = name === 'runWork' ? JSON.parse(message.body) : { Records: [{ Sns: { Message: message.body } }] };
        void this.#world
          .invoke(name, event, () => until - Date.now())
          .catch((error: unknown) => console.error(name, error))
          .finally(() => {
            queues.remove(`on-${name}`, message.receipt);
            this.#busy.set(name, (this.#busy.get(name) ?? 1) - 1);
          });
      }
    }
    return given;
  }

  stop(): void {
    this.#over = true;
  }

  /** Whether nothing is told and nobody is at work. */
  get isQuiet(): boolean {
    const { queues } = this.#world.loopback;
    return Object.keys(abreast).every((name) => {
      const { waiting, delayed } = queues.depth(`on-${name}`);
      return !this.#busy.get(name) && waiting + delayed === 0;
    });
  }

  async begin(recipients: number, name: string): Promise<Sent> {
    const { tenant } = await seedWorkspace({ timeZone: 'UTC' });
    const place = { tenant, now: movableNow() };
    await peopleIn(place, recipients, { addressOf: (n) => `${name}${n}@people.example` });
    const campaign = await campaignIn(place, name, { maxLatenessMinutes: 10_080 });
    return { tenant, campaign, key: await runOf(place, campaign) };
  }

  async view({ tenant, key }: Sent) {
    const agent = await agentIn(tenant, { now: movableNow(), requestId: 'bench' });
    if (!agent) throw new Error('the workspace is gone');
    return runView(agent, key);
  }

  async agent({ tenant }: Sent) {
    const agent = await agentIn(tenant, { now: movableNow(), requestId: 'bench' });
    if (!agent) throw new Error('the workspace is gone');
    return agent;
  }

  /** How many mails the provider accepted so far. */
  accepted(): number {
    return this.#accepted;
  }

  async until(what: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** One campaign from its start to completed: messages a second, and how long after its last message all counts are level. */
  async run(
    recipients: number,
    meanwhile?: (sent: Sent, from: number) => Promise<void>,
  ): Promise<{ perSecond: number; levelSeconds: number }> {
    const before = this.accepted();
    const sent = await this.begin(recipients, `b${recipients}x`);
    const began = Date.now();
    const aside = meanwhile?.(sent, before);
    await this.until(() => this.accepted() - before >= recipients);
    const last = Date.now();
    await aside;
    await this.until(async () => this.isQuiet && (await this.view(sent)).state === 'completed');
    // The next look counts what the provider told last.
    this.#world.advance(60_000);
    await this.#world.invoke('sweepJobs', {}, () => 60_000);
    await this.until(async () => this.isQuiet && (await this.view(sent)).counts.delivered >= recipients);
    return { perSecond: (recipients * 1_000) / (last - began), levelSeconds: (Date.now() - last) / 1_000 };
  }
}

const missed: string[] = [];
function report(name: string, value: number, floor: { least?: number; most?: number }): void {
  const isMissed = (floor.least !== undefined && value < floor.least) || (floor.most !== undefined && value > floor.most);
  if (isMissed) missed.push(name);
  const bound = floor.least !== undefined ? `at least ${floor.least}` : `at most ${floor.most}`;
  console.log(`${name.padEnd(64)} ${value.toFixed(2).padStart(10)}   ${bound}${isMissed ? '   MISSED' : ''}`);
}

/** The engine is the one child of this process: its memory in MiB, and its CPU time in ms. */
function engineUse(): { memory: number; cpu: number } {
  const [pid] = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ').slice(11, 13).map(Number);
  return { memory, cpu: ((user ?? 0) + (system ?? 0)) * 10 };
}

const world = await startCampaignWorld();
const bench = new Bench(world);
const working = bench.work();
const small = await bench.run(few);
bench.memory.length = 0;
let others = 0;
let afterPause = 0;
const large = await bench.run(many, async (sent, from) => {
  const through = (share: number) => bench.until(() => bench.accepted() - from >= many * share);
  await through(0.3);
  const other = await bench.begin(10, 'others');
  const began = Date.now();
  await bench.until(async () => (await bench.view(other)).state === 'completed');
  others = (Date.now() - began) / 1_000;
  await through(0.6);
  await pauseRun(await bench.agent(sent), sent.key);
  const atPause = bench.accepted();
  await bench.until(() => bench.isQuiet);
  afterPause = bench.accepted() - atPause;
  await resumeRun(await bench.agent(sent), sent.key);
});
const engine = engineUse();
bench.stop();
await working;
await world.stop();

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const { memory } = bench;
report(`messages a second, of ${many}`, large.perSecond, { least: floors.perSecond });
report(`the same against ${few}`, large.perSecond / small.perSecond, { least: floors.ratio });
report('seconds after the last message until every count is level', large.levelSeconds, { most: floors.levelSeconds });
report('messages that still went after a pause', afterPause, { most: floors.pausedMessages });
report('seconds for 10 of another workspace meanwhile', others, { most: floors.othersSeconds });
report(
  'memory, last quarter against first half',
  median(memory.slice(-Math.ceil(memory.length / 4))) / median(memory.slice(0, Math.ceil(memory.length / 2))),
  {
    most: floors.memory,
  },
);
const { user, system } = process.cpuUsage();
const each = (ms: number) => `${(ms / (many + few)).toFixed(2)} ms a recipient`;
console.log(
  `CPU of the functions, loopback included: ${each((user + system) / 1_000)}; of the engine: ${each(engine.cpu)}; ${engine.memory.toFixed(0)} MiB`,
);
process.exit(missed.length === 0 ? 0 : 1);
