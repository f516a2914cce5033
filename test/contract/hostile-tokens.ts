import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';

/** Builds tokens by hand, so that none of a library's checks stands in the way of a wrong one. */
const part = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export type Claims = Record<string, unknown>;
export type Header = Record<string, unknown>;

const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const attacker = rsa();
export const attackerJwk = { ...attacker.publicKey.export({ format: 'jwk' }), kid: 'attacker', alg: 'RS256', use: 'sig' };

const signed = (header: Header, claims: unknown, key: KeyObject, hash = 'RSA-SHA256') => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${sign(hash, Buffer.from(text), key).toString('base64url')}`;
};
const hmac = (header: Header, claims: unknown, secret: string) => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};

/**
 * Tokens that nobody may get in with, by what is wrong with them. `good` is a valid one, `claims` what it says, `jwk` the issuer's
 * public key, `trap` the address of a key set that must never be asked.
 */
export function forgedTokens({
  good,
  claims,
  jwk,
  trap,
}: {
  good: string;
  claims: Claims;
  jwk: JsonWebKey & { kid: string };
  trap: string;
}): Record<string, string> {
  const [head = '', body = '', tail = ''] = good.split('.');
  const pem = String(createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'pem', type: 'spki' }));
  const rs256 = { alg: 'RS256', typ: 'JWT' };
  const other = (header: Header, said: unknown = claims) => signed(header, said, attacker.privateKey);
  return {
    'unsigned (alg none)': `${part({ alg: 'none', typ: 'JWT' })}.${body}.`,
    'unsigned (alg None)': `${part({ alg: 'nOnE', typ: 'JWT' })}.${body}.`,
    'unsigned, with the old signature': `${part({ alg: 'none', kid: jwk.kid })}.${body}.${tail}`,
    'without an alg': `${part({ typ: 'JWT', kid: jwk.kid })}.${body}.${tail}`,
    'HS256 with the public key as PEM': hmac({ alg: 'HS256', typ: 'JWT', kid: jwk.kid }, claims, pem),
    'HS256 with the public key as JWK': hmac({ alg: 'HS256', typ: 'JWT', kid: jwk.kid }, claims, JSON.stringify(jwk)),
    'HS256 with the modulus': hmac({ alg: 'HS256', kid: jwk.kid }, claims, String(jwk.n)),
    'HS256 with an empty secret': hmac({ alg: 'HS256', kid: jwk.kid }, claims, ''),
    'another key under our kid': other({ ...rs256, kid: jwk.kid }),
    'another key without a kid': other(rs256),
    'an unknown kid': other({ ...rs256, kid: 'attacker' }),
    'a kid that is a path': other({ ...rs256, kid: '../../../../dev/null' }),
    'a kid that is an object': other({ ...rs256, kid: { a: 1 } }),
    'an embedded jwk': other({ ...rs256, jwk: attackerJwk }),
    'an embedded jwk under our kid': other({ ...rs256, kid: jwk.kid, jwk: { ...attackerJwk, kid: jwk.kid } }),
    'a jku of its own': other({ ...rs256, kid: 'attacker', jku: `${trap}/jwks.json` }),
    'an x5u of its own': other({ ...rs256, kid: 'attacker', x5u: `${trap}/cert.pem` }),
    'an issuer of its own': other({ ...rs256, kid: 'attacker' }, { ...claims, iss: trap }),
    'a critical header that nobody knows': other({ ...rs256, kid: jwk.kid, crit: ['admin'], admin: true }),
    'RS512 by another key': signed({ alg: 'RS512', kid: jwk.kid }, claims, attacker.privateKey, 'RSA-SHA512'),
    'changed claims under the old signature': `${head}.${part({ ...claims, sub: 'somebody-else' })}.${tail}`,
    'a changed header under the old signature': `${part({ alg: 'RS256', kid: jwk.kid, typ: 'at+jwt' })}.${body}.${tail}`,
    'an empty signature': `${head}.${body}.`,
    'two parts': `${head}.${body}`,
    'five parts': `${head}.${body}.${tail}.${tail}.${tail}`,
    'claims that are a list': other({ ...rs256, kid: jwk.kid }, [claims]),
    'claims that are no JSON': `${head}.${part('{"sub":')}.${tail}`,
    garbage: 'kanarienvogel',
    dots: '...',
    'a JSON object': '{"sub":"admin"}',
    '100 kB': `${head}.${'A'.repeat(100_000)}.${tail}`,
    'a padded signature': `${good}${'='.repeat(20)}x`,
  };
}
