import { customerEntity } from '../../functions/customers/customer.entity.ts';
import { CustomerInput } from '../../functions/customers/customer.ts';
import { newCustomer } from '../../functions/customers/make.ts';
import { interactionEntity } from '../../functions/interactions/interaction.entity.ts';
import { Interaction } from '../../functions/interactions/interaction.ts';
import { isoOf } from '../../functions/kernel/clock.ts';
import { idMaker } from '../../functions/kernel/ids.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { World } from '../_util/world.ts';

export const zone = 'Europe/Paris';
const custom = (key: string, label: string) => ({ key, label, kind: 'date', choices: [], removedAt: null });

export const forOwner = { to: 'owner' };
export const call = { kind: 'followUp', title: 'Call', for: forOwner };

/** What the tests of rules do, each in a workspace of its own: `fresh` makes it. */
export function ruleDesk(world: () => World) {
  let ws: SeededWorkspace | undefined;
  let made = 0;
  const newId = idMaker(() => world().now());
  const here = (): SeededWorkspace => {
    if (!ws) throw new Error('a workspace is made by fresh()');
    return ws;
  };
  const fresh = async (settings: object = {}) => {
    if (ws) world().end(ws.tenant);
    ws = await world().workspace({
      timeZone: zone,
      fields: [custom('contractEnd', 'Contract ends'), custom('birthday', 'Birthday')],
      ...settings,
    });
    await world().drain();
  };
  const post = async (path: string, body: unknown = {}) => {
    const answer = await world().api(here().keys.admin, 'POST', path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const get = async (path: string) => (await world().api(here().keys.admin, 'GET', path)).body;

  /** Makes a rule and turns it on. */
  const ruleOn = async (rule: object, on: object = {}): Promise<string> => {
    const { id } = await post('/v1/rules', { name: 'A rule', does: [call], ...rule });
    await post(`/v1/rules/${id}/on`, on);
    await world().drain();
    return id;
  };
  const own = (name: string) => ({ kind: 'person', name: `${name} ${++made}`, ownerId: here().members.sales.id });
  const customer = async (more: object = {}): Promise<string> => (await post('/v1/customers', { ...own('Customer'), ...more })).id;
  const log = (id: string, more: object = {}) => post(`/v1/customers/${id}/interactions`, { channel: 'call', direction: 'out', ...more });
  const firings = async (id: string): Promise<Record<string, unknown>[]> => (await get(`/v1/rules/${id}/firings`)).data;
  const followUps = async (): Promise<{ title: string; customerId: string; ownerId: string }[]> =>
    (await get('/v1/follow-ups?scope=all&limit=200')).data;

  /** The clock goes on, minute by minute as far as a sweep can tell: whatever is due is dealt with, twice. */
  const later = async (duration: string): Promise<void> => {
    world().advance(duration);
    await world().drain();
    world().advance('PT1M');
    await world().drain();
  };

  const stampOf = (via: string) => ({ by: null, via, requestId: null, now: world().now() });
  /** Writes a customer as another way than a person's hand does it. */
  const byWay = async (via: string, more: object = {}): Promise<string> => {
    const input = CustomerInput.parse({ ...own(`By ${via}`), ...more });
    const row = newCustomer(input, { id: newId('cus'), via: 'import', country: 'FR', now: isoOf(world().now()) });
    const { tenant } = here();
    await tableOf(tenant, world().now()).commit(customerEntity.create(tenant, row.id, row, stampOf(via)));
    await world().drain();
    return row.id;
  };
  /** Writes a complaint as another way than a person's hand does it. */
  const complaintBy = async (via: string, customerId: string): Promise<void> => {
    const said = { channel: 'call', direction: 'in', reason: 'complaint', occurredAt: isoOf(world().now()), version: 1 };
    const row = Interaction.parse({ id: newId('int'), customerId, ...said });
    const { tenant } = here();
    await tableOf(tenant, world().now()).commit(interactionEntity.create(tenant, row, row, stampOf(via)));
    await world().drain();
  };
  return {
    ws: here,
    /** An e-mail address that nobody else has. */
    address: (name: string) => `${name}${++made}@rules.example`,
    ...{ fresh, post, get, ruleOn, customer, log, firings, followUps, later, byWay, complaintBy },
  };
}
