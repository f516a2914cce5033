import { env } from '../kernel/env.ts';
import { macs, sameText } from '../kernel/secrets.ts';
import { addressHash } from '../suppressions/suppression.entity.ts';
import { type Link, LinkContent, readContent, writeContent } from './link.ts';

/**
 * Links by which a recipient says what may be written to her: signed under a purpose of their own, for they never expire, are never used
 * up, and nothing of them is stored. `/p/u/<tenant>.<22 characters of the HMAC><content>`: the workspace stands in clear, so that nothing
 * has to be searched.
 */
const macLength = 22;
const signed = (tenant: string, content: string) => `${tenant}\n${content}`;

type Linked = {
  customerId: string;
  channel: LinkContent['channel'];
  /** The address that the message goes to. */
  address: string;
  /** The consent topic; null where the link is about all of them. */
  topic: string | null;
  /** The send that the link is in, by its tags; null where there is none. */
  send: LinkContent['send'];
};
type Sender = { tenant: string };

async function tokenFor({ tenant }: Sender, { address, ...link }: Linked): Promise<string> {
  const content = writeContent(LinkContent.parse({ ...link, addressHash: addressHash(link.channel, address) }));
  const [mac = ''] = await macs('unsubscribe', signed(tenant, content));
  return `${tenant}.${mac.slice(0, macLength)}${content}`;
}

const pageOf = (token: string) => `${env().APP_ORIGIN}/p/u/${token}`;

/** The page on which a recipient unsubscribes from what she was sent, for a link in the text of a message. */
export const unsubscribeUrl = async (sender: Sender, link: Linked): Promise<string> => pageOf(await tokenFor(sender, link));

/** The page on which she says what she wants, and in which language. */
export const preferencesUrl = async (sender: Sender, link: Omit<Linked, 'topic'>): Promise<string> =>
  pageOf(await tokenFor(sender, { ...link, topic: null }));

/** The two headers of RFC 8058, by which a mail program unsubscribes with one click and without a page. */
export async function unsubscribeHeaders(sender: Sender, link: Linked): Promise<{ name: string; value: string }[]> {
  const url = `${env().APP_ORIGIN}/p/api/unsubscribe/${await tokenFor(sender, link)}`;
  return [
    { name: 'List-Unsubscribe', value: `<${url}>` },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ];
}

/** What a token says, or undefined for one that we did not make. */
export async function openLink(token: string): Promise<Link | undefined> {
  const [, tenant = '', mac = '', content = ''] = /^([a-z0-9]{8})\.([\w-]{22})([\w-]{1,700})$/.exec(token) ?? [];
  if (!tenant) return undefined;
  const made = (await macs('unsubscribe', signed(tenant, content))).map((each) => each.slice(0, macLength));
  // Every key is compared, whichever fits, so that the time says nothing.
  const fits = made.map((each) => sameText(each, mac)).includes(true);
  const read = fits ? readContent(content) : undefined;
  return read && { tenant, ...read };
}
