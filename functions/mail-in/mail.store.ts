import type { Ctx } from '../context.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { CrmError, missing } from '../kernel/errors.ts';
import { downloadLink } from '../kernel/objects.ts';
import { listHash, openCursor, sealCursor } from '../kernel/page.ts';
import { GuardError, type Item } from '../table/entity.ts';
import { filteredPage } from '../table/walk.ts';
import { attach, interactionIdOf } from './attach.ts';
import { mailEntity, openMailPartition } from './mail.entity.ts';
import { attached, discarded, isOpen, type Mail, released, reopened, shownMail } from './mail.ts';
import { fileKey, objectBytes, putBytes } from './objects.ts';
import { mostBytes, readMail } from './read.ts';

/** Reasons for which a file is not shown whoever asks. */
const never = new Set(['virus', 'too_large']);
const mostFiles = 10;

/** Mail that came in, as one member may see it and deal with it. */
export const mailStore = (ctx: Ctx) => {
  const { table, tenant } = ctx;

  /** What waits is nobody's yet: whoever logs interactions of his own or his team's customers may look through it. */
  const mayDeal = () => ['all', 'team', 'own'].includes(ctx.scope('interactions', 'write'));
  const needsDealer = () => {
    if (!mayDeal()) throw new CrmError('forbidden', { needs: 'interactions:write' });
  };

  const row = async (id: string): Promise<{ item: Item; mail: Mail }> => {
    const item = (await table.get(mailEntity.key(tenant, id))) ?? missing();
    return { item, mail: mailEntity.decode(item) };
  };

  /** A mail that the caller may see: on a timeline of his, or waiting. */
  const visible = async (id: string): Promise<{ item: Item; mail: Mail }> => {
    const found = await row(id);
    if (found.mail.state === 'attached') await ctx.customers.forResource(found.mail.customerId ?? missing(), 'read');
    else if (!mayDeal() || found.mail.state === 'reading') missing();
    return found;
  };

  const again = async ({ object, verdicts, from }: Mail) => {
    const found = (await objectBytes(object, mostBytes)) ?? missing();
    return { raw: found.bytes, read: await readMail(found.bytes, { envelope: from.address, isInfected: verdicts.virus === 'fail' }) };
  };

  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw error instanceof GuardError ? new CrmError('conflict', { headers: { 'Retry-After': '1' } }, error) : error;
    }
  };

  const change = async (id: string, rule: (mail: Mail) => Mail): Promise<Mail> => {
    needsDealer();
    const { item, mail } = await visible(id);
    const to = rule(mail);
    await guarded(() => table.commit(mailEntity.update(tenant, id, { from: item, to }, ctx.stamp)));
    return { ...to, version: mail.version + 1 };
  };

  return {
    get: async (id: string) => shownMail((await visible(id)).mail),

    /** The whole text of a mail that waits; that of one on a timeline stands there. */
    text: async (id: string) => {
      needsDealer();
      const { mail } = await visible(id);
      return (await again(mail)).read.text;
    },

    original: async (id: string) => {
      const { mail } = await visible(id);
      return downloadLink({ key: mail.object, name: `${mail.subject ?? mail.id}.eml`.slice(0, 150), type: 'application/octet-stream' });
    },

    attach: async (id: string, customerId: string) => {
      needsDealer();
      const { item, mail } = await visible(id);
      attached(mail, { customerId, object: mail.object, files: mail.files });
      await ctx.interactions.writable(customerId, 'write');
      const { raw, read } = await again(mail);
      return shownMail(await guarded(() => attach(ctx, { from: item, mail, customerId, read, raw })));
    },

    discard: async (id: string) => shownMail(await change(id, discarded)),
    reopen: async (id: string) => shownMail(await change(id, reopened)),

    release: async (id: string, fileId: string) => {
      const { item, mail } = await visible(id);
      const customerId = mail.state === 'attached' ? mail.customerId : null;
      if (customerId === null) throw new CrmError('wrong_state', { detail: 'the mail is on no timeline' });
      await ctx.interactions.writable(customerId, 'write');
      const at = mail.files.findIndex((file) => file.id === fileId);
      const file = mail.files[at] ?? missing();
      if (file.held === null || never.has(file.held)) throw new CrmError('wrong_state', { detail: 'this file cannot be shown' });
      const entryId = { customerId, id: interactionIdOf(mail.id) };
      const entryItem = (await table.get(interactionEntity.key(tenant, entryId))) ?? missing();
      const entry = interactionEntity.decode(entryItem);
      if (entry.attachments.length >= mostFiles) throw new CrmError('too_many', { detail: `${mostFiles} files at most` });
      const content = (await again(mail)).read.files[at]?.content ?? missing();
      // Whatever it says of itself, it comes down as bytes and opens nothing.
      await putBytes(fileKey(tenant, customerId, fileId), content, 'application/octet-stream');
      const to = released(mail, fileId);
      const { name, bytes } = file;
      const shown = { ...entry, attachments: [...entry.attachments, { id: fileId, name, bytes, type: 'application/octet-stream' }] };
      const rows = [
        ...mailEntity.update(tenant, id, { from: item, to }, ctx.stamp),
        ...interactionEntity.update(tenant, entryId, { from: entryItem, to: shown }, ctx.stamp),
      ];
      await guarded(() => table.commit(rows));
      return shownMail({ ...to, version: mail.version + 1 });
    },

    page: async ({ limit, cursor, state }: { limit: number; cursor?: string | undefined; state?: string | undefined }) => {
      needsDealer();
      const expected = { tenant, list: listHash('mails', state), at: ctx.now };
      const { data, examined, lastKey } = await filteredPage<Mail>({
        limit,
        after: await openCursor(cursor, expected),
        read: (atMost, after) => table.query({ index: 'gsi3', pk: openMailPartition(tenant), newestFirst: true, limit: atMost, after }),
        rowsOf: async (keys) => {
          const mails = (await table.getMany(keys)).map((item) => item && mailEntity.decode(item));
          return mails.map((mail) => (mail && isOpen(mail) && (!state || mail.state === state) ? mail : undefined));
        },
        keyOf: ({ pk, sk, gsi3pk, gsi3sk }) => ({ pk, sk, gsi3pk, gsi3sk }),
      });
      const nextCursor = lastKey ? await sealCursor({ ...expected, key: lastKey }) : null;
      return { data: data.map(shownMail), page: { nextCursor, hasMore: lastKey !== undefined, examined } };
    },
  };
};
