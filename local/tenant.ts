import type { Worker } from '../lib/services.ts';
import { demoPeople, demoWorkspaces } from './demo/people.ts';
import type { Functions } from './functions.ts';

interface PreTokenAnswer {
  response?: { claimsAndScopeOverrideDetails?: { accessTokenGeneration?: { claimsToAddOrOverride?: { tenant?: string } } } };
}

/**
 * A person's active workspace, asked of the product's own pre-token trigger as Cognito asks it. Where lib/services.ts lists no such
 * trigger, a demo person has the first workspace she is in.
 */
export function tenantBy(functions: Functions, workers: Record<string, Worker>): (sub: string) => Promise<string | undefined> {
  const name = Object.keys(workers).find((one) => workers[one]?.trigger.kind === 'preToken');
  if (!name) return async (sub) => demoTenant(sub);
  return async (sub) => {
    const event = {
      version: '2',
      triggerSource: 'TokenGeneration_Authentication',
      region: 'us-east-1',
      userPoolId: 'local_suki',
      userName: sub,
      callerContext: { awsSdkVersion: 'local', clientId: 'suki-web' },
      request: { userAttributes: { sub }, groupConfiguration: {}, scopes: ['openid', 'profile', 'email'] },
      response: { claimsAndScopeOverrideDetails: null },
    };
    const answer = (await functions.invoke(name, event)) as PreTokenAnswer;
    return answer.response?.claimsAndScopeOverrideDetails?.accessTokenGeneration?.claimsToAddOrOverride?.tenant;
  };
}

function demoTenant(sub: string): string | undefined {
  const place = demoPeople.find((person) => person.sub === sub)?.workspaces[0]?.workspace;
  return demoWorkspaces.find((workspace) => workspace.key === place)?.tenant;
}
