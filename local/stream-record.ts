import type { Attributes } from './dynamo.ts';

/** A change of the table, as DynamoDB's stream tells it. */
export interface StreamRecord {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventVersion: string;
  eventSource: string;
  awsRegion: string;
  eventSourceARN?: string;
  userIdentity?: { type: string; principalId: string };
  dynamodb: {
    Keys: Attributes;
    NewImage?: Attributes;
    OldImage?: Attributes;
    SequenceNumber: string;
    SizeBytes: number;
    StreamViewType: string;
    ApproximateCreationDateTime: number;
  };
}

/** `streamFilters` of lib/stream.ts, said in code: only source rows carry the attribute `e`, in one image at least. */
export const isWanted = ({ dynamodb: { NewImage, OldImage } }: StreamRecord) => NewImage?.e !== undefined || OldImage?.e !== undefined;

/** The engine's record with what Lambda adds; what time to live removed says so, as on AWS. */
export function asLambdaSees(record: StreamRecord, arn: string, region: string): StreamRecord {
  const ttl = Number(record.dynamodb.OldImage?.ttl?.N ?? Number.NaN);
  const expired = record.eventName === 'REMOVE' && !Number.isNaN(ttl);
  return {
    ...record,
    awsRegion: region,
    eventSourceARN: arn,
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
  };
}
