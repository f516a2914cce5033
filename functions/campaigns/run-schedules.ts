import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ListSchedulesCommand,
  ResourceNotFoundException,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { env } from '../kernel/env.ts';
import { hashOf } from '../kernel/ids.ts';
import type { Due } from '../table/due.ts';
import { workSource } from '../workflows/bus.ts';
import { occurrenceAt } from './schedule.ts';

/**
 * One schedule of EventBridge Scheduler for each run to come. It makes the run punctual and nothing else: the row stands in the due index,
 * and the sweep finds it within a minute. So a schedule that is lost, stray, early or doubled does no harm.
 */
let client: SchedulerClient | undefined;
const scheduler = (): SchedulerClient => {
  client ??= new SchedulerClient({ maxAttempts: 4 });
  return client;
};

/** `run-` and 40 hex digits of SHA-256(tenant, campaign, occurrence): the same for the same run, within the 64 characters a name may have. */
export const scheduleName = ({ tenant, id, at }: Omit<Due, 'kind'>): string =>
  `run-${Buffer.from(hashOf(`${tenant}#${id}#${occurrenceAt(Date.parse(at))}`), 'base64url')
    .toString('hex')
    .slice(0, 40)}`;

/** Makes the schedule of a run, unless it is there. */
export async function plantSchedule(due: Due): Promise<void> {
  const { SCHEDULE_GROUP, BUS_ARN, RUN_ROLE_ARN, RUN_DEAD_ARN } = env();
  const Name = scheduleName(due);
  try {
    await scheduler().send(
      new CreateScheduleCommand({
        Name,
        GroupName: SCHEDULE_GROUP,
        // Two who make it at once make one.
        ClientToken: Name,
        ScheduleExpression: `at(${due.at.slice(0, 19)})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: BUS_ARN,
          RoleArn: RUN_ROLE_ARN,
          Input: JSON.stringify(due),
          EventBridgeParameters: { Source: workSource, DetailType: `due.${due.kind}` },
          DeadLetterConfig: { Arn: RUN_DEAD_ARN },
          RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 600 },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
}

/** The names of all schedules of runs there are. */
export async function plantedSchedules(): Promise<Set<string>> {
  const names = new Set<string>();
  let NextToken: string | undefined;
  do {
    const page = await scheduler().send(
      new ListSchedulesCommand({ GroupName: env().SCHEDULE_GROUP, NamePrefix: 'run-', MaxResults: 100, ...(NextToken && { NextToken }) }),
    );
    for (const { Name } of page.Schedules ?? []) if (Name) names.add(Name);
    NextToken = page.NextToken;
  } while (NextToken);
  return names;
}

/** Takes a schedule away, if it is still there. */
export async function uprootSchedule(name: string): Promise<void> {
  try {
    await scheduler().send(new DeleteScheduleCommand({ Name: name, GroupName: env().SCHEDULE_GROUP }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
}
