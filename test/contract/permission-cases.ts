import { isoOf, now } from '../../functions/kernel/clock.ts';
import { idFrom } from '../../functions/kernel/ids.ts';
import { unsubscribeUrl } from '../../functions/preferences/links.ts';
import { addressHash, suppressionIdOf } from '../../functions/suppressions/suppression.entity.ts';
import type { SeededMember } from '../_util/seed.ts';
import type { ApiAnswer, World } from '../_util/world.ts';
import { campaignCases } from './permission-campaigns.ts';
import { formCases } from './permission-forms.ts';
import { notificationCases } from './permission-notifications.ts';
import { ruleCases } from './permission-rules.ts';
import { runCases } from './permission-runs.ts';
import { segmentCases } from './permission-segments.ts';
import { senderCases } from './permission-senders.ts';
import { supportCases } from './permission-support.ts';
import { surveyCases } from './permission-surveys.ts';
import type { Relation } from './permission-table.ts';
import {
  makeFollowUp,
  makeJob,
  makeKeyOf,
  makeMail,
  makeSuppression,
  makeTarget,
  makeTeam,
  makeTemplate,
  ownerFor,
  type People,
  type Target,
  versionOfMember,
  versionOfWorkspace,
} from './permission-world.ts';

/** A request of the matrix. */
export interface Call {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Instead of the caller's usual token. */
  token?: string;
}

export interface Setting {
  world: World;
  people: People;
  actor: SeededMember;
  relation: Relation;
  /** A target that may be changed: new for every cell that is expected to do something. */
  fresh: boolean;
}

export interface Case {
  call(setting: Setting): Promise<Call>;
  /** What happened, where the status of the answer does not say it. */
  outcome?(answer: ApiAnswer, call: Call): string;
}

const targets = new Map<string, Promise<{ target: Target; of: Target }>>();
const callTargets = new WeakMap<Call, Target>();

/** The shared target of a role and relation, or a new one. */
export async function targetFor(
  { people, actor, relation, fresh }: Setting,
  options: { interactionArchived?: boolean } = {},
): Promise<Target> {
  if (fresh) return makeTarget(people, actor, relation, options);
  const name = `${actor.id} ${relation} ${options.interactionArchived ?? false}`;
  if (!targets.has(name))
    targets.set(
      name,
      makeTarget(people, actor, relation, options).then((target) => ({ target, of: target })),
    );
  return (await targets.get(name)!).target;
}

type Build = (target: Target, setting: Setting) => Call;
/** An operation on a customer or what hangs on her. */
const onTarget = (build: Build, options: { interactionArchived?: boolean } = {}, outcome?: Case['outcome']): Case => ({
  async call(setting) {
    const target = await targetFor(setting, options);
    const call = build(target, setting);
    callTargets.set(call, target);
    return call;
  },
  ...(outcome && { outcome }),
});

const inList = (answer: ApiAnswer, call: Call) => {
  const rows = (answer.body.data ?? []) as { id: string }[];
  return answer.status === 200 && rows.some(({ id }) => id === callTargets.get(call)?.customerId) ? 'y' : 'n';
};
const list = (build: Build): Case => onTarget(build, {}, inList);

/** The first operation of a batch. */
const inBatch = (answer: ApiAnswer) => {
  const first = answer.body.data?.[0];
  return first ? letterOf({ ...answer, status: first.status, body: first.problem ?? first }) : letterOf(answer);
};

const letters: Record<string, string> = {
  forbidden: 'f',
  not_found: 'n',
  already_archived: 'c',
  not_archived: 's',
  duplicate: 'd',
  invalid_input: 'i',
  wrong_state: 'w',
  own_approval: 'o',
};
export const letterOf = ({ status, body }: Pick<ApiAnswer, 'status' | 'body'>): string =>
  status < 400 ? 'y' : (letters[String(body?.code)] ?? `${status} ${body?.code}`);

const one =
  (method: string, suffix = '', body?: unknown, headers?: Record<string, string>) =>
  (target: Target): Call => ({
    method,
    path: `/v1/customers/${target.customerId}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
const interaction =
  (method: string, suffix = '', body?: unknown, headers?: Record<string, string>) =>
  (target: Target): Call =>
    one(method, `/interactions/${target.interactionId}${suffix}`, body, headers)(target);
const ifMatch = { 'if-match': '"1"' };

const ownerIn = ({ people, actor, relation }: Setting) => ownerFor(people, actor, relation);
/** About no record. */
const plain = (call: Call | ((setting: Setting) => Call | Promise<Call>)): Case => ({
  call: async (setting) => (typeof call === 'function' ? call(setting) : call),
});

const tenantOf = ({ people, relation }: Setting) => (relation === 'foreign' ? people.other.tenant : people.ws.tenant);
let count = 0;
const absentId = (prefix: string) => idFrom(prefix, 'not', 'there');

/** A member: the caller herself, another one, one of another workspace. */
async function memberId(setting: Setting, { changed = false } = {}): Promise<string> {
  const { people, actor, relation, fresh } = setting;
  if (relation === 'foreign') return people.other.members.analyst.id;
  if (relation === 'absent') return absentId('mem');
  if (changed && fresh) return (await people.ws.addMember('analyst')).id;
  return relation === 'own' ? actor.id : people.stranger.id;
}

const jobId = async (setting: Setting, fields: Parameters<typeof makeJob>[2]) =>
  setting.relation === 'absent'
    ? absentId('job')
    : makeJob(
        tenantOf(setting),
        setting.relation === 'own'
          ? setting.actor.id
          : setting.relation === 'foreign'
            ? setting.people.other.members.admin.id
            : setting.people.stranger.id,
        fields,
      );

const importJob = {
  kind: 'import',
  via: 'import',
  state: 'draft',
  settings: { target: 'customers', name: 'Matrix', phase: 'read', asked: {}, file: null, choices: null },
} as const;
const onImport = (method: string, suffix = '', body?: unknown, headers?: Record<string, string>): Case =>
  plain(async (setting) => ({
    method,
    path: `/v1/imports/${await jobId(setting, importJob)}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }));

/** An operation on a follow-up that stands in the relation to the caller. */
const onFollowUp = (build: (id: string) => Call, { done = false, outcome }: { done?: boolean; outcome?: Case['outcome'] } = {}): Case => ({
  call: async ({ people, actor, relation }) => {
    const id = await makeFollowUp(people, actor, { relation, done });
    const call = build(id);
    followUps.set(call, id);
    return call;
  },
  ...(outcome && { outcome }),
});
const followUps = new WeakMap<Call, string>();
const amongFollowUps = (answer: ApiAnswer, call: Call) =>
  ((answer.body.data ?? []) as { id: string }[]).some(({ id }) => id === followUps.get(call)) ? 'y' : 'n';
const listedFollowUps = (query: string): Case =>
  onFollowUp(
    (id) => ({ method: 'GET', path: `/v1/follow-ups?${query}&limit=200&from=2030-01-31T00:00:00Z`, headers: { 'x-matrix': id } }),
    { outcome: amongFollowUps },
  );
const followUp = (method: string, suffix: string, rest: Partial<Call> = {}, options = {}) =>
  onFollowUp((id) => ({ method, path: `/v1/follow-ups/${id}${suffix}`, ...rest }), options);
const inFollowUpBatch = (operation: (id: string) => unknown): Case =>
  onFollowUp((id) => ({ method: 'POST', path: '/v1/follow-ups/batch', body: { operations: [operation(id)] } }), { outcome: inBatch });
const planned = (setting: Setting) => ({
  title: `Planned ${++count}`,
  due: { on: '2030-02-01' },
  ownerId: ownerIn(setting),
});

const onTemplate = (method: string, suffix = '', body?: unknown, headers?: Record<string, string>): Case =>
  plain(async (setting) => ({
    method,
    path: `/v1/message-templates/${setting.relation === 'absent' ? absentId('tpl') : await makeTemplate(tenantOf(setting))}${suffix}`,
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  }));
const mailId = async (setting: Setting) => (setting.relation === 'absent' ? absentId('mai') : makeMail(tenantOf(setting)));
const onMail = (method: string, suffix = ''): Case =>
  plain(async (setting) => ({ method, path: `/v1/mails/${await mailId(setting)}${suffix}` }));

/** How each row of the table is asked for. */
export const cases: Record<string, Case> = {
  ...campaignCases,
  ...runCases,
  ...notificationCases,
  ...ruleCases,
  ...segmentCases({ targetFor, letterOf }),
  ...senderCases,
  ...formCases,
  ...surveyCases({ targetFor }),
  ...supportCases({ targetFor }),
  listCustomers: list(() => ({ method: 'GET', path: '/v1/customers?limit=200' })),
  'listCustomers:archived': list(() => ({ method: 'GET', path: '/v1/customers?limit=200&archived=true' })),
  'listCustomers:own': list(() => ({ method: 'GET', path: '/v1/customers?limit=200&scope=own' })),
  'listCustomers:activity': list(() => ({ method: 'GET', path: '/v1/customers?limit=200&include=activity' })),
  searchCustomers: list(({ name }) => ({
    method: 'POST',
    path: '/v1/customers/search',
    body: { where: { field: 'name', op: 'eq', value: name }, limit: 200 },
  })),
  findCustomers: list(({ name }) => ({ method: 'POST', path: '/v1/customers/find', body: { text: name } })),
  lookUpCustomer: list(({ email }) => ({ method: 'POST', path: '/v1/customers/lookup', body: { email } })),
  'lookUpCustomer:key': list(({ externalId }) => ({
    method: 'POST',
    path: '/v1/customers/lookup',
    body: { source: 'matrix', externalId },
  })),
  'lookUpCustomer:phone': list(({ phone }) => ({ method: 'POST', path: '/v1/customers/lookup', body: { phone } })),
  getCustomer: onTarget(one('GET')),
  getCustomerByKey: onTarget(({ externalId }) => ({ method: 'GET', path: `/v1/customers/by/matrix/${externalId}` })),
  getCustomerHistory: onTarget(one('GET', '/history')),
  getOverview: onTarget(one('GET', '/overview')),
  listConsents: onTarget(one('GET', '/consents')),
  createCustomer: plain((setting) => ({
    method: 'POST',
    path: '/v1/customers',
    body: { kind: 'person', name: `Made ${++count}`, ownerId: ownerIn(setting) },
  })),
  'batchCustomers:create': {
    call: async (setting) => ({
      method: 'POST',
      path: '/v1/customers/batch',
      body: { operations: [{ op: 'create', body: { kind: 'person', name: `Made ${++count}`, ownerId: ownerIn(setting) } }] },
    }),
    outcome: inBatch,
  },
  updateCustomer: onTarget(one('PATCH', '', { tags: ['matrix'] }, ifMatch)),
  'updateCustomer:name': onTarget(one('PATCH', '', { name: 'Renamed' }, ifMatch)),
  'updateCustomer:owner': onTarget((target, { actor }) => one('PATCH', '', { ownerId: actor.id, tags: ['x'] }, ifMatch)(target)),
  'batchCustomers:update': onTarget(
    ({ customerId }) => ({
      method: 'POST',
      path: '/v1/customers/batch',
      body: { operations: [{ op: 'update', id: customerId, body: { tags: ['matrix'] } }] },
    }),
    {},
    inBatch,
  ),
  'batchCustomers:archive': onTarget(
    ({ customerId }) => ({ method: 'POST', path: '/v1/customers/batch', body: { operations: [{ op: 'archive', id: customerId }] } }),
    {},
    inBatch,
  ),
  'batchCustomers:restore': onTarget(
    ({ customerId }) => ({ method: 'POST', path: '/v1/customers/batch', body: { operations: [{ op: 'restore', id: customerId }] } }),
    {},
    inBatch,
  ),
  moveCustomer: onTarget(one('POST', '/lifecycle', { lifecycle: 'active' })),
  archiveCustomer: onTarget(one('DELETE')),
  restoreCustomer: onTarget(one('POST', '/restore')),
  setConsent: onTarget(one('PUT', '/consents/email/news', { status: 'granted', source: 'matrix' })),
  upsertCustomer: onTarget(({ externalId, email, name }, { relation }) => ({
    method: 'PUT',
    path: `/v1/customers/by/matrix/${externalId}`,
    body: {
      kind: 'person',
      name: `${name} again`,
      ...(relation !== 'foreign' && relation !== 'absent' && { emails: [{ address: email }] }),
    },
  })),
  listInteractions: onTarget(one('GET', '/interactions')),
  getInteraction: onTarget(interaction('GET')),
  getAttachment: onTarget((target) => interaction('GET', `/attachments/${target.attachmentId}`)(target)),
  logInteraction: onTarget(one('POST', '/interactions', { channel: 'note', subject: 'Matrix' })),
  batchInteractions: onTarget(
    ({ customerId }) => ({
      method: 'POST',
      path: '/v1/interactions/batch',
      body: { operations: [{ customerId, body: { channel: 'note' } }] },
    }),
    {},
    inBatch,
  ),
  startAttachment: onTarget(one('POST', '/attachments', { name: 'a.txt', bytes: 3, type: 'text/plain' })),
  updateInteraction: onTarget(interaction('PATCH', '', { outcome: 'resolved' }, ifMatch)),
  archiveInteraction: onTarget(interaction('DELETE')),
  restoreInteraction: onTarget(interaction('POST', '/restore'), { interactionArchived: true }),

  getToday: plain({ method: 'GET', path: '/v1/today' }),
  pinToday: plain(() => ({ method: 'PUT', path: `/v1/today/pins/followUp:${absentId('fup')}` })),
  unpinToday: plain(() => ({ method: 'DELETE', path: `/v1/today/pins/followUp:${absentId('fup')}` })),
  getTeamActivity: plain({ method: 'GET', path: '/v1/team-activity' }),
  recountTeam: plain({ method: 'POST', path: '/v1/team-activity/recount' }),
  listFollowUps: listedFollowUps('scope=all'),
  'listFollowUps:own': listedFollowUps('scope=own'),
  getFollowUp: followUp('GET', ''),
  getFollowUpHistory: followUp('GET', '/history'),
  createFollowUp: plain((setting) => ({ method: 'POST', path: '/v1/follow-ups', body: planned(setting) })),
  'batchFollowUps:create': {
    call: async (setting) => ({
      method: 'POST',
      path: '/v1/follow-ups/batch',
      body: { operations: [{ op: 'create', body: planned(setting) }] },
    }),
    outcome: inBatch,
  },
  updateFollowUp: followUp('PATCH', '', { body: { title: 'Changed' }, headers: ifMatch }),
  finishFollowUp: followUp('POST', '/done', { body: {} }),
  'batchFollowUps:done': inFollowUpBatch((id) => ({ op: 'done', id })),
  'batchFollowUps:snooze': inFollowUpBatch((id) => ({ op: 'snooze', id, body: { until: '2030-01-01T00:00:00Z' } })),
  'batchFollowUps:cancel': inFollowUpBatch((id) => ({ op: 'cancel', id })),
  reopenFollowUp: followUp('POST', '/reopen', {}, { done: true }),
  snoozeFollowUp: followUp('POST', '/snooze', { body: { until: '2030-01-01T00:00:00Z' } }),
  getCallLists: plain({ method: 'GET', path: '/v1/call-lists' }),
  tryCallAgain: followUp('POST', '/try-again', { body: {} }),
  cancelFollowUp: followUp('DELETE', ''),
  restoreFollowUp: followUp('POST', '/restore'),

  getHealth: plain({ method: 'GET', path: '/healthz' }),
  getWorkspace: plain({ method: 'GET', path: '/v1/workspace' }),
  updateWorkspace: plain(async (setting) => ({
    method: 'PATCH',
    path: '/v1/workspace',
    body: { calendar: 'gregorian' },
    headers: await atWorkspace(setting),
  })),
  listFields: plain({ method: 'GET', path: '/v1/fields' }),
  addField: plain(() => ({ method: 'POST', path: '/v1/fields', body: { key: `field${++count}`, label: 'Field', kind: 'text' } })),
  updateField: plain(async (setting) => ({
    method: 'PATCH',
    path: '/v1/fields/known',
    body: { label: `Known ${++count}` },
    headers: await atWorkspace(setting),
  })),
  removeField: plain({ method: 'DELETE', path: '/v1/fields/known' }),
  getMe: plain({ method: 'GET', path: '/v1/me' }),
  updateMe: plain(async ({ people, actor }) => ({
    method: 'PATCH',
    path: '/v1/me',
    body: { language: 'fil' },
    headers: { 'if-match': `"${await versionOfMember(people.ws.tenant, actor.id)}"` },
  })),
  switchWorkspace: plain((setting) => ({
    method: 'POST',
    path: '/v1/me/workspace',
    body: { id: setting.relation === 'absent' ? 'zzzzzzzz' : tenantOf(setting) },
  })),
  signOutMe: plain(async ({ world, people, actor }) => {
    const { sub } = await people.ws.addMember(actor.role);
    return { method: 'POST', path: '/v1/me/sign-out', token: await world.token({ sub, tenant: people.ws.tenant }) };
  }),
  listMembers: plain({ method: 'GET', path: '/v1/members' }),
  getMember: plain(async (setting) => ({ method: 'GET', path: `/v1/members/${await memberId(setting)}` })),
  addMember: plain(() => ({
    method: 'POST',
    path: '/v1/members',
    body: { name: 'New', email: `new${++count}@matrix.example`, role: 'analyst' },
  })),
  updateMember: plain(async (setting) => {
    const id = await memberId(setting, { changed: true });
    return {
      method: 'PATCH',
      path: `/v1/members/${id}`,
      body: { name: 'Changed' },
      headers: { 'if-match': `"${await versionOfMember(setting.people.ws.tenant, id)}"` },
    };
  }),
  signOutMember: plain(async (setting) => ({ method: 'POST', path: `/v1/members/${await memberId(setting, { changed: true })}/sign-out` })),
  handOver: plain(async (setting) => ({
    method: 'POST',
    path: `/v1/members/${await memberId(setting, { changed: true })}/hand-over`,
    body: { toMemberId: setting.people.mate.id },
  })),
  listTeams: plain({ method: 'GET', path: '/v1/teams' }),
  getTeam: plain(async (setting) => ({ method: 'GET', path: `/v1/teams/${await teamId(setting)}` })),
  addTeam: plain(() => ({ method: 'POST', path: '/v1/teams', body: { name: `Added ${++count}` } })),
  updateTeam: plain(async (setting) => ({
    method: 'PATCH',
    path: `/v1/teams/${await teamId(setting)}`,
    body: { name: `Renamed ${++count}` },
    headers: ifMatch,
  })),
  removeTeam: plain(async (setting) => ({ method: 'DELETE', path: `/v1/teams/${await teamId(setting)}` })),
  listApiKeys: plain({ method: 'GET', path: '/v1/api-keys' }),
  getApiKey: plain(async (setting) => ({ method: 'GET', path: `/v1/api-keys/${await keyId(setting)}` })),
  createApiKey: plain(() => ({ method: 'POST', path: '/v1/api-keys', body: { name: `Key ${++count}` } })),
  revokeApiKey: plain(async (setting) => ({ method: 'DELETE', path: `/v1/api-keys/${await keyId(setting)}` })),
  listAuditEvents: plain({ method: 'GET', path: '/v1/audit-events' }),
  listJobs: plain({ method: 'GET', path: '/v1/jobs' }),
  getJob: plain(async (setting) => ({ method: 'GET', path: `/v1/jobs/${await jobId(setting, {})}` })),
  resumeJob: plain(async (setting) => ({
    method: 'POST',
    path: `/v1/jobs/${await jobId(setting, { state: 'failed', failedIn: 'running' })}/resume`,
  })),
  undoJob: plain(async (setting) => ({ method: 'POST', path: `/v1/jobs/${await jobId(setting, { finishedAt: isoOf(now()) })}/undo` })),
  listImports: plain({ method: 'GET', path: '/v1/imports' }),
  createImport: plain({ method: 'POST', path: '/v1/imports', body: { target: 'customers', name: 'Matrix', text: 'name\nAna\n' } }),
  getImport: onImport('GET'),
  inspectImport: onImport('POST', '/inspect', {}),
  updateImport: onImport('PATCH', '', { match: 'none' }, ifMatch),
  dryRunImport: onImport('POST', '/dry-run'),
  startImport: onImport('POST', '/start'),
  resumeImport: onImport('POST', '/resume'),
  undoImport: onImport('POST', '/undo'),
  getImportErrors: onImport('GET', '/errors'),
  listMessages: onTarget(one('GET', '/messages')),
  getMessage: onTarget((target) => one('GET', `/messages/${target.messageId}`)(target)),
  previewMessage: onTarget(one('POST', '/messages/preview', { subject: 'Hello', body: 'Dear {{customer.name}}' })),
  createMessage: onTarget(one('POST', '/messages', { subject: 'Hello', body: 'Dear {{customer.name}}' })),
  cancelMessage: onTarget((target) => one('POST', `/messages/${target.messageId}/cancel`)(target)),
  resendMessage: onTarget((target) => one('POST', `/messages/${target.messageId}/resend`)(target)),
  listVariables: plain({ method: 'GET', path: '/v1/message-variables' }),
  listTemplates: plain({ method: 'GET', path: '/v1/message-templates' }),
  addTemplate: plain(() => ({
    method: 'POST',
    path: '/v1/message-templates',
    body: { name: `Text ${++count}`, texts: { en: { subject: 'Hello', body: 'Dear {{customer.name}}' } } },
  })),
  getTemplate: onTemplate('GET'),
  updateTemplate: onTemplate('PATCH', '', { name: 'Renamed' }, ifMatch),
  archiveTemplate: onTemplate('DELETE'),
  restoreTemplate: onTemplate('POST', '/restore'),
  listMails: plain({ method: 'GET', path: '/v1/mails' }),
  getMail: onMail('GET'),
  getMailText: onMail('GET', '/text'),
  getOriginal: onMail('GET', '/original'),
  attachMail: plain(async (setting) => ({
    method: 'POST',
    path: `/v1/mails/${await mailId(setting)}/attach`,
    body: { customerId: (await targetFor({ ...setting, relation: 'own', fresh: false })).customerId },
  })),
  discardMail: onMail('POST', '/discard'),
  reopenMail: onMail('POST', '/reopen'),
  releaseMailFile: onMail('POST', `/files/${idFrom('att', 'not', 'there')}/release`),
  unsubscribe: plain(async (setting) => ({
    method: 'POST',
    path: `/p/api/unsubscribe/${await linkToken(setting)}`,
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })),
  openUnsubscribe: plain(async (setting) => ({ method: 'GET', path: `/p/api/unsubscribe/${await linkToken(setting)}` })),
  getWishes: plain(async (setting) => ({ method: 'GET', path: `/p/api/preferences/${await linkToken(setting)}` })),
  setWishes: plain(async (setting) => ({
    method: 'PUT',
    path: `/p/api/preferences/${await linkToken(setting)}`,
    body: { language: 'th' },
  })),
  listSuppressions: plain({ method: 'GET', path: '/v1/suppressions' }),
  lookUpSuppression: plain({ method: 'POST', path: '/v1/suppressions/lookup', body: { address: 'nobody@matrix.example' } }),
  getSuppression: plain(async (setting) => ({ method: 'GET', path: `/v1/suppressions/email/${await suppressionId(setting)}` })),
  addSuppression: plain(() => ({ method: 'POST', path: '/v1/suppressions', body: { address: `barred${++count}@matrix.example` } })),
  batchSuppressions: plain(() => ({
    method: 'POST',
    path: '/v1/suppressions/batch',
    body: { operations: [{ address: `barred${++count}@matrix.example` }] },
  })),
  liftSuppression: plain(async (setting) => ({
    method: 'POST',
    path: `/v1/suppressions/email/${await suppressionId(setting)}/lift`,
    body: { reason: 'Matrix' },
  })),
  createExport: plain({ method: 'POST', path: '/v1/exports', body: { target: 'customers' } }),
  'createExport:interactions': plain({ method: 'POST', path: '/v1/exports', body: { target: 'interactions' } }),
  listExports: plain({ method: 'GET', path: '/v1/exports' }),
  getExport: plain(async (setting) => ({
    method: 'GET',
    path: `/v1/exports/${await jobId(setting, { kind: 'export', via: 'person', state: 'running', settings: { target: 'customers' } })}`,
  })),
};

const atWorkspace = async ({ people }: Setting) => ({ 'if-match': `"${await versionOfWorkspace(people.ws.tenant)}"` });
const teamId = async (setting: Setting) =>
  setting.relation === 'absent'
    ? absentId('tea')
    : setting.fresh || setting.relation === 'foreign'
      ? makeTeam(tenantOf(setting))
      : setting.people.ws.teamId;
/** The link in a message to somebody of the workspace who is gone by now. */
const linkToken = async ({ people }: Setting) => {
  const said = { customerId: absentId('cus'), channel: 'email', address: 'gone@matrix.example', topic: 'news', send: null } as const;
  return (await unsubscribeUrl(people.ws, said)).split('/p/u/')[1];
};
const suppressionId = async (setting: Setting) => {
  const address = `suppressed${++count}@matrix.example`;
  if (setting.relation !== 'absent') await makeSuppression(tenantOf(setting), address);
  return suppressionIdOf(addressHash('email', address));
};
const keyId = async (setting: Setting) => {
  if (setting.relation === 'absent') return '0000000000';
  return makeKeyOf(tenantOf(setting), setting.relation === 'own' ? setting.actor.id : setting.people.stranger.id);
};
