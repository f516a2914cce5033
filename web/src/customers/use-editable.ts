import type { Customer } from '../api/types.ts';
import { useCan } from '../auth/me.ts';

/** Tells which fields of a customer the member may change. */
export function useEditable(customer: Customer) {
  const can = useCan();
  return (field: string) => !customer.archivedAt && can.to('customers', 'write', customer.ownerId) && can.field(field);
}
