import { movableNow } from './clock.ts';
import { nextFiring } from './cron.ts';
import { AwsError } from './http.ts';
import type { Store } from './store.ts';

export interface Target {
  Arn: string;
  RoleArn?: string;
  Input?: string;
  SqsParameters?: { MessageGroupId: string };
  EventBridgeParameters?: { Source: string; DetailType: string };
  DeadLetterConfig?: { Arn: string };
}

interface ScheduleBody {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  StartDate?: number;
  EndDate?: number;
  Description?: string;
  State?: 'ENABLED' | 'DISABLED';
  FlexibleTimeWindow?: { Mode: string };
  Target: Target;
  ActionAfterCompletion?: 'NONE' | 'DELETE';
  ClientToken?: string;
}

export interface Schedule extends ScheduleBody {
  Name: string;
  GroupName: string;
}

/** EventBridge Scheduler on the loopback's file, by the movable clock. What fell due while nothing ran, or while the clock jumped, fires once. */
export interface Schedules {
  create(name: string, group: string, body: ScheduleBody): void;
  update(name: string, group: string, body: ScheduleBody): void;
  get(name: string, group: string): (Schedule & { CreationDate: number; LastModificationDate: number }) | undefined;
  remove(name: string, group: string): boolean;
  list(group?: string, prefix?: string): Schedule[];
  /** Hands each due schedule to `fire` and moves it on; one whose target fails is tried again at the next call. Returns how many fired. */
  run(fire: (schedule: Schedule) => Promise<void>): Promise<number>;
}

export function createSchedules(store: Store): Schedules {
  const find = store.prepare('SELECT * FROM schedules WHERE grp = ? AND name = ?');
  const insert = store.prepare('INSERT INTO schedules (grp, name, body, created, modified, next_at) VALUES (?, ?, ?, ?, ?, ?)');
  const replace = store.prepare('UPDATE schedules SET body = ?, modified = ?, next_at = ? WHERE grp = ? AND name = ?');
  const remove = store.prepare('DELETE FROM schedules WHERE grp = ? AND name = ?');
  const move = store.prepare('UPDATE schedules SET next_at = ? WHERE grp = ? AND name = ?');
  const due = store.prepare('SELECT * FROM schedules WHERE next_at <= ? ORDER BY next_at LIMIT 100');
  const parse = (row: Record<string, unknown>): Schedule => ({
    Name: String(row.name),
    GroupName: String(row.grp),
    ...(JSON.parse(String(row.body)) as ScheduleBody),
  });
  return {
    create(name, group, body) {
      checkBody(name, body);
      const there = find.get(group, name);
      if (there && body.ClientToken && parse(there).ClientToken === body.ClientToken) return;
      if (there) throw new AwsError('ConflictException', `Schedule ${name} already exists.`, 409);
      insert.run(group, name, JSON.stringify(body), Date.now(), Date.now(), firstFiring(body));
    },
    update(name, group, body) {
      checkBody(name, body);
      const { changes } = replace.run(JSON.stringify(body), Date.now(), firstFiring(body), group, name);
      if (Number(changes) === 0) throw absent(name);
    },
    get(name, group) {
      const row = find.get(group, name);
      return row && { ...parse(row), CreationDate: Number(row.created) / 1000, LastModificationDate: Number(row.modified) / 1000 };
    },
    remove: (name, group) => Number(remove.run(group, name).changes) > 0,
    list: (group, prefix = '') =>
      (store.prepare('SELECT * FROM schedules ORDER BY grp, name').all() as Record<string, unknown>[])
        .map(parse)
        .filter((schedule) => (!group || schedule.GroupName === group) && schedule.Name.startsWith(prefix)),
    async run(fire) {
      let fired = 0;
      for (const row of due.all(movableNow()) as Record<string, unknown>[]) {
        const schedule = parse(row);
        const done = await fire(schedule).then(
          () => true,
          () => false,
        );
        if (!done) continue;
        fired++;
        const next = followingFiring(schedule);
        if (next === null && schedule.ActionAfterCompletion === 'DELETE') remove.run(schedule.GroupName, schedule.Name);
        else move.run(next, schedule.GroupName, schedule.Name);
      }
      return fired;
    },
  };
}

const absent = (name: string) => new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);

function checkBody(name: string, body: ScheduleBody): void {
  if (!/^[0-9a-zA-Z\-_.]{1,64}$/.test(name)) throw new AwsError('ValidationException', 'A name has 1 to 64 letters, digits, - _ or .');
  if (!body.Target?.Arn) throw new AwsError('ValidationException', 'Target.Arn is missing.');
  if (body.Target.Arn.split(':')[2] === 'events' && !body.Target.EventBridgeParameters)
    throw new AwsError('ValidationException', 'A bus needs EventBridgeParameters.');
  nextFiring(body.ScheduleExpression, zoneOf(body), movableNow());
}

const zoneOf = (body: ScheduleBody) => body.ScheduleExpressionTimezone ?? 'UTC';

/** A one-time schedule in the past fires at once, as in the cloud; a rate fires first after one period, or at its start. */
function firstFiring(body: ScheduleBody): number | null {
  if (body.State === 'DISABLED') return null;
  const now = movableNow();
  if (body.ScheduleExpression.startsWith('at(')) return nextFiring(body.ScheduleExpression, zoneOf(body), Number.NEGATIVE_INFINITY) ?? null;
  const start = (body.StartDate ?? 0) * 1000;
  if (start > now && body.ScheduleExpression.startsWith('rate(')) return start;
  return notAfterEnd(body, nextFiring(body.ScheduleExpression, zoneOf(body), Math.max(now, start - 1)));
}

function followingFiring(body: ScheduleBody): number | null {
  if (body.ScheduleExpression.startsWith('at(')) return null;
  return notAfterEnd(body, nextFiring(body.ScheduleExpression, zoneOf(body), movableNow()));
}

const notAfterEnd = (body: ScheduleBody, time: number | undefined) =>
  time === undefined || time > (body.EndDate ?? Number.POSITIVE_INFINITY) * 1000 ? null : time;

const arnOf = (region: string, { GroupName, Name }: { GroupName: string; Name: string }) =>
  `arn:aws:scheduler:${region}:000000000000:schedule/${GroupName}/${Name}`;

interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  input: Record<string, unknown>;
}

/** Answers EventBridge Scheduler's REST protocol. */
export function answerScheduler(schedules: Schedules, { method, path, query, input }: Call, region: string): object {
  const [, collection, encodedName] = path.split('/');
  if (collection === 'schedule-groups')
    return { ScheduleGroupArn: `arn:aws:scheduler:${region}:000000000000:schedule-group/${encodedName}` };
  const group = String(input.GroupName ?? query.get('groupName') ?? 'default');
  if (!encodedName) {
    const found = schedules.list(query.get('ScheduleGroup') ?? undefined, query.get('NamePrefix') ?? '');
    return {
      Schedules: found.map((one) => ({ Arn: arnOf(region, one), Name: one.Name, GroupName: one.GroupName, State: one.State ?? 'ENABLED' })),
    };
  }
  const name = decodeURIComponent(encodedName);
  const { GroupName: _, ...body } = input;
  switch (method) {
    case 'POST':
      schedules.create(name, group, body as unknown as ScheduleBody);
      return { ScheduleArn: arnOf(region, { Name: name, GroupName: group }) };
    case 'PUT':
      schedules.update(name, group, body as unknown as ScheduleBody);
      return { ScheduleArn: arnOf(region, { Name: name, GroupName: group }) };
    case 'DELETE':
      if (!schedules.remove(name, group)) throw absent(name);
      return {};
    default: {
      const found = schedules.get(name, group);
      if (!found) throw absent(name);
      return { Arn: arnOf(region, found), State: 'ENABLED', ...found };
    }
  }
}
