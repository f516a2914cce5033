import { createHash } from 'node:crypto';
import { env } from '../kernel/env.ts';
import { macs, sameText } from '../kernel/secrets.ts';

/**
 * The address for answers: `reply+<workspace>.<c|r|k><customer, campaign or case, 26><what it was, 7><HMAC, 15>@<mail domain>`. 64 characters, which
 * is all that a mailbox's name may have, in small letters only, because mail programs change the case. The HMAC (75 bits) proves that
 * the answer comes from somebody who got the message; whose message it was stands in it, so that nothing has to be stored.
 */
export type AnswerTo =
  | { customerId: string; messageId: string }
  | { campaignId: string; occurrence: string }
  | { caseId: string; messageId: string };
export type Answered =
  | { kind: 'customer'; customerId: string; ref: string }
  | { kind: 'campaign'; campaignId: string; ref: string }
  | { kind: 'case'; caseId: string; ref: string };

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const [refLength, macLength] = [7, 15];

/** The first bits of some bytes in small letters. */
function lettersOf(bytes: Uint8Array, length: number): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5 && text.length < length; ) {
      bits -= 5;
      text += letters[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/** What a message or an occurrence is called within the address. */
export const refOf = (name: string) => lettersOf(createHash('sha256').update(name).digest(), refLength);

const signatures = async (tenant: string, content: string) =>
  (await macs('reply', `${tenant}.${content}`)).map((mac) => lettersOf(Buffer.from(mac, 'base64url'), macLength));

/** What an address says: which kind, whose or what it is, what is answered. */
function contentOf(to: AnswerTo): string {
  const part = (id: string) => id.slice(4).toLowerCase();
  if ('caseId' in to) return `k${part(to.caseId)}${refOf(to.messageId)}`;
  return 'customerId' in to ? `c${part(to.customerId)}${refOf(to.messageId)}` : `r${part(to.campaignId)}${refOf(to.occurrence)}`;
}

/** The Reply-To of a message. Undefined where the stage takes no mail in. */
export async function replyAddress({ tenant }: { tenant: string }, to: AnswerTo): Promise<string | undefined> {
  const domain = env().MAIL_DOMAIN;
  if (!domain) return undefined;
  const content = contentOf(to);
  const [signature = ''] = await signatures(tenant, content);
  return `reply+${tenant}.${content}${signature}@${domain}`;
}

const form = /^reply\+([a-z0-9]{8})\.([crk])([0-9a-z]{26})([0-9a-z]{7})([0-9a-z]{15})$/;

/** The workspace that an address of ours belongs to, and what is answered where its signature holds. Undefined for an address that is not ours. */
export async function openAddress(address: string): Promise<{ tenant: string; answered?: Answered } | undefined> {
  const plain = address.trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  const [local, domain] = [plain.slice(0, at), plain.slice(at + 1)];
  if (at < 0 || !env().MAIL_DOMAIN || domain !== env().MAIL_DOMAIN.toLowerCase()) return undefined;
  const [, tenant, kind, id = '', ref = '', signature = ''] = form.exec(local) ?? [];
  if (!tenant) return /^[a-z0-9]{8}$/.test(local) ? { tenant: local } : undefined;
  const made = await signatures(tenant, `${kind}${id}${ref}`);
  if (!made.map((one) => sameText(one, signature)).includes(true)) return { tenant };
  return { tenant, answered: answeredOf(kind, { id: id.toUpperCase(), ref }) };
}

function answeredOf(kind: string | undefined, { id, ref }: { id: string; ref: string }): Answered {
  if (kind === 'k') return { kind: 'case', caseId: `cas_${id}`, ref };
  return kind === 'c' ? { kind: 'customer', customerId: `cus_${id}`, ref } : { kind: 'campaign', campaignId: `cmp_${id}`, ref };
}
