import { isoOf } from '../kernel/clock.ts';
import { hashOf, timeOf, ulidAt } from '../kernel/ids.ts';
import { type Action, defineEntity, type Item, type Key } from '../table/entity.ts';
import { showsAt } from '../table/idempotency.ts';
import { isOpen, Mail } from './mail.ts';

const names = {
  state: 'st',
  why: 'w',
  kind: 'k',
  from: 'f',
  to: 't',
  subject: 'su',
  preview: 'pv',
  receivedAt: 'ra',
  bytes: 'b',
  verdicts: 've',
  unreadable: 'un',
  customerId: 'c',
  suggested: 'sg',
  files: 'fi',
  messageId: 'm',
  campaignId: 'cm',
  caseId: 'cs',
  isNew: 'nw',
  object: 'ob',
  attempts: 'n',
  endsAt: 'ea',
  name: 'nm',
  address: 'ad',
  id: 'i',
  type: 'ty',
  held: 'h',
} as const;

/** The id that a mail always gets in a workspace: its time, and a hash of SES's own id of it. Its entry on a timeline has the same. */
export const mailIdOf = (tenant: string, { messageId, at }: { messageId: string; at: string }): string =>
  `mai_${ulidAt(Date.parse(at), Buffer.from(hashOf(`${tenant}#${messageId}`), 'base64url').subarray(0, 10))}`;

/** What waits for a person. */
export const openMailPartition = (tenant: string) => `T#${tenant}#MAILS`;

/** pk T#<tenant>#MAIL#<mail>  sk ~            a mail that came in
 *  gsi3 T#<tenant>#MAILS / <id>               those that wait for a person, by time, keys only; ttl on what nobody takes */
export const mailEntity = defineEntity<Mail>({
  type: 'mail',
  schema: Mail,
  names,
  key: (tenant, id) => ({ pk: `T#${tenant}#MAIL#${id}`, sk: '~' }),
  gsi3: (tenant, mail) => (isOpen(mail) ? { pk: openMailPartition(tenant), sk: mail.id } : null),
  ttl: ({ endsAt }) => endsAt ?? undefined,
  fromKey: {
    fields: ['id', 'receivedAt'],
    read: ({ pk }) => {
      const id = pk.slice(pk.lastIndexOf('#') + 1);
      return { id, receivedAt: isoOf(timeOf(id)) };
    },
  },
});

/** A mail program's name of a message leads to whose it was. */
export type Thread = { customerId: string; by: string; from: string; caseId?: string | null };

/** pk T#<tenant>#THR#<hash of a Message-ID>  sk ~     cu whose conversation, by which mail or message, fr from which address, cs on which case */
export const threadKey = (tenant: string, messageId: string): Key => ({
  pk: `T#${tenant}#THR#${hashOf(threadName(messageId), 22)}`,
  sk: '~',
});

/** SES names what it sends itself, by its own id at a domain that tells the region: its id is the name. */
const threadName = (messageId: string) => {
  const sent = /^<([^@<>]+)@(?:[\w-]+\.)?amazonses\.com>$/.exec(messageId);
  return sent ? `ses:${sent[1]}` : messageId;
};
/** The Message-ID under which SES sent a message, as far as it names the conversation. */
export const sentName = (sesId: string) => `<${sesId}@email.amazonses.com>`;

/** Remembers a message of a conversation. Fails where another message has the same name. */
export const threadAction = (tenant: string, messageId: string, { customerId, by, from, caseId }: Thread): Action => ({
  put: { ...threadKey(tenant, messageId), cu: customerId, by, fr: from, ...(caseId && { cs: caseId }) },
  guard: { absent: true },
});

export const threadOf = (item: Item | undefined): Thread | undefined =>
  item && { customerId: String(item.cu), by: String(item.by), from: String(item.fr), caseId: item.cs ? String(item.cs) : null };

showsAt('mail', ({ pk }) => `/v1/mails/${pk.slice(pk.lastIndexOf('#') + 1)}`);
