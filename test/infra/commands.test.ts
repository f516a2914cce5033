import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { elements, signed } from '../../bin/aws-call.ts';
import { idleCost, idleReport } from '../../bin/cost-idle.ts';
import { addressedBy, type Letter, redeliver } from '../../bin/dead-letters.ts';
import { nextSteps } from '../../bin/deploy.ts';
import { examine, report } from '../../bin/doctor.ts';
import { type Asked, sendingFindings } from '../../bin/doctor-sending.ts';
import { filesOf, headersOf, staleAssets } from '../../bin/publish-client.ts';
import { redrive } from '../../bin/redrive.ts';
import { root, stageArguments } from '../../bin/stage-command.ts';
import { type CostLine, total } from '../../lib/idle-cost.ts';
import { contextNames, settingsOf, withStanding } from '../../lib/stages.ts';

/** Runs a command of the project as a person without any AWS credentials would. */
const without = (script: string, ...args: string[]) => {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'bin', script), ...args], {
    cwd: root,
    encoding: 'utf8',
    env,
    input: '',
  });
  return { status, says: stdout + stderr };
};

describe('the words of a command', () => {
  it('take settings as the CDK does, and leave the rest', () => {
    const { settings, context, rest } = stageArguments(['-c', 'stage=ana', '--context=recycle=monday', '--yes']);
    expect(settings).toMatchObject({ stage: 'ana', permanent: false, recycle: 'monday' });
    expect(context).toEqual({ stage: 'ana', recycle: 'monday' });
    expect(rest).toEqual(['--yes']);
  });

  it('come second to what was said, and first before what stands in cdk.json', () => {
    const standing = { prod: { domain: 'crm.example.com', table: 'restored' } };
    expect(withStanding({ stage: 'prod', table: 'other' }, standing)).toEqual({ stage: 'prod', domain: 'crm.example.com', table: 'other' });
    expect(withStanding({ stage: 'ana' }, standing)).toEqual({ stage: 'ana' });
  });

  it('mean dev where no stage is named, and refuse a setting that is none', () => {
    expect(stageArguments([]).settings.stage).toBe('dev');
    expect(() => stageArguments(['-c', 'stag=prod'])).toThrow(/unknown setting/);
  });
});

describe('the doctor', () => {
  it('says without credentials that nothing was checked, and ends with 1', () => {
    const { status, says } = without('doctor.ts', '-c', 'stage=prod');
    expect(status).toBe(1);
    expect(says).toContain('TODO  credentials: there are none');
    expect(says).toContain('Nothing else was checked.');
  });

  it('says what a fresh account lacks for prod, and that a personal stage can be deployed to it', async () => {
    const answers: [RegExp, (body: string) => [number, string]][] = [
      [/^https:\/\/sts\./, () => [200, '<Arn>arn:aws:iam::1:user/ana</Arn>']],
      [/^https:\/\/ssm\.eu-west-1\./, () => [200, JSON.stringify({ Parameter: { Value: '30' } })]],
      [/^https:\/\/ssm\.us-east-1\./, () => [400, JSON.stringify({ __type: 'ParameterNotFound', message: 'no' })]],
      [
        /^https:\/\/lambda\./,
        () => [200, JSON.stringify({ AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } })],
      ],
    ];
    vi.stubGlobal('fetch', async (url: string, { body = '' }: { body?: string }) => {
      const [status, text] = answers.find(([pattern]) => pattern.test(url))![1](body);
      return new Response(text, { status });
    });
    const who = { accessKeyId: 'AK', secretAccessKey: 'SK', region: 'eu-west-1' };
    const todo = (stage: string) =>
      examine(who, settingsOf({ stage })).then((found) => found.filter(({ verdict }) => verdict === 'todo').map(({ about }) => about));
    expect(await todo('ana')).toEqual([]);
    expect((await todo('prod')).sort()).toEqual(['Cognito mail', 'Lambda concurrency', 'bootstrap us-east-1']);
    vi.unstubAllGlobals();
  });

  const asked: Asked = {
    account: async () => ({ inSandbox: true, perDay: 200, perSecond: 1, sends: true }),
    identity: async () => ({ verified: false, signs: false, tokens: ['abc'] }),
    activeRules: async () => 'default',
    smsTier: async () => 'SANDBOX',
  };
  const sendingTodo = async (given: Record<string, string>, answers: Partial<Asked> = {}) => {
    const found = await sendingFindings({ ...asked, ...answers }, settingsOf({ stage: 'prod', ...given }));
    return found.filter(({ verdict }) => verdict === 'todo').map(({ about, says }) => `${about}: ${says}`);
  };

  it('says what is missing before a stage can send: DNS records, the two sandboxes, the set of receipt rules', async () => {
    const todo = await sendingTodo({ domain: 'crm.example.com', receiptRules: 'suki', smsOrigin: 'pool-1' });
    expect(todo.map((line) => line.split(':')[0])).toEqual(['mail domain', 'SES sandbox', 'mail in', 'SMS sandbox']);
    expect(todo[0]).toContain('abc._domainkey.mail.crm.example.com CNAME abc.dkim.amazonses.com');
    expect(todo[2]).toContain('aws ses set-active-receipt-rule-set --rule-set-name suki');
  });

  it('has nothing to say against a stage that can', async () => {
    const fine: Asked = {
      account: async () => ({ inSandbox: false, perDay: 50_000, perSecond: 14, sends: true }),
      identity: async () => ({ verified: true, signs: true, tokens: [] }),
      activeRules: async () => 'suki',
      smsTier: async () => 'PRODUCTION',
    };
    expect(await sendingTodo({ domain: 'crm.example.com', receiptRules: 'suki', smsOrigin: 'pool-1' }, fine)).toEqual([]);
    expect(await sendingTodo({}, {})).toEqual([]);
    expect(await sendingTodo({ receiptRules: 'suki' })).toHaveLength(1);
  });

  it('puts what is to be done last', () => {
    const lines = report([
      { verdict: 'todo', about: 'b', says: 'do it' },
      { verdict: 'ok', about: 'a', says: 'fine' },
    ]);
    expect(lines.split('\n')).toEqual(['  ok    a: fine', '  TODO  b: do it']);
  });

  it('signs its calls as AWS publishes it (get-vanilla)', () => {
    const who = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', region: 'us-east-1' };
    const request = {
      host: 'example.amazonaws.com',
      method: 'GET',
      path: '/',
      body: '',
      service: 'service',
      region: 'us-east-1',
      at: '20150830T123600Z',
      headers: {},
    };
    expect(signed(who, request).authorization).toContain('Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31');
    expect(elements('<a><Arn>one</Arn><Arn>two</Arn></a>', 'Arn')).toEqual(['one', 'two']);
  });
});

describe('deploying', () => {
  it('stops before it builds anything where there are no credentials', () => {
    const { status, says } = without('deploy.ts', '-c', 'stage=ana');
    expect(status).toBe(1);
    expect(says).toMatch(/credentials/);
  });

  it('ends with the address and the command for the first workspace and its admin', () => {
    const says = nextSteps({ stage: 'ana', url: 'https://d1.cloudfront.net', opsFunction: 'suki-ana-ops', region: 'eu-west-1' });
    expect(says).toContain('https://d1.cloudfront.net');
    const payload = JSON.parse(/--payload '(.+)' \/dev\/stdout/.exec(says)![1]!);
    expect(payload).toMatchObject({ do: 'createWorkspace', admin: { email: 'you@example.com' } });
  });

  it('publishes the files of a page before the page, the hashed ones for ever', () => {
    const folder = mkdtempSync(join(tmpdir(), 'suki-client-'));
    for (const name of ['index.html', 'favicon.svg', 'assets/index-1.js', '.vite/manifest.json']) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), '');
    }
    expect(filesOf(folder)).toEqual(['assets/index-1.js', 'favicon.svg', 'index.html']);
    rmSync(folder, { recursive: true });
    expect(headersOf('assets/index-1.js').CacheControl).toContain('immutable');
    expect(headersOf('index.html')).toEqual({ ContentType: 'text/html; charset=utf-8', CacheControl: 'no-cache' });
    expect(headersOf('config.json').CacheControl).toBe('no-cache');
  });

  it('keeps the assets of every release that was live within 30 days', () => {
    const releases = [
      { at: '2026-08-01T00:00:00Z', keys: ['assets/a.js'] },
      { at: '2026-09-01T00:00:00Z', keys: ['assets/b.js'] },
      { at: '2026-11-20T00:00:00Z', keys: ['assets/c.js', 'index.html'] },
    ];
    const present = ['assets/a.js', 'assets/b.js', 'assets/c.js', 'index.html'];
    // b was replaced two days ago: a tab may still have it. a was replaced in September.
    expect(staleAssets(present, releases, Date.parse('2026-11-22T00:00:00Z'))).toEqual(['assets/a.js']);
  });
});

describe('destroying', () => {
  it('and redriving stop where there are no credentials', () => {
    for (const script of ['destroy.ts', 'redrive.ts']) {
      const { status, says } = without(script, '-c', 'stage=ana', '--yes');
      expect(status).toBe(1);
      expect(says).toMatch(/credentials/);
    }
  });

  it('refuses a permanent stage', () => {
    const { status, says } = without('destroy.ts', '-c', 'stage=prod', '--yes');
    expect(status).toBe(1);
    expect(says).toContain('prod is permanent');
  });
});

describe('an idle month', () => {
  const idle: CostLine[][] = [];
  it('costs less than a dollar on a personal stage, its two secrets counted', () => {
    const lines = idleCost(settingsOf({ stage: 'ana' }));
    expect(lines.find(({ what }) => what === 'secrets')).toMatchObject({ count: 2, usd: 0.8 });
    expect(total(lines)).toBeLessThan(1);
    idle.push(lines);
  });

  it('is stated line by line for a permanent stage', () => {
    const settings = settingsOf({ stage: 'prod' });
    const lines = idleCost(settings);
    for (const what of ['secrets', 'alarms', 'web ACL', 'web ACL rules'])
      expect(lines.find((line) => line.what === what)!.usd, what).toBeGreaterThan(0);
    expect(idleReport(settings, lines)).toContain(`$${total(lines).toFixed(2)}`);
    idle.push(lines);
  });

  it('is what docs/costs.md says, line by line', () => {
    const page = readFileSync(join(root, 'docs/costs.md'), 'utf8');
    const [personal = [], permanent = []] = idle;
    const cell = ({ count, usd }: CostLine) => `${count > 0 ? `${count.toLocaleString('en-US')}: ` : ''}$${usd.toFixed(2)}`;
    for (const [at, line] of permanent.entries()) expect(page).toContain(`| ${line.what} | ${cell(personal[at]!)} | ${cell(line)} |`);
    expect(page).toContain(`| **together** | **$${total(personal).toFixed(2)}** | **$${total(permanent).toFixed(2)}** |`);
  });
});

describe('a redrive', () => {
  const failure = (name: string, sequence: number) =>
    JSON.stringify({
      requestContext: { functionArn: `arn:aws:lambda:eu-west-1:1:function:${name}:live` },
      payload: JSON.stringify({ Records: [{ sequence }] }),
    });

  it('gives the oldest failure first to its own consumer, and keeps what fails again', async () => {
    const bucket = new Map([
      ['b/2026-11-22', failure('project', 2)],
      ['a/2026-11-21', failure('publish', 1)],
      ['c/2026-11-23', failure('project', 3)],
    ]);
    const given: unknown[] = [];
    const done = await redrive({
      keys: async () => [...bucket.keys()],
      read: async (key) => bucket.get(key)!,
      remove: async (key) => void bucket.delete(key),
      invoke: async (name, event) => {
        given.push([name.split(':').pop(), event]);
        return { batchItemFailures: given.length === 3 ? [{ itemIdentifier: '3' }] : [] };
      },
    });
    expect(given).toEqual([
      ['publish', { Records: [{ sequence: 1 }] }],
      ['project', { Records: [{ sequence: 2 }] }],
      ['project', { Records: [{ sequence: 3 }] }],
    ]);
    expect(done).toEqual({ taken: 2, left: ['c/2026-11-23'] });
    expect([...bucket.keys()]).toEqual(['c/2026-11-23']);
  });
});

describe('the runbook', () => {
  const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  it('names only commands that there are, with settings that there are', () => {
    const named = [...runbook.matchAll(/npm run ([a-z:]+)(?: -- ([^`\n]*))?/g)];
    expect(named.length).toBeGreaterThan(8);
    for (const [, script, words = ''] of named) {
      expect(Object.keys(scripts), script).toContain(script);
      if (words.includes('-c '))
        expect(() =>
          stageArguments(
            words
              .replace(/<today>/g, 'today')
              .replace(/<VersionId>/, 'a'.repeat(36))
              .split(' '),
          ),
        ).not.toThrow();
    }
  });

  it('has the section that each alarm names', () => {
    const sources = ['lib/watch-stack.ts', 'lib/api-stack.ts', 'lib/constructs/canary.ts']
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    const sections = [...sources.matchAll(/section: '([^']+)'|docs\/runbook\.md, "([A-Z][^"$]+)"/g)].map(([, a, b]) => a ?? b);
    expect(sections.length).toBeGreaterThan(5);
    for (const section of sections) expect(runbook).toContain(`\n## ${section}\n`);
  });

  it('says of every setting what it means', () => {
    for (const name of contextNames) expect(runbook).toContain(`| \`${name}\` |`);
  });

  it('says that nothing of it has been run on AWS', () => {
    expect(runbook).toContain('Nothing here has been run on AWS yet.');
  });
});

describe('dead letters', () => {
  const arn = 'arn:aws:lambda:eu-west-1:1:function:suki';
  const letter = (body: unknown, attributes: Record<string, string> = {}) => ({ body: JSON.stringify(body), attributes });

  it('say whom they were for, whichever hand put them there', () => {
    const failed = letter({ requestContext: { functionArn: `${arn}:live`, condition: 'RetriesExhausted' }, requestPayload: { a: 1 } });
    expect(addressedBy(failed)).toEqual({ functionArn: arn, event: { a: 1 } });
    const told = letter({ 'detail-type': 'due.run', detail: {} }, { RULE_ARN: 'arn:aws:events:x:1:rule/r', TARGET_ARN: `${arn}:live` });
    expect(addressedBy(told)).toEqual({ functionArn: arn, event: { 'detail-type': 'due.run', detail: {} } });
    const notified = letter({ Type: 'Notification', TopicArn: 'arn:aws:sns:x:1:t', Message: '{}' });
    expect(addressedBy(notified)).toMatchObject({ topicArn: 'arn:aws:sns:x:1:t', event: { Records: [{ Sns: { Message: '{}' } }] } });
    for (const none of [letter('text'), letter(null), { body: '{', attributes: {} }]) expect(addressedBy(none)).toBeUndefined();
  });

  it('are given out again; what fails or has no address stays', async () => {
    const batches: Letter[][] = [
      [
        { ...letter({ requestContext: { functionArn: arn }, requestPayload: 1 }), receipt: 'a' },
        { ...letter({ Type: 'Notification', TopicArn: 't', Message: 'm' }), receipt: 'b' },
      ],
      [
        { ...letter({ requestContext: { functionArn: `${arn}-broken` }, requestPayload: 2 }), receipt: 'c' },
        { ...letter({ nobody: true }), receipt: 'd' },
      ],
    ];
    const removed: string[] = [];
    const invoked: string[] = [];
    const sum = await redeliver({
      receive: async () => batches.shift() ?? [],
      listeners: async () => ['listener'],
      invoke: async (name) => {
        invoked.push(name);
        if (name.endsWith('broken')) throw new Error('still broken');
      },
      remove: async (receipt) => void removed.push(receipt),
    });
    expect([sum, removed, invoked]).toEqual([{ taken: 2, left: 2 }, ['a', 'b'], [arn, 'listener', `${arn}-broken`]]);
  });
});
