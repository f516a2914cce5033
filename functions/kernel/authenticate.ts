import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { machineNow } from './clock.ts';
import { env } from './env.ts';
import { CrmError } from './errors.ts';
import { hashOf } from './ids.ts';

/** What a verified access token says. Role and teams are not in it: they come from the member's row at each request. */
export type Claims = { sub: string; tenant: string; issuedAt: number };

const longestToken = 8_192;
const verified = new Map<string, { claims: Claims; until: number }>();
const cacheFor = 60_000;
const cacheSize = 1_000;

let keySet: ReturnType<typeof createRemoteJWKSet> | undefined;
const keys = () => {
  keySet ??= createRemoteJWKSet(new URL(`${env().ISSUER}/.well-known/jwks.json`), { cooldownDuration: 10_000 });
  return keySet;
};

/** The credential of an Authorization header, or undefined. */
export const bearerOf = (header: string | undefined): string | undefined => /^Bearer ([\x21-\x7e]+)$/i.exec(header ?? '')?.[1];

/**
 * Verifies an access token: RS256 only, this issuer and client, not expired, `token_use` access, and a tenant.
 * A token that passed is remembered by its hash for a minute at most. Throws `unauthenticated` for all else.
 */
export async function verifyToken(token: string): Promise<Claims> {
  if (token.length > longestToken) throw new CrmError('unauthenticated');
  const name = hashOf(token);
  const known = verified.get(name);
  if (known && known.until > machineNow()) return known.claims;
  const { payload } = await jwtVerify(token, keys(), {
    algorithms: ['RS256'],
    issuer: env().ISSUER,
    requiredClaims: ['exp', 'iat', 'sub'],
  }).catch((error) => {
    // Only the key set's own trouble is ours; everything about the token is the caller's.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw new CrmError('unavailable', {}, error);
    throw new CrmError('unauthenticated', {}, error);
  });
  const claims = claimsOf(payload);
  if (verified.size >= cacheSize) verified.clear();
  verified.set(name, { claims, until: Math.min(machineNow() + cacheFor, (payload.exp ?? 0) * 1_000) });
  return claims;
}

function claimsOf(payload: JWTPayload): Claims {
  const { sub, tenant, iat, token_use: use, client_id: client } = payload;
  if (use !== 'access' || client !== env().CLIENT_ID || !sub || !iat) throw new CrmError('unauthenticated');
  if (typeof tenant !== 'string' || !/^[a-z0-9]{8}$/.test(tenant))
    throw new CrmError('unauthenticated', { detail: 'this person has no workspace' });
  return { sub, tenant, issuedAt: iat * 1_000 };
}
