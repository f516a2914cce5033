import { isDeepStrictEqual } from 'node:util';
import { customerEntity } from '../customers/customer.entity.ts';
import { CrmError, type FieldError, missing } from '../kernel/errors.ts';
import { problemsOf } from '../surveys/logic.ts';
import { GuardError } from '../table/entity.ts';
import { visitToken } from './link.ts';
import { partialResponseEntity, responseEntity } from './response.entity.ts';
import { type AnswersInput, answered, completed, Response } from './response.ts';
import type { Progress, PublicSurvey, Thanks } from './shown.ts';
import { type HeldResponse, responseAt, responseKeyOf, takesAnswers, type Visit } from './visit.ts';
import { inLanguage, type Known, languageFor } from './words.ts';

/** What a respondent does on the public page: she opens it, says one thing after the other, and hands it in, once. */

const tries = 8;

/** Who she is, for texts that name her; undefined for whoever is not known, or no longer there. 1 R. */
async function customerAt({ agent: { table, tenant }, invitation: { customerId } }: Visit) {
  const row = customerId === null ? undefined : await table.get(customerEntity.key(tenant, customerId));
  return row && customerEntity.decode(row);
}

function refuseClosed(at: Visit): void {
  if (!takesAnswers(at)) throw new CrmError('survey_closed');
}

/** The survey in her language with what she said so far. Reads only. Throws `not_found` for a link that was answered by, `survey_closed`. */
export async function open(at: Visit, { language: wanted }: { language?: string | undefined }): Promise<PublicSurvey> {
  const held = await responseAt(at);
  if (held?.response.completedAt) missing();
  refuseClosed(at);
  const { agent, version, survey } = at;
  const customer = await customerAt(at);
  const known: Known = { customer, workspace: agent.workspace, now: agent.now };
  const language = languageFor(version, [wanted, held?.response.language, customer?.preferences.language, agent.workspace.language]);
  const token = at.invitationId === undefined ? visitToken(at.token, { version: version.number, newId: agent.newId }) : at.token;
  return {
    token,
    survey: {
      name: survey.name,
      workspace: agent.workspace.name,
      language,
      languages: version.languages,
      definition: inLanguage(version.definition, { language, fallbackLanguage: version.fallbackLanguage }, known),
    },
    ...progressOf(held?.response),
  };
}

const progressOf = (response: Response | undefined): Progress => ({
  answers: response?.answers ?? {},
  rev: response?.version ?? 0,
  state: !response ? 'new' : Object.keys(response.answers).length > 0 ? 'started' : 'opened',
});

function check(at: Visit, said: AnswersInput, complete: boolean): void {
  const { definition, languages } = at.version;
  const errors: FieldError[] = problemsOf(definition, said.answers, { complete }).map(({ question, code }) => ({
    pointer: `/answers/${question}`,
    code,
    detail: words[code],
  }));
  const asked = new Set(definition.sections.flatMap(({ questions }) => questions.map(({ key }) => key)));
  if (said.shown.some((key) => !asked.has(key)))
    errors.push({ pointer: '/shown', code: 'unknown_question', detail: 'no question of this survey' });
  if (!languages.includes(said.language))
    errors.push({ pointer: '/language', code: 'unknown_language', detail: 'not a language of this survey' });
  if (errors.length > 0) throw new CrmError('invalid_input', { errors });
}

const words = {
  unknown_question: 'no question of this survey',
  not_shown: 'this question was not shown with these answers',
  required: 'this question needs an answer',
  wrong_kind: 'not an answer to this kind of question',
  out_of_range: 'outside the range of this question',
  unknown_option: 'not one of the options',
  too_long: 'too long',
} as const;

const same = ({ answers }: Response, said: AnswersInput) => isDeepStrictEqual(answers, said.answers);

/** She said it to a revision that is no more: here is what there is. */
const stale = (response: Response) => new CrmError('conflict', { rev: response.version, answers: response.answers });

function begun(at: Visit, invitationId: string, said: AnswersInput): Response {
  const { agent, invitation } = at;
  const { customerId, caseId, source, channel } = invitation;
  const base = { ...responseKeyOf(at, invitationId), customerId, caseId, source, channel, language: said.language };
  return Response.parse({ ...base, startedAt: agent.iso, version: 1 });
}

/** What a step came to: the row as it is now, or undefined where somebody came between. */
async function write(
  at: Visit,
  held: HeldResponse | undefined,
  { to, whole }: { to: Response; whole: boolean },
): Promise<Response | undefined> {
  const { table, tenant, stamp } = at.agent;
  const entity = whole ? responseEntity : partialResponseEntity;
  try {
    await table.commit(held ? entity.update(tenant, to.id, { from: held.item, to }, stamp) : entity.create(tenant, to.id, to, stamp));
    return { ...to, version: held ? held.response.version + 1 : 1 };
  } catch (error) {
    if (error instanceof GuardError) return undefined;
    throw error;
  }
}

/** Keeps what she has said so far: 1 W. The same again is kept already. Throws `conflict` with what there is, where she knew an older one. */
export async function keep(at: Visit, said: AnswersInput): Promise<Progress> {
  const invitationId = at.invitationId ?? missing();
  for (let attempt = 0; attempt < tries; attempt++) {
    const held = await responseAt(at);
    if (held?.response.completedAt) missing();
    refuseClosed(at);
    check(at, said, false);
    const rev = held?.response.version ?? 0;
    const to = answered(held?.response ?? begun(at, invitationId, said), said);
    if (held && same(held.response, said) && to.shown.length === held.response.shown.length && to.language === held.response.language)
      return progressOf(held.response);
    if (rev !== said.rev) throw held ? stale(held.response) : new CrmError('conflict', { rev: 0, answers: {} });
    const done = await write(at, held, { to, whole: false });
    if (done) return progressOf(done);
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

/**
 * Hands it in: 1 W, once, for the invitation is the key. The same answers sent again are thanked for again; others, for a link that was
 * answered by, find nothing.
 */
export async function complete(at: Visit, said: AnswersInput): Promise<Thanks> {
  const invitationId = at.invitationId ?? missing();
  for (let attempt = 0; attempt < tries; attempt++) {
    const held = await responseAt(at);
    if (held?.response.completedAt) return same(held.response, said) ? thanks(at, said, await customerAt(at)) : missing();
    refuseClosed(at);
    check(at, said, true);
    if ((held?.response.version ?? 0) !== said.rev && !(held && same(held.response, said)))
      throw held ? stale(held.response) : new CrmError('conflict', { rev: 0, answers: {} });
    const base = answered(held?.response ?? begun(at, invitationId, said), said);
    const customer = await customerAt(at);
    const to = completed(base, at.version.definition, { at: at.agent.iso, ownerId: customer?.ownerId ?? null });
    if (await write(at, held, { to, whole: true })) return thanks(at, said, customer);
  }
  throw new CrmError('conflict', { headers: { 'Retry-After': '1' } });
}

function thanks({ agent, version }: Visit, { language }: AnswersInput, customer: Known['customer']): Thanks {
  const known: Known = { customer, workspace: agent.workspace, now: agent.now };
  const { thanks: said } = inLanguage(version.definition, { language, fallbackLanguage: version.fallbackLanguage }, known);
  const text = said.texts[language];
  return { title: text?.title ?? null, body: text?.body ?? null, redirectUrl: said.redirectUrl };
}
