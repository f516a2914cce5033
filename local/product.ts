import { rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultService, workers } from '../lib/services.ts';
import type { Builds } from './builds.ts';
import { type ClientFiles, createClientFiles } from './client-files.ts';
import { advanceClock, clockOffset, movableNow, restoreClock } from './clock.ts';
import { type ConsumersProcess, startConsumers } from './consumers-process.ts';
import { createControl } from './control.ts';
import { languages } from './demo/people.ts';
import { createDesk } from './desk.ts';
import { openDoor } from './door.ts';
import type { Engine } from './engine.ts';
import { beginFirstStart, endFirstStart } from './first-start.ts';
import { bundledFunctions, type Functions } from './functions.ts';
import { createGateway, type GatewayOptions } from './gateway.ts';
import { createIdentity, type IdentityHandler } from './identity.ts';
import { lockFolder } from './lock.ts';
import { divertFunctionLogs } from './log-file.ts';
import { closed, type Loopback, startLoopback } from './loopback.ts';
import type { Report } from './mail-events.ts';
import { type Arriving, addressOf, answerTo, takeMail } from './mail-in.ts';
import type { SentMail } from './mailbox.ts';
import { giveBackMemorySoon } from './memory.ts';
import type { TextReport } from './phones.ts';
import { openSecrets, type Secrets } from './secret.ts';
import { type Seeded, seedWorkspaces } from './seed.ts';
import { bucketName, clientId, queueSettings, region, tableName, takeEnvironment } from './settings.ts';
import { openStore, readSetting, type Store, writeSetting } from './store.ts';
import { retellStory } from './story.ts';
import { openStreamFile } from './stream-file.ts';
import { lagOf } from './streams.ts';
import { CannotStart, openTable, type TablePlace } from './table-place.ts';
import { tenantBy } from './tenant.ts';
import { consumerNames } from './workers.ts';

export { CannotStart };

export interface ProductOptions {
  root: string;
  dataDir: string;
  port: { port: number; exact: boolean };
  builds: Builds;
  /** Whether the desk offers to tell the demo anew. */
  demo: boolean;
}

/** The running product, as the desk and the demo data see it. */
export interface Product {
  readonly origin: string;
  readonly dataDir: string;
  readonly store: Store;
  readonly secrets: Secrets;
  readonly loopback: Loopback;
  readonly functions: Functions;
  readonly seeded: Seeded;
  readonly consumers: ConsumersProcess;
  /** Records behind, per consumer. */
  lag(): Record<string, number>;
  /** Moves the product's clock in every process by an ISO 8601 duration; gives the offset in milliseconds. */
  advance(duration: string): number;
  /** Settles when the web client is built. */
  readonly clientBuilt: Promise<void>;
  stop(): Promise<void>;
}

/** What has to be undone at the end, the newest first. */
type Undo = (() => unknown)[];

/** Starts everything on one data folder and settles when it is ready for requests. Throws CannotStart with a sentence for the person. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const undo: Undo = [];
  async function stop(): Promise<void> {
    for (const step of undo.splice(0).reverse()) await step();
  }
  try {
    const ground = await openGround(options, undo);
    return await startOn(ground, options, { undo, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Ground {
  secrets: Secrets;
  store: Store;
  table: TablePlace;
  server: Server;
  loopback: Loopback;
  origin: string;
  /** Filled in while the product starts, and read by what is there already. */
  running: { consumers?: ConsumersProcess; gateway?: GatewayOptions };
}

/** The data folder, locked; the table, the other services and the door, which answers 503 for now. */
async function openGround({ dataDir, port: wished }: ProductOptions, undo: Undo): Promise<Ground> {
  const lock = lockFolder(dataDir, 'suki', 1500);
  if (!lock) throw new CannotStart(`Suki already runs on ${dataDir}: stop it first, or choose another folder with SUKI_DATA.`);
  undo.push(lock.release);
  forgetLocalJson(dataDir);
  beginFirstStart(dataDir);
  divertFunctionLogs(dataDir);
  const secrets = openSecrets(dataDir);
  const store = openStore(dataDir);
  undo.push(() => store.close());
  restoreClock(store);

  const running: Ground['running'] = {};
  const restarted = ({ pid }: Engine) => running.consumers?.tell({ kind: 'engine', pid });
  const table = await openTable({ dataDir, credentials: secrets, endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB, restarted });
  undo.push(table.stop);
  const server = createGateway(() => running.gateway);
  const port = await openDoor(server, wished);
  const origin = `http://127.0.0.1:${port}`;
  const origins = [origin, origin.replace('127.0.0.1', 'localhost')];
  const places = {
    store,
    dataDir,
    secrets,
    region,
    queues: queueSettings,
    buckets: [bucketName],
    origins,
    port: port + 1,
    smtp: process.env.SUKI_SMTP,
  };
  const loopback = await startLoopback(places);
  undo.push(loopback.close);
  takeEnvironment({ loopback: loopback.url, engine: table.url, origin }, secrets);
  return { secrets, store, table, server, loopback, origin, running };
}

async function startOn(ground: Ground, options: ProductOptions, { undo, stop }: { undo: Undo; stop(): Promise<void> }): Promise<Product> {
  const { dataDir, root, builds, demo } = options;
  const { secrets, store, table, loopback, origin, running } = ground;
  const functions = bundledFunctions(join(root, 'dist'));
  // What needs no function yet is done while they are built: the first start makes the provider's keys here.
  const identity = await openIdentity(ground, dataDir, functions);
  await builds.functions;
  const consumers = startConsumers(() => consumersSettings({ dataDir, root, origin, table }));
  running.consumers = consumers;
  undo.push(consumers.stop, () => closed(ground.server, 1500));
  const seeded = await seedWorkspaces({ dataDir, functions, people: loopback.people, originSecret: secrets.origin });
  endFirstStart(dataDir);
  await consumers.ready;

  const lag = lagReader(store, table);
  const clientFiles = createClientFiles(join(root, 'dist/web'), [loopback.url]);
  const clientBuilt = builds.client.then(() => clientFiles.load());
  clientBuilt.catch(() => {});
  const advance = (duration: string) => {
    const offsetMs = advanceClock(store, duration);
    consumers.tell({ kind: 'clock', offsetMs });
    return offsetMs;
  };
  const product: Product = { origin, dataDir, store, secrets, loopback, functions, seeded, consumers, lag, advance, clientBuilt, stop };
  running.gateway = gatewayOptions(product, { clientFiles, identity, demo });
  await Promise.all([functions.warm([defaultService]), withPatience(clientBuilt)]);
  writeLocalJson(product);
  undo.push(() => forgetLocalJson(dataDir));
  void functions.warm(firstScreen).then(giveBackMemorySoon);
  return product;
}

/** What the first screen asks; every other function is loaded by its first request, as on Lambda, and an idle product stays small. */
const firstScreen = ['admin', 'today', 'customers', 'notifications'];

/** The API does not wait for a slow build of the pages: they say so meanwhile, and open by themselves. In ms from the process's start. */
const patienceMs = 3800;

function withPatience(work: Promise<void>): Promise<unknown> {
  return Promise.race([work.catch(() => {}), pause(Math.max(0, patienceMs - performance.now()), undefined, { ref: false })]);
}

function consumersSettings({ dataDir, root, origin, table }: { dataDir: string; root: string; origin: string; table: TablePlace }) {
  const engine = table.engine();
  return {
    dataDir,
    dist: join(root, 'dist'),
    origin,
    engineUrl: table.url,
    clockOffsetMs: clockOffset(),
    ...(engine && { enginePid: engine.pid, engineFile: engine.file }),
  };
}

function lagReader(store: Store, table: TablePlace): () => Record<string, number> {
  const engine = table.engine();
  if (!engine) return () => JSON.parse(readSetting(store, 'lag') ?? '{}');
  const file = openStreamFile(engine.file, tableName);
  return () => lagOf(store, { file, table: tableName, consumers: consumerNames });
}

function openIdentity({ origin, loopback }: Ground, dataDir: string, functions: Functions): Promise<IdentityHandler> {
  const redirectUris = [`${origin}/auth/callback`];
  const tenantOf = tenantBy(functions, workers);
  return createIdentity({ issuer: `${origin}/oidc`, people: loopback.people, dataDir, clientId, redirectUris, tenantOf });
}

interface Parts {
  clientFiles: ClientFiles;
  identity: IdentityHandler;
  demo: boolean;
}

function gatewayOptions(product: Product, { clientFiles, identity, demo }: Parts): GatewayOptions {
  const { origin, functions, loopback, dataDir, seeded, lag, advance } = product;
  const { mailbox, phones, queues, sending, identities } = loopback;
  const arrive = (mail: Arriving) => takeMail(loopback, mail);
  const control = createControl({ mailbox, phones, sending, identities, arrive, lag, advance, clockOffset });
  const refresh = demo && { refresh: () => retellStory(product) };
  const clock = { lag, now: movableNow, clockOffset, advance };
  const desk = createDesk({ dataDir, ...seeded, mailbox, phones, identities, queues, ...clock, ...deskActs(product), ...refresh });
  return {
    origin,
    originSecret: product.secrets.origin,
    functions,
    clientFiles,
    config: { authority: `${origin}/oidc`, clientId, languages, local: true },
    identity,
    local: async (req, res, path) => (await control(req, res, path)) || desk(req, res),
  };
}

/** What the desk does in the name of readers, their providers, and of fate. */
function deskActs({ loopback, consumers, store }: Product) {
  const { mailbox, phones, identities } = loopback;
  const kills = () => Number(readSetting(store, 'kills') ?? 0);
  return {
    report: (messageId: string, report: Report) => void mailbox.report(messageId, report),
    reportText(messageId: string, type: TextReport | 'stop') {
      if (type !== 'stop') phones.report(messageId, type);
      else phones.optOut(phones.find(messageId)?.to ?? '');
    },
    async reply(mail: SentMail, text: string) {
      const from = mail.to[0] ?? '';
      await takeMail(loopback, { from, to: [addressOf(mail.replyTo[0] ?? mail.from)], raw: await answerTo(mail, { from, text }) });
    },
    verify: identities.verify,
    sender: {
      kills,
      kill() {
        if (consumers.kill() !== undefined) writeSetting(store, 'kills', String(kills() + 1));
      },
    },
  };
}

const forgetLocalJson = (dataDir: string) => rmSync(join(dataDir, 'local.json'), { force: true });

/** What scripts and tests need to talk to the product; it holds keys, so it is its owner's alone. */
function writeLocalJson({ dataDir, origin, seeded }: Product): void {
  const text = `${JSON.stringify({ baseUrl: origin, ...seeded }, null, 2)}\n`;
  writeFileSync(join(dataDir, 'local.json'), text, { mode: 0o600 });
}
