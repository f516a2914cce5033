import { createHmac, hkdfSync } from 'node:crypto';
import { writeContent } from '../../functions/preferences/link.ts';
import { addressHash } from '../../functions/suppressions/suppression.entity.ts';
import { openSecrets } from '../../local/secret.ts';
import { type LocalJson, readJson } from './product.ts';

const dataDir = () => process.env.E2E_DATA ?? '';

/** The token of a recipient's own link, signed under the product's root secret as the product does. */
export function ownLink(tenant: string, to: { customerId: string; address: string; topic: string | null }): string {
  const content = writeContent({
    customerId: to.customerId,
    channel: 'email',
    addressHash: addressHash('email', to.address),
    topic: to.topic,
    send: null,
  });
  const key = Buffer.from(hkdfSync('sha256', openSecrets(dataDir()).root, 'suki', 'unsubscribe', 32));
  return `${tenant}.${createHmac('sha256', key).update(`${tenant}\n${content}`).digest('base64url').slice(0, 22)}${content}`;
}

/** Sends what the tests' usual calls do not: other methods, with an admin's key. */
export async function asAdmin<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
  const local = readJson<LocalJson>(dataDir(), 'local.json');
  const response = await fetch(`${local?.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${local?.apiKeys.admin}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as T;
}
