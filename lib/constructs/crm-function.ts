import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type Code,
  type EventInvokeConfigOptions,
  type IFunction,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';

export type CrmFunctionProps = {
  settings: Settings;
  code: Code;
  environment: Record<string, string>;
  /** All that it may do beyond its own log and trace. */
  statements: PolicyStatement[];
  timeout: Duration;
  memory: number;
  kind: 'http' | 'worker';
  /** Where an asynchronous invocation goes that failed for good. */
  asynchronous?: EventInvokeConfigOptions;
};

/** The reason why a function without asynchronous callers has no failure destination. */
const synchronous =
  'It is invoked synchronously (API Gateway, Cognito, an operator) or by an event source mapping, which has its own destination.';

/**
 * One function as this house runs it: bundled Node 24 on Arm, own role without managed policies, own log group with retention, an
 * explicit timeout, and on permanent stages reserved concurrency and the alias `live`, which all callers use.
 */
export class CrmFunction extends Construct {
  readonly fn: LambdaFunction;
  /** What callers invoke: the alias on permanent stages, the function itself elsewhere. */
  readonly target: IFunction;
  readonly alias: Alias | undefined;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: CrmFunctionProps) {
    super(scope, id);
    const { settings, kind } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: settings.logDays,
      removalPolicy: settings.permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const statements = [...ownStatements(logGroup), ...props.statements];
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { access: new PolicyDocument({ statements, minimize: true }) },
    });
    this.fn = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: props.code,
      description: `${id} of stage ${settings.stage}${settings.recycle ? `, containers of ${settings.recycle}` : ''}`,
      // What CDK would add by itself is in the list already, or is not wanted.
      role: this.role.withoutPolicyUpdates(),
      timeout: props.timeout,
      memorySize: props.memory,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      logGroup,
      environment: props.environment,
      ...(settings.reserved && { reservedConcurrentExecutions: settings.reserved[kind] }),
    });
    if (settings.permanent) this.alias = new Alias(this, 'Live', { aliasName: 'live', version: this.fn.currentVersion });
    this.target = this.alias ?? this.fn;
    if (props.asynchronous) this.target.configureAsyncInvoke(props.asynchronous);
    this.acknowledgeFindings(props);
  }

  private acknowledgeFindings({ asynchronous }: CrmFunctionProps): void {
    acknowledge(
      this.role,
      'X-Ray and ListStreams take no resource but "*", and an object key is known only at the request; every other statement names its resource.',
      'AwsSolutions-IAM5[Resource::*]',
      'Serverless-LambdaStarPermissions',
    );
    acknowledge(
      this.fn,
      asynchronous ? 'Failed asynchronous invocations go to the queue of its failure destination, event and all.' : synchronous,
      'Serverless-LambdaDLQ',
      'Serverless-LambdaAsyncFailureDestination',
    );
  }
}

/** Its own log group, and traces. */
function ownStatements(logGroup: LogGroup): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }),
  ];
}
