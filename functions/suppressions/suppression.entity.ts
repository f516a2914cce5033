import { normalised } from '../customers/customer.entity.ts';
import { hashOf, ulidOf } from '../kernel/ids.ts';
import { type Action, defineEntity, type Item, type Key, type Stamp } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { bars, hintOf, Suppression, type SuppressionChannel, type SuppressionReason } from './suppression.ts';

const names = { reason: 'r', hint: 'hi', note: 'no', at: 'at', liftedAt: 'li', liftReason: 'lr' } as const;

type SuppressionRowId = { id: string; channel: SuppressionChannel };

/** The same address in every spelling that reaches the same person on a channel: an e-mail normalised, a number by its digits. */
export const addressOn = (channel: string, address: string): string =>
  channel === 'email' ? normalised(address) : channel === 'letter' ? address.trim() : address.replaceAll(/[^\d+]/g, '');

/** What stands for an address in keys: 22 characters, 132 bits of SHA-256 of the normalised address, as in the claims on e-mails. */
export const addressHash = (channel: string, address: string): string => hashOf(addressOn(channel, address), 22);

export const suppressionIdOf = (hash: string) => `sup_${hash}`;

/** Everything suppressed of a workspace, by the time of the newest word. */
export const suppressionPartition = (tenant: string) => `T#${tenant}#SUPS`;

/** pk T#<tenant>#SUP#<hash of the address>  sk <channel>          an address never to be written to
 *  gsi3 T#<tenant>#SUPS / <when>#<hash>#<channel>                 those that hold, newest first, keys only */
export const suppressionEntity = defineEntity<Suppression, SuppressionRowId>({
  type: 'suppression',
  schema: Suppression,
  names,
  key: (tenant, { id, channel }) => ({ pk: `T#${tenant}#SUP#${ulidOf(id)}`, sk: channel }),
  gsi3: (tenant, row) => (bars(row) ? { pk: suppressionPartition(tenant), sk: `${row.at}#${ulidOf(row.id)}#${row.channel}` } : null),
  fromKey: {
    fields: ['id', 'channel'],
    read: (key) => ({
      id: suppressionIdOf(key.pk.slice(key.pk.lastIndexOf('#') + 1)),
      channel: key.sk as SuppressionChannel,
    }),
  },
});

/** Where the suppression of an address stands, for the read of a claim. `hash` is `addressHash` of the address. */
export const suppressionKey = (tenant: string, channel: string, hash: string): Key =>
  suppressionEntity.key(tenant, { id: suppressionIdOf(hash), channel: channel as SuppressionChannel });

/** Whether a row read under `suppressionKey` bars sending. */
export const isSuppressed = (item: Item | undefined): boolean => item !== undefined && bars(suppressionEntity.decode(item));

type Suppressing = {
  channel: SuppressionChannel;
  reason: SuppressionReason;
  /** When it became known, RFC 3339. */
  at: string;
  note?: string | null;
  stamp: Stamp;
} & ({ address: string } | { hash: string; hint: string });

/**
 * Suppresses an address, whatever is there: 2 write units, or 4 in a transaction. For somebody's own commit, without a read: the
 * version counts on, so that a word that comes twice is two entries of the history and one suppression.
 */
export function suppressAction(tenant: string, { channel, reason, at, note = null, stamp, ...whom }: Suppressing): Action {
  const hash = 'address' in whom ? addressHash(channel, whom.address) : whom.hash;
  const hint = 'address' in whom ? hintOf(addressOn(channel, whom.address)) : whom.hint;
  const id = suppressionIdOf(hash);
  const row: Suppression = { id, channel, reason, hint, note, at, liftedAt: null, liftReason: null, version: 1 };
  const [made] = suppressionEntity.create(tenant, row, row, stamp);
  if (!made || !('put' in made)) throw new Error('an entity makes a row by a put');
  const { pk, sk, v: _, ...set } = made.put;
  const cleared = { [names.liftedAt]: null, [names.liftReason]: null, [names.note]: note };
  return {
    update: { pk, sk },
    add: { v: 1 },
    set: { ...set, ...cleared },
    guard: { always: 'whatever was known of the address, it is suppressed from now on' },
  };
}

showsAt('suppression', ({ pk, sk }) => `/v1/suppressions/${sk}/${suppressionIdOf(pk.slice(pk.lastIndexOf('#') + 1))}`);
