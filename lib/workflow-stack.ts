import { CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type CfnEventSourceMapping, CfnPermission, type Code } from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { CfnSubscription, type ITopic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeObjects } from './constructs/acknowledge.ts';
import { acknowledgeRights } from './constructs/acknowledge-rights.ts';
import { Canary } from './constructs/canary.ts';
import { CrmFunction } from './constructs/crm-function.ts';
import { queueMapping, queueStatements, streamMapping, streamStatements } from './constructs/event-sources.ts';
import { deadLetterQueue } from './constructs/queue-with-dlq.ts';
import type { DataStack } from './data-stack.ts';
import type { EdgeStack } from './edge-stack.ts';
import { environmentOf } from './environment.ts';
import { workerMemory, workerSeconds } from './limits.ts';
import { accessStatements } from './rights.ts';
import { type EventPattern, type Trigger, type Worker, workers } from './services.ts';
import type { Settings } from './stages.ts';
import { targetsOf } from './targets.ts';

type WorkflowProps = StackProps & { settings: Settings; data: DataStack; edge: EdgeStack; code: (name: string) => Code };

/** How long an asynchronous invocation is tried again: a tick of the minute is made good by the next one, what was told by none. */
const patience = ({ kind }: Trigger) => (kind === 'schedule' ? Duration.minutes(10) : Duration.hours(6));

/** Everything asynchronous: a function a trigger, and the schedules. */
export class WorkflowStack extends Stack {
  readonly functions: CrmFunction[] = [];
  readonly streams: { name: string; fn: CrmFunction; mapping: CfnEventSourceMapping }[] = [];
  readonly deadLetters: { name: string; queue: Queue }[] = [];
  private readonly props: WorkflowProps;
  private readonly streamArn: string;
  private group: ScheduleGroup | undefined;
  private eventsDead: Queue | undefined;
  private topicsDead: Queue | undefined;

  constructor(scope: Construct, id: string, props: WorkflowProps) {
    super(scope, id, props);
    this.props = props;
    this.streamArn = props.data.table.streamArn ?? this.adoptedStream();
    for (const [name, worker] of Object.entries(workers)) if (worker.trigger.kind !== 'preToken') this.addWorker(name, worker);
    if (props.settings.permanent) new Canary(this, 'Canary', { functions: this.functions, shared: [] });
  }

  /** A stream's ARN ends with the time at which it was switched on, so it cannot be made of the table's name: `bin/deploy.ts` looks it up. */
  private adoptedStream(): string {
    return new CfnParameter(this, 'AdoptedTableStreamArn', { description: 'Stream of the adopted table, with both images.' }).valueAsString;
  }

  private addWorker(name: string, worker: Worker): void {
    const { settings, data, edge, code } = this.props;
    const { trigger } = worker;
    const targets = targetsOf(data, edge);
    // Scheduler, the bus and topics invoke asynchronously: what fails for good is kept with its event.
    const dead = this.deadLettersOf(name, trigger);
    const fn = new CrmFunction(this, name, {
      settings,
      code: code(name),
      environment: environmentOf({ settings, data, edge }),
      statements: [
        ...accessStatements(worker, targets),
        ...(trigger.kind === 'stream' ? streamStatements(this.streamArn, data.failures) : []),
        ...(trigger.kind === 'queue' ? queueStatements(data.queues[trigger.queue].queue) : []),
        ...(dead ? [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] })] : []),
      ],
      timeout: Duration.seconds(workerSeconds(worker)),
      memory: workerMemory(worker),
      kind: 'worker',
      ...(dead && { asynchronous: { onFailure: new SqsDestination(dead), retryAttempts: 2, maxEventAge: patience(trigger) } }),
    });
    this.functions.push(fn);
    acknowledgeRights(fn.role, worker, { data, edge });
    this.connect(name, worker, { fn, dead });
  }

  private connect(name: string, { trigger }: Worker, { fn, dead }: { fn: CrmFunction; dead: Queue | undefined }): void {
    const { data, settings } = this.props;
    if (trigger.kind === 'stream') {
      acknowledgeObjects(fn.role, data.failures, 'Lambda itself makes the keys of the records that failed.');
      const mapping = streamMapping(fn, 'Stream', {
        target: fn.target,
        streamArn: this.streamArn,
        failures: data.failures,
        metrics: settings.permanent,
      });
      mapping.node.addDependency(fn.role);
      this.streams.push({ name, fn, mapping });
    }
    if (trigger.kind === 'queue') queueMapping(fn, 'Queue', { target: fn.target, queue: data.queues[trigger.queue].queue });
    if (trigger.kind === 'schedule') this.addSchedule(name, { rate: trigger.rate, fn, dead: dead! });
    if (trigger.kind === 'events') this.addRule(name, { pattern: trigger.pattern, fn, dead: dead! });
    if (trigger.kind === 'topic') this.subscribe(name, { topic: data.sending.topics[trigger.topic], fn, dead: dead! });
    if (trigger.kind === 'invoke')
      new CfnOutput(this, `${name[0]!.toUpperCase()}${name.slice(1)}FunctionName`, { value: fn.fn.functionName });
  }

  private addDeadLetters(name: string): Queue {
    const queue = deadLetterQueue(this, `${name}Dead`);
    this.deadLetters.push({ name: `${name}-dead`, queue });
    return queue;
  }

  /** One queue for what any function behind a rule could not deal with: each event says what it is. */
  private get deadEvents(): Queue {
    this.eventsDead ??= this.addDeadLetters('events');
    return this.eventsDead;
  }

  private deadLettersOf(name: string, { kind }: Trigger): Queue | undefined {
    if (kind === 'schedule') return this.addDeadLetters(name);
    if (kind === 'topic') return this.deadTopics;
    return kind === 'events' ? this.deadEvents : undefined;
  }

  /** One queue for what no function behind a topic could deal with, and for what SNS itself could not hand over. */
  private get deadTopics(): Queue {
    this.topicsDead ??= this.addDeadLetters('topics');
    return this.topicsDead;
  }

  /** SNS hands an event over for 23 days; from then on Lambda tries it, and what fails goes to the dead letters either way. */
  private subscribe(name: string, { topic, fn, dead }: { topic: ITopic; fn: CrmFunction; dead: Queue }): void {
    const permission = new CfnPermission(this, `${name}TopicPermission`, {
      action: 'lambda:InvokeFunction',
      functionName: fn.target.functionArn,
      principal: 'sns.amazonaws.com',
      sourceArn: topic.topicArn,
    });
    const subscription = new CfnSubscription(this, `${name}Subscription`, {
      topicArn: topic.topicArn,
      protocol: 'lambda',
      endpoint: fn.target.functionArn,
      redrivePolicy: { deadLetterTargetArn: dead.queueArn },
    });
    subscription.addResourceDependency(permission);
    acknowledge(subscription, 'The alias that all callers use is a function to SNS.', 'CloudFormation-Validate::W3694');
    dead.addToResourcePolicy(this.sending(dead, 'sns.amazonaws.com', topic.topicArn));
  }

  private sending(dead: Queue, service: string, source: string): PolicyStatement {
    return new PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new ServicePrincipal(service)],
      resources: [dead.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': source } },
    });
  }

  private addRule(name: string, { pattern, fn, dead }: { pattern: EventPattern; fn: CrmFunction; dead: Queue }): void {
    const rule = new CfnRule(this, `${name}Rule`, {
      eventBusName: this.props.data.bus.eventBusName,
      eventPattern: pattern,
      targets: [
        { id: name, arn: fn.target.functionArn, deadLetterConfig: { arn: dead.queueArn }, retryPolicy: { maximumRetryAttempts: 8 } },
      ],
    });
    new CfnPermission(this, `${name}RulePermission`, {
      action: 'lambda:InvokeFunction',
      functionName: fn.target.functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: rule.attrArn,
    });
    dead.addToResourcePolicy(this.sending(dead, 'events.amazonaws.com', rule.attrArn));
  }

  private get schedules(): ScheduleGroup {
    const removalPolicy = this.props.settings.permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.group ??= new ScheduleGroup(this, 'Schedules', { removalPolicy });
    return this.group;
  }

  private schedulerRole(id: string, statements: PolicyStatement[]): Role {
    return new Role(this, id, {
      // Only schedules of this group may use it: the confused deputy of another account's schedule may not.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account, 'aws:SourceArn': this.schedules.scheduleGroupArn } },
      }),
      inlinePolicies: { target: new PolicyDocument({ statements }) },
    });
  }

  private addSchedule(name: string, { rate, fn, dead }: { rate: string; fn: CrmFunction; dead: Queue }): void {
    const role = this.schedulerRole(`${name}ScheduleRole`, [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.target.functionArn] }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [dead.queueArn] }),
    ]);
    new CfnSchedule(this, `${name}Schedule`, {
      groupName: this.schedules.scheduleGroupName,
      scheduleExpression: /^(rate|cron)\(/.test(rate) ? rate : `rate(${rate})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: fn.target.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: dead.queueArn },
        // What is due is found by time, not by tick: a late tick is as good as the next one.
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 60 },
      },
    });
  }
}
