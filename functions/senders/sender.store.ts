import { claimIdentity, dropIdentity, type Identity, isProved, readIdentity } from '../channels/identities.ts';
import type { Ctx } from '../context.ts';
import { env } from '../kernel/env.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import { type Action, GuardError, type Item, TakenError } from '../table/entity.ts';
import { checkFresh } from '../table/fresh.ts';
import { startingWith } from '../table/ranges.ts';
import { findSender } from './find-sender.ts';
import { senderEntity } from './sender.entity.ts';
import {
  checked,
  checkForeign,
  checkNewCases,
  identityOf,
  mostSenders,
  type Sender,
  type SenderInput,
  type SenderPatch,
  workspaceSender,
  workspaceSenderId,
} from './sender.ts';

/** Whom a workspace's messages come from. What the provider says of a sender is asked while it is not proved. */
export const senderStore = (ctx: Ctx) => {
  const { table, tenant, stamp, iso } = ctx;

  async function commit(actions: Action[]): Promise<void> {
    try {
      await table.commit(actions);
    } catch (error) {
      if (error instanceof TakenError)
        throw new CrmError('duplicate', { errors: [{ pointer: '/address', code: 'taken', detail: 'there is such a sender' }] }, error);
      if (error instanceof GuardError) throw new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error);
      throw error;
    }
  }

  const rows = async (): Promise<Sender[]> => {
    const items = await table.queryAll({ pk: senderEntity.key(tenant, '').pk, range: startingWith('snd_'), strong: true });
    return items.map((item) => senderEntity.decode(item));
  };

  const inWorkspace = async (): Promise<Sender[]> => {
    const stored = await rows();
    const { MAIL_DOMAIN } = env();
    const own = workspaceSenderId(tenant);
    const first = stored.find(({ id }) => id === own) ?? (MAIL_DOMAIN ? workspaceSender(ctx.workspace, MAIL_DOMAIN) : undefined);
    return [...(first ? [first] : []), ...stored.filter(({ id }) => id !== own)];
  };

  const seen = async (sender: Sender): Promise<Identity | undefined> => {
    if (sender.kind !== 'workspace') return readIdentity(tenant, identityOf(sender));
    return { verified: await isProved(identityOf(sender)), tokens: [] };
  };

  /** The sender as the provider sees it now. A change is the product's own word, whoever looked. */
  async function refreshed(sender: Sender): Promise<Sender> {
    const to = checked(sender, (await seen(sender)) ?? { verified: false, tokens: sender.tokens }, iso);
    if (senderEntity.changedFields(sender, to).length === 0) return sender;
    const from = await table.get(senderEntity.key(tenant, sender.id));
    // The workspace's own one is no row until somebody changes it.
    if (!from || senderEntity.decode(from).version !== sender.version) return to;
    try {
      await table.commit(senderEntity.update(tenant, sender.id, { from, to }, { ...stamp, by: null, via: 'rule' }));
      return { ...to, version: sender.version + 1, updatedAt: iso };
    } catch (error) {
      // Whoever changed it meanwhile was told the same.
      if (error instanceof GuardError) return to;
      throw error;
    }
  }

  const find = async (id: string): Promise<Sender> => (await findSender(ctx, id)) ?? missing();
  /** The row of the workspace's own sender, which is made when it is changed for the first time. */
  async function written(sender: Sender): Promise<Item> {
    await table.commit(senderEntity.create(tenant, sender.id, sender, { ...stamp, by: null, via: 'rule' })).catch((error: unknown) => {
      if (!(error instanceof GuardError || error instanceof TakenError)) throw error;
    });
    return (await table.get(senderEntity.key(tenant, sender.id))) ?? missing();
  }

  const asked = (sender: Sender) =>
    sender.state === 'pending' || sender.kind === 'workspace' ? refreshed(sender) : Promise.resolve(sender);

  return {
    list: async (): Promise<Sender[]> => Promise.all((await inWorkspace()).map(asked)),
    get: async (id: string): Promise<Sender> => asked(await find(id)),
    check: async (id: string): Promise<Sender> => refreshed(await find(id)),

    add: async (input: SenderInput): Promise<Sender> => {
      checkForeign(input.address, env().MAIL_DOMAIN);
      const there = await rows();
      if (there.length >= mostSenders) throw new CrmError('too_many', { detail: `${mostSenders} senders at most` });
      if (there.some(({ address }) => address === input.address))
        throw new CrmError('duplicate', { errors: [{ pointer: '/address', code: 'taken', detail: 'there is such a sender' }] });
      // Asked for before the row is written: a claim without a row does no harm, and is found again.
      const identity = await claimIdentity(tenant, identityOf(input));
      const fresh: Sender = {
        id: ctx.newId('snd'),
        ...input,
        newCases: null,
        state: 'pending',
        tokens: [],
        verifiedAt: null,
        createdAt: iso,
        updatedAt: iso,
        version: 1,
      };
      const sender = checked(fresh, identity, iso);
      await commit(senderEntity.create(tenant, sender.id, sender, stamp));
      return sender;
    },

    change: async (id: string, patch: SenderPatch, seenVersion: number): Promise<Sender> => {
      const item = (await table.get(senderEntity.key(tenant, id))) ?? (await written(await find(id)));
      const before = senderEntity.decode(item);
      checkFresh(Object.keys(patch), { seen: seenVersion, version: before.version, versions: senderEntity.fieldVersions(item) });
      checkNewCases(before, patch.newCases, patch.newCases?.queue ? (await serviceLevelsOf(ctx, true)).queues : []);
      const to = { ...before, ...patch };
      if (senderEntity.changedFields(before, to).length === 0) return before;
      await commit(senderEntity.update(tenant, id, { from: item, to }, stamp));
      return { ...to, version: before.version + 1, updatedAt: iso };
    },

    /** Ends a sender; its domain is given back with the last sender of it. */
    remove: async (id: string): Promise<void> => {
      if (id === workspaceSenderId(tenant)) throw new CrmError('wrong_state', { detail: 'the workspace’s own sender stays' });
      const item = (await table.get(senderEntity.key(tenant, id))) ?? missing();
      const sender = senderEntity.decode(item);
      await commit(senderEntity.expire(tenant, id, item, stamp));
      const others = (await rows()).filter((one) => one.id !== id && identityOf(one) === identityOf(sender));
      if (others.length === 0) await dropIdentity(tenant, identityOf(sender));
    },
  };
};
