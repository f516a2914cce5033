import { hashOf } from '../kernel/ids.ts';
import { defineEntity } from '../table/entity.ts';
import { Invitation } from './invitation.ts';

const names = {
  id: 'i',
  surveyId: 's',
  surveyVersion: 'sv',
  customerId: 'c',
  caseId: 'cs',
  source: 'so',
  channel: 'ch',
  expiresAt: 'x',
  createdAt: 'ca',
  kind: 'k',
  campaignId: 'cm',
  occurrence: 'oc',
  ruleId: 'ru',
  memberId: 'me',
  openLinkId: 'ol',
} as const;

/** What a token is known by: only its hash is kept. */
export const tokenHash = (token: string) => hashOf(token, 32);

/** pk T#<tenant>#INV#<hash of the token>  sk ~     who may answer what; gone when it expires */
export const invitationEntity = defineEntity<Invitation, { token: string }>({
  type: 'invitation',
  schema: Invitation,
  names,
  silent: true,
  whole: true,
  key: (tenant, { token }) => ({ pk: `T#${tenant}#INV#${tokenHash(token)}`, sk: '~' }),
  ttl: ({ expiresAt }) => (expiresAt === null ? undefined : Math.floor(Date.parse(expiresAt) / 1_000)),
});
