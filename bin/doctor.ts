import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { Settings } from '../lib/stages.ts';
import { resourceTotals } from '../lib/totals.ts';
import { AwsCallError, callAws, elements, type Identity, identity } from './aws-call.ts';
import { asking, sendingFindings } from './doctor-sending.ts';
import { orSay, stageArguments } from './stage-command.ts';

/** What a check found: fine, to be done before deploying, or good to know. */
export type Finding = { verdict: 'ok' | 'todo' | 'note'; about: string; says: string };

const ok = (about: string, says: string): Finding => ({ verdict: 'ok', about, says });
const todo = (about: string, says: string): Finding => ({ verdict: 'todo', about, says });
const note = (about: string, says: string): Finding => ({ verdict: 'note', about, says });
const codeOf = (error: unknown) => (error instanceof AwsCallError ? error.code : error instanceof Error ? error.name : String(error));

/** Whether the CDK's own bucket and roles are there. */
async function bootstrap(who: Identity, region: string): Promise<Finding> {
  try {
    const answer = await callAws(who, {
      service: 'ssm',
      region,
      target: 'AmazonSSM.GetParameter',
      body: { Name: '/cdk-bootstrap/hnb659fds/version' },
    });
    return ok(`bootstrap ${region}`, `version ${JSON.parse(answer).Parameter.Value}`);
  } catch (error) {
    if (codeOf(error) !== 'ParameterNotFound')
      return todo(`bootstrap ${region}`, `cannot be read (${codeOf(error)}): the operator needs ssm:GetParameter`);
    return todo(`bootstrap ${region}`, `not bootstrapped: npx cdk bootstrap aws://<account>/${region}`);
  }
}

/** Whether the account's concurrency carries what the stage reserves; 100 must stay unreserved. */
async function concurrency(who: Identity, settings: Settings): Promise<Finding> {
  const answer = JSON.parse(await callAws(who, { service: 'lambda', method: 'GET', path: '/2016-08-19/account-settings/' }));
  const { ConcurrentExecutions: limit, UnreservedConcurrentExecutions: free } = answer.AccountLimit;
  const wanted = resourceTotals(settings).reservedConcurrency;
  if (wanted === 0)
    return ok(
      'Lambda concurrency',
      `${limit} in the account; a personal stage reserves none${limit <= 10 ? ' (10 is little: expect throttles under load)' : ''}`,
    );
  if (free - wanted >= 100) return ok('Lambda concurrency', `${free} of ${limit} free, the stage reserves ${wanted}`);
  return todo(
    'Lambda concurrency',
    `the stage reserves ${wanted}, and 100 must stay free, but ${free} of ${limit} are: ask for ${wanted + 100 + limit - free} in Service Quotas (Lambda, "Concurrent executions"). Of a stage that is deployed already, its own share is counted twice here`,
  );
}

/** Cognito's own mail is for trying out; a stage with people sends from an address of its own. */
async function mail(settings: Settings, region: string): Promise<Finding[]> {
  const { mailFrom, permanent } = settings;
  if (!mailFrom)
    return [
      permanent
        ? todo(
            'Cognito mail',
            'sent by Cognito itself, 50 a day for the account: verify a domain in SES and give -c mailFrom=hello@your.domain',
          )
        : ok('Cognito mail', 'sent by Cognito itself, 50 a day'),
    ];
  const client = new SESv2Client({ region });
  const domain = mailFrom.split('@')[1]!;
  const account = await client.send(new GetAccountCommand({}));
  const sandbox = account.ProductionAccessEnabled
    ? ok('SES sandbox', `out of it, ${account.SendQuota?.Max24HourSend} mails a day, ${account.SendQuota?.MaxSendRate} a second`)
    : todo('SES sandbox', 'still in it: only verified addresses get mail. Ask for production access in the SES console');
  try {
    const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
    const verified = found.VerifiedForSendingStatus
      ? ok('SES identity', `${domain} is verified`)
      : todo('SES identity', `${domain} waits for its DNS records`);
    const tokens = found.DkimAttributes?.Tokens ?? [];
    const records = tokens.map((token) => `${token}._domainkey.${domain} CNAME ${token}.dkim.amazonses.com`).join('; ');
    const dkim =
      found.DkimAttributes?.Status === 'SUCCESS'
        ? ok('DKIM', 'signs')
        : todo('DKIM', `${found.DkimAttributes?.Status}: set ${records || 'DKIM up in the SES console'}`);
    return [sandbox, verified, dkim];
  } catch (error) {
    if (codeOf(error) !== 'NotFoundException') throw error;
    return [
      sandbox,
      todo(
        'SES identity',
        `${domain} is not there: aws sesv2 create-email-identity --email-identity ${domain} --region ${region}, then set the records it shows`,
      ),
    ];
  }
}

async function certificate(who: Identity, { domain, stage }: Settings): Promise<Finding[]> {
  if (!domain) return [];
  const answer = JSON.parse(
    await callAws(who, {
      service: 'acm',
      region: 'us-east-1',
      target: 'CertificateManager.ListCertificates',
      body: { CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'] },
    }),
  );
  const found = answer.CertificateSummaryList?.find((summary: { DomainName: string }) => summary.DomainName === domain);
  if (found?.Status === 'ISSUED') return [ok('certificate', `${domain} is issued`)];
  return [
    note(
      'certificate',
      `${domain} is ${found ? 'waiting for its DNS record' : 'not asked for yet'}: the first deployment of ${stage} waits until you set the record that the ACM console (us-east-1) shows`,
    ),
  ];
}

const refused = (about: string) => (error: unknown) => [todo(about, `could not be checked (${codeOf(error)})`)];

/** All that is checked of a stage in an account. */
export async function examine(who: Identity, settings: Settings): Promise<Finding[]> {
  const regions = settings.permanent ? [...new Set([who.region, 'us-east-1'])] : [who.region];
  const caller = await callAws(who, { service: 'sts', query: { Action: 'GetCallerIdentity', Version: '2011-06-15' } });
  const found = await Promise.all([
    ...regions.map(async (region) => [await bootstrap(who, region)]),
    concurrency(who, settings).then((finding) => [finding], refused('Lambda concurrency')),
    mail(settings, who.region).catch(refused('mail')),
    certificate(who, settings).catch(refused('certificate')),
    sendingFindings(asking(who), settings).catch(refused('sending')),
  ]);
  return [ok('credentials', `${elements(caller, 'Arn')[0]} in ${who.region}`), ...found.flat()];
}

/** The findings as lines, what is to be done last. */
export const report = (findings: Finding[]): string => {
  const mark = { ok: '  ok  ', note: '  note', todo: '  TODO' };
  const order = ['ok', 'note', 'todo'];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return sorted.map(({ verdict, about, says }) => `${mark[verdict]}  ${about}: ${says}`).join('\n');
};

async function main(): Promise<void> {
  const { settings } = stageArguments(process.argv.slice(2));
  console.log(`Stage ${settings.stage}, ${settings.permanent ? 'permanent' : 'personal'}`);
  const who = await identity(settings.region).catch((error) => {
    throw new Error(
      `  TODO  credentials: there are none (${codeOf(error)}: ${(error as Error).message}). Sign in with \`aws sso login\`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID, and AWS_REGION. Nothing else was checked.`,
    );
  });
  const findings = await examine(who, settings).catch((error) => [
    todo('credentials', `AWS does not take them, or cannot be reached (${codeOf(error)}). Nothing else was checked.`),
  ]);
  console.log(report(findings));
  if (findings.some(({ verdict }) => verdict === 'todo')) process.exitCode = 1;
}

if (import.meta.main) await orSay(main);
