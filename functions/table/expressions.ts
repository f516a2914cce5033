import type { Action, Guard } from './entity.ts';

/** Guards and updates in DynamoDB's expression language. Every name and value goes by placeholder: expressions are constants. */
export type Condition = {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
};

/** A row whose ttl has passed counts as absent, although the engine may not have swept it yet. */
export const conditionOf = (guard: Guard, seconds: number): Condition => {
  if ('absent' in guard)
    return {
      ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :seconds',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: { ':seconds': seconds },
    };
  if ('version' in guard)
    return { ConditionExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'v' }, ExpressionAttributeValues: { ':v': guard.version } };
  if ('exists' in guard) return { ConditionExpression: 'attribute_exists(pk)' };
  return {};
};

/** `ADD` for sums, `SET` for the rest. */
export const updateOf = (action: Extract<Action, { update: unknown }>, condition: Condition) => {
  const names: Record<string, string> = { ...condition.ExpressionAttributeNames };
  const values: Record<string, unknown> = { ...condition.ExpressionAttributeValues };
  const clause = (fields: Record<string, unknown> | undefined, mark: string, join: string) =>
    Object.entries(fields ?? {}).map(([name, value], at) => {
      names[`#${mark}${at}`] = name;
      values[`:${mark}${at}`] = value;
      return `#${mark}${at}${join}:${mark}${at}`;
    });
  const added = clause(action.add, 'a', ' ');
  const set = clause(action.set, 's', ' = ');
  const UpdateExpression = [set.length && `SET ${set.join(', ')}`, added.length && `ADD ${added.join(', ')}`].filter(Boolean).join(' ');
  return {
    Key: action.update,
    UpdateExpression,
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length && { ExpressionAttributeValues: values }),
  };
};
