import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { join } from 'node:path';
import { runningFunction } from '../../local/functions.ts';

/**
 * One right that a function used: its name in `lib/services.ts`, the IAM action, and the kind of resource: `table`, `table/index/gsi1`,
 * `objects`, `bucket`, `queue/imports`, `secret/root`, `bus`, `pool`. A record file is a JSON array of these, sorted, without repetition.
 */
export type RecordedCall = { function: string; action: string; resource: string };

const name = ({ function: of, action, resource }: RecordedCall) => `${of} ${action} ${resource}`;

/** The same calls once each, sorted. */
export const distinct = (calls: readonly RecordedCall[]): RecordedCall[] =>
  [...new Map(calls.map((call) => [name(call), call])).entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, call]) => call);

/** The rights that a record file or a folder of them tells of. */
export const readRecords = (folder: string): RecordedCall[] =>
  distinct(readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedCall[]));

export const writeRecord = (folder: string, file: string, calls: readonly RecordedCall[]): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), `${JSON.stringify(distinct(calls), null, 1)}\n`);
};

type Used = Omit<RecordedCall, 'function'>;
// biome-ignore lint/suspicious/noExplicitAny: the body of any AWS call
type Body = any;

const itemAction: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** A transaction needs the rights of its items; a query on an index names the index. */
function dynamo(operation: string, body: Body): Used[] {
  if (operation.startsWith('Transact'))
    return body.TransactItems.flatMap((item: object) =>
      Object.keys(item).map((kind) => ({ action: `dynamodb:${itemAction[kind]}`, resource: 'table' })),
    );
  return [{ action: `dynamodb:${operation}`, resource: body.IndexName ? `table/index/${body.IndexName}` : 'table' }];
}

const sqs = (operation: string, { QueueUrl = '' }: Body): Used[] => [
  { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: `queue/${QueueUrl.split('/').pop()}` },
];

/** JSON protocols name their operation in a header. */
function byTarget(target: string, body: Body): Used[] {
  const [service = '', operation = ''] = target.split('.');
  if (service.startsWith('DynamoDB_')) return dynamo(operation, body);
  if (service === 'AmazonSQS') return sqs(operation, body);
  if (service === 'AWSEvents') return [{ action: `events:${operation}`, resource: 'bus' }];
  if (service === 'secretsmanager')
    return [{ action: `secretsmanager:${operation}`, resource: `secret/${String(body.SecretId).split('/').pop()}` }];
  if (service.startsWith('AWSCognitoIdentityProvider')) return [{ action: `cognito-idp:${operation}`, resource: 'pool' }];
  if (service === 'PinpointSMSVoiceV2')
    return ['phone-number', 'pool', 'sender-id', 'configuration-set'].map((kind) => ({
      action: `sms-voice:${operation}`,
      resource: `text/${kind}`,
    }));
  return [{ action: `${service}:${operation}`, resource: 'unknown' }];
}

/** A raw mail needs a right of its own; a bulk call is judged as the older operation is. */
function ses(method: string, pathname: string, body: Body): Used[] {
  const [, , , collection = '', name] = pathname.split('/');
  if (collection === 'account') return [{ action: 'ses:GetAccount', resource: '*' }];
  if (collection === 'identities') {
    const verb = { GET: 'Get', POST: 'Create', DELETE: 'Delete' }[method];
    const tag = !name && body.Tags?.length ? [{ action: 'ses:TagResource', resource: 'identities' }] : [];
    return [{ action: `ses:${verb}EmailIdentity`, resource: 'identities' }, ...tag];
  }
  const actions =
    collection === 'outbound-bulk-emails'
      ? ['SendBulkEmail', 'SendBulkTemplatedEmail']
      : [body.Content?.Raw ? 'SendRawEmail' : 'SendEmail'];
  const resources = ['identities', ...(body.ConfigurationSetName ? ['configuration-set'] : [])];
  return actions.flatMap((action) => resources.map((resource) => ({ action: `ses:${action}`, resource })));
}

/** Whoever makes a schedule hands its role over. */
function scheduler(method: string, pathname: string): Used[] {
  const name = pathname.split('/')[2];
  if (!name) return [{ action: 'scheduler:ListSchedules', resource: '*' }];
  const verb = { GET: 'Get', POST: 'Create', PUT: 'Update', DELETE: 'Delete' }[method];
  const passed = method === 'POST' || method === 'PUT' ? [{ action: 'iam:PassRole', resource: 'run-role' }] : [];
  return [{ action: `scheduler:${verb}Schedule`, resource: 'schedules' }, ...passed];
}

/** S3, Scheduler and SES name it by method and path. */
function byPath(service: string, { method, path }: { method: string; path: string }, body: () => Body): Used[] {
  const { pathname, searchParams } = new URL(path, 'http://aws');
  if (service === 'ses') return ses(method, pathname, body());
  if (service === 'scheduler') return scheduler(method, pathname);
  if (service !== 's3') return [{ action: `${service}:${method} ${pathname.split('/')[1]}`, resource: 'unknown' }];
  const key = pathname.split('/').slice(2).join('/');
  const tagging = searchParams.has('tagging') ? 'Tagging' : '';
  if (!key)
    return [
      method === 'POST' && searchParams.has('delete')
        ? { action: 's3:DeleteObject', resource: 'objects' }
        : { action: 's3:ListBucket', resource: 'bucket' },
    ];
  if (method === 'DELETE' && searchParams.has('uploadId')) return [{ action: 's3:AbortMultipartUpload', resource: 'objects' }];
  const verb = { GET: 'Get', HEAD: 'Get', PUT: 'Put', POST: 'Put', DELETE: 'Delete' }[method] ?? method;
  return [{ action: `s3:${verb}Object${tagging}`, resource: 'objects' }];
}

/** What the service is called, out of a signature's scope; undefined for a request that is no AWS call. */
const serviceOf = (authorization: unknown) =>
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(String(authorization ?? ''))?.[1];

function usedBy(request: ClientRequest, body: string): Used[] {
  const service = serviceOf(request.getHeader('authorization'));
  if (!service) return [];
  const target = request.getHeader('x-amz-target');
  return target ? byTarget(String(target), JSON.parse(body || '{}')) : byPath(service, request, () => JSON.parse(body || '{}'));
}

/**
 * Notes from now on each AWS call that a function makes, at the HTTP layer, whichever client it uses. What runs outside a function (the
 * local pump, a test's own set-up) is not noted.
 */
export function recordCalls(): { calls: () => RecordedCall[]; stop: () => void } {
  const noted: RecordedCall[] = [];
  const created = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    const running = runningFunction();
    if (!running) return;
    const chunks: Buffer[] = [];
    const keep = (chunk: unknown) => void (chunk && typeof chunk !== 'function' && chunks.push(Buffer.from(chunk as string)));
    const [write, end] = [request.write, request.end];
    request.write = function (this: ClientRequest, ...args: unknown[]) {
      keep(args[0]);
      return (write as (...given: unknown[]) => boolean).apply(this, args);
    } as typeof write;
    request.end = function (this: ClientRequest, ...args: unknown[]) {
      keep(args[0]);
      for (const used of usedBy(request, Buffer.concat(chunks).toString('utf8'))) noted.push({ function: running, ...used });
      return (end as (...given: unknown[]) => ClientRequest).apply(this, args);
    } as typeof end;
  };
  subscribe('http.client.request.created', created);
  return { calls: () => distinct(noted), stop: () => void unsubscribe('http.client.request.created', created) };
}
