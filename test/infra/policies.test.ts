import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildFunctions } from '../../bin/build.ts';
import { services, workers } from '../../lib/services.ts';
import { deployedFunctions } from '../_util/deployed-functions.ts';
import { type RecordedCall, readRecords, recordCalls } from '../_util/recorded-calls.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { statementsOf, synthesised } from './synthesised.ts';
import { tour } from './tour.ts';

/**
 * Nothing can be deployed here, so this is the nearest to a proof that no function lacks a right: a tour of the product, each AWS call
 * recorded, compared with the policies of the template. `npm run test:rights` adds what all flow tests record.
 */
const dist = vi.hoisted(() => ({ folder: '' }));
// The bundles instead of the sources: each has caches of its own, so that none profits from a secret that another has fetched.
vi.mock('../../local/functions.ts', async (original) => {
  const actual = await original<typeof import('../../local/functions.ts')>();
  return { ...actual, sourceFunctions: () => deployedFunctions(dist.folder) };
});

let world: World;
let used: RecordedCall[];
let granted: RecordedCall[];

/** Rights that are used without a call of the function's own: Lambda polls, S3 takes the browser's form in its name, the log, the trace. */
const byHand = [
  /^(logs|xray):/,
  /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/,
  /^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes|ChangeMessageVisibility)$/,
];

const kinds: [RegExp, (match: RegExpExecArray) => string][] = [
  [/Table[0-9A-F]{8}.*\/index\/(gsi\d)/, ([, index]) => `table/index/${index}`],
  [/Table[0-9A-F]{8}StreamArn/, () => 'stream'],
  [/Table[0-9A-F]{8}/, () => 'table'],
  [/(Uploads|StreamFailures)[0-9A-F]{8}.*\/\*/, ([, bucket]) => (bucket === 'Uploads' ? 'objects' : 'failures')],
  [/StreamFailures[0-9A-F]{8}/, () => 'failure-bucket'],
  [/Dead[0-9A-F]{8}/, () => 'dead'],
  [/Uploads[0-9A-F]{8}/, () => 'bucket'],
  [/(files|imports|jobs)Queue/, ([, queue]) => `queue/${queue}`],
  [/(Root|Origin)Secret/, ([, secret]) => `secret/${secret!.toLowerCase()}`],
  [/SignInPool/, () => 'pool'],
  [/Bus[0-9A-F]{8}/, () => 'bus'],
  [/identity\/\*/, () => 'identities'],
  [/:sms-voice:.*?:(phone-number|pool|sender-id|configuration-set)\/\*/, ([, kind]) => `text/${kind}`],
  [/:ses:.*configuration-set\//, () => 'configuration-set'],
  [/:scheduler:.*schedule\//, () => 'schedules'],
  [/RunsRole[0-9A-F]{8}/, () => 'run-role'],
  [/^"\*"$/, () => '*'],
];

function kindOf(resource: unknown): string {
  const text = JSON.stringify(resource);
  for (const [pattern, name] of kinds) {
    const match = pattern.exec(text);
    if (match) return name(match);
  }
  return text;
}

const rightsOf = (name: string): RecordedCall[] =>
  statementsOf(synthesisedProd)
    .filter(({ where }) => new RegExp(`/${name}Role[0-9A-F]{8}$`).test(where))
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => ({ function: name, action, resource: kindOf(resource) }))),
    )
    .filter(
      ({ action, resource }) =>
        !byHand.some((pattern) => pattern.test(action)) && !['failures', 'failure-bucket', 'dead'].includes(resource),
    );

let synthesisedProd: ReturnType<typeof synthesised>;
const line = ({ function: of, action, resource }: RecordedCall) => `${of}: ${action} on ${resource}`;

describeWorld('rights', () => {
  beforeAll(async () => {
    synthesisedProd = synthesised('prod');
    granted = [...Object.keys(services), ...Object.keys(workers)].flatMap(rightsOf);
    dist.folder = mkdtempSync(join(tmpdir(), 'suki-dist-'));
    await buildFunctions(dist.folder, 'external');
    world = await startWorld();
    const recorder = recordCalls();
    await tour(world);
    await world.drain({ allowFailures: true });
    recorder.stop();
    const more = process.env.RECORDED_CALLS ? readRecords(process.env.RECORDED_CALLS) : [];
    used = [...recorder.calls(), ...more];
  }, 300_000);
  afterAll(async () => {
    await world?.stop();
    rmSync(dist.folder, { recursive: true, force: true });
  });

  it('are granted for every AWS call that a function made', () => {
    const has = new Set(granted.map(line));
    expect(used.length).toBeGreaterThan(20);
    expect(used.map(line).filter((call) => !has.has(call))).toEqual([]);
  });

  it('never include a scan, and nobody asked for one', () => {
    expect([...used, ...granted].filter(({ action }) => /Scan|PartiQL/.test(action))).toEqual([]);
  });

  it('were used by every function of the list at least once', () => {
    const seen = new Set(used.map((call) => call.function));
    expect([...Object.keys(services), ...Object.keys(workers)].filter((name) => !seen.has(name))).toEqual([]);
  });

  it('that no test used are printed, for a person to ask why they are there', () => {
    const seen = new Set(used.map(line));
    const idle = granted.map(line).filter((right) => !seen.has(right));
    console.log(
      `rights: ${granted.length} granted, ${granted.length - idle.length} used by the tour, ${idle.length} not:\n${idle.map((right) => `  ${right}`).join('\n')}`,
    );
  });
});
