import * as z from 'zod';
import { CrmError } from '../kernel/errors.ts';
import { StoredInstant, text } from '../kernel/values.ts';

/** An address that is never written to on one channel, whoever holds it. Schema, type and rules; pure. */
export const SuppressionId = z.string().regex(/^sup_[\w-]{22}$/, 'an id such as sup_0Zk3J9sVb1mXqT7yC2nW4A');

export const suppressionChannels = ['email', 'sms', 'call', 'letter'] as const;
export const SuppressionChannel = z.enum(suppressionChannels);
export type SuppressionChannel = z.output<typeof SuppressionChannel>;

export const suppressionReasons = ['hard_bounce', 'complaint', 'unsubscribe_all', 'by_hand', 'import'] as const;
export const SuppressionReason = z.enum(suppressionReasons);
export type SuppressionReason = z.output<typeof SuppressionReason>;

export const Suppression = z
  .strictObject({
    /** Of the address, whatever the channel: the two together name one suppression. */
    id: SuppressionId,
    channel: SuppressionChannel,
    reason: SuppressionReason,
    /** The address as far as it may be shown: its first letter and the domain, or the last digits. The row holds its hash only. */
    hint: z.string().max(300),
    note: text(500).nullable().default(null),
    /** When the address was suppressed last. */
    at: StoredInstant,
    liftedAt: StoredInstant.nullable().default(null),
    liftReason: text(500).nullable().default(null),
    version: z.int().positive(),
  })
  .meta({ id: 'Suppression' });
export type Suppression = z.output<typeof Suppression>;

/** Whether mail to the address is barred by this row: a lifted suppression stays for the record, and bars nothing. */
export const bars = (suppression: Pick<Suppression, 'liftedAt'> | undefined): boolean =>
  suppression !== undefined && suppression.liftedAt === null;

/** Enough of an address to recognise it, too little to write to it: `a…@example.com`, `…4729`. */
export function hintOf(address: string): string {
  const at = address.lastIndexOf('@');
  if (at <= 0) return `…${address.slice(-4)}`;
  return `${[...address][0] ?? ''}…${address.slice(at)}`.slice(0, 300);
}

/** Takes a suppression back, with the reason. A complaint is the recipient's own word: it needs one as well as any other. */
export function lifted(suppression: Suppression, { at, reason }: { at: string; reason: string }): Suppression {
  if (suppression.liftedAt !== null) throw new CrmError('wrong_state', { detail: 'this suppression was lifted before' });
  return { ...suppression, liftedAt: at, liftReason: reason };
}

/** Suppresses anew an address whose suppression was lifted, or that is suppressed for another reason. */
export const again = (suppression: Suppression, next: Pick<Suppression, 'reason' | 'note' | 'at' | 'hint'>): Suppression => ({
  ...suppression,
  ...next,
  liftedAt: null,
  liftReason: null,
});
