import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { now as clock } from '../kernel/clock.ts';
import { errorFields, log } from '../kernel/log.ts';
import { tableOf } from '../table/tenant.ts';
import { auditAction } from './audit.ts';
import { activeMembership, type Membership } from './person.ts';

/** Cognito asks before each access token: it gets `tenant`, nothing else. Who signs in, and does not only renew, is noted in the audit. */
export const handler = async (event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> => {
  const membership = await activeMembership(event.request.userAttributes.sub ?? event.userName, clock());
  if (!membership) return event;
  if (event.triggerSource !== 'TokenGeneration_RefreshTokens') await noted(membership);
  const accessTokenGeneration = { claimsToAddOrOverride: { tenant: membership.workspace.id } };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } } as PreTokenGenerationV2TriggerEvent;
};

async function noted({ workspace, member }: Membership): Promise<void> {
  const at = clock();
  const act = auditAction(workspace.id, { at, entity: 'signIn', rowId: member.id, actorId: member.id, via: 'person' });
  // A note that cannot be written keeps nobody out.
  await tableOf(workspace.id, at)
    .commit([act])
    .catch((error) => log('warn', 'a sign-in was not noted', errorFields(error)));
}
