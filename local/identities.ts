import { createHash } from 'node:crypto';
import { AwsError } from './http.ts';
import { mailDomain } from './settings.ts';
import { readSetting, type Store, writeSetting } from './store.ts';

/** Whom SES lets send: domains, after their DNS records are found, and addresses, after a click in a mail. Here the desk says so. */
export interface Identities {
  list(): Identity[];
  find(name: string): Identity | undefined;
  create(name: string, tags?: Tag[]): Identity;
  /** Throws AwsError NotFoundException for one that was never made. */
  verify(name: string): void;
  remove(name: string): boolean;
  /** Whether an address may be sent from: it is verified itself, or its domain or one above it is. */
  maySend(address: string): boolean;
}

type Tag = { Key: string; Value: string };
export type Identity = { name: string; verified: boolean; tokens: string[]; tags: Tag[] };

/** DKIM's three selectors, the same for the same name. */
const tokensOf = (name: string) => [1, 2, 3].map((at) => createHash('sha256').update(`${at} ${name}`).digest('hex').slice(0, 32));
const setting = (name: string) => `identity ${name}`;
const bare = (address: string) => (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();

export function createIdentities(store: Store): Identities {
  const own = mailDomain;
  const save = (identity: Identity) => writeSetting(store, setting(identity.name), JSON.stringify(identity));
  const forget = store.prepare('DELETE FROM settings WHERE name = ?');
  const all = store.prepare("SELECT value FROM settings WHERE name BETWEEN 'identity ' AND 'identity ~' ORDER BY name");
  const find = (given: string): Identity | undefined => {
    const name = given.toLowerCase();
    if (name === own) return { name, verified: true, tokens: tokensOf(name), tags: [] };
    const text = readSetting(store, setting(name));
    return text === undefined ? undefined : (JSON.parse(text) as Identity);
  };
  return {
    find,
    list: () => all.all().map(({ value }) => JSON.parse(String(value)) as Identity),
    create(given, tags = []) {
      const name = given.toLowerCase();
      if (find(name)) throw new AwsError('AlreadyExistsException', `Email identity ${name} already exist.`, 400);
      const identity = { name, verified: false, tokens: name.includes('@') ? [] : tokensOf(name), tags };
      save(identity);
      return identity;
    },
    verify(name) {
      const identity = find(name);
      if (!identity) throw new AwsError('NotFoundException', `Email identity ${name} does not exist.`, 404);
      save({ ...identity, verified: true });
    },
    remove: (name) => Number(forget.run(setting(name.toLowerCase())).changes) > 0,
    maySend(given) {
      const address = bare(given);
      if (find(address)?.verified) return true;
      const labels = (address.split('@')[1] ?? '').split('.');
      return labels.some((_, at) => find(labels.slice(at).join('.'))?.verified === true);
    },
  };
}

/** Answers SESv2's calls about identities. */
export function answerIdentities(identities: Identities, call: { method: string; name: string | undefined; input: unknown }): object {
  const { method, name, input } = call;
  if (method === 'POST') {
    const { EmailIdentity = '', Tags } = input as { EmailIdentity?: string; Tags?: Tag[] };
    return shown(identities.create(EmailIdentity, Tags));
  }
  const found = identities.find(name ?? '');
  if (!found) throw new AwsError('NotFoundException', `Email identity ${name} does not exist.`, 404);
  if (method === 'GET') return shown(found);
  if (method !== 'DELETE') throw new AwsError('NotFoundException', `The loopback has no ${method} for identities.`, 404);
  identities.remove(found.name);
  return {};
}

const shown = ({ name, verified, tokens, tags }: Identity) => ({
  IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
  FeedbackForwardingStatus: true,
  VerifiedForSendingStatus: verified,
  Tags: tags,
  VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
  DkimAttributes: {
    SigningEnabled: tokens.length > 0,
    Status: tokens.length === 0 ? 'NOT_STARTED' : verified ? 'SUCCESS' : 'PENDING',
    Tokens: tokens,
    SigningAttributesOrigin: 'AWS_SES',
  },
});
