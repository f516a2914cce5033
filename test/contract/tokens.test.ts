import type { JsonWebKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiKeyEntity, memberEntity, workspaceEntity } from '../../functions/admin/admin.entity.ts';
import { isoOf, now } from '../../functions/kernel/clock.ts';
import { memberIdOf } from '../../functions/kernel/ids.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import { told } from '../_util/battery.ts';
import type { SeededMember, SeededWorkspace } from '../_util/seed.ts';
import { describeWorld, startWorld, type World } from '../_util/world.ts';
import { forgedTokens } from './hostile-tokens.ts';

let world: World;
let ws: SeededWorkspace;
let trap: Server;
let trapUrl: string;
let trapped = 0;

type Entity = {
  key: (tenant: string, id: string) => { pk: string; sk: string };
  decode: (item: never) => { version: number };
  update: (...args: never[]) => never;
};

/** Changes a row as an admin's request would, without going through this process's caches. */
async function change(entity: unknown, tenant: string, id: string, fields: object): Promise<void> {
  const { key, decode, update } = entity as Entity;
  const table = tableOf(tenant, now());
  const item = (await table.get(key(tenant, id))) as never;
  const to = { ...(decode(item) as object), ...fields };
  await table.commit(update(...([tenant, id, { from: item, to }, { by: null, via: 'test', requestId: null, now: now() }] as never[])));
}

const keyIdOf = (key: string) => key.split('_')[2] as string;
const tokenOf = (member: SeededMember, more: object = {}, tenant = ws.tenant) => world.token({ sub: member.sub, tenant, ...more });
const seconds = () => Math.floor(Date.now() / 1_000);

/** Tokens that our own issuer signed, and keys that were made here, and still nobody may get in with them. */
async function spentCredentials(): Promise<Record<string, string>> {
  const other = await world.workspace();
  const suspended = await world.workspace();
  await change(workspaceEntity, suspended.tenant, suspended.tenant, { status: 'suspended' });
  const [disabled, signedOut, keyless] = await Promise.all([ws.addMember('admin'), ws.addMember('admin'), ws.addMember('admin')]);
  await change(memberEntity, ws.tenant, disabled.id, { status: 'disabled' });
  const tokenBefore = await tokenOf(signedOut, { iat: seconds() - 120 });
  await change(memberEntity, ws.tenant, signedOut.id, { tokensValidAfter: isoOf(Date.now() - 60_000) });
  const [revoked, expired] = await Promise.all([ws.addMember('admin'), ws.addMember('admin')]);
  await change(apiKeyEntity, ws.tenant, keyIdOf(revoked.key), { revokedAt: isoOf(now()) });
  await change(apiKeyEntity, ws.tenant, keyIdOf(expired.key), { expiresAt: isoOf(now() - 1) });
  const admin = ws.members.admin;
  const [, tenant, keyId, secret] = ws.keys.admin.split('_') as [string, string, string, string];
  return {
    'an expired token': await tokenOf(admin, { iat: seconds() - 7_200, exp: seconds() - 3_600 }),
    'a token that just expired': await tokenOf(admin, { exp: seconds() - 1 }),
    'a token without an end': await tokenOf(admin, { exp: undefined }),
    'a token whose end is text': await tokenOf(admin, { exp: 'never' }).catch(() => 'unmakeable'),
    'a token that is not valid yet': await tokenOf(admin, { nbf: seconds() + 3_600 }),
    'a token without a beginning': await tokenOf(admin, { iat: undefined }),
    'an id token': await tokenOf(admin, { token_use: 'id' }),
    'a token without a use': await tokenOf(admin, { token_use: undefined }),
    "another client's token": await tokenOf(admin, { client_id: 'another-client' }),
    'a token with the client as audience only': await tokenOf(admin, { client_id: undefined, aud: 'suki' }),
    "another issuer's token": await tokenOf(admin, { iss: 'https://idp.example' }),
    'a token without an issuer': await tokenOf(admin, { iss: undefined }),
    'a token without a person': await tokenOf(admin, { sub: undefined }),
    'a token of an unknown person': await world.token({ sub: 'nobody', tenant: ws.tenant }),
    'a token without a workspace': await tokenOf(admin, { tenant: undefined }),
    'a token for a workspace that is a list': await tokenOf(admin, { tenant: [ws.tenant] }),
    'a token for a workspace with a separator': await tokenOf(admin, { tenant: `${ws.tenant.slice(0, 6)}#W` }),
    "a token for a workspace that is not the person's": await tokenOf(admin, {}, other.tenant),
    'a token with the member id as the person': await world.token({ sub: memberIdOf(ws.tenant, admin.sub), tenant: ws.tenant }),
    "a disabled member's token": await tokenOf(disabled),
    "a suspended workspace's token": await tokenOf(suspended.members.admin, {}, suspended.tenant),
    "a signed-out member's token": tokenBefore,
    'a revoked key': revoked.key,
    'an expired key': expired.key,
    "a disabled member's key": disabled.key,
    "a suspended workspace's key": suspended.keys.admin,
    'a key with a wrong secret': `suki_${tenant}_${keyId}_${'0'.repeat(secret.length)}`,
    'a key with half its secret': `suki_${tenant}_${keyId}_${secret.slice(0, 24)}`,
    "a key under another workspace's name": `suki_${other.tenant}_${keyId}_${secret}`,
    "a key with another key's secret": `suki_${tenant}_${keyId}_${keyless.key.split('_')[3]}`,
    'a key that is not there': `suki_${tenant}_0000000000_${secret}`,
    'a key in capitals': ws.keys.admin.toUpperCase(),
    'a key with a tail': `${ws.keys.admin}_x`,
    'a key without its beginning': ws.keys.admin.slice(5),
  };
}

describeWorld('hostile credentials', () => {
  beforeAll(async () => {
    world = await startWorld();
    ws = await world.workspace();
    trap = createServer((_req, res) => {
      trapped++;
      res.end('{"keys":[]}');
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    trapUrl = `http://127.0.0.1:${(trap.address() as { port: number }).port}`;
  });
  afterAll(async () => {
    trap?.close();
    await world?.stop();
  });

  it('get nobody in, whatever is wrong with them, and say no more than that', async () => {
    const good = await tokenOf(ws.members.admin);
    const claims = decodeJwt(good);
    const { keys } = (await (await fetch(`${claims.iss}/.well-known/jwks.json`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
    const hostile = { ...forgedTokens({ good, claims, jwk: keys[0]!, trap: trapUrl }), ...(await spentCredentials()) };
    const body = { kind: 'person', name: 'Mallory' };
    const hash = world.storeHash();
    const accepted: string[] = [];
    for (const [name, credential] of Object.entries(hostile))
      for (const call of [
        () => world.api(credential, 'GET', '/v1/customers'),
        () => world.api(credential, 'POST', '/v1/customers', body),
      ]) {
        const { status, body: problem, headers } = await call();
        const { requestId: _requestId, instance: _instance, detail: _detail, ...rest } = problem;
        if (status !== 401 || rest.code !== 'unauthenticated' || headers['www-authenticate'] !== 'Bearer')
          accepted.push(`${name}: ${status} ${JSON.stringify(rest)}`);
      }
    expect(accepted).toEqual([]);
    expect(world.storeHash()).toBe(hash);
    expect(trapped, 'a key set that a token named was asked').toBe(0);
    told('hostile credentials', { tried: Object.keys(hostile).length, accepted: accepted.length });
    expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(18);
  });

  it('do not keep the good ones out', async () => {
    expect((await world.api(await tokenOf(ws.members.admin), 'GET', '/v1/customers')).status).toBe(200);
    expect((await world.api(ws.keys.admin, 'GET', '/v1/customers')).status).toBe(200);
  });

  it('let a member in again who signed in after signing out', async () => {
    const member = await ws.addMember('sales');
    await change(memberEntity, ws.tenant, member.id, { tokensValidAfter: isoOf(Date.now() - 60_000) });
    expect((await world.api(await tokenOf(member, { iat: seconds() - 120 }), 'GET', '/v1/customers')).status).toBe(401);
    expect((await world.api(await tokenOf(member), 'GET', '/v1/customers')).status).toBe(200);
  });

  it('are refused by other schemes and spellings of the header', async () => {
    const values = [
      '',
      'Bearer',
      'Bearer ',
      `Basic ${Buffer.from('admin:admin').toString('base64')}`,
      `Token ${ws.keys.admin}`,
      `Bearer ${ws.keys.admin}, Bearer x`,
      `Bearer ${ws.keys.admin} x`,
      ws.keys.admin,
    ];
    for (const authorization of values)
      expect((await world.api(undefined, 'GET', '/v1/customers', undefined, { authorization })).status, authorization).toBe(401);
  });

  it('are not even looked at without the origin secret', async () => {
    for (const secret of ['', 'wrong', 'x'.repeat(5_000)]) {
      const answer = await world.api(ws.keys.admin, 'GET', '/v1/customers', undefined, { 'x-origin-secret': secret });
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    }
  });
});
