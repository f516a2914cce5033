import { CreateEmailIdentityCommand, DeleteEmailIdentityCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { env } from '../kernel/env.ts';
import { CrmError } from '../kernel/errors.ts';

/**
 * Domains and addresses that SES lets us send from. They are the account's, so each carries by tags which workspace of which stage proved
 * it: nobody sends in the name of another's domain.
 */
export type Identity = { verified: boolean; tokens: string[] };

let shared: SESv2Client | undefined;
const client = () => {
  shared ??= new SESv2Client({ maxAttempts: 4 });
  return shared;
};

const busy = new Set(['TooManyRequestsException', 'LimitExceededException', 'ConcurrentModificationException']);
const nameOf = (error: unknown) => (error as Error).name;
function shaped(error: unknown): unknown {
  return busy.has(nameOf(error)) ? new CrmError('unavailable', { headers: { 'Retry-After': '5' } }, error) : error;
}

type Owned = Identity & { owner: string | undefined };
const ownerOf = (tenant: string) => `${env().STAGE}/${tenant}`;

async function read(EmailIdentity: string): Promise<Owned | undefined> {
  try {
    const found = await client().send(new GetEmailIdentityCommand({ EmailIdentity }));
    return {
      verified: found.VerifiedForSendingStatus === true,
      tokens: found.DkimAttributes?.Tokens ?? [],
      owner: found.Tags?.find(({ Key }) => Key === 'suki:workspace')?.Value,
    };
  } catch (error) {
    if (nameOf(error) === 'NotFoundException') return undefined;
    throw shaped(error);
  }
}

/** What SES knows of a workspace's domain or address; undefined for one that is not there, or is another's. Throws `unavailable`. */
export async function readIdentity(tenant: string, name: string): Promise<Identity | undefined> {
  const found = await read(name);
  return found?.owner === ownerOf(tenant) ? found : undefined;
}

/** Whether the stage's own domain is proved. Throws `unavailable`. */
export const isProved = async (domain: string): Promise<boolean> => (await read(domain))?.verified ?? false;

/** Asks SES for a domain or an address; one that the workspace has already is given back. Throws `duplicate` for another's, `unavailable`. */
export async function claimIdentity(tenant: string, name: string): Promise<Identity> {
  try {
    const made = await client().send(
      new CreateEmailIdentityCommand({ EmailIdentity: name, Tags: [{ Key: 'suki:workspace', Value: ownerOf(tenant) }] }),
    );
    return { verified: made.VerifiedForSendingStatus === true, tokens: made.DkimAttributes?.Tokens ?? [] };
  } catch (error) {
    if (nameOf(error) !== 'AlreadyExistsException') throw shaped(error);
    const found = await readIdentity(tenant, name);
    if (found) return found;
    throw new CrmError(
      'duplicate',
      { errors: [{ pointer: '/address', code: 'taken', detail: 'somebody else sends from there already' }] },
      error,
    );
  }
}

/** Gives a domain or an address back. Throws `unavailable`. */
export async function dropIdentity(tenant: string, name: string): Promise<void> {
  if (!(await readIdentity(tenant, name))) return;
  try {
    await client().send(new DeleteEmailIdentityCommand({ EmailIdentity: name }));
  } catch (error) {
    if (nameOf(error) !== 'NotFoundException') throw shaped(error);
  }
}
