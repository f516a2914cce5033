import type { Worker } from '../lib/services.ts';
import type { Functions } from './functions.ts';
import { clientId, region } from './settings.ts';

interface PreTokenAnswer {
  response?: { claimsAndScopeOverrideDetails?: { accessTokenGeneration?: { claimsToAddOrOverride?: { tenant?: string } } } };
}

/** Tells a person's active workspace for her next token; `renewed` where she does not sign in but only renews. */
export type TenantOf = (sub: string, renewed?: boolean) => Promise<string | undefined>;

/** Asks the product's own pre-token trigger, as Cognito asks it before each access token. */
export function tenantBy(functions: Functions, workers: Record<string, Worker>): TenantOf {
  const name = Object.keys(workers).find((one) => workers[one]?.trigger.kind === 'preToken');
  if (!name) throw new Error('lib/services.ts lists no pre-token trigger.');
  return async (sub, renewed = false) => {
    const event = {
      version: '2',
      triggerSource: renewed ? 'TokenGeneration_RefreshTokens' : 'TokenGeneration_Authentication',
      region,
      userPoolId: 'local_suki',
      userName: sub,
      callerContext: { awsSdkVersion: 'local', clientId },
      request: { userAttributes: { sub }, groupConfiguration: {}, scopes: ['openid', 'profile', 'email'] },
      response: { claimsAndScopeOverrideDetails: null },
    };
    const answer = (await functions.invoke(name, event)) as PreTokenAnswer;
    return answer.response?.claimsAndScopeOverrideDetails?.accessTokenGeneration?.claimsToAddOrOverride?.tenant;
  };
}
