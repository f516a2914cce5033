import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { CrmFunction } from './crm-function.ts';

/**
 * New versions take a tenth of the calls for five minutes; an alarm in that time takes them back. Personal stages have no aliases and
 * so no canary.
 */
export class Canary extends Construct {
  /** `shared` are alarms that take back any of the functions, such as the API's 5xx. */
  constructor(scope: Construct, id: string, { functions, shared }: { functions: CrmFunction[]; shared: IAlarm[] }) {
    super(scope, id);
    const application = new LambdaApplication(this, 'Application');
    const role = this.makeRole(functions);
    for (const crm of functions) {
      const alias = crm.alias!;
      const alarm = new Alarm(this, `${crm.node.id}Errors`, {
        alarmDescription: `${crm.node.id} throws or times out. docs/runbook.md, "Roll back".`,
        metric: alias.metricErrors({ period: Duration.minutes(1) }),
        threshold: 3,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      new LambdaDeploymentGroup(this, crm.node.id, {
        application,
        alias,
        role: role.withoutPolicyUpdates(),
        deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
        alarms: [alarm, ...shared],
        autoRollback: { deploymentInAlarm: true, failedDeployment: true, stoppedDeployment: true },
      });
    }
  }

  private makeRole(functions: CrmFunction[]): Role {
    const aliases = functions.map(({ alias }) => alias!.functionArn);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      inlinePolicies: {
        shift: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['lambda:UpdateAlias', 'lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig'],
              resources: aliases,
            }),
            new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
          ],
        }),
      },
    });
    acknowledge(role, 'DescribeAlarms takes no resource; it reads the state of the roll-back alarms.', 'AwsSolutions-IAM5[Resource::*]');
    return role;
  }
}
