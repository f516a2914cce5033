import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { ApiStack } from './api-stack.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import type { Settings } from './stages.ts';
import type { WorkflowStack } from './workflow-stack.ts';

type WatchProps = StackProps & { settings: Settings; data: DataStack; api: ApiStack; workflow: WorkflowStack };
type Watched = { metric: IMetric; threshold: number; minutes?: number; why: string; section: string };

/**
 * Alarms. A personal stage has only those of what gets lost or stuck, within the ten that an account has free; a permanent one has all,
 * and a topic that tells people.
 */
export class WatchStack extends Stack {
  private readonly topic: Topic | undefined;

  constructor(scope: Construct, id: string, props: WatchProps) {
    super(scope, id, props);
    const { settings, data, api, workflow } = props;
    if (settings.permanent) this.topic = this.makeTopic(settings);
    this.watch('ServerErrors', { metric: api.serverErrors, threshold: 5, why: 'the API answers 5xx', section: 'When an alarm rings' });
    for (const [name, { dead }] of Object.entries(data.queues)) this.watchDeadLetters(name, dead.queueName);
    this.watchDeadLetters('runs', data.runs.dead.queueName);
    for (const { name, queue } of workflow.deadLetters) this.watchDeadLetters(name, queue.queueName);
    for (const { name, fn } of workflow.streams)
      this.watch(`${name}Age`, {
        metric: fn.fn.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'max' }),
        threshold: 300_000,
        minutes: 3,
        why: `${name} is more than five minutes behind the table`,
        section: 'A consumer is behind',
      });
    if (settings.permanent) this.watchPermanent(props);
  }

  private makeTopic({ alarmEmail }: Settings): Topic {
    const topic = new Topic(this, 'Alarms', { enforceSSL: true });
    if (alarmEmail) {
      topic.addSubscription(new EmailSubscription(alarmEmail));
      acknowledge(topic, 'A mail that cannot be delivered has no use in a queue; the alarm stays red.', 'Serverless-SNSRedrivePolicy');
    }
    return topic;
  }

  private watchPermanent({ data, api, workflow }: WatchProps): void {
    for (const { node, fn } of [...api.functions, ...workflow.functions])
      this.watch(`${node.id}Throttles`, {
        metric: fn.metricThrottles({ period: Duration.minutes(1), statistic: 'sum' }),
        threshold: 1,
        minutes: 3,
        why: `${node.id} has no concurrency left`,
        section: 'Throttled',
      });
    for (const event of ['ReadThrottleEvents', 'WriteThrottleEvents'])
      this.watch(event, {
        metric: new Metric({
          namespace: 'AWS/DynamoDB',
          metricName: event,
          dimensionsMap: { TableName: data.table.name },
          statistic: 'sum',
          period: Duration.minutes(1),
        }),
        threshold: 10,
        minutes: 3,
        why: 'the table throttles',
        section: 'Throttled',
      });
    for (const { name, mapping } of workflow.streams)
      this.watch(`${name}Failures`, {
        metric: new Metric({
          namespace: 'AWS/Lambda',
          metricName: 'OnFailureDestinationDeliveredEventCount',
          dimensionsMap: { EventSourceMappingUUID: mapping.attrId },
          statistic: 'sum',
          period: Duration.minutes(1),
        }),
        threshold: 1,
        why: `records that ${name} could not take lie in the failure bucket`,
        section: 'Redrive',
      });
  }

  private watchDeadLetters(name: string, queueName: string): void {
    this.watch(`${name}Dead`, {
      metric: new Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: queueName },
        statistic: 'max',
        period: Duration.minutes(5),
      }),
      threshold: 1,
      why: `messages of ${name} failed for good`,
      section: 'Redrive',
    });
  }

  private watch(id: string, { metric, threshold, minutes = 1, why, section }: Watched): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${why}. docs/runbook.md, "${section}".`,
      metric,
      threshold,
      evaluationPeriods: minutes,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.topic) alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
