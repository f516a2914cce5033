import type { Agent } from '../agent.ts';
import { titleOf } from '../cases/case.ts';
import { openCaseActions } from '../cases/open.ts';
import { saidOnCase } from '../cases/said.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { Interaction } from '../interactions/interaction.ts';
import { hashOf, ulidAt, ulidOf } from '../kernel/ids.ts';
import { notifyActions } from '../notifications/notify.ts';
import { findSender } from '../senders/find-sender.ts';
import { workspaceSenderId } from '../senders/sender.ts';
import { serviceLevelsOf } from '../service-levels/service-level.entity.ts';
import { type Action, GuardError, type Item } from '../table/entity.ts';
import { mailEntity, threadAction, threadOf } from './mail.entity.ts';
import type { Mail, MailFile } from './mail.ts';
import { fileKey, originalKey, putBytes } from './objects.ts';
import type { ReadFile, ReadMail } from './read.ts';

type Attaching = {
  /** The mail's row as it was read. */
  from: Item;
  mail: Mail;
  customerId: string;
  read: ReadMail;
  raw: Buffer;
};

type Keeper = Pick<Agent, 'table' | 'tenant' | 'stamp' | 'workspace' | 'iso' | 'now' | 'newId'>;

const tries = 6;

/** The id that a file of a mail always gets. */
const fileId = (mail: Pick<Mail, 'id' | 'receivedAt'>, at: number) =>
  `att_${ulidAt(Date.parse(mail.receivedAt), Buffer.from(hashOf(`${mail.id}#${at}`), 'base64url').subarray(0, 10))}`;

export const filesOfMail = (mail: Pick<Mail, 'id' | 'receivedAt'>, files: readonly ReadFile[]): MailFile[] =>
  files.map(({ name, type, content, held }, at) => ({ id: fileId(mail, at), name, type, bytes: content.length, held }));

/** The entry of a mail on a timeline: its id says which mail it was. What a machine wrote has no direction: it answers nobody and is answered by nobody. */
export const interactionIdOf = (mailId: string) => `int_${ulidOf(mailId)}`;
export const entryOf = (mail: Mail, { text, customerId }: { text: string | null; customerId: string }): Interaction =>
  Interaction.parse({
    id: interactionIdOf(mail.id),
    customerId,
    channel: 'email',
    direction: mail.kind === 'message' ? 'in' : 'none',
    subject: mail.subject,
    body: text,
    attachments: mail.files.flatMap(({ id, name, bytes, type, held }) => (held === null ? [{ id, name, bytes, type }] : [])),
    occurredAt: mail.receivedAt,
    mailId: mail.id,
    caseId: mail.caseId,
    version: 1,
  });

/**
 * Puts a mail onto a customer's timeline: its files and its original into the bucket, then mail, entry and the name of the conversation in
 * one commit. 6 W. A second mail with the same Message-ID from the same sender is the same mail.
 */
export async function attach(keeper: Keeper, { from, mail, customerId, read, raw }: Attaching): Promise<Mail> {
  const { table, tenant, stamp } = keeper;
  const files = filesOfMail(mail, read.files);
  await Promise.all([
    putBytes(originalKey(tenant, mail.id), raw, 'message/rfc822'),
    ...files.flatMap(({ id, held, type }, at) =>
      held === null ? [putBytes(fileKey(tenant, customerId, id), (read.files[at] as ReadFile).content, type)] : [],
    ),
  ]);
  const to: Mail = {
    ...mail,
    state: 'attached',
    why: null,
    customerId,
    suggested: [],
    files,
    object: originalKey(tenant, mail.id),
    endsAt: null,
  };
  for (let attempt = 0; ; attempt++) {
    const { caseId, entry, onCase } = await entryActions(keeper, to, read.text);
    const placed: Mail = { ...to, caseId: caseId ?? to.caseId };
    const rows = [...mailEntity.update(tenant, mail.id, { from, to: placed }, stamp), ...entry];
    const thread =
      mail.messageId === null
        ? undefined
        : threadAction(tenant, mail.messageId, { customerId, by: mail.id, from: mail.from.address, caseId });
    const failed = await table.attempt([...rows, ...(thread ? [thread] : []), ...onCase]);
    if (failed.length === 0) return { ...placed, version: mail.version + 1 };
    // Somebody changed the case in between: what it is now decides.
    if (attempt < tries && failed.every(({ action }) => onCase.includes(action))) continue;
    const other = threadOf(failed.find(({ action }) => action === thread)?.row);
    if (failed.some(({ action }) => action !== thread) || !other) throw new GuardError(failed[0]?.row);
    return other.from === mail.from.address
      ? write(keeper, { from, to: { ...mail, state: 'ignored', why: 'duplicate' } }, [])
      : write(keeper, { from, to: placed }, [...entry, ...onCase]);
  }
}

type EntryActions = { caseId: string | null; entry: Action[]; onCase: Action[] };

/** The entry on a timeline, and what it makes of a case: of the one that it is on, or of one that it opens. */
async function entryActions(keeper: Keeper, mail: Mail, text: string | null): Promise<EntryActions> {
  const { tenant, stamp } = keeper;
  const on = await caseActions(keeper, mail);
  const entry = { ...entryOf(mail, { text, customerId: mail.customerId as string }), caseId: on.caseId };
  const opened = on.caseId === null ? await openedBy(keeper, mail, entry) : undefined;
  if (opened) return { caseId: opened.theCase.id, entry: opened.actions, onCase: [] };
  return { caseId: on.caseId, entry: interactionEntity.create(tenant, entry, entry, stamp), onCase: on.actions };
}

/**
 * The case that a mail opens which answers nothing of ours, where the address that it came to says so; with the entry that it begins with.
 * What a machine wrote opens none. 2.5 R and 7 W more than the entry.
 */
async function openedBy(keeper: Keeper, mail: Mail, entry: Interaction) {
  if (!mail.isNew || mail.kind !== 'message') return undefined;
  const { table, tenant } = keeper;
  const sender = await findSender(keeper, workspaceSenderId(tenant));
  const row = sender?.newCases ? await table.get(customerEntity.key(tenant, entry.customerId)) : undefined;
  if (!sender?.newCases || !row) return undefined;
  const { type, priority, queue } = sender.newCases;
  const levels = await serviceLevelsOf(keeper);
  const subject = entry.subject ?? entry.body?.trim().split('\n')[0]?.slice(0, 200) ?? mail.from.address;
  return openCaseActions(keeper, {
    ...{ type, priority, queue: levels.queues.find((one) => one === queue) ?? null, subject: subject.slice(0, 200) },
    source: { kind: 'mail', id: mail.id },
    customer: customerEntity.decode(row),
    begins: { log: entry },
    levels,
  });
}

/** What a mail makes of the case that it is on: who waited for her waits no more, and the owner is told. What a machine wrote makes nothing. */
async function caseActions(
  keeper: Keeper,
  { id, caseId, customerId, receivedAt, kind }: Mail,
): Promise<{ caseId: string | null; actions: Action[] }> {
  if (!caseId || !customerId) return { caseId: null, actions: [] };
  const said = await saidOnCase(keeper, { caseId, customerId, direction: kind === 'message' ? 'in' : 'none', at: receivedAt });
  if (!said) return { caseId: null, actions: [] };
  const { theCase, actions } = said;
  if (kind !== 'message' || !theCase.ownerId) return { caseId: theCase.id, actions };
  const told = await notifyActions(keeper, {
    ...{ memberId: theCase.ownerId, kind: 'case.answered', cause: id, data: { title: titleOf(theCase) } },
    subject: { type: 'case', id: theCase.id, customerId },
  });
  return { caseId: theCase.id, actions: [...actions, ...told] };
}

async function write({ table, tenant, stamp }: Keeper, { from, to }: { from: Item; to: Mail }, more: Action[]): Promise<Mail> {
  await table.commit([...mailEntity.update(tenant, to.id, { from, to }, stamp), ...more]);
  return { ...to, version: Number(from.v) + 1 };
}
