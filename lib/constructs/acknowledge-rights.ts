import type { IConstruct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import type { EdgeStack } from '../edge-stack.ts';
import { objectsReason, touchesObjects } from '../rights.ts';
import type { Right } from '../services.ts';
import { acknowledge, acknowledgeObjects } from './acknowledge.ts';

/** Accepts what cdk-nag finds in the rights of a function's list: resources that are made while the product works have no name here. */
export function acknowledgeRights(
  role: IConstruct,
  { rights = [] }: { rights?: readonly Right[] },
  { data, edge }: { data: DataStack; edge: EdgeStack },
): void {
  if (touchesObjects({ rights })) acknowledgeObjects(role, edge.uploads, objectsReason);
  const arn = (service: string, path: string) =>
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>:${path}]`;
  if (rights.includes('sendMail') || rights.includes('manageSenders'))
    acknowledge(role, "Senders are the workspaces' own, made while the product works.", arn('ses', 'identity/*'));
  if (rights.includes('sendSms'))
    for (const kind of ['phone-number', 'pool', 'sender-id', 'configuration-set'])
      acknowledge(
        role,
        "The stage's number or pool is a setting: an id, whose kind only the service knows.",
        arn('sms-voice', `${kind}/*`),
      );
  if (rights.includes('manageSchedules'))
    acknowledge(
      role,
      'A schedule is named by its run; the group holds nothing else.',
      arn('scheduler', `schedule/${data.runs.group.scheduleGroupName}/*`),
    );
}
