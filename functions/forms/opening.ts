import { type Case, reasonOf } from '../cases/case.ts';
import { type CaseMaker, openCaseActions } from '../cases/open.ts';
import { customerByPhone } from '../customers/by-phone.ts';
import { customerEntity, normalised } from '../customers/customer.entity.ts';
import { type Customer, CustomerInput, kinds, restored } from '../customers/customer.ts';
import type { Finder } from '../customers/find.ts';
import { newCustomer } from '../customers/make.ts';
import { Interaction } from '../interactions/interaction.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import { type Action, uniqueKey } from '../table/entity.ts';
import type { Form } from './form.ts';
import { type Submission, subjectOf } from './submission.ts';
import { bodyOf } from './words.ts';

/** Who opens it: the product on the word of whoever wrote, or a member who let it through. */
export type Opener = CaseMaker & Finder;

export type Opened = { theCase: Case; isNew: boolean; actions: Action[] };
export type Asked = {
  /** Made of the submission, so that the same one opens one case. */
  caseId?: string;
  form: Pick<Form, 'id' | 'priority' | 'queue'>;
  said: Submission;
  receivedAt: string;
};

/** Who wrote, and what has to be written of her. */
type Writer = { customer: Customer; isNew: boolean; actions: Action[] };

/**
 * Whose e-mail it is, else whose phone, else somebody new. Whoever was archived and writes is there for us again: her matter has a clock
 * that runs, and nobody would look for it among those who are gone. 2 to 4 R.
 */
async function whoIsIt(opener: Opener, said: Submission): Promise<Writer> {
  const { table, tenant, stamp } = opener;
  const { email, phone } = said;
  const claims = email === null ? [] : kinds.map((kind) => uniqueKey(tenant, { kind: `${kind}#email`, value: normalised(email) }));
  const held = (await table.getMany(claims, { strong: true })).flatMap((row) => (row?.of ? [{ pk: String(row.of), sk: '~' }] : []));
  const found = (await table.getMany(held, { strong: true })).flatMap((item) =>
    item ? [{ item, customer: customerEntity.decode(item) }] : [],
  );
  const there = found.find(({ customer }) => customer.archivedAt === null);
  if (there) return { customer: there.customer, isNew: false, actions: [] };
  const [gone] = found;
  if (gone) {
    const customer = restored(gone.customer);
    return { customer, isNew: false, actions: customerEntity.update(tenant, customer.id, { from: gone.item, to: customer }, stamp) };
  }
  const byPhone = phone === null ? undefined : await customerByPhone(opener, phone);
  if (byPhone) return { customer: byPhone, isNew: false, actions: [] };
  const customer = madeOf(opener, said);
  return { customer, isNew: true, actions: customerEntity.create(tenant, customer.id, customer, stamp) };
}

/** A customer of whom nothing was known before. */
function madeOf({ newId, stamp, workspace, iso }: Opener, { name, email, phone, language }: Submission): Customer {
  const input = CustomerInput.parse({
    kind: 'person',
    name: name ?? email ?? phone,
    emails: email === null ? [] : [{ address: email, primary: true }],
    phones: phone === null ? [] : [{ number: phone, primary: true }],
    preferences: { language },
  });
  return newCustomer(input, { id: newId('cus'), via: stamp.via as Customer['via'], country: workspace.country, now: iso });
}

const knownOf = ({ name, emails, phones }: Customer) => ({
  name,
  emails: emails.map(({ address }) => address),
  phones: phones.flatMap(({ number, e164 }) => [number, ...(e164 ? [e164] : [])]),
});

/**
 * What somebody wrote, as a case: with its interaction, and with a customer where nobody is known by the e-mail or phone. What is known of
 * a customer is not written over. For one commit; 10 W, 16 W with a new customer, 15 W with one who was archived, after 3 to 6 R and 1 W.
 * Undefined where the case is there already.
 */
export async function openingOf(opener: Opener, { caseId, form, said, receivedAt }: Asked): Promise<Opened | undefined> {
  const { newId } = opener;
  const { customer, isNew, actions } = await whoIsIt(opener, said);
  const levels = await serviceLevelsOf(opener);
  const subject = subjectOf(said);
  const log = Interaction.parse({
    id: newId('int', Date.parse(receivedAt)),
    customerId: customer.id,
    ...{ channel: 'web', direction: 'in', reason: reasonOf[said.type], subject, body: bodyOf(said, knownOf(customer)) },
    occurredAt: receivedAt,
    version: 1,
  });
  const opened = await openCaseActions(opener, {
    ...{ type: said.type, subject, priority: form.priority, queue: levels.queues.find((queue) => queue === form.queue) ?? null },
    ...(caseId !== undefined && { id: caseId }),
    source: { kind: 'form', id: form.id },
    customer,
    begins: { log },
    levels,
  });
  if (!opened) return undefined;
  return { theCase: opened.theCase, isNew, actions: [...opened.actions, ...actions] };
}
