import { consentField } from '../customers/consent-fields.ts';
import { consentEntity, customerIdOf } from '../customers/customer.entity.ts';
import type { Consent } from '../customers/customer.ts';
import { isoOf } from '../kernel/clock.ts';
import { invalid } from '../kernel/errors.ts';
import type { Item } from '../table/entity.ts';
import type { PlannedCustomer, SaidConsent } from './rows.ts';
import type { Planning, Unit } from './units.ts';

/** What rows say of consents, beside what was said before. A file never brings back what somebody has withdrawn. */

/** Consents that are there, of those the rows speak of, by their key. */
export type Permitted = ReadonlyMap<string, Item>;

const nameOf = (customerId: string, { channel, topic }: Omit<SaidConsent, 'status'>) => `${customerId}#${channel}#${topic}`;
const inLog = ({ channel, topic }: Omit<SaidConsent, 'status'>) => `${channel}#${topic}`;

/** The channel and topic of a consent in an import's log. */
export function consentIn(text: string): Pick<Consent, 'channel' | 'topic'> {
  const [channel, topic = ''] = text.split('#');
  return { channel: channel as Consent['channel'], topic };
}

/** Reads the consents of those whom a window's rows may be about. 1 R each. */
export async function permittedBy(
  { ctx }: Pick<Planning, 'ctx'>,
  planned: readonly PlannedCustomer[],
  holdersOf: (one: PlannedCustomer) => readonly Item[],
): Promise<Permitted> {
  const ids = planned.flatMap((one) =>
    one.consents.length === 0
      ? []
      : holdersOf(one).flatMap((item) => one.consents.map((consent) => ({ customerId: customerIdOf(item), ...consent }))),
  );
  const wanted = new Map(ids.map((id) => [nameOf(id.customerId, id), id]));
  const rows = await ctx.table.getMany(
    [...wanted.values()].map((id) => consentEntity.key(ctx.tenant, id)),
    { strong: true },
  );
  return new Map([...wanted.keys()].flatMap((name, at) => (rows[at] ? [[name, rows[at]] as const] : [])));
}

type Saying = { customerId: string; said: readonly SaidConsent[]; permitted: Permitted };

/** Adds the consents that a row changes to its unit, and says how many. Throws where the row would bring back what was withdrawn. */
export function sayConsents(planning: Planning, unit: Unit, { customerId, said, permitted }: Saying): number {
  const { ctx, name, startedAt } = planning;
  let changed = 0;
  for (const { channel, topic, status } of said) {
    const id = { customerId, channel, topic };
    const item = permitted.get(nameOf(customerId, id));
    const held = item && consentEntity.decode(item);
    if (held?.status === status) continue;
    if (held?.status === 'withdrawn')
      throw invalid(`/${consentField(id)}`, 'consent_withdrawn', 'was withdrawn since; a file does not bring it back');
    const version = (held?.version ?? 0) + 1;
    const evidence = `${name}, row ${unit.row}`;
    const next: Consent = { ...id, status, source: 'import', evidence, at: isoOf(startedAt), version };
    const actions = item
      ? consentEntity.update(ctx.tenant, id, { from: item, to: next }, ctx.stamp)
      : consentEntity.create(ctx.tenant, id, next, ctx.stamp);
    unit.actions.push(...actions);
    unit.written.push({ e: 'consent', c: customerId, i: inLog(id), v: version, ...(item && { b: item }) });
    changed++;
  }
  return changed;
}
