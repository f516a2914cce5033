import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  type AttributeType,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { env } from '../kernel/env.ts';
import { CrmError, invalid } from '../kernel/errors.ts';

/** People of the stage's user pool. Whoever is in it can sign in; where to, the members' rows say. */
let shared: CognitoIdentityProviderClient | undefined;
const client = () => {
  shared ??= new CognitoIdentityProviderClient({ maxAttempts: 4 });
  return shared;
};

const nameOf = (error: unknown) => (error as Error).name;
const subOf = (attributes: AttributeType[] | undefined) => attributes?.find(({ Name }) => Name === 'sub')?.Value;

/** The `sub` of whoever has this e-mail; a stranger is invited by mail. Throws `invalid_input`, `unavailable`. */
export async function userFor({ email, name, language }: { email: string; name: string; language: string | null }): Promise<string> {
  const address = email.toLowerCase();
  try {
    const { User } = await client().send(
      new AdminCreateUserCommand({
        UserPoolId: env().USER_POOL_ID,
        Username: address,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: address },
          { Name: 'email_verified', Value: 'true' },
          { Name: 'name', Value: name },
          ...(language ? [{ Name: 'locale', Value: language }] : []),
        ],
      }),
    );
    return subOf(User?.Attributes) ?? unnamed();
  } catch (error) {
    if (nameOf(error) !== 'UsernameExistsException') throw shaped(error);
    const known = await client()
      .send(new AdminGetUserCommand({ UserPoolId: env().USER_POOL_ID, Username: address }))
      .catch((cause) => Promise.reject(shaped(cause)));
    return subOf(known.UserAttributes) ?? unnamed();
  }
}

/** Ends a person's sessions at the identity provider: no refresh token of hers works any more. */
export async function signOutUser(sub: string): Promise<void> {
  try {
    await client().send(new AdminUserGlobalSignOutCommand({ UserPoolId: env().USER_POOL_ID, Username: sub }));
  } catch (error) {
    // Nobody there has no sessions either; the member's own row refuses her older tokens anyway.
    if (nameOf(error) !== 'UserNotFoundException') throw shaped(error);
  }
}

const unnamed = (): never => {
  throw new Error('the user pool gave no sub');
};

const busy = new Set(['TooManyRequestsException', 'LimitExceededException', 'InternalErrorException']);
function shaped(error: unknown): unknown {
  if (nameOf(error) === 'InvalidParameterException') return invalid('/email', 'refused', 'the sign-in service does not take this address');
  return busy.has(nameOf(error)) ? new CrmError('unavailable', { headers: { 'Retry-After': '5' } }, error) : error;
}
