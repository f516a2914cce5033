import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { senderEntity } from '../../functions/senders/sender.entity.ts';
import { Sender } from '../../functions/senders/sender.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';

/** The rows of the matrix about senders: whoever sees campaigns sees them, only an admin changes them. They have no owner. */
const staff: Row = { admin: 'y', manager: 'y', sales: 'y', service: 'y', marketing: 'y', analyst: 'y', partner: 'f' };
const admins: Row = { admin: 'y', manager: 'f', sales: 'f', service: 'f', marketing: 'f', analyst: 'f', partner: 'f' };
const byId = (who: Row): Row =>
  Object.fromEntries(Object.entries(who).map(([role, may]) => [role, may === 'y' ? 'y-y-n-n' : 'f-f-f-f'])) as Row;

export const senderRows: Record<string, Row> = {
  listSenders: staff,
  getSender: byId(staff),
  addSender: admins,
  changeSender: byId(admins),
  checkSender: byId(admins),
  testSender: byId(admins),
  removeSender: byId(admins),
};

const newId = idMaker(now);
let made = 0;

/** A proved sender of this workspace or another, or the id of none. */
async function senderId({ people, relation }: Setting): Promise<string> {
  if (relation === 'absent') return idFrom('snd', 'not', 'there');
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  const at = isoOf(now());
  const sender = Sender.parse({
    id: newId('snd'),
    kind: 'domain',
    name: 'Matrix',
    address: `matrix${++made}@mail.suki.example`,
    state: 'verified',
    tokens: [],
    createdAt: at,
    updatedAt: at,
    version: 1,
  });
  const stamp = { by: null, via: 'rule', requestId: null, now: now() };
  await tableOf(tenant, now()).commit(senderEntity.create(tenant, sender.id, sender, stamp));
  return sender.id;
}

const onSender = (method: string, suffix = '', body?: unknown): Case => ({
  call: async (setting) => ({
    method,
    path: `/v1/senders/${await senderId(setting)}${suffix}`,
    ...(body !== undefined && { body, headers: { 'if-match': '"1"' } }),
  }),
});

export const senderCases: Record<string, Case> = {
  listSenders: { call: async () => ({ method: 'GET', path: '/v1/senders' }) },
  addSender: {
    call: async () => ({
      method: 'POST',
      path: '/v1/senders',
      body: { kind: 'address', name: 'Matrix', address: `sender${++made}@matrix.example` },
    }),
  },
  getSender: onSender('GET'),
  changeSender: onSender('PATCH', '', { name: 'Renamed' }),
  checkSender: onSender('POST', '/check'),
  testSender: onSender('POST', '/test'),
  removeSender: onSender('DELETE'),
};
