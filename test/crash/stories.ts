import { movableNow } from '../../local/clock.ts';
import type { Chance } from '../_util/battery.ts';
import type { CampaignWorld } from './campaign-world.ts';
import { type Injector, type Invocation, within } from './injector.ts';
import { judge, type Verdict } from './judge.ts';
import { begin, inOf, isOver, isWaiting, type Kind, type Story } from './kinds.ts';
import type { Told } from './workflows.ts';

/**
 * Small campaigns, each in a workspace of its own, sent side by side in virtual time. What is told over bus and topic comes doubled, late, in
 * another order, or not at all; the functions that deal with it die. When nothing is left to do, the judge compares.
 */
export type Setting = {
  world: CampaignWorld;
  injector: Injector;
  chance: Chance;
  /** Campaigns side by side, and of which kinds in turn; by mail where nothing is said. */
  campaigns: number;
  kinds?: readonly Kind[];
  /** Processes die in so many of a hundred invocations. */
  crashPercent: number;
  /** Campaigns whose policy is to send again what stays unknown. */
  retry: boolean;
  /** The sweep does not run: what is forgotten stays so. */
  noSweep?: boolean;
  /** A worker stands still for minutes once in so many invocations. */
  sleepOneIn?: number;
  /** Passing faults, once in so many calls. */
  faultsOneIn?: number;
  /** What the provider tells comes late once in so many times, by fewer than `latest` rounds, of a minute or so each. */
  lateOneIn?: number;
  latest?: number;
  /** Rounds after which whatever is not over is judged as it is. */
  mostRounds?: number;
  /** Nothing crashes after so many in all. */
  mostCrashes: number;
};

export type Outcome = Verdict & { doubledDeliveries: number; invocations: number };

const roundMs = 60_000;

/** Sends one batch of campaigns to their end and judges them. */
export async function batch(setting: Setting): Promise<Outcome> {
  const { chance, retry, kinds = ['email'] } = setting;
  const kindOf = (at: number) => kinds[at % kinds.length] ?? 'email';
  const stories = await Promise.all(Array.from({ length: setting.campaigns }, (_, at) => begin({ chance, retry, kind: kindOf(at), at })));
  const play = new Play(setting, stories);
  await play.toTheEnd();
  const verdicts = stories.map((story) => judge(setting.world, story, { retry: setting.retry }));
  const sum = (name: keyof Verdict) => verdicts.reduce((total, verdict) => total + (verdict[name] as number), 0);
  return {
    recipients: sum('recipients'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    doubledUntold: sum('doubledUntold'),
    unresolved: sum('unresolved'),
    unwanted: sum('unwanted'),
    wrong: sum('wrong'),
    notes: verdicts.flatMap(({ notes }) => notes),
    doubledDeliveries: play.doubledDeliveries,
    invocations: play.invocations,
  };
}

class Play {
  doubledDeliveries = 0;
  invocations = 0;
  readonly #setting: Setting;
  readonly #byTenant: Map<string, Story>;
  /** Told, and not yet delivered: for whom, and in which round. */
  #waiting: { told: Told; round: number; tries: number }[] = [];
  #round = 0;
  #asleep: { wake: () => void; round: number }[] = [];
  #running = new Set<Promise<void>>();

  constructor(setting: Setting, stories: readonly Story[]) {
    this.#setting = setting;
    this.#byTenant = new Map(stories.map((story) => [story.tenant, story]));
    for (const { told = [] } of stories) for (const one of told) this.#tell(one);
  }

  async toTheEnd(): Promise<void> {
    const { world, chance, mostRounds = 600 } = this.#setting;
    for (; this.#round < mostRounds; this.#round++) {
      await this.#turn();
      const open = [...this.#byTenant.values()].filter((story) => !isOver(world, story));
      const isIdle = this.#waiting.length === 0 && this.#running.size === 0;
      if (open.length === 0 && isIdle) return;
      // Where everything waits for words that were lost, only the end of a day's grace brings news.
      const rests = isIdle && this.#round % 3 === 2;
      const waits = rests ? open.map((story) => (isWaiting(world, story) ? 3_600_000 * (4 + chance.below(4)) : inOf(world, story))) : [];
      // And where everything is to go on a later day, that day.
      const rest = waits.every((wait) => wait !== undefined) ? Math.min(...waits, Number.POSITIVE_INFINITY) : 0;
      const step = roundMs / 2 + chance.below(roundMs);
      world.advance(Number.isFinite(rest) ? Math.max(step, rest) : step);
    }
    for (const { wake } of this.#asleep) wake();
    await Promise.all(this.#running);
  }

  /** One sweep, and everything that was told delivered, or held back. */
  async #turn(): Promise<void> {
    const { chance, noSweep } = this.#setting;
    for (const sleeper of this.#asleep.filter(({ round }) => round <= this.#round)) sleeper.wake();
    this.#asleep = this.#asleep.filter(({ round }) => round > this.#round);
    if (!noSweep) await this.#deliver({ worker: 'sweepJobs', event: {} }, 9);
    for (let more = true; more; ) {
      this.#collect();
      for (const { stream } of this.#byTenant.values()) for (const one of (await stream?.(this.#setting.world)) ?? []) this.#tell(one);
      const due = chance.shuffled(this.#waiting.filter(({ round }) => round <= this.#round));
      this.#waiting = this.#waiting.filter(({ round }) => round > this.#round);
      more = due.length > 0;
      const queue = due.values();
      await Promise.all(
        Array.from({ length: 8 }, async () => {
          for (const { told, tries } of queue) await this.#deliver(told, tries);
        }),
      );
    }
  }

  /** Takes what bus and topic hold, and decides what becomes of each message on its way. */
  #collect(): void {
    const { world, chance, lateOneIn = 4, latest = 8 } = this.#setting;
    for (const worker of ['runWork', 'messageWork', 'caseWork', 'providerEvents'] as const)
      for (const message of world.loopback.queues.receive(`on-${worker}`, { atMost: 1_000, all: true })) {
        world.loopback.queues.remove(`on-${worker}`, message.receipt);
        const told: Told =
          worker === 'providerEvents' ? { worker, event: notification(message.body) } : { worker, event: JSON.parse(message.body) };
        // A hint may be lost; of what the provider tells, one word in fifty is.
        if (worker === 'providerEvents' ? chance.oneIn(50) : chance.oneIn(12)) {
          if (worker === 'providerEvents') this.#note(message.body);
          continue;
        }
        const late = () =>
          worker === 'providerEvents' ? (chance.oneIn(lateOneIn) ? chance.below(latest) : 0) : chance.oneIn(4) ? chance.below(3) : 0;
        this.#waiting.push({ told, round: this.#round + late(), tries: 0 });
        if (chance.oneIn(6)) {
          this.doubledDeliveries++;
          this.#waiting.push({ told, round: this.#round + late(), tries: 0 });
        }
      }
  }

  /** What the stream tells comes late, and twice now and then, but it comes. */
  #tell(told: Told): void {
    const { chance } = this.#setting;
    const late = () => this.#round + (chance.oneIn(4) ? chance.below(3) : 0);
    this.#waiting.push({ told, round: late(), tries: 0 });
    if (!chance.oneIn(4)) return;
    this.doubledDeliveries++;
    this.#waiting.push({ told, round: late(), tries: 0 });
  }

  #note(body: string): void {
    const { mail, context } = JSON.parse(body) as { mail?: { tags: Record<string, string[]> }; context?: Record<string, string> };
    const tag = (name: string) => mail?.tags[name]?.[0] ?? context?.[name] ?? '';
    this.#byTenant.get(tag('tenant'))?.untold.add(tag('send'));
  }

  /** Gives a function one event. Where it fails it comes again, twice at most; after that only the sweep helps. */
  async #deliver(told: Told, tries: number): Promise<void> {
    const { world, injector, chance, crashPercent, mostCrashes, sleepOneIn = 25, faultsOneIn = 60 } = this.#setting;
    const dies = injector.crashes < mostCrashes && chance.below(100) < crashPercent;
    const works = told.worker !== 'providerEvents' && told.worker !== 'sweepJobs';
    const sleeps = !dies && works && chance.oneIn(sleepOneIn);
    const invocation: Invocation = {
      chance,
      name: told.worker,
      dieAt: dies ? 1 + chance.below(callsOf[told.worker] ?? 6) : 0,
      after: chance.oneIn(2),
      sleepAt: sleeps ? 1 + chance.below(16) : 0,
      sleep: () => new Promise((wake) => this.#asleep.push({ wake, round: this.#round + 1 + chance.below(6) })),
      faultsOneIn,
      calls: 0,
      dead: false,
    };
    this.invocations++;
    const until = movableNow() + 60_000;
    const work = within(invocation, () => world.invoke(told.worker, told.event, () => until - movableNow())).then(
      () => {},
      () => {
        if (tries < 2 || told.worker === 'ruleWork') this.#waiting.push({ told, round: this.#round + 1, tries: tries + 1 });
        else if (told.worker === 'providerEvents')
          this.#note((told.event as ReturnType<typeof notification>).Records[0]?.Sns.Message ?? '');
      },
    );
    // Who stands still is waited for by nobody.
    if (!sleeps) return work;
    const running: Promise<void> = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
}

/** Among how many of its first calls a function dies. */
const callsOf: Record<string, number> = { runWork: 26, ruleWork: 14 };

const notification = (Message: string) => ({ Records: [{ Sns: { Message, Timestamp: '', MessageId: '', TopicArn: '' } }] });
