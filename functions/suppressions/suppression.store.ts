import type { Ctx } from '../context.ts';
import { e164Of } from '../customers/phone.ts';
import { CrmError, invalid, missing } from '../kernel/errors.ts';
import { ulidOf } from '../kernel/ids.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { GuardError } from '../table/entity.ts';
import { filteredPage } from '../table/walk.ts';
import { markHolders } from './holders.ts';
import { addressHash, addressOn, suppressionEntity, suppressionIdOf, suppressionKey, suppressionPartition } from './suppression.entity.ts';
import { again, bars, hintOf, lifted, type Suppression, suppressionChannels } from './suppression.ts';
import type { SuppressionInput } from './suppressions.routes.ts';

const tries = 6;

/** The suppressed addresses of a workspace, as its members see and change them. */
export const suppressionStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  const get = async (id: Pick<Suppression, 'channel' | 'id'>) => (await table.get(suppressionEntity.key(tenant, id))) ?? missing();

  /** A number as it is dialled from everywhere, so that it is the one that a message goes to. */
  const checkedAddress = ({ channel, address }: Pick<SuppressionInput, 'channel' | 'address'>): string => {
    if (channel === 'letter') return address;
    if (channel !== 'email') return e164Of(address, ctx.workspace.country) ?? refused('not_a_number', 'not a phone number');
    return /^[^@\s]+@[^@\s]+$/.test(address) ? address : refused('not_an_address', 'not an e-mail address');
  };

  /** Suppresses an address; the same again changes nothing. 2 W after 1 R. */
  const add = async (input: SuppressionInput): Promise<{ suppression: Suppression; isNew: boolean }> => {
    const { channel, reason, note } = input;
    const address = checkedAddress(input);
    const said = { reason, note, at: ctx.iso, hint: hintOf(addressOn(channel, address)) };
    const key = suppressionKey(tenant, channel, addressHash(channel, address));
    for (let attempt = 0; attempt < tries; attempt++) {
      const from = await table.get(key);
      const before = from && suppressionEntity.decode(from);
      if (before && bars(before)) return { suppression: before, isNew: false };
      const id = suppressionIdOf(addressHash(channel, address));
      const fresh: Suppression = { id, channel, ...said, liftedAt: null, liftReason: null, version: 1 };
      const next = before ? again(before, said) : fresh;
      try {
        await table.commit(
          from
            ? suppressionEntity.update(tenant, next, { from, to: next }, ctx.stamp)
            : suppressionEntity.create(tenant, next, next, ctx.stamp),
        );
        return { suppression: { ...next, version: (before?.version ?? 0) + 1 }, isNew: true };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  /** Takes a suppression back; the e-mail of whoever holds the address counts as good again. */
  const lift = async (id: Pick<Suppression, 'channel' | 'id'>, reason: string): Promise<Suppression> => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const from = await get(id);
      const before = suppressionEntity.decode(from);
      const to = lifted(before, { at: ctx.iso, reason });
      try {
        await table.commit(suppressionEntity.update(tenant, id, { from, to }, ctx.stamp));
        if (id.channel === 'email') await markHolders(ctx, ulidOf(id.id), 'ok');
        return { ...to, version: before.version + 1 };
      } catch (error) {
        if (!(error instanceof GuardError)) throw error;
      }
    }
    throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
  };

  /** What is suppressed of exactly this address, on each channel it could be one of. */
  const lookUp = async (address: string): Promise<Suppression[]> => {
    const e164 = address.includes('@') ? undefined : e164Of(address, ctx.workspace.country);
    const keys = suppressionChannels.map((channel) =>
      suppressionKey(tenant, channel, addressHash(channel, channel === 'letter' ? address : (e164 ?? address))),
    );
    const rows = await table.getMany(keys, { strong: true });
    return rows.flatMap((row) => (row ? [suppressionEntity.decode(row)] : [])).filter(bars);
  };

  /** One page, newest first: keys from the index, the rows by BatchGet. */
  const page = async ({ limit, cursor, channel }: { limit: number; cursor?: string | undefined; channel?: string | undefined }) => {
    const expected = { tenant, list: listHash('suppressions', channel), at: ctx.now };
    const found = await filteredPage<Suppression>({
      limit,
      after: await openCursor(cursor, expected),
      read: (atMost, after) => table.query({ index: 'gsi3', pk: suppressionPartition(tenant), newestFirst: true, limit: atMost, after }),
      rowsOf: async (keys) => {
        const rows = (await table.getMany(keys)).map((row) => row && suppressionEntity.decode(row));
        return rows.map((row) => (row && bars(row) && (!channel || row.channel === channel) ? row : undefined));
      },
      keyOf: ({ pk, sk, gsi3pk, gsi3sk }) => ({ pk, sk, gsi3pk, gsi3sk }),
    });
    const { data, examined, lastKey } = found;
    const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
    return { data, page: { nextCursor, hasMore: lastKey !== undefined, examined } };
  };

  return { get: async (id: Pick<Suppression, 'channel' | 'id'>) => suppressionEntity.decode(await get(id)), add, lift, lookUp, page };
};

const refused = (code: string, detail: string): never => {
  throw invalid('/address', code, detail);
};
