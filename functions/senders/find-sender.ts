import type { Address } from '../channels/address.ts';
import { env } from '../kernel/env.ts';
import type { Table } from '../table/table.ts';
import { senderEntity } from './sender.entity.ts';
import { type Sender, workspaceSender, workspaceSenderId } from './sender.ts';

type Reader = { tenant: string; table: Pick<Table, 'get'>; workspace: { id: string; name: string; createdAt: string } };

/**
 * The sender of an id, for whoever sends: its own row, or the workspace's own one. Undefined where there is none. The caller lets nothing go
 * that `checkVerified` refuses. 1 R.
 */
export async function findSender({ tenant, table, workspace }: Reader, id: string): Promise<Sender | undefined> {
  const row = await table.get(senderEntity.key(tenant, id));
  if (row) return senderEntity.decode(row);
  const { MAIL_DOMAIN } = env();
  return MAIL_DOMAIN && id === workspaceSenderId(tenant) ? workspaceSender(workspace, MAIL_DOMAIN) : undefined;
}

/** What a message's head says of its sender. */
export const fromOf = ({ name, address, replyTo }: Sender): { from: Address; replyTo?: string } => ({
  from: { name, address },
  ...(replyTo && { replyTo }),
});
