import * as z from 'zod';
import { CaseType } from '../cases/case.ts';
import { CrmError, invalid } from '../kernel/errors.ts';
import { idFrom } from '../kernel/ids.ts';
import { idOf, StoredInstant, text } from '../kernel/values.ts';
import { Priority, Queue } from '../service-levels/service-level.ts';

/** Whom a workspace's messages come from. Schema, type and rules; pure. */
export const SenderId = idOf('snd');

/** `workspace`: at the stage's own domain, there from the start. `domain`: at a domain of the workspace, proved by DNS. `address`: one address, proved by a click. */
export const senderKinds = ['workspace', 'domain', 'address'] as const;

const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email())
  .refine((address) => /^[\x21-\x7e]+$/.test(address), { error: 'letters of the Latin alphabet only' });

/** Mail to this address that answers nothing of ours opens a case of this kind. */
export const NewCases = z
  .strictObject({ type: CaseType.default('question'), priority: Priority.default('normal'), queue: Queue.nullable().default(null) })
  .meta({ id: 'NewCases' });
export type NewCases = z.output<typeof NewCases>;

export const Sender = z.strictObject({
  id: SenderId,
  kind: z.enum(senderKinds),
  /** What readers see beside the address. */
  name: text(100),
  address: z.email().max(254),
  /** Where answers go, if not to the address. */
  replyTo: z.email().max(254).nullable().default(null),
  /** Null: such mail is an entry on a timeline and no more. */
  newCases: NewCases.nullable().default(null),
  state: z.enum(['pending', 'verified']),
  /** The provider's three selectors of DKIM, of which the DNS records are made. */
  tokens: z.array(z.string().max(100)).max(3).default([]),
  verifiedAt: StoredInstant.nullable().default(null),
  createdAt: StoredInstant,
  updatedAt: StoredInstant,
  version: z.int().positive(),
});
export type Sender = z.output<typeof Sender>;

/** A line for the zone of a domain. `needed` ones prove it; the others help mail to arrive. */
export const DnsRecord = z
  .strictObject({
    type: z.enum(['CNAME', 'TXT']),
    name: z.string().max(400),
    value: z.string().max(400),
    needed: z.boolean(),
  })
  .meta({ id: 'DnsRecord' });
export type DnsRecord = z.output<typeof DnsRecord>;

export const SenderView = Sender.omit({ tokens: true })
  .extend({ records: z.array(DnsRecord) })
  .meta({ id: 'Sender' });
export type SenderView = z.output<typeof SenderView>;

export const SenderInput = z
  .strictObject({
    kind: z.enum(['domain', 'address']),
    name: text(100),
    address: Email,
    replyTo: Email.nullable().default(null),
  })
  .meta({ id: 'SenderInput' });
export type SenderInput = z.output<typeof SenderInput>;

export const SenderPatch = z
  .strictObject({ name: text(100).optional(), replyTo: Email.nullable().optional(), newCases: NewCases.nullable().optional() })
  .refine((patch) => Object.keys(patch).length > 0, { error: 'nothing to change' })
  .meta({ id: 'SenderPatch' });
export type SenderPatch = z.output<typeof SenderPatch>;

/** Of a workspace; more would be somebody else's list of addresses. */
export const mostSenders = 20;

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/** What the provider knows the sender by: the domain, or the address itself. */
export const identityOf = ({ kind, address }: Pick<Sender, 'kind' | 'address'>): string =>
  kind === 'address' ? address : domainOf(address);

export const workspaceSenderId = (tenant: string) => idFrom('snd', tenant, 'workspace');

/** The sender that every workspace has where the stage has a domain. It is no row until somebody changes it. */
export const workspaceSender = (workspace: { id: string; name: string; createdAt: string }, mailDomain: string): Sender => ({
  id: workspaceSenderId(workspace.id),
  kind: 'workspace',
  name: workspace.name.slice(0, 100),
  address: `${workspace.id}@${mailDomain}`,
  replyTo: null,
  newCases: null,
  state: 'verified',
  tokens: [],
  verifiedAt: workspace.createdAt,
  createdAt: workspace.createdAt,
  updatedAt: workspace.createdAt,
  version: 1,
});

/** Refuses an address at the stage's own domain: those belong to the workspaces that they are named by. */
export function checkForeign(address: string, mailDomain: string): void {
  const domain = domainOf(address);
  if (mailDomain && (domain === mailDomain || domain.endsWith(`.${mailDomain}`)))
    throw invalid('/address', 'own_domain', 'this domain is the product’s own');
}

/** Refuses cases of mail to an address whose mail does not come here, or for a queue that is not there. */
export function checkNewCases({ kind }: Pick<Sender, 'kind'>, newCases: NewCases | null | undefined, queues: readonly string[]): void {
  if (!newCases) return;
  if (kind !== 'workspace') throw invalid('/newCases', 'no_mail_here', 'mail to this address does not come here');
  if (newCases.queue !== null && !queues.includes(newCases.queue)) throw invalid('/newCases/queue', 'no_such_queue', 'no such queue');
}

/** The DNS records that prove a domain, and the one without which many servers doubt its mail. */
export function recordsOf({ kind, address, tokens }: Sender): DnsRecord[] {
  if (kind !== 'domain') return [];
  const domain = domainOf(address);
  return [
    ...tokens.map((token) => ({
      type: 'CNAME' as const,
      name: `${token}._domainkey.${domain}`,
      value: `${token}.dkim.amazonses.com`,
      needed: true,
    })),
    { type: 'TXT', name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none;', needed: false },
  ];
}

export function shownSender(sender: Sender): SenderView {
  const { tokens: _, ...shown } = sender;
  return { ...shown, records: recordsOf(sender) };
}

/** What the provider says of a sender, as of now. One that lost its proof is pending again. */
export const checked = (sender: Sender, found: { verified: boolean; tokens: string[] }, at: string): Sender => ({
  ...sender,
  state: found.verified ? 'verified' : 'pending',
  tokens: found.tokens.slice(0, 3),
  verifiedAt: found.verified ? (sender.verifiedAt ?? at) : null,
});

/** Throws `sender_unverified` for a sender that nobody proved to own. Messages go out from no other. */
export function checkVerified({ state, address }: Pick<Sender, 'state' | 'address'>): void {
  if (state !== 'verified') throw new CrmError('sender_unverified', { detail: `${domainOf(address)} is not proved yet` });
}
