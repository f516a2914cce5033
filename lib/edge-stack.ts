import { CfnOutput, CfnParameter, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { type Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ClientDistribution } from './constructs/client-distribution.ts';
import { CrmFunction } from './constructs/crm-function.ts';
import { MailIn, mailInPrefix } from './constructs/mail-in.ts';
import { privateBucket } from './constructs/private-bucket.ts';
import { SignIn } from './constructs/sign-in.ts';
import type { DataStack } from './data-stack.ts';
import { environmentOf } from './environment.ts';
import { workerMemory, workerSeconds } from './limits.ts';
import { tableStatements } from './rights.ts';
import { workers } from './services.ts';
import type { Settings } from './stages.ts';

type EdgeProps = StackProps & { settings: Settings; data: DataStack; code: (name: string) => Code };

/** Where people arrive: the one origin, the client's files, sign-in, the upload bucket, and the API's front. */
export class EdgeStack extends Stack {
  readonly httpApi: HttpApi;
  readonly signIn: SignIn;
  readonly uploads: Bucket;
  readonly clientFiles: Bucket;
  /** `https://` and the host name, as browsers send it. */
  readonly origin: string;

  constructor(scope: Construct, id: string, { settings, data, code, ...props }: EdgeProps) {
    super(scope, id, props);
    // No default stage: `api-stack.ts` makes it after the routes whose throttling it names.
    this.httpApi = new HttpApi(this, 'HttpApi', { createDefaultStage: false, description: `Suki, stage ${settings.stage}` });
    this.clientFiles = privateBucket(this, 'ClientFiles', { settings, ...accessLogs(data, 'client-files/') });
    // The one name made here: the client's policy names the bucket and the bucket's CORS names the client, so neither can wait.
    const uploadsName = Fn.join('-', ['suki', settings.stage, 'files', this.account, this.region]);
    const domainPrefix = Fn.join('-', ['suki', settings.stage, this.account]);
    const distribution = new ClientDistribution(this, 'Client', {
      settings,
      files: this.clientFiles,
      apiDomain: `${this.httpApi.apiId}.execute-api.${this.region}.${this.urlSuffix}`,
      originSecret: data.originSecret,
      connect: [
        `https://cognito-idp.${this.region}.${this.urlSuffix}`,
        `https://${domainPrefix}.auth.${this.region}.amazoncognito.com`,
        `https://${uploadsName}.s3.${this.region}.${this.urlSuffix}`,
      ],
      accessLogs: data.accessLogs,
      ...(settings.permanent && { webAclArn: this.parameter('WebAclArn', 'ARN of the web ACL, from the shield stack in us-east-1.') }),
      ...(settings.domain && {
        certificateArn: this.parameter('CertificateArn', "ARN of the domain's certificate, from the shield stack."),
      }),
    });
    this.origin = `https://${settings.domain ?? distribution.distribution.domainName}`;
    this.uploads = this.makeUploads(uploadsName, { settings, data });
    if (settings.receiptRules && settings.mailDomain)
      new MailIn(this, 'MailIn', {
        ruleSet: settings.receiptRules,
        domain: settings.mailDomain,
        bucket: this.uploads,
        topic: data.sending.topics.inbound,
      });
    this.signIn = new SignIn(this, 'SignIn', {
      settings,
      origin: this.origin,
      domainPrefix,
      preToken: this.makePreToken({ settings, data, code }),
    });
    this.pinExports();
    this.makeOutputs(distribution);
  }

  private parameter(id: string, description: string): string {
    return new CfnParameter(this, id, { description }).valueAsString;
  }

  /**
   * Files of people, sent by the browser itself. What is uploaded is tagged `state=pending` by the presigned form, and the function that
   * writes the row takes the tag away, so an object that no row points to expires after a day.
   */
  private makeUploads(bucketName: string, { settings, data }: Pick<EdgeProps, 'settings' | 'data'>): Bucket {
    return privateBucket(this, 'Uploads', {
      settings,
      bucketName,
      ...accessLogs(data, 'uploads/'),
      cors: [
        {
          allowedMethods: [HttpMethods.POST, HttpMethods.GET, HttpMethods.HEAD],
          allowedOrigins: [this.origin],
          allowedHeaders: ['*'],
          maxAge: 3_600,
        },
      ],
      lifecycleRules: [
        { id: 'unreferenced', tagFilters: { state: 'pending' }, expiration: Duration.days(1) },
        // What is worth keeping of a mail is written under its workspace when it is read.
        { id: 'mail-in', prefix: mailInPrefix, expiration: Duration.days(30) },
      ],
    });
  }

  /** The pre-token trigger lives beside its pool. It must not name the pool, which names it. */
  private makePreToken({ settings, data, code }: Omit<EdgeProps, keyof StackProps>): CrmFunction | undefined {
    const found = Object.entries(workers).find(([, { trigger }]) => trigger.kind === 'preToken');
    if (!found) return undefined;
    const [name, worker] = found;
    return new CrmFunction(this, name, {
      settings,
      code: code(name),
      environment: environmentOf({ settings, data, edge: { uploads: this.uploads, origin: this.origin } }),
      statements: tableStatements(worker.table, { tableArn: data.table.arn }),
      timeout: Duration.seconds(workerSeconds(worker)),
      memory: workerMemory(worker),
      kind: 'worker',
    });
  }

  /** See `data-stack.ts`: exports stay, whoever reads them. */
  private pinExports(): void {
    const { pool, client } = this.signIn;
    for (const value of [
      this.httpApi.apiId,
      pool.userPoolId,
      pool.userPoolArn,
      client.userPoolClientId,
      this.uploads.bucketName,
      this.uploads.bucketArn,
    ])
      this.exportValue(value);
  }

  private makeOutputs({ distribution }: ClientDistribution): void {
    const outputs = {
      Url: this.origin,
      DistributionId: distribution.distributionId,
      DistributionDomain: distribution.domainName,
      ClientFilesBucket: this.clientFiles.bucketName,
      UploadsBucket: this.uploads.bucketName,
      UserPoolId: this.signIn.pool.userPoolId,
      ClientId: this.signIn.client.userPoolClientId,
      Issuer: this.signIn.issuer,
    };
    for (const [id, value] of Object.entries(outputs)) new CfnOutput(this, id, { value });
  }
}

const accessLogs = ({ accessLogs: serverAccessLogsBucket }: DataStack, serverAccessLogsPrefix: string) =>
  serverAccessLogsBucket ? { serverAccessLogsBucket, serverAccessLogsPrefix } : {};
