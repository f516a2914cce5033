import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerBus, type Bus, createBus } from './bus.ts';
import { AwsError, BodyTooLarge, readBody, sendJson, splitTarget } from './http.ts';
import { createIdentities } from './identities.ts';
import { answerMail, type Mail } from './mail.ts';
import { createSending } from './mail-quota.ts';
import { createMailbox } from './mailbox.ts';
import { answerObjects, type Buckets, createBuckets } from './objects.ts';
import { answerCognito, openPeople, type People } from './people.ts';
import { answerPhones, createPhones, type Phones } from './phones.ts';
import { answerSqs, createQueues, type QueueSettings, type Queues } from './queues.ts';
import { answerScheduler, createSchedules, type Schedules } from './scheduler.ts';
import { answerSecrets, type Secrets } from './secret.ts';
import { smtpRelay } from './smtp.ts';
import type { Store } from './store.ts';
import { createTopics, type Topics } from './topics.ts';

/** The AWS services beside the table, on this machine: their state, and a server that speaks their wire protocols. */
export interface Loopback extends Mail {
  readonly queues: Queues;
  readonly bus: Bus;
  readonly schedules: Schedules;
  readonly topics: Topics;
  readonly phones: Phones;
  readonly buckets: Buckets;
  readonly people: People;
  readonly secrets: Secrets;
  readonly url: string;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  store: Store;
  dataDir: string;
  secrets: Secrets;
  region: string;
  queues: Record<string, QueueSettings>;
  buckets: string[];
  /** Origins that may upload and download files from a browser. */
  origins: string[];
  /** An SMTP server that gets every mail too. */
  smtp?: string | undefined;
  /** Taken when free, else any port is; 0 for any. */
  port?: number;
}

type State = Omit<Loopback, 'url' | 'close'>;

/** Starts the loopback on 127.0.0.1. Two processes may each run one on the same store. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { store, secrets } = options;
  const queues = createQueues(store, options.queues);
  const topics = createTopics(queues);
  const mailbox = createMailbox(store, topics, options.smtp ? smtpRelay(options.smtp) : undefined);
  const state: State = {
    secrets,
    queues,
    bus: createBus(store, { queues }),
    schedules: createSchedules(store),
    topics,
    phones: createPhones(store, topics),
    mailbox,
    identities: createIdentities(store),
    sending: createSending(store, mailbox),
    buckets: createBuckets(store, options),
    people: openPeople(store),
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    answer(state, options, { req, res }).catch((error: unknown) => sendError(res, error));
  });
  const port = await listen(server, options.port ?? 0);
  return { ...state, url: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

/** Listens on the wished port of 127.0.0.1, or on any where that one is taken. */
export function listen(server: Server, wished: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const retry = (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' && wished > 0 ? resolve(listen(server, 0)) : reject(error);
    server.once('error', retry);
    server.listen(wished, '127.0.0.1', () => {
      server.off('error', retry);
      resolve((server.address() as { port: number }).port);
    });
  });
}

/** Stops listening, lets requests that are being answered end for so many milliseconds, and then closes every connection. */
export function closed(server: Server, patienceMs = 0): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), patienceMs).unref();
  });
}

const largestCall = 8 * 1024 * 1024;

async function answer(state: State, options: LoopbackOptions, { req, res }: { req: IncomingMessage; res: ServerResponse }): Promise<void> {
  const { path, query } = splitTarget(req.url ?? '/');
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(req.headers.host ?? '')) throw new AwsError('AccessDenied', 'This host is not served.', 403);
  const bucket = path.split('/')[1] ?? '';
  if (options.buckets.includes(bucket)) return answerObjects(state.buckets, { req, res, path, query });
  const key = /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(req.headers.authorization ?? '')?.[1];
  if (key !== state.secrets.accessKeyId)
    throw new AwsError('UnrecognizedClientException', 'The access key is not one of this machine.', 403);
  const body = (await readBody(req, largestCall)).toString('utf8');
  const input = body === '' ? {} : JSON.parse(body);
  res.setHeader('x-amzn-requestid', randomUUID());
  const [service, operation = ''] = String(req.headers['x-amz-target'] ?? '').split('.');
  const request = { method: req.method ?? 'GET', path, query: new URLSearchParams(query), input };
  const baseUrl = `http://${req.headers.host}`;
  if (service === 'AmazonSQS') return sendJson(res, 200, answerSqs(state.queues, { operation, input, baseUrl, region: options.region }));
  if (service === 'AWSEvents') return sendJson(res, 200, answerBus(state.bus, operation, input));
  if (service === 'secretsmanager') return sendJson(res, 200, answerSecrets(state.secrets, operation, input));
  if (service === 'AWSCognitoIdentityProviderService') return sendJson(res, 200, answerCognito(state.people, operation, input));
  if (service === 'PinpointSMSVoiceV2') return sendJson(res, 200, answerPhones(state.phones, operation, input));
  if (path.startsWith('/schedule')) return sendJson(res, 200, answerScheduler(state.schedules, request, options.region));
  if (path.startsWith('/v2/email/')) return sendJson(res, 200, answerMail(state, request));
  throw new AwsError('UnknownOperationException', 'The loopback does not know this call.', 404);
}

function sendError(res: ServerResponse, error: unknown): void {
  if (res.headersSent) return void res.destroy();
  const known =
    error instanceof AwsError
      ? error
      : error instanceof BodyTooLarge
        ? new AwsError('RequestEntityTooLargeException', 'The call is too large.', 413)
        : new AwsError(
            error instanceof SyntaxError ? 'SerializationException' : 'InternalFailure',
            String(error),
            error instanceof SyntaxError ? 400 : 500,
          );
  sendJson(
    res,
    known.status,
    { __type: known.code, message: known.message, Message: known.message, ...known.fields },
    { 'x-amzn-errortype': known.code },
  );
}
