import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** AWS Signature Version 4, as far as the loopback needs it: sign calls to the table's endpoint, verify presigned URLs and upload policies. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The key of one day, region and service. `scope` is `<yyyymmdd>/<region>/<service>/aws4_request`. */
function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

export function signText(secret: string, scope: string, text: string): string {
  return hmac(signingKey(secret, scope), text).toString('hex');
}

const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function canonicalQuery(query: string, without?: string): string {
  const pairs = [...new URLSearchParams(query.replaceAll('+', '%2B'))].filter(([name]) => name !== without);
  return pairs
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Headers for a signed POST of a JSON body to `/`. */
export function signedHeaders(
  credentials: Credentials,
  request: { host: string; region: string; service: string; target: string; body: string; now: Date },
) {
  const date = request.now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${request.region}/${request.service}/aws4_request`;
  const names = 'host;x-amz-date;x-amz-target';
  const canonical = `POST\n/\n\nhost:${request.host}\nx-amz-date:${date}\nx-amz-target:${request.target}\n\n${names}\n${sha256(request.body)}`;
  const signature = signText(credentials.secretAccessKey, scope, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`);
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-date': date,
    'x-amz-target': request.target,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Why a presigned URL is refused, or undefined when signature and expiry hold at `now` (the machine's clock, as in the cloud). */
export function presignedProblem(
  credentials: Credentials,
  request: { method: string; path: string; query: string; headers: Record<string, string | string[] | undefined> },
  now: Date,
): string | undefined {
  const query = new URLSearchParams(request.query);
  const [keyId, ...scope] = (query.get('X-Amz-Credential') ?? '').split('/');
  const date = query.get('X-Amz-Date') ?? '';
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (keyId !== credentials.accessKeyId || scope.length !== 4) return 'InvalidAccessKeyId';
  if (!(now.getTime() < at + Number(query.get('X-Amz-Expires')) * 1000)) return 'Request has expired';
  const names = query.get('X-Amz-SignedHeaders') ?? '';
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`);
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query, 'X-Amz-Signature'),
    headers.join(''),
    names,
    'UNSIGNED-PAYLOAD',
  ];
  const text = `AWS4-HMAC-SHA256\n${date}\n${scope.join('/')}\n${sha256(canonical.join('\n'))}`;
  const expected = signText(credentials.secretAccessKey, scope.join('/'), text);
  return sameText(expected, query.get('X-Amz-Signature') ?? '') ? undefined : 'SignatureDoesNotMatch';
}

/** True when the base64 policy of an upload form carries our signature. */
export function policySigned(credentials: Credentials, form: { policy: string; credential: string; signature: string }): boolean {
  const [keyId, ...scope] = form.credential.split('/');
  return keyId === credentials.accessKeyId && sameText(signText(credentials.secretAccessKey, scope.join('/'), form.policy), form.signature);
}
