import type { Agent } from '../agent.ts';
import { keepSatisfaction } from '../cases/satisfaction.ts';
import { keepConsent } from '../customers/consents.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { factAction } from '../runs/activity.ts';
import { surveyVersionEntity } from '../surveys/survey.entity.ts';
import type { SurveyVersion } from '../surveys/survey.ts';
import { GuardError } from '../table/entity.ts';
import { entryOf } from './entry.ts';
import { responseEntity, surveyOfResponse } from './response.entity.ts';
import type { Response } from './response.ts';
import { listedRows } from './response-lists.entity.ts';

/**
 * What follows from answers that were handed in: they are on her timeline, her campaign knows that she answered, and what she agreed to is
 * kept. All of it is the same however often it is told.
 */
type Told = { response: Response; version: SurveyVersion; customerId: string; completedAt: string };

/** 3 R; the lists that it is in, an interaction, and for a campaign its fact: 4 W. Of a case 1 R and 4 W more. */
export async function followCompleted(agent: Agent, responseId: string): Promise<void> {
  const { table, tenant } = agent;
  const item = await table.get(responseEntity.key(tenant, responseId));
  const response = item && responseEntity.decode(item);
  if (!response?.completedAt) return;
  await table.writeMany(listedRows(tenant, response));
  if (response.customerId === null) return;
  const { surveyId, surveyVersion } = surveyOfResponse(responseId);
  const [customer, row] = await table.getMany(
    [customerEntity.key(tenant, response.customerId), surveyVersionEntity.key(tenant, { surveyId, number: surveyVersion })],
    { strong: true },
  );
  if (!customer || !row) return;
  const told = { response, version: surveyVersionEntity.decode(row), customerId: response.customerId, completedAt: response.completedAt };
  await log(agent, told);
  await tellCampaign(agent, told);
  await keepConsents(agent, told);
  if (response.caseId !== null) await keepSatisfaction(agent, response);
}

/** Her words on her timeline: what she was asked in free text, and what she said. */
async function log({ table, tenant, stamp }: Agent, { response, version }: Told): Promise<void> {
  const interaction = entryOf(response, version);
  if (!interaction) return;
  try {
    await table.commit(interactionEntity.create(tenant, interaction, interaction, stamp));
  } catch (error) {
    if (!(error instanceof GuardError)) throw error;
  }
}

async function tellCampaign({ table, tenant }: Agent, { response: { source }, customerId, completedAt }: Told): Promise<void> {
  if (source.kind !== 'campaign') return;
  await table.commit([factAction(tenant, { customerId, campaignId: source.campaignId }, { fact: 'answeredAt', at: completedAt })]);
}

/** What she agreed to. To leave a box empty takes nothing back. */
async function keepConsents(agent: Agent, { response, version, customerId, completedAt }: Told): Promise<void> {
  for (const { key, topic } of version.definition.sections.flatMap(({ questions }) => questions))
    if (topic !== null && response.answers[key] === true)
      await keepConsent(
        { ...agent, stamp: { ...agent.stamp, via: 'link' } },
        { customerId, channel: topic.channel, topic: topic.topic },
        { status: 'granted', source: 'survey', evidence: response.id, at: completedAt },
      );
}
