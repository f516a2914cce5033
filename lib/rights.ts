import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { QueueName, Right, TableAccess } from './services.ts';

/** What statements name: the table, its indexes one by one, and the rest of the stage. */
export type Targets = {
  tableArn: string;
  bucketArn: string;
  busArn: string;
  userPoolArn: string;
  queueArns: Record<QueueName, string>;
  rootSecretArn: string;
  originSecretArn: string;
  configurationSetArn: string;
  identitiesArn: string;
  schedulesArn: string;
  runRoleArn: string;
  textOrigins: string[];
};

export const indexNames = ['gsi1', 'gsi2', 'gsi3', 'gsi4', 'gsi5'] as const;

const readActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem'];
const writeActions = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'].map((name) => `dynamodb:${name}`);

const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources });

/** What a function may do with the table: explicit actions, never Scan. A transaction needs the actions of its items. */
export function tableStatements(access: TableAccess, { tableArn }: Pick<Targets, 'tableArn'>): PolicyStatement[] {
  if (access === 'none') return [];
  return [
    allow([...readActions, ...(access === 'write' ? writeActions : [])], tableArn),
    allow(['dynamodb:Query'], tableArn, ...indexNames.map((name) => `${tableArn}/index/${name}`)),
  ];
}

const rights: Record<Right, (targets: Targets) => PolicyStatement[]> = {
  putObjects: ({ bucketArn }) => [allow(['s3:PutObject', 's3:PutObjectTagging'], `${bucketArn}/*`)],
  getObjects: ({ bucketArn }) => [allow(['s3:GetObject'], `${bucketArn}/*`)],
  listObjects: ({ bucketArn }) => [allow(['s3:ListBucket'], bucketArn)],
  sendFiles: ({ queueArns }) => [allow(['sqs:SendMessage'], queueArns.files)],
  sendJobs: ({ queueArns }) => [allow(['sqs:SendMessage'], queueArns.jobs)],
  rootSecret: ({ rootSecretArn }) => [allow(['secretsmanager:GetSecretValue'], rootSecretArn)],
  putEvents: ({ busArn }) => [allow(['events:PutEvents'], busArn)],
  manageUsers: ({ userPoolArn }) => [
    allow(
      ['AdminCreateUser', 'AdminGetUser', 'AdminUserGlobalSignOut'].map((name) => `cognito-idp:${name}`),
      userPoolArn,
    ),
  ],
  // A bulk call is judged as the older operation, a raw one as SendRawEmail; GetAccount takes no resource.
  sendMail: (targets) => [
    allow(
      ['SendEmail', 'SendRawEmail', 'SendBulkEmail', 'SendBulkTemplatedEmail'].map((name) => `ses:${name}`),
      targets.identitiesArn,
      targets.configurationSetArn,
    ),
    allow(['ses:GetAccount'], '*'),
  ],
  sendSms: ({ textOrigins }) => [allow(['sms-voice:SendTextMessage'], ...textOrigins)],
  manageSchedules: ({ schedulesArn, runRoleArn }) => [
    allow(
      ['CreateSchedule', 'UpdateSchedule', 'GetSchedule', 'DeleteSchedule'].map((name) => `scheduler:${name}`),
      schedulesArn,
    ),
    allow(['scheduler:ListSchedules'], '*'),
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [runRoleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    }),
  ],
  manageSenders: ({ identitiesArn }) => [
    allow(
      ['CreateEmailIdentity', 'TagResource', 'GetEmailIdentity', 'DeleteEmailIdentity'].map((name) => `ses:${name}`),
      identitiesArn,
    ),
  ],
};

/** The statements of a function's access list. */
export const accessStatements = (access: { table: TableAccess; rights?: readonly Right[] }, targets: Targets): PolicyStatement[] => [
  ...tableStatements(access.table, targets),
  ...(access.rights ?? []).flatMap((right) => rights[right](targets)),
  // Without it S3 answers "access denied" for an object that is not there, and nobody could tell the two apart.
  ...(touchesObjects(access) ? rights.listObjects(targets) : []),
];

/** Every HTTP function checks the origin header and opens cursors and keys; a worker asks for what it needs. */
export const secretStatement = ({ rootSecretArn, originSecretArn }: Targets): PolicyStatement =>
  allow(['secretsmanager:GetSecretValue'], rootSecretArn, originSecretArn);

export const touchesObjects = ({ rights: list = [] }: { rights?: readonly Right[] }) =>
  list.includes('putObjects') || list.includes('getObjects');
export const objectsReason = 'Objects of the one upload bucket; their keys begin with the workspace, which is known only at the request.';
