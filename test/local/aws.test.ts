import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetAccountCommand, SESv2Client, SendBulkEmailCommand, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setClockOffset } from '../../local/clock.ts';
import { startOnlyLoopback } from '../_util/loopback.ts';

let aws: Awaited<ReturnType<typeof startOnlyLoopback>>;
beforeAll(async () => {
  aws = await startOnlyLoopback();
});
afterAll(() => aws.stop());

const queue = (name: string) => `${aws.url}/000000000000/${name}`;

describe('queues, called by the SDK', () => {
  it('hands out what was sent and forgets what was deleted', async () => {
    const sqs = new SQSClient();
    const QueueUrl = queue('jobs');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"job":"ñ"}', MessageGroupId: 'tenant-a' }));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages?.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId, Attributes?.ApproximateReceiveCount])).toEqual([
      ['{"job":"ñ"}', 'tenant-a', '1'],
    ]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('delivers a delayed message only when the product clock is there', async () => {
    const sqs = new SQSClient();
    const QueueUrl = queue('jobs');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 600 }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    setClockOffset(601_000);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.[0]?.Body).toBe('later');
    aws.queues.remove('jobs', Messages?.[0]?.ReceiptHandle ?? '');
    setClockOffset(0);
  });

  it('moves a message that failed too often to the dead-letter queue, and back on redrive', async () => {
    aws.queues.send('files', { body: 'poison' });
    for (let tries = 0; tries < 6; tries++) aws.queues.receive('files', { atMost: 10, all: true });
    expect([aws.queues.depth('files').waiting, aws.queues.depth('files-dead').waiting]).toEqual([0, 1]);
    expect(aws.queues.redrive('files')).toBe(1);
    expect(aws.queues.receive('files', { atMost: 10 })[0]?.body).toBe('poison');
  });

  it('refuses one entry of a batch alone, and a queue that does not exist', async () => {
    const sqs = new SQSClient();
    const Entries = [
      { Id: 'a', MessageBody: 'x' },
      { Id: 'b', MessageBody: 'y'.repeat(1_048_577) },
    ];
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue('jobs'), Entries }));
    expect([answer.Successful?.map(({ Id }) => Id), answer.Failed?.map(({ Id }) => Id)]).toEqual([['a'], ['b']]);
    await expect(sqs.send(new SendMessageCommand({ QueueUrl: queue('none'), MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});

describe('the bus, the secrets and the people, called by the SDK', () => {
  it('keeps events and refuses a detail that is no JSON', async () => {
    const bus = new EventBridgeClient();
    const Entries = [
      { Source: 'suki', DetailType: 'customer.created', Detail: '{"id":"cus_1"}', EventBusName: 'suki' },
      { Source: 'suki', DetailType: 'broken', Detail: 'no', EventBusName: 'suki' },
    ];
    const answer = await bus.send(new PutEventsCommand({ Entries }));
    expect([answer.FailedEntryCount, answer.Entries?.[1]?.ErrorCode]).toEqual([1, 'MalformedDetail']);
    expect(aws.bus.journal(1)[0]).toMatchObject({ 'detail-type': 'customer.created', detail: { id: 'cus_1' } });
  });

  it('answers the two secrets and no other', async () => {
    const client = new SecretsManagerClient();
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: 'suki/local/root' }));
    expect(SecretString).toBe(aws.secrets.root);
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('turns away a caller without this machine’s access key', async () => {
    const credentials = { accessKeyId: 'someone', secretAccessKey: 'else' };
    const client = new SecretsManagerClient({ credentials });
    await expect(client.send(new GetSecretValueCommand({ SecretId: 'suki/local/root' }))).rejects.toThrow(/access key/);
  });

  it('disables a person for the sign-in too', async () => {
    const client = new CognitoIdentityProviderClient();
    const UserPoolId = 'local_suki';
    const UserAttributes = [
      { Name: 'email', Value: 'Ana@batis.example' },
      { Name: 'name', Value: 'Ana' },
    ];
    const { User } = await client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'Ana@batis.example', UserAttributes }));
    await client.send(new AdminDisableUserCommand({ UserPoolId, Username: User?.Username }));
    expect(aws.people.byEmail('ana@batis.example')).toMatchObject({ sub: User?.Username, name: 'Ana', enabled: false });
    expect(await client.send(new AdminGetUserCommand({ UserPoolId, Username: 'ana@batis.example' }))).toMatchObject({ Enabled: false });
    await expect(client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'ana@batis.example' }))).rejects.toMatchObject({
      name: 'UsernameExistsException',
    });
  });
});

describe('the scheduler, called by the SDK', () => {
  const Target = { Arn: 'arn:aws:sqs:us-east-1:000000000000:jobs', RoleArn: 'arn:aws:iam::000000000000:role/r', Input: '{"run":1}' };
  const FlexibleTimeWindow = { Mode: 'OFF' } as const;

  it('creates, reads, changes, lists and deletes a schedule', async () => {
    const client = new SchedulerClient();
    const input = { Name: 'run-1', ScheduleExpression: 'at(2999-01-01T09:00:00)', FlexibleTimeWindow, Target };
    await client.send(new CreateScheduleCommand(input));
    await expect(client.send(new CreateScheduleCommand(input))).rejects.toMatchObject({ name: 'ConflictException' });
    await client.send(new UpdateScheduleCommand({ ...input, ScheduleExpression: 'rate(5 minutes)' }));
    expect(await client.send(new GetScheduleCommand({ Name: 'run-1' }))).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      GroupName: 'default',
    });
    expect((await client.send(new ListSchedulesCommand({ NamePrefix: 'run-' }))).Schedules?.map(({ Name }) => Name)).toEqual(['run-1']);
    await client.send(new DeleteScheduleCommand({ Name: 'run-1' }));
    await expect(client.send(new GetScheduleCommand({ Name: 'run-1' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('fires a one-time schedule once when the clock jumps over it, and then deletes it', async () => {
    const at = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19);
    const input = { Name: 'once', ScheduleExpression: `at(${at})`, FlexibleTimeWindow, Target, ActionAfterCompletion: 'DELETE' } as const;
    await new SchedulerClient().send(new CreateScheduleCommand(input));
    const fired: string[] = [];
    const fire = async ({ Name }: { Name: string }) => void fired.push(Name);
    await aws.schedules.run(fire);
    setClockOffset(30 * 86_400_000);
    await aws.schedules.run(fire);
    await aws.schedules.run(fire);
    setClockOffset(0);
    expect([fired, aws.schedules.get('once', 'default')]).toEqual([['once'], undefined]);
  });

  it('tries a schedule again whose target failed', async () => {
    await new SchedulerClient().send(
      new CreateScheduleCommand({ Name: 'again', ScheduleExpression: 'at(2020-01-01T00:00:00)', FlexibleTimeWindow, Target }),
    );
    const refuse = () => Promise.reject(new Error('down'));
    expect([await aws.schedules.run(refuse), await aws.schedules.run(async () => {})]).toEqual([0, 1]);
  });
});

describe('mail, called by the SDK', () => {
  it('keeps a simple mail with its tags', async () => {
    const answer = await new SESv2Client().send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@mail.suki.example',
        Destination: { ToAddresses: ['lola@home.example'] },
        Content: { Simple: { Subject: { Data: 'Kumusta' }, Body: { Text: { Data: 'Salamat po' } } } },
        EmailTags: [{ Name: 'tenant', Value: 'batis001' }],
      }),
    );
    expect(aws.mailbox.find(answer.MessageId ?? '')).toMatchObject({
      subject: 'Kumusta',
      text: 'Salamat po',
      tags: { tenant: 'batis001' },
    });
  });

  it('reads a raw mail as a person would', async () => {
    const raw = [
      'From: shop@mail.suki.example',
      'To: a@home.example',
      'Subject: =?utf-8?B?4LiZ4Lig4Liy?=',
      'Content-Type: multipart/alternative; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'caf=C3=A9 =',
      'cr=C3=A8me',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('<p>é</p>').toString('base64'),
      '--b--',
    ].join('\r\n');
    const { MessageId } = await new SESv2Client().send(new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(raw) } } }));
    const mail = aws.mailbox.find(MessageId ?? '');
    expect([mail?.subject, mail?.to, mail?.html]).toEqual(['นภา', ['a@home.example'], '<p>é</p>']);
    expect(mail?.text).toContain('café crème');
  });

  it('fills a bulk template for each recipient and reports the one that cannot be filled', async () => {
    const data = (ReplacementTemplateData: string) => ({ ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData } } });
    const { BulkEmailEntryResults } = await new SESv2Client().send(
      new SendBulkEmailCommand({
        FromEmailAddress: 'shop@mail.suki.example',
        DefaultContent: { Template: { TemplateContent: { Subject: 'Hi {{name}}', Text: 'x' }, TemplateData: '{}' } },
        BulkEmailEntries: [
          { Destination: { ToAddresses: ['a@home.example'] }, ...data('{"name":"Ana"}') },
          { Destination: { ToAddresses: ['b@home.example'] }, ...data('{}') },
        ],
      }),
    );
    expect(BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual(['SUCCESS', 'INVALID_PARAMETER']);
    expect(aws.mailbox.list(1)[0]?.subject).toBe('Hi Ana');
  });

  it('tells the sending quota', async () => {
    expect((await new SESv2Client().send(new GetAccountCommand({}))).SendQuota?.MaxSendRate).toBeGreaterThan(0);
  });
});
