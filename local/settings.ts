import { workers } from '../lib/services.ts';
import type { QueueSettings } from './queues.ts';
import type { Secrets } from './secret.ts';

export const region = 'us-east-1';
export const tableName = 'suki';
export const bucketName = 'suki-local';
export const clientId = 'suki-web';
export const configurationSet = 'suki-local';
/** Nobody's domain, by RFC 2606: the workspaces' own senders, and where answers go. */
export const mailDomain = 'mail.suki.example';

/** Where events wait that a rule of the bus or a topic keeps for a function. The cloud keeps them out of sight. */
export const eventQueue = (worker: string) => `on-${worker}`;
/** What functions behind rules could not deal with, of all of them. */
export const deadEvents = 'events-dead';
/** What functions behind topics could not deal with, of all of them. */
export const deadTopics = 'topics-dead';
const workersOf = (kind: 'events' | 'topic') =>
  Object.entries(workers).flatMap(([name, { trigger }]) => (trigger.kind === kind ? [name] : []));
/** A queue out of sight for each function of a kind, and the one of their dead letters. */
const hidden = (kind: 'events' | 'topic', deadLetter: string): Record<string, QueueSettings> => {
  const names = workersOf(kind);
  return {
    ...Object.fromEntries(names.map((name) => [eventQueue(name), { deadLetter, maxReceives: 5, visibilitySeconds: 180 }])),
    ...(names.length > 0 && { [deadLetter]: { maxReceives: 1000, visibilitySeconds: 30 } }),
  };
};

/** The queues of the product by their names in lib/services.ts, as lib/data-stack.ts sets them, and those behind the rules of the bus and the topics. */
export const queueSettings: Record<string, QueueSettings> = {
  ...Object.fromEntries(
    ['files', 'jobs'].flatMap((name) => [
      [name, { deadLetter: `${name}-dead`, maxReceives: 5, visibilitySeconds: 180 }],
      [`${name}-dead`, { maxReceives: 1000, visibilitySeconds: 30 }],
    ]),
  ),
  ...hidden('events', deadEvents),
  ...hidden('topic', deadTopics),
};

export interface Places {
  /** Where the loopback AWS of this process listens. */
  loopback: string;
  /** The table's endpoint. */
  engine: string;
  /** What the browser calls the product. */
  origin: string;
}

/** The services that the SDK calls at the loopback, by the names of its own variables. */
const loopbackServices = [
  'S3',
  'SQS',
  'EVENTBRIDGE',
  'SCHEDULER',
  'SESV2',
  'PINPOINT_SMS_VOICE_V2',
  'SECRETS_MANAGER',
  'COGNITO_IDENTITY_PROVIDER',
  'LAMBDA',
];

/** All that a function is given by its environment in the cloud, for this machine. The endpoints are the only difference. */
export function environmentOf(places: Places, secrets: Secrets): Record<string, string> {
  const queueUrl = (name: string) => `${places.loopback}/000000000000/${name}`;
  return {
    STAGE: 'local',
    TABLE_NAME: tableName,
    ROOT_SECRET_ID: 'suki/local/root',
    ORIGIN_SECRET_ID: 'suki/local/origin',
    BUCKET_NAME: bucketName,
    BUS_NAME: 'suki',
    FILE_QUEUE_URL: queueUrl('files'),
    JOB_QUEUE_URL: queueUrl('jobs'),
    CONFIGURATION_SET: configurationSet,
    MAIL_DOMAIN: mailDomain,
    SMS_ORIGIN: 'SUKI',
    SMS_CONFIGURATION_SET: configurationSet,
    SCHEDULE_GROUP: 'suki',
    BUS_ARN: `arn:aws:events:${region}:000000000000:event-bus/suki`,
    RUN_ROLE_ARN: 'arn:aws:iam::000000000000:role/suki-runs',
    RUN_DEAD_ARN: `arn:aws:sqs:${region}:000000000000:${deadEvents}`,
    ISSUER: `${places.origin}/oidc`,
    CLIENT_ID: clientId,
    USER_POOL_ID: 'local_suki',
    APP_ORIGIN: places.origin,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: secrets.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Somebody's own profile must neither be used nor get in the way.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL_DYNAMODB: places.engine,
    ...Object.fromEntries(loopbackServices.map((service) => [`AWS_ENDPOINT_URL_${service}`, places.loopback])),
  };
}

/** Gives this process that environment; it has to happen before any handler is loaded. */
export function takeEnvironment(places: Places, secrets: Secrets): void {
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL']) delete process.env[name];
  Object.assign(process.env, environmentOf(places, secrets));
  process.env.LOG_LEVEL ??= 'info';
}
