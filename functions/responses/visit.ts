import { type Agent, agentIn } from '../agent.ts';
import { missing } from '../kernel/errors.ts';
import { surveyEntity, surveyVersionEntity } from '../surveys/survey.entity.ts';
import { isOpen, type Survey, type SurveyVersion } from '../surveys/survey.ts';
import type { Item } from '../table/entity.ts';
import { tableOf } from '../table/tenant.ts';
import { invitationEntity } from './invitation.entity.ts';
import { type Invitation, visitInvitation } from './invitation.ts';
import { type ReadToken, readToken } from './link.ts';
import { partialResponseEntity, responseIdOf } from './response.entity.ts';
import type { Response } from './response.ts';

/** Somebody who came by a link to a survey: the product at work, on her word. */
export type Visit = {
  agent: Agent;
  token: string;
  /** Undefined where an open link was opened, and nothing is hers yet. */
  invitationId: string | undefined;
  invitation: Invitation;
  survey: Survey;
  version: SurveyVersion;
};

/** What was said so far, and its row. */
export type HeldResponse = { item: Item; response: Response };

const published = new Map<string, SurveyVersion>();

/** A version, which never changes: 1 R for each 4 KiB, once a container. */
async function versionOf({ table, tenant }: Agent, key: { surveyId: string; number: number }): Promise<SurveyVersion | undefined> {
  const name = `${tenant}#${key.surveyId}#${key.number}`;
  const held = published.get(name);
  if (held) return held;
  const row = await table.get(surveyVersionEntity.key(tenant, key));
  if (!row) return undefined;
  if (published.size > 200) published.clear();
  const version = surveyVersionEntity.decode(row);
  published.set(name, version);
  return version;
}

/**
 * Opens a link. Throws `not_found` alike for one that is wrong, forged, expired, of a workspace that is gone, or closed by a member. 3 R:
 * workspace, invitation and survey; one where there is no such invitation.
 */
export async function visit(token: string, moment: { now: number; requestId: string }): Promise<Visit> {
  const read = readToken(token) ?? missing();
  const row = (await tableOf(read.tenant, moment.now).get(invitationEntity.key(read.tenant, { token: read.invitation }))) ?? missing();
  const agent = (await agentIn(read.tenant, moment)) ?? missing();
  const invitation = invitationEntity.decode(row);
  const surveyRow = (await agent.table.get(surveyEntity.key(read.tenant, invitation.surveyId))) ?? missing();
  const survey = surveyEntity.decode(surveyRow);
  const asked = askedFor(invitation, read, survey) ?? missing();
  const version = (await versionOf(agent, { surveyId: survey.id, number: asked.number })) ?? missing();
  return {
    agent: { ...agent, stamp: { ...agent.stamp, via: 'link' } },
    token,
    invitationId: asked.invitationId,
    invitation,
    survey,
    version,
  };
}

/** Which version a link asks, and by which right; undefined where it gives none. */
function askedFor({ id, surveyVersion, source }: Invitation, { visit: by }: ReadToken, survey: Survey) {
  if (source.kind !== 'open') return by || surveyVersion === null ? undefined : { number: surveyVersion, invitationId: id };
  const link = survey.openLinks.find((one) => one.id === source.openLinkId);
  const newest = survey.publishedVersion;
  if (!link || link.closedAt !== null || newest === null) return undefined;
  if (!by) return { number: newest, invitationId: undefined };
  return by.version > newest ? undefined : { number: by.version, invitationId: visitInvitation(id, by.name) };
}

/** Whether answers are taken: the survey as it is now. */
export const takesAnswers = ({ survey }: Visit) => isOpen(survey);

export function responseKeyOf({ survey, version }: Visit, invitationId: string) {
  const asked = { surveyId: survey.id, surveyVersion: version.number };
  return { ...asked, id: responseIdOf(asked, invitationId) };
}

/** What was said by this link so far. 1 R. */
export async function responseAt(at: Visit): Promise<HeldResponse | undefined> {
  const { agent, invitationId } = at;
  if (invitationId === undefined) return undefined;
  const item = await agent.table.get(partialResponseEntity.key(agent.tenant, responseKeyOf(at, invitationId).id));
  return item && { item, response: partialResponseEntity.decode(item) };
}
