import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JWK } from 'oidc-provider';
import { readJson, writePrivate } from './store.ts';

export interface IdentityKeys {
  jwks: { keys: JWK[] };
  cookieKeys: string[];
}

/** The signing key and the cookies' keys, made once and kept in the data folder for its owner alone. */
export function identityKeys(dataDir: string): IdentityKeys {
  const path = join(dataDir, 'identity-keys.json');
  const kept = readJson<IdentityKeys>(path);
  if (kept) return kept;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(12).toString('base64url'), alg: 'RS256', use: 'sig' } as JWK;
  const keys = { jwks: { keys: [jwk] }, cookieKeys: [randomBytes(32).toString('base64url')] };
  writePrivate(path, JSON.stringify(keys));
  return keys;
}
