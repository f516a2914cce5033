import * as z from 'zod';
import { CustomerId } from '../customers/customer.ts';
import { text } from '../kernel/values.ts';

/** What a link to the recipient's own settings says. Pure. */
const tag = z.string().regex(/^[\w-]{1,128}$/);
/** The send that a link was in, by the tags that name it to the provider. */
export const SendName = z.strictObject({ run: tag, shard: tag, send: tag });
export type SendName = z.output<typeof SendName>;

export const LinkContent = z.strictObject({
  customerId: CustomerId,
  channel: z.enum(['email', 'sms']),
  /** Stands for the address the message went to, so that it can be barred whoever holds it by then. */
  addressHash: z.string().regex(/^[\w-]{22}$/),
  topic: text(40).nullable(),
  send: SendName.nullable(),
});
export type LinkContent = z.output<typeof LinkContent>;
export type Link = LinkContent & { tenant: string };

const letters = { email: 'e', sms: 's' } as const;
const channels = { e: 'email', s: 'sms' } as const;

/** The content in base64url: `<e|s><customer's ULID><hash of the address><topic>\n<run>.<shard>.<send>`. */
export const writeContent = ({ customerId, channel, addressHash, topic, send }: LinkContent): string =>
  Buffer.from(
    `${letters[channel]}${customerId.slice(4)}${addressHash}${topic ?? ''}\n${send ? `${send.run}.${send.shard}.${send.send}` : ''}`,
  ).toString('base64url');

/** What `writeContent` wrote; undefined for anything else. */
export function readContent(content: string): LinkContent | undefined {
  const plain = Buffer.from(content, 'base64url').toString('utf8');
  const [, letter, ulid, addressHash, topic, named = ''] = /^([es])(.{26})(.{22})(.*)\n(.*)$/.exec(plain) ?? [];
  const [run, shard, send] = named.split('.');
  const read = LinkContent.safeParse({
    channel: channels[letter as 'e' | 's'],
    customerId: `cus_${ulid}`,
    addressHash,
    topic: topic || null,
    send: named === '' ? null : { run, shard, send },
  });
  return read.success ? read.data : undefined;
}
