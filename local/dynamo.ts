import { type Credentials, signedHeaders } from './sigv4.ts';

export type Attributes = Record<string, { S?: string; N?: string; [type: string]: unknown }>;

/** An answer of the table's endpoint that is no success; `code` is DynamoDB's name for it. */
export class DynamoError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** Calls to one DynamoDB endpoint by its JSON protocol: what creates the table, pumps the stream and sweeps what expired. */
export interface Dynamo {
  readonly url: string;
  call<T>(operation: string, input: Record<string, unknown>): Promise<T>;
  streams<T>(operation: string, input: Record<string, unknown>): Promise<T>;
}

/** `streamsUrl` is the same endpoint for every local engine. Throws DynamoError for refusals, TypeError when nothing listens. */
export function dynamoAt(url: string, credentials: Credentials, region: string): Dynamo {
  const host = new URL(url).host;
  async function post<T>(target: string, input: Record<string, unknown>): Promise<T> {
    const body = JSON.stringify(input);
    const headers = signedHeaders(credentials, { host, region, service: 'dynamodb', target, body, now: new Date() });
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
    const answer = (await response.json()) as T & { __type?: string; message?: string; Message?: string };
    if (response.ok) return answer;
    throw new DynamoError(
      String(answer.__type ?? response.status).replace(/^.*#/, ''),
      String(answer.message ?? answer.Message ?? 'no message'),
    );
  }
  return {
    url,
    call: (operation, input) => post(`DynamoDB_20120810.${operation}`, input),
    streams: (operation, input) => post(`DynamoDBStreams_20120810.${operation}`, input),
  };
}
