import type { Agent } from '../agent.ts';
import { type NewCase, openCaseActions } from '../cases/open.ts';
import { customerEntity } from '../customers/customer.entity.ts';
import { interactionEntity } from '../interactions/interaction.entity.ts';
import { entryKeyOf, entryOf } from '../responses/entry.ts';
import { responseEntity } from '../responses/response.entity.ts';
import { surveyVersionEntity } from '../surveys/survey.entity.ts';
import type { Cause } from './cause.ts';
import type { EffectOf } from './effect.ts';

type Opening = { effect: EffectOf<'case'>; id: string; ownerId: string | null };

const longest = 200;
/** A line that says what it is about: the first of what was written, where there is no subject. */
const lineOf = (text: string | null) => text?.trim().split('\n')[0]?.slice(0, longest).trim() || null;

/** The interaction, answer or customer that a rule acts on, as what a case begins with. */
async function beginningOf(agent: Agent, { subjectId, customer }: Cause): Promise<NewCase['begins']> {
  const { table, tenant } = agent;
  if (subjectId.startsWith('rsp_')) return answerOf(agent, subjectId);
  if (!subjectId.startsWith('int_')) return null;
  const item = await table.get(interactionEntity.key(tenant, { customerId: customerEntity.decode(customer).id, id: subjectId }));
  return item ? { item } : null;
}

/** An answer to a survey as it is on her timeline, or as it will be: whoever of the two comes first logs it. 2 to 3 R. */
async function answerOf({ table, tenant }: Agent, responseId: string): Promise<NewCase['begins']> {
  const row = await table.get(responseEntity.key(tenant, responseId));
  const response = row && responseEntity.decode(row);
  const key = response && entryKeyOf(response);
  if (!key) return null;
  const item = await table.get(interactionEntity.key(tenant, key));
  if (item) return { item };
  const { surveyId, surveyVersion: number } = response;
  const version = await table.get(surveyVersionEntity.key(tenant, { surveyId, number }));
  const log = version && entryOf(response, surveyVersionEntity.decode(version));
  return log ? { log } : null;
}

/** A case of what a rule acts on, for the commit of its firing. Undefined where there is one of it already. */
export async function caseOfCause(agent: Agent, cause: Cause, { effect, id, ownerId }: Opening) {
  const begins = await beginningOf(agent, cause);
  const entry = begins && ('log' in begins ? begins.log : interactionEntity.decode(begins.item));
  const { type, priority, queue } = effect;
  const source = cause.subjectId.startsWith('int_')
    ? { kind: 'interaction' as const, id: cause.subjectId }
    : cause.subjectId.startsWith('rsp_')
      ? { kind: 'survey' as const, id: cause.subjectId }
      : { kind: 'rule' as const, id: cause.rule.id };
  return openCaseActions(agent, {
    ...{ id, type, priority, queue, ownerId, source },
    subject: effect.subject ?? lineOf(entry?.subject ?? null) ?? lineOf(entry?.body ?? null) ?? cause.rule.name,
    customer: customerEntity.decode(cause.customer),
    // What was said of a case that is over stays with that case; the matter goes on in another.
    begins: entry?.responseId && entry.caseId ? null : begins,
  });
}
