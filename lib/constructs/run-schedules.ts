import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Settings } from '../stages.ts';
import { deadLetterQueue } from './queue-with-dlq.ts';

/**
 * Where runs make their schedules, one a run, while the product works. A schedule says on the bus that its run is due, as the sweep does;
 * the role that it does so by can do nothing else.
 */
export class RunSchedules extends Construct {
  readonly group: ScheduleGroup;
  readonly role: Role;
  /** What a schedule could not say. The sweep finds the run all the same. */
  readonly dead: Queue;

  constructor(scope: Construct, id: string, { settings, bus }: { settings: Settings; bus: EventBus }) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group', { removalPolicy: settings.permanent ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY });
    this.dead = deadLetterQueue(this, 'Dead');
    const { account } = Stack.of(this);
    this.role = new Role(this, 'Role', {
      // Only schedules of this group may use it: the confused deputy of another account's schedule may not.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': this.group.scheduleGroupArn } },
      }),
      inlinePolicies: {
        target: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.dead.queueArn] }),
          ],
        }),
      },
    });
  }
}
