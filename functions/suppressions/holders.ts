import type { Agent } from '../agent.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { type Customer, kinds } from '../customers/customer.ts';
import { GuardError, uniqueKeyOfHash } from '../table/entity.ts';
import { addressHash, suppressAction } from './suppression.entity.ts';
import type { SuppressionChannel, SuppressionReason } from './suppression.ts';

export type Writer = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'iso'>;
type EmailState = Customer['emails'][number]['state'];

const tries = 8;

/** What a reason says of the address itself; undefined for those that are somebody's wish. */
const stateFor: Partial<Record<SuppressionReason, EmailState>> = { hard_bounce: 'bounced', complaint: 'complained' };

/** The customer with one of her e-mails, named by its hash, in another state; the same object where nothing changes. */
export function withEmailState(customer: Customer, hash: string, state: EmailState): Customer {
  const isOther = (email: Customer['emails'][number]) => addressHash('email', email.address) !== hash || email.state === state;
  return customer.emails.every(isOther)
    ? customer
    : { ...customer, emails: customer.emails.map((email) => (isOther(email) ? email : { ...email, state })) };
}

/**
 * Sets the state of an e-mail, named by its hash, on whoever holds it, a person and a company at most, as their claims say: 2 R, and 1 W for each whose
 * state changes (after 1 R). A failed race is tried again.
 */
export async function markHolders({ table, tenant, stamp }: Omit<Writer, 'iso'>, hash: string, state: EmailState): Promise<void> {
  const claims = kinds.map((kind) => uniqueKeyOfHash(tenant, `${kind}#email`, hash));
  const held = await table.getMany(claims, { strong: true });
  const holders = held.flatMap((claim) => (claim?.of ? [{ pk: String(claim.of), sk: '~' }] : []));
  for (const key of holders)
    for (let attempt = 0; ; attempt++) {
      const from = await table.get(key);
      const customer = from && customerEntity.decode(from);
      const to = customer && withEmailState(customer, hash, state);
      if (!to || to === customer) break;
      try {
        await table.commit(customerEntity.update(tenant, customer.id, { from, to }, stamp));
        break;
      } catch (error) {
        if (!(error instanceof GuardError) || attempt + 1 >= tries) throw error;
      }
    }
}

/**
 * Suppresses an address and then says so on the customers who hold it: the suppression is first, because it is what the claims of
 * sends read. 2 W, and what `markHolders` takes where the mailbox itself is at fault.
 */
export async function suppressAddress(
  writer: Writer,
  asked: { channel: SuppressionChannel; address: string; reason: SuppressionReason; at?: string; note?: string | null },
): Promise<void> {
  const { at = writer.iso, ...rest } = asked;
  await writer.table.commit([suppressAction(writer.tenant, { ...rest, at, stamp: writer.stamp })]);
  const state = asked.channel === 'email' ? stateFor[asked.reason] : undefined;
  if (state) await markHolders(writer, addressHash('email', asked.address), state);
}
