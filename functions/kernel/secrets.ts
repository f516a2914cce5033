import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { env } from './env.ts';

/**
 * Two secrets a stage: the root, from which every key is derived by HKDF under a purpose label, and the origin header's value.
 * Both are fetched once a container. A secret holds one value a line, the newest first: the older ones are accepted while they rotate.
 */
export type Purpose = 'cursor' | 'api-key' | 'link' | 'attachment' | 'unsubscribe' | 'reply' | 'survey' | 'form';

const cache = new Map<string, Promise<string[]>>();
let client: SecretsManagerClient | undefined;

/** The origin's is `{ "value", "previous" }` in the cloud: CloudFormation can put one member into CloudFront's header, but not one line. */
const listed = (secret: string): string[] =>
  (secret.startsWith('{') ? Object.values(JSON.parse(secret) as Record<string, string>) : secret.split('\n')).filter(Boolean);

const valuesOf = (secretId: string) => {
  let values = cache.get(secretId);
  if (!values) {
    client ??= new SecretsManagerClient();
    values = client.send(new GetSecretValueCommand({ SecretId: secretId })).then(({ SecretString = '' }) => listed(SecretString));
    values.catch(() => cache.delete(secretId));
    cache.set(secretId, values);
  }
  return values;
};

/** The 32-byte keys of a purpose, the newest first, each with its key id. */
const keysFor = async (purpose: Purpose) =>
  (await valuesOf(env().ROOT_SECRET_ID)).map((root) => {
    const key = Buffer.from(hkdfSync('sha256', root, 'suki', purpose, 32));
    return { key, id: createHmac('sha256', key).update('id').digest('base64url').slice(0, 4) };
  });

/** Whether a text is one of the origin's accepted header values, compared in constant time. */
export const isOrigin = async (header: string | undefined) =>
  header !== undefined && (await valuesOf(env().ORIGIN_SECRET_ID)).some((value) => sameText(value, header));

/** Compares two texts without telling by time where they differ. */
export const sameText = (left: string, right: string) => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Encrypts a small text (AES-256-GCM): key id, nonce, tag and cipher text in base64url. */
export const seal = async (purpose: Purpose, plain: string) => {
  const [newest] = await keysFor(purpose);
  if (!newest) throw new Error('the root secret is empty');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', newest.key, nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${newest.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
};

/** Opens what `seal` made; undefined for anything else. */
export const unseal = async (purpose: Purpose, sealed: string) => {
  const [id, body = ''] = sealed.split('.');
  const found = (await keysFor(purpose)).find((candidate) => candidate.id === id);
  if (!found) return undefined;
  try {
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', found.key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

/** HMAC-SHA-256 of a text under a purpose's keys, the newest first, in base64url. */
export const macs = async (purpose: Purpose, value: string) =>
  (await keysFor(purpose)).map(({ key }) => createHmac('sha256', key).update(value).digest('base64url'));

/** Key id and 132 bits of the HMAC under each of a purpose's keys, the newest first, 26 characters: the same for the same text. */
export const keyedMacs = async (purpose: Purpose, value: string) =>
  (await keysFor(purpose)).map(({ key, id }) => `${id}${createHmac('sha256', key).update(value).digest('base64url').slice(0, 22)}`);
