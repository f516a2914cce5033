import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** AWS Signature Version 4 of a request without a query, by node:crypto; the key of a day is derived once. */
export type Signable = { method: string; path: string; headers: Record<string, string>; body?: string | Uint8Array };
export type Signing = {
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  region: string;
  service: string;
  date: Date;
};

const algorithm = 'AWS4-HMAC-SHA256';
const sha256 = (data: string | Uint8Array) => hash('sha256', data, 'hex');
const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** What a proxy may add or change on the way, and the SDK's own count of attempts. */
const unsigned = /^(?:authorization|connection|content-length|expect|user-agent|transfer-encoding|x-amzn-trace-id|amz-sdk-.+)$/;

/** By secret and scope: a function calls few services, each by one key a day. */
const kept = new Map<string, KeyObject>();
const mostKept = 16;

/**
 * HMAC of date, region, service and `aws4_request` in turn, as the specification has it. As a KeyObject: from bytes node makes one anew for
 * each HMAC, which costs six times the HMAC itself.
 */
function keyOf(secret: string, scope: string): KeyObject {
  const name = `${secret}\n${scope}`;
  const held = kept.get(name);
  if (held) return held;
  const key = createSecretKey(scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`)));
  if (kept.size >= mostKept) kept.clear();
  kept.set(name, key);
  return key;
}

const canonicalPath = (path: string) => (path === '/' ? path : path.split('/').map(encodeURIComponent).join('/'));

/** The headers to send instead: with date, session token and `authorization`. `host` must be among those given. */
export function signedHeaders({ method, path, headers, body = '' }: Signable, signing: Signing): Record<string, string> {
  const { credentials, region, service, date } = signing;
  const moment = date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${moment.slice(0, 8)}/${region}/${service}/aws4_request`;
  const sent: Record<string, string> = { ...headers, 'x-amz-date': moment };
  if (credentials.sessionToken) sent['x-amz-security-token'] = credentials.sessionToken;
  const names = Object.keys(sent)
    .filter((name) => !unsigned.test(name))
    .sort();
  const lines = names.map((name) => `${name}:${sent[name]!.trim().replace(/ +/g, ' ')}\n`).join('');
  const list = names.join(';');
  const canonical = `${method}\n${canonicalPath(path)}\n\n${lines}\n${list}\n${sha256(body)}`;
  const signature = createHmac('sha256', keyOf(credentials.secretAccessKey, scope))
    .update(`${algorithm}\n${moment}\n${scope}\n${sha256(canonical)}`)
    .digest('hex');
  sent.authorization = `${algorithm} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`;
  return sent;
}
