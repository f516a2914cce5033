import type { Ctx } from '../context.ts';
import type { Item } from '../table/entity.ts';
import { customerEntity } from './customer.entity.ts';
import type { Customer } from './customer.ts';
import { type Finder, findCustomers } from './find.ts';

/** Hits of the search among which a number is looked for. */
const hitsLookedAt = 50;

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** The same digits, or those of a national form within the international one. */
const isOf = (number: string, asked: string) => {
  const digits = digitsOf(asked);
  const national = digits.replace(/^0+/, '');
  return (
    (digits !== '' && number === digits) ||
    (!asked.trim().startsWith('+') && national.length >= 6 && number.endsWith(national) && number.length - national.length <= 4)
  );
};

/** Whether the row of a customer holds this very number, in either form: the search also finds what only begins so. */
export function hasPhone(item: Item | undefined, asked: string): boolean {
  const { phones = [] } = (item ? customerEntity.plain(item) : {}) as { phones?: { number: string; e164?: string }[] };
  return phones.flatMap(({ number, e164 }) => [digitsOf(number), ...(e164 ? [digitsOf(e164)] : [])]).some((number) => isOf(number, asked));
}

/** The one customer who has this number and is not archived; undefined where there is none, or several. 1 R and 0.5 R each that is found. */
export async function customerByPhone(finder: Finder, phone: string): Promise<Customer | undefined> {
  const { data } = await findCustomers(finder, phone, hitsLookedAt);
  const items = await finder.table.getMany(data.filter(({ archived }) => !archived).map(({ id }) => customerEntity.key(finder.tenant, id)));
  const held = items.filter((item) => hasPhone(item, phone));
  return held.length === 1 && held[0] ? customerEntity.decode(held[0]) : undefined;
}

/** Everybody with this very number whom the caller may see, the archived last. 1 R and 1 R each that the search finds. */
export async function customersByPhone(ctx: Ctx, phone: string): Promise<Customer[]> {
  const { data } = await findCustomers(ctx, phone, hitsLookedAt);
  const items = await ctx.table.getMany(
    data.map(({ id }) => customerEntity.key(ctx.tenant, id)),
    { strong: true },
  );
  const held = items.flatMap((item) => (item && hasPhone(item, phone) ? [customerEntity.decode(item)] : []));
  const seen = await Promise.all(held.map(({ ownerId }) => ctx.reaches('customers', 'read', ownerId)));
  return held.filter((_, at) => seen[at]).map(ctx.customers.shown);
}
