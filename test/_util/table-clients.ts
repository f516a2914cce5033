import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand as QueryDocuments,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { attributesOf } from '../../functions/table/attributes.ts';
import { leanClient } from '../../functions/table/client.ts';
import { type Answer, endpointOf, type Seen } from './endpoints.ts';

/** The table's client beside the SDK's own as it comes, which is the judge: the same requests, the same answers, the same errors and retries. */
export const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
export const settings = { region: 'eu-west-3', credentials, maxAttempts: 2 };
/** Starts an endpoint for each of the two clients, and gives both with what their endpoints saw. */
export async function both(answers: Answer[], config: DynamoDBClientConfig = {}) {
  const seen = { ours: [] as Seen[], theirs: [] as Seen[] };
  const ours = leanClient({ ...settings, endpoint: await endpointOf(answers, seen.ours), ...config });
  const theirs = new DynamoDBClient({ ...settings, endpoint: await endpointOf(answers, seen.theirs), ...config });
  const documents = DynamoDBDocumentClient.from(theirs, { marshallOptions: { removeUndefinedValues: true } });
  return { ours, theirs, documents, seen };
}

export const row = {
  pk: 'T#t#CUS#1',
  sk: '~',
  v: 1,
  n: 'Ana “Ñ” 顧客',
  nothing: null,
  no: false,
  list: ['a', { b: 1.5 }],
  left: undefined,
};
export const key = { pk: row.pk, sk: row.sk };
export const TableName = 'suki';
const condition = { ConditionExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'v' } };
const values = { ':v': 1 };
const update = { UpdateExpression: 'SET #v = :v', ExpressionAttributeNames: { '#v': 'v' } };
const query = { KeyConditionExpression: 'pk = :v', Limit: 2, ScanIndexForward: false };
const all = 'ALL_OLD' as const;

/** Every operation that the table calls, to both clients. */
export const operations: Record<string, [lean: object, documents: object]> = {
  GetItem: [
    new GetItemCommand({ TableName, Key: attributesOf(key), ConsistentRead: true }),
    new GetCommand({ TableName, Key: key, ConsistentRead: true }),
  ],
  BatchGetItem: [
    new BatchGetItemCommand({ RequestItems: { suki: { Keys: [attributesOf(key)] } }, ReturnConsumedCapacity: 'INDEXES' }),
    new BatchGetCommand({ RequestItems: { suki: { Keys: [key] } }, ReturnConsumedCapacity: 'INDEXES' }),
  ],
  Query: [
    new QueryCommand({ TableName, ...query, ExpressionAttributeValues: attributesOf(values), ExclusiveStartKey: attributesOf(key) }),
    new QueryDocuments({ TableName, ...query, ExpressionAttributeValues: values, ExclusiveStartKey: key }),
  ],
  PutItem: [
    new PutItemCommand({ TableName, Item: attributesOf(row), ...condition, ExpressionAttributeValues: attributesOf(values) }),
    new PutCommand({ TableName, Item: row, ...condition, ExpressionAttributeValues: values }),
  ],
  UpdateItem: [
    new UpdateItemCommand({ TableName, Key: attributesOf(key), ...update, ExpressionAttributeValues: attributesOf(values) }),
    new UpdateCommand({ TableName, Key: key, ...update, ExpressionAttributeValues: values }),
  ],
  DeleteItem: [new DeleteItemCommand({ TableName, Key: attributesOf(key) }), new DeleteCommand({ TableName, Key: key })],
  BatchWriteItem: [
    new BatchWriteItemCommand({
      RequestItems: { suki: [{ PutRequest: { Item: attributesOf(row) } }, { DeleteRequest: { Key: attributesOf(key) } }] },
    }),
    new BatchWriteCommand({ RequestItems: { suki: [{ PutRequest: { Item: row } }, { DeleteRequest: { Key: key } }] } }),
  ],
  TransactWriteItems: [
    new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: attributesOf(row), ReturnValuesOnConditionCheckFailure: all } }],
      ClientRequestToken: 'token',
    }),
    new TransactWriteCommand({
      TransactItems: [{ Put: { TableName, Item: row, ReturnValuesOnConditionCheckFailure: all } }],
      ClientRequestToken: 'token',
    }),
  ],
};
export const send = (client: { send: (command: never) => Promise<unknown> }, command: object) =>
  client.send(command as never) as Promise<Body>;
// biome-ignore lint/suspicious/noExplicitAny: an answer of any operation
export type Body = any;
