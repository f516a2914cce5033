import type { Role } from '../../functions/admin/roles.ts';
import type { Chance } from '../_util/battery.ts';
import type { SeededWorkspace } from '../_util/seed.ts';
import type { ApiAnswer, World } from '../_util/world.ts';
import { type Faults, type Invocation, within } from './faults.ts';

/** Something that was said to be done: the row, at which version, and the request that did it. */
export interface Acknowledged {
  tenant: string;
  customerId: string;
  /** The row's sort key. */
  sk: string;
  version: number;
  /** What the caller asked for, as far as the row must show it at this version. */
  fields: Record<string, unknown>;
}

interface Known {
  ws: SeededWorkspace;
  customers: { id: string; version: number; kind: string }[];
  interactions: { customerId: string; id: string; version: number }[];
}

/** What the outside knows after a while: only answers count, a crash says nothing. */
export class Ledger {
  readonly spaces: Known[];
  readonly acknowledged: Acknowledged[] = [];
  /** Requests that were refused: their id may stand in no row. */
  readonly refused: string[] = [];
  /** Keyed requests by their unique name, and the id that was answered. */
  readonly once = new Map<string, { tenant: string; id: string }>();
  readonly faults: string[] = [];
  readonly counts: Record<string, number> = {};

  constructor(spaces: SeededWorkspace[]) {
    this.spaces = spaces.map((ws) => ({ ws, customers: [], interactions: [] }));
  }
}

export const simRoles: readonly Role[] = ['admin', 'manager', 'sales', 'service'];
const lifecycles = ['prospect', 'active', 'lapsed', 'closed'];
const words = ['Ana', 'Batis', 'Cruz', 'Dela', 'Ever', 'Fajardo', 'กานดา', 'محمد'];

export interface Player {
  world: World;
  faults: Faults;
  ledger: Ledger;
  chance: Chance;
  oneIn: number;
}

interface Sent {
  key: string;
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** One request in an invocation of its own. Undefined where the process crashed: nobody got an answer. */
async function send({ world, chance, oneIn, ledger }: Player, { key, method, path, body, headers }: Sent): Promise<ApiAnswer | undefined> {
  const invocation: Invocation = { chance, oneIn, dead: false };
  const answer = await within(invocation, () => world.api(key, method, path, body, headers));
  if (invocation.dead) return undefined;
  ledger.counts[answer.status] = (ledger.counts[answer.status] ?? 0) + 1;
  if (answer.status >= 400 && answer.status < 500) ledger.refused.push(String(answer.headers['x-request-id']));
  return answer;
}

/** As our clients do: again with the same key until somebody answers. */
async function persistently(player: Player, sent: Sent): Promise<ApiAnswer | undefined> {
  for (let attempt = 0; attempt < 30; attempt++) {
    // A later attempt is luckier, so that a sequence comes to an end.
    const answer = await send({ ...player, oneIn: attempt > 5 ? 0 : player.oneIn }, sent);
    if (answer && answer.status < 500 && !(answer.status >= 400 && answer.body.retryable)) return answer;
  }
  return undefined;
}

let serial = 0;

/** Somebody to act upon from the beginning, written without faults. */
export async function begin({ world, ledger }: Pick<Player, 'world' | 'ledger'>): Promise<void> {
  for (const space of ledger.spaces) {
    const { ws } = space;
    for (const role of ['admin', 'sales', 'sales'] as const) {
      const { body } = await world.api(ws.keys[role], 'POST', '/v1/customers', { kind: 'person', name: `Begin ${ws.tenant}x${++serial}` });
      space.customers.push({ id: body.id, version: 1, kind: 'person' });
    }
  }
}

/** One random act of one member of one workspace. */
export async function act(player: Player): Promise<void> {
  const { chance, ledger } = player;
  const space = chance.pick(ledger.spaces);
  const { ws } = space;
  const role = chance.pick(simRoles);
  const key = ws.keys[role];
  // Half of all acts meet at one customer.
  const customer = chance.oneIn(2) ? space.customers[0] : chance.pick(space.customers);
  const interaction = space.interactions.length > 0 ? chance.pick(space.interactions) : undefined;
  const emails = () => (!chance.oneIn(4) ? [{ address: `pool${chance.below(3)}@${ws.tenant}.example` }] : []);
  const note = (answer: ApiAnswer | undefined, fields: Record<string, unknown> = {}) => {
    if (!answer || answer.status >= 300 || typeof answer.body?.version !== 'number' || !String(answer.body.id).startsWith('cus_')) return;
    const { id, version, kind } = answer.body;
    ledger.acknowledged.push({ tenant: ws.tenant, customerId: id, sk: '~', version, fields });
    const known = space.customers.find((one) => one.id === id);
    if (!known) space.customers.push({ id, version, kind });
    else known.version = Math.max(known.version, version);
  };
  const noteInteraction = (answer: ApiAnswer | undefined, fields: Record<string, unknown> = {}) => {
    if (!answer || answer.status >= 300 || !String(answer.body?.id).startsWith('int_')) return;
    const { id, customerId, version } = answer.body;
    ledger.acknowledged.push({ tenant: ws.tenant, customerId, sk: `TL#${id.slice(4)}`, version, fields });
    const known = space.interactions.find((one) => one.id === id);
    if (!known) space.interactions.push({ id, customerId, version });
    else known.version = Math.max(known.version, version);
  };
  const name = () => `${chance.pick(words)} ${ws.tenant}x${++serial}`;

  const acts: (() => Promise<void>)[] = [
    async () => {
      const body = { kind: chance.pick(['person', 'company']), name: name(), emails: emails() };
      note(await send(player, { key, method: 'POST', path: '/v1/customers', body }), { name: body.name });
    },
    async () => {
      const body = { kind: 'person', name: name(), emails: emails() };
      const sent = { key, method: 'POST', path: '/v1/customers', body, headers: { 'idempotency-key': `once-${ws.tenant}-${serial}` } };
      const answer = await persistently(player, sent);
      note(answer);
      if (answer?.status !== 201) return;
      ledger.once.set(body.name, { tenant: ws.tenant, id: answer.body.id });
      const again = await persistently(player, sent);
      if (again?.status !== 201 || again.body.id !== answer.body.id || again.headers.location !== answer.headers.location)
        ledger.faults.push(`a repeated key answered ${again?.status} ${again?.body?.id ?? again?.body?.code}, first ${answer.body.id}`);
    },
    async () => {
      const operations = [1, 2, 3].map(() => ({ op: 'create', body: { kind: 'person', name: name() } }));
      const answer = await persistently(player, {
        key,
        method: 'POST',
        path: '/v1/customers/batch',
        body: { operations },
        headers: { 'idempotency-key': `batch-${++serial}` },
      });
      for (const [at, result] of (answer?.body.data ?? []).entries())
        if (result.status === 201) {
          ledger.once.set(operations[at]!.body.name, { tenant: ws.tenant, id: result.id });
          ledger.acknowledged.push({ tenant: ws.tenant, customerId: result.id, sk: '~', version: 1, fields: {} });
        }
    },
    async () => {
      const path = `/v1/customers/by/shop/${chance.below(4)}`;
      const body = { kind: 'company', name: name() };
      note(await send(player, { key, method: 'PUT', path, body }), { name: body.name });
    },
    ...Array.from({ length: 5 }, () => async () => {
      if (!customer) return;
      const mails = () => ({ emails: emails().map((email) => ({ ...email, label: null, primary: false, state: 'ok' })) });
      const fields: Record<string, unknown> = chance.pick([
        { name: name() },
        { tags: [`t${chance.below(9)}`] },
        mails(),
        mails(),
        { timeZone: 'Asia/Manila' },
        { tags: null },
      ]);
      const body = 'emails' in fields ? { emails: (fields.emails as { address: string }[]).map(({ address }) => ({ address })) } : fields;
      const seen = Math.max(1, customer.version - (chance.oneIn(4) ? 1 : 0));
      const answer = await send(player, {
        key,
        method: 'PATCH',
        path: `/v1/customers/${customer.id}`,
        body,
        headers: { 'if-match': `"${seen}"` },
      });
      note(answer, 'tags' in fields ? { tags: fields.tags ?? [] } : fields);
    }),
    async () => {
      if (!customer) return;
      const lifecycle = chance.pick(lifecycles);
      note(
        await send(player, {
          key,
          method: 'POST',
          path: `/v1/customers/${customer.id}/lifecycle`,
          body: { lifecycle, reason: 'simulated' },
        }),
        { lifecycle },
      );
    },
    async () => {
      if (customer) note(await send(player, { key, method: 'DELETE', path: `/v1/customers/${customer.id}` }));
    },
    async () => {
      if (customer) note(await send(player, { key, method: 'POST', path: `/v1/customers/${customer.id}/restore` }), { archivedAt: null });
    },
    ...Array.from({ length: 2 }, () => async () => {
      if (!customer) return;
      const body = { channel: chance.pick(['call', 'email', 'visit']), direction: chance.pick(['in', 'out']), subject: name() };
      const keyed = chance.oneIn(2);
      const sent = {
        key,
        method: 'POST',
        path: `/v1/customers/${customer.id}/interactions`,
        body,
        ...(keyed && { headers: { 'idempotency-key': `log-${ws.tenant}-${serial}` } }),
      };
      noteInteraction(keyed ? await persistently(player, sent) : await send(player, sent), body);
    }),
    async () => {
      if (!interaction) return;
      const outcome = chance.pick(['answered', 'promised', 'resolved']);
      const path = `/v1/customers/${interaction.customerId}/interactions/${interaction.id}`;
      noteInteraction(
        await send(player, { key, method: 'PATCH', path, body: { outcome }, headers: { 'if-match': `"${interaction.version}"` } }),
        { outcome },
      );
    },
    async () => {
      if (!interaction) return;
      const path = `/v1/customers/${interaction.customerId}/interactions/${interaction.id}`;
      const gone = chance.oneIn(2);
      noteInteraction(await send(player, { key, method: gone ? 'DELETE' : 'POST', path: gone ? path : `${path}/restore` }));
    },
    async () => {
      if (customer)
        await send(player, {
          key,
          method: 'PUT',
          path: `/v1/customers/${customer.id}/consents/email/news`,
          body: { status: chance.pick(['granted', 'withdrawn']), source: 'simulated' },
        });
    },
    ...Array.from({ length: 2 }, () => async () => {
      const reads: Omit<Sent, 'key'>[] = [
        { method: 'GET', path: '/v1/customers?limit=50' },
        { method: 'POST', path: '/v1/customers/find', body: { text: chance.pick(words) } },
      ];
      if (customer)
        reads.push(
          { method: 'GET', path: `/v1/customers/${customer.id}` },
          { method: 'GET', path: `/v1/customers/${customer.id}/overview` },
        );
      const answer = await send(player, { key, ...chance.pick(reads) });
      const text = JSON.stringify(answer?.body ?? '');
      for (const other of ledger.spaces)
        if (other !== space && text.includes(other.ws.tenant)) ledger.faults.push(`${ws.tenant} was told of ${other.ws.tenant}`);
    }),
    async () => {
      const other = ledger.spaces.find((one) => one !== space && one.customers.length > 0);
      if (!other) return;
      const foreign = chance.pick(other.customers);
      const answer = await send(player, {
        key,
        ...chance.pick([
          { method: 'GET', path: `/v1/customers/${foreign.id}` },
          { method: 'DELETE', path: `/v1/customers/${foreign.id}` },
          { method: 'POST', path: `/v1/customers/${foreign.id}/interactions`, body: { channel: 'call' } },
        ]),
      });
      if (answer && answer.status < 500 && answer.status !== 404 && answer.status !== 403)
        ledger.faults.push(`a foreign record answered ${answer.status}`);
    },
  ];
  await chance.pick(acts)();
}
