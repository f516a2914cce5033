import { type Attributes, attributesOf } from './attributes.ts';
import type { Action, Guard } from './entity.ts';

/** Guards and updates in DynamoDB's expression language. Every name and value goes by placeholder: expressions are constants. */
export type Condition = {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Attributes;
};

/** A row whose ttl has passed counts as absent, although the engine may not have swept it yet. */
export const conditionOf = (guard: Guard, seconds: number): Condition => {
  if ('absent' in guard)
    return {
      ConditionExpression: 'attribute_not_exists(pk) OR #ttl <= :seconds',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: attributesOf({ ':seconds': seconds }),
    };
  if ('version' in guard)
    return {
      ConditionExpression: '#v = :v',
      ExpressionAttributeNames: { '#v': 'v' },
      ExpressionAttributeValues: attributesOf({ ':v': guard.version }),
    };
  if ('exists' in guard) return { ConditionExpression: 'attribute_exists(pk)' };
  return {};
};

/** `ADD` for sums, `SET` for the rest, for `first` only where nothing is there. */
export const updateOf = (action: Extract<Action, { update: unknown }>, condition: Condition) => {
  const names: Record<string, string> = { ...condition.ExpressionAttributeNames };
  const values: Record<string, unknown> = {};
  const clause = (fields: Record<string, unknown> | undefined, mark: string, said: (name: string, value: string) => string) =>
    Object.entries(fields ?? {}).map(([name, value], at) => {
      names[`#${mark}${at}`] = name;
      values[`:${mark}${at}`] = value;
      return said(`#${mark}${at}`, `:${mark}${at}`);
    });
  const added = clause(action.add, 'a', (name, value) => `${name} ${value}`);
  const set = [
    ...clause(action.set, 's', (name, value) => `${name} = ${value}`),
    ...clause(action.first, 'f', (name, value) => `${name} = if_not_exists(${name}, ${value})`),
  ];
  const UpdateExpression = [set.length && `SET ${set.join(', ')}`, added.length && `ADD ${added.join(', ')}`].filter(Boolean).join(' ');
  return {
    Key: attributesOf(action.update),
    UpdateExpression,
    ExpressionAttributeNames: names,
    ...((condition.ExpressionAttributeValues || Object.keys(values).length) && {
      ExpressionAttributeValues: { ...condition.ExpressionAttributeValues, ...attributesOf(values) },
    }),
  };
};
