/** How the two stream consumers are fed: the stack makes the event source mappings of it, the local pump does the same by hand. */
export const streamSource = {
  batchSize: 100,
  retryAttempts: 10,
  /** The stream keeps 24 hours; what is older than 20 goes to the failure bucket while it can still be read. */
  maxRecordAgeSeconds: 20 * 3_600,
} as const;

const carriesType = (image: 'NewImage' | 'OldImage') => ({ dynamodb: { [image]: { e: { S: [{ exists: true }] } } } });

/** Only source rows carry the attribute `e`, so derived rows never wake a consumer. A record passes that matches one of these. */
export const streamFilters = [carriesType('NewImage'), carriesType('OldImage')];
