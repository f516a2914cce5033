import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom, idMaker } from '../../functions/kernel/ids.ts';
import { inviteAction } from '../../functions/responses/invite.ts';
import { invitationToken } from '../../functions/responses/link.ts';
import { responseEntity, responseIdOf } from '../../functions/responses/response.entity.ts';
import { Response } from '../../functions/responses/response.ts';
import { SurveyDefinition } from '../../functions/surveys/definition.ts';
import { surveyEntity, surveyVersionEntity } from '../../functions/surveys/survey.entity.ts';
import { publishedAsOf, Survey } from '../../functions/surveys/survey.ts';
import { tableOf } from '../../functions/table/tenant.ts';
import type { Case, Setting } from './permission-case.ts';
import type { Row } from './permission-table.ts';
import type { Target } from './permission-world.ts';

/** The rows of the matrix about surveys. Whoever may at all may do it to all of the workspace's; a customer's link follows her. */
const who = (letters: { may: string; not: string }, ...roles: string[]): Row => {
  const cell = (role: string) => (roles.includes(role) ? letters.may : letters.not);
  return {
    ...{ admin: cell('admin'), manager: cell('manager'), sales: cell('sales'), service: cell('service') },
    ...{ marketing: cell('marketing'), analyst: cell('analyst'), partner: cell('partner') },
  };
};
const staff = ['admin', 'manager', 'sales', 'service', 'marketing', 'analyst'];
const writers = ['admin', 'manager', 'marketing'];
const removers = ['admin', 'marketing'];
const everybody: Row = who({ may: 'y', not: 'y' });

export const surveyRows: Record<string, Row> = {
  listSurveys: who({ may: 'y', not: 'f' }, ...staff),
  createSurvey: who({ may: 'y', not: 'f' }, ...writers),
  getSurvey: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  updateSurvey: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...writers),
  publishSurvey: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...writers),
  closeSurvey: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...writers),
  // One that is out is no closed one.
  reopenSurvey: who({ may: 'w-w-nwn', not: 'f-f-fff' }, ...writers),
  archiveSurvey: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...removers),
  restoreSurvey: who({ may: 's-s-nyn', not: 'f-f-fff' }, ...removers),
  inviteCustomer: {
    ...{ admin: 'yyyyncn', manager: 'yyyyncn', sales: 'yynnncn', service: 'yyyyncn' },
    ...{ marketing: 'fffffff', analyst: 'fffffff', partner: 'nnnnnnn' },
  },
  listSurveyTemplates: who({ may: 'y', not: 'f' }, ...staff),
  listSurveyLinks: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  addSurveyLink: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...writers),
  // There is no such link.
  closeSurveyLink: who({ may: 'n-n-nnn', not: 'f-f-fff' }, ...writers),
  listCustomerResponses: {
    ...{ admin: 'yyyynyn', manager: 'yyyynyn', sales: 'yynnnyn', service: 'yyyynyn' },
    ...{ marketing: 'yyyynyn', analyst: 'yyyynyn', partner: 'nnnnnnn' },
  },
  getSurveyResults: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  listAskingCampaigns: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  'createExport:responses': who({ may: 'y-y-nyn', not: 'f-f-fff' }, 'admin', 'manager', 'analyst'),
  listResponses: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  getResponse: who({ may: 'y-y-nyn', not: 'f-f-fff' }, ...staff),
  sortResponse: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...writers),
  archiveResponse: who({ may: 'y-y-ncn', not: 'f-f-fff' }, ...removers),
  restoreResponse: who({ may: 's-s-nyn', not: 'f-f-fff' }, ...removers),
  // Who holds a link answers by it, signed in or not.
  openSurvey: everybody,
  keepAnswers: everybody,
  completeSurvey: everybody,
};

const newId = idMaker(now);
let made = 0;

const definition = SurveyDefinition.parse({
  sections: [{ key: 'main', questions: [{ key: 'recommend', kind: 'nps', texts: { en: { title: 'How likely?' } } }] }],
});
const stamp = () => ({ by: null, via: 'person', requestId: null, now: now() });

/** A survey that is out. */
export async function makeSurvey(tenant: string, archivedAt: string | null = null): Promise<Survey> {
  const at = isoOf(now());
  const said = { name: `Matrix ${++made}`, languages: ['en'], fallbackLanguage: 'en', definition };
  const times = { archivedAt, publishedAt: at, createdAt: at, updatedAt: at };
  const state = { state: 'published', publishedVersion: 1, publishedAs: publishedAsOf(said), coolDownDays: 0, linkDays: 30 };
  const survey = Survey.parse({ id: newId('svy'), ...said, ...state, ...times, version: 1 });
  const key = { surveyId: survey.id, number: 1 };
  await tableOf(tenant, now()).commit([
    ...surveyEntity.create(tenant, survey.id, survey, stamp()),
    ...surveyVersionEntity.create(tenant, key, { ...key, ...said, publishedAt: at, version: 1 }, stamp()),
  ]);
  return survey;
}

async function surveyId({ people, relation }: Setting): Promise<string> {
  if (relation === 'absent') return idFrom('svy', 'not', 'there');
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  return (await makeSurvey(tenant, relation === 'archived' ? isoOf(now()) : null)).id;
}

/** The token of a new invitation of somebody who is gone by now. */
async function linkToken({ people }: Setting): Promise<string> {
  const { tenant } = people.ws;
  const survey = await makeSurvey(tenant);
  const id = newId('inv');
  const { action } = await inviteAction(
    { tenant, stamp: stamp(), now: now(), iso: isoOf(now()) },
    {
      ...{ id, surveyId: survey.id, surveyVersion: 1, customerId: idFrom('cus', 'not', 'there'), channel: 'phone', linkDays: 30 },
      source: { kind: 'member', memberId: people.stranger.id },
    },
  );
  await tableOf(tenant, now()).commit([action]);
  return invitationToken({ tenant }, id);
}

/** A response that was handed in, archived where the relation says so. */
async function responsePath(setting: Setting): Promise<string> {
  const { people, relation } = setting;
  const tenant = relation === 'foreign' ? people.other.tenant : people.ws.tenant;
  const asked = { surveyId: relation === 'absent' ? idFrom('svy', 'not', 'there') : (await makeSurvey(tenant)).id, surveyVersion: 1 };
  const at = isoOf(now());
  const response = Response.parse({
    ...{ id: responseIdOf(asked, newId('inv')), ...asked, language: 'en', answers: { recommend: 9 }, startedAt: at, completedAt: at },
    ...{ source: { kind: 'member', memberId: people.stranger.id }, channel: 'phone', version: 1 },
    archivedAt: relation === 'archived' ? at : null,
  });
  if (relation !== 'absent') await tableOf(tenant, now()).commit(responseEntity.create(tenant, response.id, response, stamp()));
  return `/v1/surveys/${asked.surveyId}/responses/${response.id}`;
}
const onResponse = (method: string, { suffix = '', body, headers }: Asked = {}): Case => ({
  call: async (setting) => ({
    method,
    path: `${await responsePath(setting)}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }),
});

type Asked = { suffix?: string; body?: unknown; headers?: Record<string, string> };
const onSurvey = (method: string, { suffix = '', body, headers }: Asked = {}): Case => ({
  call: async (setting) => ({
    method,
    path: `/v1/surveys/${await surveyId(setting)}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }),
});
const answers = { rev: 0, language: 'en', answers: { recommend: 9 } };

export const surveyCases = ({ targetFor }: { targetFor: (setting: Setting) => Promise<Target> }): Record<string, Case> => ({
  listSurveys: { call: async () => ({ method: 'GET', path: '/v1/surveys' }) },
  createSurvey: {
    call: async () => ({
      method: 'POST',
      path: '/v1/surveys',
      body: { name: `Made ${++made}`, languages: ['en'], fallbackLanguage: 'en', definition },
    }),
  },
  getSurvey: onSurvey('GET'),
  updateSurvey: onSurvey('PATCH', { body: { name: 'Renamed' }, headers: { 'if-match': '"1"' } }),
  publishSurvey: onSurvey('POST', { suffix: '/publish' }),
  closeSurvey: onSurvey('POST', { suffix: '/close' }),
  reopenSurvey: onSurvey('POST', { suffix: '/reopen' }),
  archiveSurvey: onSurvey('DELETE'),
  restoreSurvey: onSurvey('POST', { suffix: '/restore' }),
  inviteCustomer: {
    call: async (setting) => ({
      method: 'POST',
      path: `/v1/customers/${(await targetFor(setting)).customerId}/survey-links`,
      body: { surveyId: (await makeSurvey(setting.people.ws.tenant)).id },
    }),
  },
  listSurveyTemplates: { call: async () => ({ method: 'GET', path: '/v1/survey-templates' }) },
  listSurveyLinks: onSurvey('GET', { suffix: '/links' }),
  addSurveyLink: onSurvey('POST', { suffix: '/links', body: { name: 'Counter' } }),
  closeSurveyLink: onSurvey('POST', { suffix: `/links/${idFrom('opl', 'not', 'there')}/close` }),
  listCustomerResponses: {
    call: async (setting) => ({ method: 'GET', path: `/v1/customers/${(await targetFor(setting)).customerId}/responses` }),
  },
  getSurveyResults: onSurvey('GET', { suffix: '/results' }),
  listAskingCampaigns: onSurvey('GET', { suffix: '/campaigns' }),
  'createExport:responses': {
    call: async (setting) => ({
      method: 'POST',
      path: '/v1/exports',
      body: { target: 'responses', survey: { id: await surveyId(setting) } },
    }),
  },
  listResponses: onSurvey('GET', { suffix: '/responses' }),
  getResponse: onResponse('GET'),
  sortResponse: onResponse('PATCH', { body: { tags: ['matrix'] }, headers: { 'if-match': '"1"' } }),
  archiveResponse: onResponse('DELETE'),
  restoreResponse: onResponse('POST', { suffix: '/restore' }),
  openSurvey: { call: async (setting) => ({ method: 'GET', path: `/p/api/s/${await linkToken(setting)}` }) },
  keepAnswers: { call: async (setting) => ({ method: 'PUT', path: `/p/api/s/${await linkToken(setting)}/answers`, body: answers }) },
  completeSurvey: { call: async (setting) => ({ method: 'POST', path: `/p/api/s/${await linkToken(setting)}/complete`, body: answers }) },
});
