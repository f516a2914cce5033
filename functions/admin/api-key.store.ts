import { type Ctx, forgetPrincipals } from '../context.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { ulidOf } from '../kernel/ids.ts';
import { macs } from '../kernel/secrets.ts';
import { GuardError } from '../table/entity.ts';
import { apiKeyEntity, memberEntity } from './admin.entity.ts';
import { type ApiKey, type ApiKeyInput, narrowed } from './api-key.ts';
import { mayGive } from './member.store.ts';
import { type Reach, type Role, scopeOf } from './roles.ts';

type Maker = Pick<Ctx, 'table' | 'tenant' | 'stamp' | 'iso' | 'newId'>;

/** 80 bits of chance in 16 characters. */
const chance = ({ newId }: Pick<Maker, 'newId'>) => ulidOf(newId('key')).slice(10);

/** Makes a key for a member; its text, with 160 bits of chance, is known to the caller alone: the table keeps its HMAC. 1 write unit. */
export async function makeKey(
  maker: Maker,
  { name, scopes, expiresAt, memberId }: ApiKeyInput & { memberId: string },
): Promise<{ row: ApiKey; key: string }> {
  const { table, tenant, stamp, iso } = maker;
  const id = chance(maker).slice(0, 10);
  const secret = chance(maker) + chance(maker);
  const [hash] = await macs('api-key', `${tenant}#${id}#${secret}`);
  if (!hash) throw new Error('the root secret is empty');
  const row: ApiKey = { id, name, memberId, scopes, hash, expiresAt, revokedAt: null, createdAt: iso, updatedAt: iso, version: 1 };
  await table.commit(apiKeyEntity.create(tenant, id, row, stamp));
  return { row, key: `suki_${tenant}_${id}_${secret}` };
}

/** What a key of a role with these scopes reaches. */
const keyReach =
  (role: Role, scopes: ApiKey['scopes']): Reach =>
  (resource, verb) =>
    narrowed(scopeOf(role, resource, verb), { scopes }, resource, verb);

/** The API keys of one workspace. */
export const apiKeyStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;
  const row = async (id: string) => (await table.get(apiKeyEntity.key(tenant, id))) ?? missing();

  return {
    get: async (id: string): Promise<ApiKey> => apiKeyEntity.decode(await row(id)),

    /** Throws `role_too_high` for a member, or scopes, beyond the caller's own. */
    create: async (input: ApiKeyInput) => {
      const memberId = input.memberId ?? ctx.actor.memberId;
      const item = await table.get(memberEntity.key(tenant, memberId));
      const member = item && memberEntity.decode(item);
      if (member?.status !== 'active') throw invalid('/memberId', 'no_such_member', 'no such active member');
      mayGive(ctx, keyReach(member.role, input.scopes));
      if (input.expiresAt && input.expiresAt <= ctx.iso) throw invalid('/expiresAt', 'in_past', 'this moment is over');
      return makeKey(ctx, { ...input, memberId });
    },

    /** Ends a key for good. A key that has ended stays as it is. */
    revoke: async (id: string): Promise<ApiKey> => {
      const item = await row(id);
      const before = apiKeyEntity.decode(item);
      if (before.revokedAt) return before;
      const next = { ...before, revokedAt: ctx.iso };
      try {
        await table.commit(apiKeyEntity.update(tenant, id, { from: item, to: next }, ctx.stamp));
      } catch (error) {
        if (error instanceof GuardError) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
        throw error;
      }
      forgetPrincipals();
      return { ...next, version: before.version + 1, updatedAt: ctx.iso };
    },
  };
};
