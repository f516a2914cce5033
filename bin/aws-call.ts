import { createHash, createHmac } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Who calls, and where. */
export type Identity = { accessKeyId: string; secretAccessKey: string; sessionToken?: string; region: string };

/** One call to an AWS API that the project has no client of. `query` speaks the Query protocol, `target` JSON, otherwise REST. */
export type Call = {
  service: string;
  region?: string;
  host?: string;
  method?: 'GET' | 'POST';
  path?: string;
  query?: Record<string, string>;
  target?: string;
  body?: object;
};

/** An answer that is no 2xx, with AWS's own code. */
export class AwsCallError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The operator's credentials by the SDK's own chain (environment, profile, SSO). Throws where there are none. */
export async function identity(region?: string): Promise<Identity> {
  const { config } = new SQSClient(region ? { region } : {});
  const [credentials, found] = [await config.credentials(), await config.region()];
  return { ...credentials, region: found };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The headers of a request signed by Signature Version 4. `at` is ISO 8601 basic: 20261122T061011Z. */
export function signed(
  who: Identity,
  request: {
    host: string;
    method: string;
    path: string;
    body: string;
    service: string;
    region: string;
    at: string;
    headers: Record<string, string>;
  },
) {
  const { host, method, path, body, service, region, at } = request;
  const day = at.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    host,
    'x-amz-date': at,
    ...(who.sessionToken && { 'x-amz-security-token': who.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [method, path, '', ...names.map((name) => `${name}:${headers[name]!.trim()}`), '', names.join(';'), sha256(body)].join(
    '\n',
  );
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>((from, part) => hmac(from, part), hmac(`AWS4${who.secretAccessKey}`, day));
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${who.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/** Makes one call and gives the answer's text. Throws AwsCallError with AWS's code. */
export async function callAws(
  who: Identity,
  { service, region = who.region, method = 'POST', path = '/', ...call }: Call,
): Promise<string> {
  const host = call.host ?? `${service}.${region}.amazonaws.com`;
  const body = call.query ? new URLSearchParams(call.query).toString() : method === 'POST' ? JSON.stringify(call.body ?? {}) : '';
  const type = call.query ? 'application/x-www-form-urlencoded' : call.target ? 'application/x-amz-json-1.1' : 'application/json';
  const at = new Date().toISOString().replace(/[:-]|\.\d{3}/g, '');
  const headers = signed(who, {
    host,
    method,
    path,
    body,
    service,
    region,
    at,
    headers: { 'content-type': type, ...(call.target && { 'x-amz-target': call.target }) },
  });
  const response = await fetch(`https://${host}${path}`, { method, headers, ...(body && { body }), signal: AbortSignal.timeout(15_000) });
  const text = await response.text();
  if (response.ok) return text;
  throw new AwsCallError(
    codeOf(text) ?? response.headers.get('x-amzn-errortype')?.split(':')[0] ?? String(response.status),
    messageOf(text),
  );
}

const codeOf = (text: string) => /<Code>([^<]+)</.exec(text)?.[1] ?? /"(?:__type|code)"\s*:\s*"(?:[^"#]*#)?([^"]+)"/.exec(text)?.[1];
const messageOf = (text: string) =>
  /<Message>([^<]+)</.exec(text)?.[1] ?? /"[Mm]essage"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? text.slice(0, 200);

/** The texts of an element in an answer of the Query protocol. */
export const elements = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, value]) => value!);
