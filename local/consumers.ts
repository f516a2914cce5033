import { setTimeout as pause } from 'node:timers/promises';
import { workers } from '../lib/services.ts';
import { movableNow, setClockOffset } from './clock.ts';
import { dynamoAt } from './dynamo.ts';
import { sweepExpired } from './engine.ts';
import { bundledFunctions, type Functions } from './functions.ts';
import { lockFolder } from './lock.ts';
import { divertFunctionLogs } from './log-file.ts';
import { type Loopback, startLoopback } from './loopback.ts';
import { giveBackMemorySoon } from './memory.ts';
import { openSecrets } from './secret.ts';
import { bucketName, queueSettings, region, tableName, takeEnvironment } from './settings.ts';
import { openStore, type Store, writeSetting } from './store.ts';
import { openStreamFile } from './stream-file.ts';
import { type Consumer, createPump } from './streams.ts';
import { failureKeeper, fireSchedule, followQueues, plantSchedules, streamConsumers } from './workers.ts';

/** What the gateway's process tells the consumers' one at its start. */
export interface ConsumersSettings {
  dataDir: string;
  dist: string;
  origin: string;
  engineUrl: string;
  enginePid?: number;
  /** The engine's file; absent where the table is at a foreign endpoint. */
  engineFile?: string;
  clockOffsetMs: number;
}

export type ToConsumers = { kind: 'clock'; offsetMs: number } | { kind: 'engine'; pid: number };

/** What works in this process, and how it is told to end. */
interface Work {
  tick(): Promise<void>;
  stop(): Promise<void>;
}

/** Functions that tell whether a job is at work: what a queue brings, not what follows from each event. */
function countingWork(functions: Functions): { functions: Functions; isBusy: () => boolean } {
  let running = 0;
  const invoke: Functions['invoke'] = (name, event) => {
    if (workers[name]?.trigger.kind !== 'queue') return functions.invoke(name, event);
    running += 1;
    return functions.invoke(name, event).finally(() => {
      running -= 1;
    });
  };
  return { functions: { ...functions, invoke }, isBusy: () => running > 0 };
}

/**
 * One machine has few cores: while a job runs, whose end a person waits for, what is derived from its rows gets a third of the time.
 * It is caught up no later for that, because the work is the same.
 */
const afterJobs = (consumer: Consumer, isBusy: () => boolean): Consumer => ({
  ...consumer,
  async deliver(event) {
    const began = performance.now();
    const answer = await consumer.deliver(event);
    if (isBusy()) await pause(Math.min(500, 2 * (performance.now() - began)));
    return answer;
  },
});

function startWork(settings: ConsumersSettings, loopback: Loopback, store: Store): Work {
  const functions = bundledFunctions(settings.dist);
  const dynamo = dynamoAt(settings.engineUrl, loopback.secrets, region);
  const file = settings.engineFile ? openStreamFile(settings.engineFile, tableName) : undefined;
  const queued = countingWork(functions);
  const consumers = streamConsumers(functions).map((consumer) => afterJobs(consumer, queued.isBusy));
  const keepFailure = failureKeeper(loopback, bucketName);
  const pump = createPump({ dynamo, table: tableName, store, consumers, region, keepFailure, ...(file && { file }) });
  plantSchedules(loopback);
  pump.start();
  const stopQueues = followQueues(loopback, queued.functions);
  let ticking: Promise<void> | undefined;
  async function onTime(): Promise<void> {
    await loopback.schedules.run((schedule) => fireSchedule(loopback, functions, schedule)).catch(report);
    // A minute late, as DynamoDB is by hours: the stream's consumers may still have to read what has ended.
    if (file) await sweepExpired(dynamo, tableName, { file, now: movableNow() - 60_000 }).catch(report);
    else writeSetting(store, 'lag', JSON.stringify(pump.lag()));
  }
  const tick = () =>
    (ticking ??= onTime()
      .catch(report)
      .finally(() => (ticking = undefined)));
  return { tick, stop: async () => void (await Promise.all([pump.stop(), stopQueues()])) };
}

/**
 * The second process of the local product: everything asynchronous. It may be killed at any moment; its successor goes on from the
 * checkpoints and gives out again what was in work.
 */
async function main(settings: ConsumersSettings): Promise<void> {
  const { dataDir, origin } = settings;
  const lock = lockFolder(dataDir, 'consumers', 10_000);
  if (!lock) throw new Error('Other consumers still work on this data folder.');
  divertFunctionLogs(dataDir);
  const secrets = openSecrets(dataDir);
  const store = openStore(dataDir);
  setClockOffset(settings.clockOffsetMs);
  const places = {
    store,
    dataDir,
    secrets,
    region,
    queues: queueSettings,
    buckets: [bucketName],
    origins: [origin],
    smtp: process.env.SUKI_SMTP,
  };
  const loopback = await startLoopback(places);
  takeEnvironment({ loopback: loopback.url, engine: settings.engineUrl, origin }, secrets);
  const work = startWork(settings, loopback, store);
  const timer = setInterval(work.tick, 1000);
  listen(settings.enginePid, work);
  process.on('SIGTERM', async () => {
    clearInterval(timer);
    setTimeout(() => process.exit(0), 3000).unref();
    await work.stop();
    process.exit(0);
  });
  process.send?.('ready');
  giveBackMemorySoon();
}

function listen(firstEngine: number | undefined, { tick }: Work): void {
  let engine = firstEngine;
  process.on('message', (message: ToConsumers) => {
    if (message.kind === 'engine') engine = message.pid;
    else {
      setClockOffset(message.offsetMs);
      void tick();
    }
  });
  // Without the gateway there is no product: its death, even by kill -9, ends the engine and this process.
  process.on('disconnect', () => {
    if (engine) endQuietly(engine);
    process.exit(0);
  });
  // Ctrl-C reaches the whole group; the gateway then says when to end.
  process.on('SIGINT', () => {});
}

function report(error: unknown): void {
  process.stderr.write(`consumers: ${error instanceof Error ? error.message : error}\n`);
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It had ended already.
  }
}

process.on('uncaughtException', report);
process.on('unhandledRejection', report);
await main(JSON.parse(process.argv[2] ?? '{}') as ConsumersSettings).catch((error: unknown) => {
  report(error);
  process.exit(1);
});
