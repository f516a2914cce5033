import { defineEntity } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { Sender } from './sender.ts';

const names = {
  kind: 'k',
  name: 'n',
  address: 'ad',
  replyTo: 'rt',
  newCases: 'nc',
  type: 'ty',
  priority: 'p',
  queue: 'q',
  state: 'st',
  tokens: 'tk',
  verifiedAt: 'va',
  createdAt: 'ca',
} as const;

/** pk T#<tenant>#SND  sk <sender>     whom messages come from; its address is unique in the workspace */
export const senderEntity = defineEntity<Sender>({
  type: 'sender',
  schema: Sender,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#SND`, sk: id }),
  unique: ({ address }) => [{ kind: 'sender', value: address }],
});

showsAt('sender', ({ sk }) => `/v1/senders/${sk}`);
